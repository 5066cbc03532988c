package io.sparkrnn.kernel;

import static io.sparkrnn.kernel.Floats.assertNear;
import static io.sparkrnn.kernel.Floats.assertSameBits;
import static io.sparkrnn.kernel.Floats.random;
import static io.sparkrnn.kernel.Floats.widened;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products against double loops, and both implementations against each other. */
class ProductsTest {
  private static final int[] ROWS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 16, 17, 23};
  private static final int[] COLUMNS = {
    1, 2, 3, 7, 8, 9, 15, 16, 17, 23, 24, 25, 31, 32, 33, 39, 40, 41, 47, 48, 49, 63, 64, 65, 95,
    96, 97, 128, 130
  };
  private static final int[] DEPTHS = {1, 2, 5, 32, 255, 256, 257, 515};
  private static final double TOLERANCE = 2e-4;

  private final Kernels best = Kernels.best();
  private final Kernels portable = Kernels.portable();

  @Test
  void theVectorKernelsAreTheOnesTested() {
    assertNotEquals(portable.name(), best.name());
  }

  /**
   * One product: row distances larger than the rows, offsets, and room behind that must not change.
   */
  private record Product(
      int m, int k, int n, float[] a, float[] b, float[] c, float[] table, int[] index) {
    static Product random(int m, int k, int n) {
      SplittableRandom random = new SplittableRandom(m * 31L * 31 + k * 31L + n);
      return new Product(
          m,
          k,
          n,
          Floats.random(2 + m * (k + 3), random),
          Floats.random(1 + k * (n + 2), random),
          Floats.random(5 + m * (n + 1) + 40, random),
          Floats.random(7 * (n + 4), random),
          random.ints(m + 3, 0, 7).toArray());
    }

    float[] run(Kernels kernels, Addend addend) {
      PackedMatrix packed = new PackedMatrix(kernels);
      packed.pack(k, n, b, 1, n + 2);
      float[] result = c.clone();
      kernels.multiply(m, a, 2, k + 3, packed, addend, result, 5, n + 1, new Scratch());
      return result;
    }

    /** The same with the transpose of b packed back. */
    float[] runTransposed(Kernels kernels, Addend addend) {
      float[] transpose = new float[n * k];
      for (int p = 0; p < k; p++) {
        for (int j = 0; j < n; j++) {
          transpose[j * k + p] = b[1 + p * (n + 2) + j];
        }
      }
      PackedMatrix packed = new PackedMatrix(kernels);
      packed.packTransposed(k, n, transpose, 0, k);
      float[] result = c.clone();
      kernels.multiply(m, a, 2, k + 3, packed, addend, result, 5, n + 1, new Scratch());
      return result;
    }

    /** kind 0: from zero, 1: from C, 2: from gathered rows (columns 3 on, index from 2 on). */
    double[] expected(int kind) {
      double[] result = widened(c);
      for (int r = 0; r < m; r++) {
        for (int j = 0; j < n; j++) {
          int at = 5 + r * (n + 1) + j;
          double sum = kind == 0 ? 0 : kind == 1 ? c[at] : table[index[2 + r] * (n + 4) + 3 + j];
          for (int p = 0; p < k; p++) {
            sum += (double) a[2 + r * (k + 3) + p] * b[1 + p * (n + 2) + j];
          }
          result[at] = sum;
        }
      }
      return result;
    }

    Addend addend(int kind) {
      return switch (kind) {
        case 0 -> Addend.zero();
        case 1 -> Addend.target();
        default -> Addend.gather(table, n + 4, index).at(2).column(3);
      };
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aProductIsRightAndTheSameInBothImplementations(int kind) {
    for (int m : ROWS) {
      for (int n : COLUMNS) {
        for (int k : DEPTHS) {
          Product product = Product.random(m, k, n);
          String what = "m %d k %d n %d start %d".formatted(m, k, n, kind);
          float[] plain = product.run(portable, product.addend(kind));
          assertNear(product.expected(kind), plain, TOLERANCE, what);
          assertSameBits(plain, product.run(best, product.addend(kind)), what);
        }
      }
    }
  }

  @Test
  void aTableLargerThanTheCachesIsGatheredToItsLastRow() {
    int columns = 32;
    int last = (1 << 22) / columns;
    float[] table = new float[(last + 1) * columns];
    Arrays.fill(table, last * columns, table.length, 2f);
    int[] index = {0, last, last - 1};
    PackedMatrix zeros = new PackedMatrix(best);
    zeros.pack(1, columns, new float[columns], 0, columns);
    float[] c = new float[3 * columns];
    best.multiply(
        3,
        new float[3],
        0,
        1,
        zeros,
        Addend.gather(table, columns, index),
        c,
        0,
        columns,
        new Scratch());
    float[] expected = new float[3 * columns];
    Arrays.fill(expected, columns, 2 * columns, 2f);
    assertSameBits(expected, c, "table of " + table.length);
  }

  @Test
  void packingATransposeIsPackingTheMatrix() {
    for (int n : COLUMNS) {
      Product product = Product.random(3, 5, n);
      for (Kernels kernels : new Kernels[] {best, portable}) {
        assertSameBits(
            product.run(kernels, Addend.zero()),
            product.runTransposed(kernels, Addend.zero()),
            "n " + n);
      }
    }
  }

  @Test
  void aMatrixPackedTwiceHoldsTheSecond() {
    for (Kernels kernels : new Kernels[] {best, portable}) {
      PackedMatrix packed = new PackedMatrix(kernels);
      SplittableRandom random = new SplittableRandom(3);
      packed.pack(9, 37, random(9 * 37, random), 0, 37);
      packed.pack(4, 21, random(4 * 21, random), 0, 21);
      float[] b = random(4 * 21, random);
      packed.pack(4, 21, b, 0, 21);
      PackedMatrix fresh = new PackedMatrix(kernels);
      fresh.pack(4, 21, b, 0, 21);
      float[] a = random(4, random);
      float[] c = new float[21];
      float[] expected = new float[21];
      kernels.multiply(1, a, 0, 4, packed, Addend.zero(), c, 0, 21, new Scratch());
      kernels.multiply(1, a, 0, 4, fresh, Addend.zero(), expected, 0, 21, new Scratch());
      assertSameBits(expected, c, kernels.name());
    }
  }

  @Test
  void aTransposedProductIsRightAndTheSameInBothImplementations() {
    for (int rows : new int[] {1, 2, 63, 64, 65, 256, 300}) {
      for (int k : new int[] {1, 2, 3, 5, 8, 9, 13, 16, 31}) {
        for (int n : COLUMNS) {
          checkTransposed(rows, k, n);
        }
      }
    }
  }

  @Test
  void manyColumnsOfALeaveTheTransposedProductRight() {
    checkTransposed(70, 1100, 17);
    checkTransposed(300, 513, 33);
  }

  private void checkTransposed(int rows, int k, int n) {
    SplittableRandom random = new SplittableRandom(rows + k * 1000L + n);
    float[] a = random(3 + rows * (k + 1), random);
    float[] b = random(1 + rows * (n + 2), random);
    float[] c = random(4 + k * (n + 3) + 40, random);
    double[] expected = widened(c);
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < n; j++) {
        for (int r = 0; r < rows; r++) {
          expected[4 + i * (n + 3) + j] += (double) a[3 + r * (k + 1) + i] * b[1 + r * (n + 2) + j];
        }
      }
    }
    float[] plain = c.clone();
    portable.addTransposedProduct(
        rows, k, n, a, 3, k + 1, b, 1, n + 2, plain, 4, n + 3, new Scratch());
    float[] fast = c.clone();
    best.addTransposedProduct(rows, k, n, a, 3, k + 1, b, 1, n + 2, fast, 4, n + 3, new Scratch());
    String what = "rows %d k %d n %d".formatted(rows, k, n);
    assertNear(expected, plain, TOLERANCE, what);
    assertSameBits(plain, fast, what);
  }

  @Test
  void usedScratchLeavesNoTrace() {
    Scratch used = new Scratch();
    SplittableRandom random = new SplittableRandom(8);
    float[] ruin = new float[4000];
    Arrays.fill(ruin, Float.NaN);
    best.addTransposedProduct(60, 50, 37, ruin, 0, 50, ruin, 0, 37, new float[4000], 0, 37, used);
    float[] a = random(7 * 5, random);
    float[] b = random(7 * 9, random);
    float[] dirty = new float[5 * 9];
    float[] clean = new float[5 * 9];
    best.addTransposedProduct(7, 5, 9, a, 0, 5, b, 0, 9, dirty, 0, 9, used);
    best.addTransposedProduct(7, 5, 9, a, 0, 5, b, 0, 9, clean, 0, 9, new Scratch());
    assertSameBits(clean, dirty, "product");
    PackedMatrix packed = new PackedMatrix(best);
    packed.pack(5, 9, b, 0, 9);
    float[] product = new float[7 * 9];
    float[] again = new float[7 * 9];
    best.multiply(7, a, 0, 5, packed, Addend.zero(), product, 0, 9, used);
    best.multiply(7, a, 0, 5, packed, Addend.zero(), again, 0, 9, new Scratch());
    assertSameBits(again, product, "product");
  }

  @Test
  void noRowsChangeNothing() {
    float[] c = {1, 2, 3};
    PackedMatrix packed = new PackedMatrix(best);
    packed.pack(1, 3, new float[] {4, 5, 6}, 0, 3);
    best.multiply(0, new float[0], 0, 1, packed, Addend.zero(), c, 0, 3, new Scratch());
    best.addTransposedProduct(
        0, 1, 3, new float[0], 0, 1, new float[0], 0, 3, c, 0, 3, new Scratch());
    assertSameBits(new float[] {1, 2, 3}, c, "c");
  }

  @Test
  void notANumberAndInfinityPassThroughAProduct() {
    for (Kernels kernels : new Kernels[] {best, portable}) {
      PackedMatrix packed = new PackedMatrix(kernels);
      packed.pack(1, 3, new float[] {Float.NaN, Float.POSITIVE_INFINITY, 2}, 0, 3);
      float[] c = new float[3];
      kernels.multiply(1, new float[] {1}, 0, 1, packed, Addend.zero(), c, 0, 3, new Scratch());
      assertSameBits(new float[] {Float.NaN, Float.POSITIVE_INFINITY, 2}, c, kernels.name());
    }
  }
}
