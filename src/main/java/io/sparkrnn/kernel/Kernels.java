package io.sparkrnn.kernel;

/**
 * The numerical primitives of the engine, on float arrays in row-major order.
 *
 * <p>All implementations give the same bits for the same arguments: every element of a product is
 * accumulated over the inner dimension in ascending order, starting from its initial value, by
 * fused multiply-add. Stateless and thread-safe; no method allocates. A matrix is an array, an
 * offset and a leading dimension (the distance of its rows).
 */
public interface Kernels {

  /** Returns the fastest implementation that this JVM can run; chosen once, and logged once. */
  static Kernels best() {
    return KernelsHolder.BEST;
  }

  /** Returns the implementation without vector instructions of its own. */
  static Kernels portable() {
    return new PortableKernels();
  }

  /** Returns a short description, such as {@code vector (8 lanes)}. */
  String name();

  /** Returns how many columns of B stand together in a {@link PackedMatrix}. */
  int panelWidth();

  /**
   * Multiplies: C = C0 + A B, with C0 one of zeros, C itself, or gathered rows.
   *
   * @param m rows of A and C
   * @param a A, m x k with rows {@code lda} apart from {@code aOffset}. Not modified.
   * @param b B, k x n, packed by this implementation. Not modified.
   * @param addend C0
   * @param c C, m x n with rows {@code ldc} apart from {@code cOffset}. Modified.
   * @param scratch working memory of the caller's thread. Modified.
   */
  void multiply(
      int m,
      float[] a,
      int aOffset,
      int lda,
      PackedMatrix b,
      Addend addend,
      float[] c,
      int cOffset,
      int ldc,
      Scratch scratch);

