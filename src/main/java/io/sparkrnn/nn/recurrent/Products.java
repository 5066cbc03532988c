package io.sparkrnn.nn.recurrent;

import io.sparkrnn.kernel.Addend;
import io.sparkrnn.kernel.Kernels;
import io.sparkrnn.kernel.PackedMatrix;
import io.sparkrnn.kernel.Scratch;

/** The products of a layer over rows of the packed steps; one per thread. */
final class Products {
  private final Kernels kernels;
  private final Scratch scratch = new Scratch();

  Products(Kernels kernels) {
    this.kernels = kernels;
  }

  /**
   * C = C0 + A B, for rows first .. first + count of A and C.
   *
   * @param a Not modified.
   * @param b Not modified.
   * @param addend C0
   * @param c Modified.
   */
  void multiply(int first, int count, Rows a, PackedMatrix b, Addend addend, Rows c) {
    kernels.multiply(
        count,
        a.data(),
        a.at(first),
        a.width(),
        b,
        addend,
        c.data(),
        c.at(first),
        c.width(),
        scratch);
  }

  /**
   * dW += A' D, over rows first .. first + count: the gradient of weights W that map A to something
   * whose derivative is D.
   *
   * @param a Not modified.
   * @param d Not modified.
   * @param gradient derivative by all parameters. Modified within the block.
   * @param weights where W stands
   */
  void addGradient(int first, int count, Rows a, Rows d, float[] gradient, WeightBlock weights) {
    kernels.addTransposedProduct(
        count,
        weights.rows(),
        weights.columns(),
        a.data(),
        a.at(first),
        a.width(),
        d.data(),
        d.at(first),
        d.width(),
        gradient,
        weights.offset(),
        weights.stride(),
        scratch);
  }
}