  /**
   * Adds the product of a transpose: C += A' B, accumulated over the rows of A and B in order.
   *
   * @param rows rows of A and B
   * @param k columns of A, rows of C
   * @param n columns of B and C
   * @param a A, rows x k. Not modified.
   * @param b B, rows x n. Not modified.
   * @param c C, k x n. Modified.
   * @param scratch working memory of the caller's thread. Modified.
   */
  void addTransposedProduct(
      int rows,
      int k,
      int n,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] c,
      int cOffset,
      int ldc,
      Scratch scratch);

  /**
   * Adds rows where an index says: target[index[r]] += source[r], in order of r.
   *
   * @param rows number of rows of the source
   * @param width number of columns
   * @param source rows x width, dense. Not modified.
   * @param index target row of each source row. Not modified.
   * @param target width columns, dense. Modified.
   */
  void scatterAdd(
      int rows,
      int width,
      float[] source,
      int sourceOffset,
      int[] index,
      int indexOffset,
      float[] target);

  /**
   * Adds the column sums of a dense rows x width matrix to {@code target}, in order of rows. Target
   * modified.
   */
  void addColumnSums(
      int rows, int width, float[] source, int sourceOffset, float[] target, int targetOffset);

  /** y[i] += x[i]. y modified, x not modified. */
  void add(int n, float[] x, int xOffset, float[] y, int yOffset);

  /** y[i] = x[i] * z[i]; y may be x. y modified, x and z not modified unless they are y. */
  void multiplyElements(
      int n, float[] x, int xOffset, float[] z, int zOffset, float[] y, int yOffset);

  /**
   * Takes a maximum along, and where it was found: y[i] = x[i] and place[i] = step wherever x[i] is
   * larger, or NaN.
   *
   * @param n number of values
   * @param x the values of a step. Not modified.
   * @param step number of the step, exact in float up to 2^24
   * @param y the largest values so far. Modified.
   * @param place the steps that they are from, n from {@code placeOffset}. Modified.
   */
  void takeMax(
      int n,
      float[] x,
      int xOffset,
      int step,
      float[] y,
      int yOffset,
      float[] place,
      int placeOffset);

  /**
   * Steps parameters by RMSprop, after letting second moments decay that fell behind.
   *
   * <pre>
   *   v = rho (decay v) + rest g^2
   *   p = p - rate g / sqrt(v + epsilon)
   * </pre>
   *
   * @param n number of parameters
   * @param offset where they start in each array
   * @param decay what the steps missed do to v; 1 when none was
   * @param step the step's numbers
   * @param g gradient. Not modified.
   * @param v second moments. Modified.
   * @param p parameters. Modified.
   */
  void rmsProp(int n, int offset, float decay, RmsPropStep step, float[] g, float[] v, float[] p);

  /**
   * x[i] = exp(x[i] - largest), within 2 ulp; differences below -87 count as -87.
   *
   * @param n number of values
   * @param x none larger than {@code largest}, n from {@code offset}. Modified.
   * @param largest what is subtracted
   */
  void exp(int n, float[] x, int offset, float largest);

  /** x[i] = tanh(x[i]). Modified. */
  void tanh(int n, float[] x, int offset);

  /** x[i] = 1 / (1 + exp(-x[i])). Modified. */
  void sigmoid(int n, float[] x, int offset);

  /**
   * One LSTM step after the products, for rows of H units: gates in Keras's order i, f, c, o.
   *
   * <pre>
   *   y = tanh(gates)
   *   i, f, o = (1 + y) / 2, which is sigmoid(x) where the gate holds x / 2
   *   c = f * c(t-1) + i * y(c~)
   *   h = o * tanh(c)
   * </pre>
   *
   * @param rows number of rows
   * @param units H
   * @param gates rows x 4H, the pre-activations, those of i, f and o halved; replaced by their
   *     tanh. Modified.
   * @param before c(t-1), rows x H. Not modified.
   * @param cell c, rows x H; may be the same place as {@code before}. Modified.
   * @param cellTanh tanh(c), rows x H, or null when no backward pass follows. Modified.
   * @param output h, rows x H. Modified.
   */
  void lstmForward(
      int rows,
      int units,
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] cell,
      int cellOffset,
      float[] cellTanh,
      int cellTanhOffset,
      float[] output,
      int outputOffset);

  /**
   * The derivative of {@link #lstmForward}, for rows of H units.
   *
   * @param gates what {@link #lstmForward} left there, rows x 4H. Not modified.
   * @param before c(t-1), rows x H. Not modified.
   * @param cellTanh tanh(c), rows x H. Not modified.
   * @param dOutput dh, rows x H. Not modified.
   * @param dCell dc from the step after; replaced by the dc for the step before, rows x H.
   *     Modified.
   * @param dGates derivatives by the pre-activations, not halved, rows x 4H; may be the gates.
   *     Modified.
   */
  void lstmBackward(
      int rows,
      int units,
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] cellTanh,
      int cellTanhOffset,
      float[] dOutput,
      int dOutputOffset,
      float[] dCell,
      int dCellOffset,
      float[] dGates,
      int dGatesOffset);

  /** One SimpleRNN step's derivative: d[i] = d[i] * (1 - h[i]^2). d modified, h not modified. */
  void tanhBackward(int n, float[] h, int hOffset, float[] d, int dOffset);

  /**
   * One GRU step after the products, for rows of H units; the gates of a row are four blocks of H.
   *
   * <pre>
   *   z = sigmoid(block 0)
   *   resetAfter:  r = sigmoid(block 1), n = tanh(block 2 + r * block 3)
   *   otherwise:   n = tanh(block 2), block 1 already holds r (see {@link #gruReset})
   *   h = z * h(t-1) + (1 - z) * n
   * </pre>
   *
   * @param gates rows x 4H; blocks 0, 1, 2 replaced by z, r, n. Modified.
   * @param before h(t-1), rows x H. Not modified.
   * @param output h, rows x H. Modified.
   */
  void gruForward(
      int rows,
      int units,
      boolean resetAfter,
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] output,
      int outputOffset);

  /**
   * The first half of a GRU step that resets before the product: block 1 becomes r = sigmoid(block
   * 1), block 3 becomes r * h(t-1).
   *
   * @param gates rows x 4H. Modified.
   * @param before h(t-1), rows x H. Not modified.
   */
  void gruReset(
      int rows, int units, float[] gates, int gatesOffset, float[] before, int beforeOffset);

  /**
   * The derivative of {@link #gruForward}: the gates are replaced by the derivatives by the
   * pre-activations (block 1 only when {@code resetAfter}; then block 3 becomes the derivative by
   * the recurrent candidate product).
   *
   * @param gates the activations, rows x 4H. Not modified.
   * @param before h(t-1), rows x H. Not modified.
   * @param dOutput dh; replaced by the part of dh(t-1) that goes through z, rows x H. Modified.
   * @param dGates rows x 4H; may be the gates. Modified.
   */
  void gruBackward(
      int rows,
      int units,
      boolean resetAfter,
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] dOutput,
      int dOutputOffset,
      float[] dGates,
      int dGatesOffset);

  /**
   * The derivative of {@link #gruReset}: block 1 becomes the derivative by its pre-activation.
   *
   * @param gates rows x 4H. Modified.
   * @param before h(t-1), rows x H. Not modified.
   * @param dReset derivative by r * h(t-1); replaced by what of it reaches h(t-1), rows x H.
   *     Modified.
   */
  void gruResetBackward(
      int rows,
      int units,
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] dReset,
      int dResetOffset,
      float[] dGates,
      int dGatesOffset);
}
