package io.sparkrnn.kernel;

import static io.sparkrnn.kernel.VectorGemm.L;
import static io.sparkrnn.kernel.VectorGemm.S;
import static io.sparkrnn.kernel.VectorGemm.W;

import jdk.incubator.vector.FloatVector;

/**
 * The product of a transpose, C += A' B, with the Vector API: chunks of rows are packed, the
 * columns of A in groups that fit a tile, those of B in panels; a tile of C stays in registers
 * while the rows run.
 */
final class VectorTransposedGemm {
  /** Rows of a tile. Tiles of six no compiler so far keeps in 16 registers. */
  private static final int ROWS = L >= 16 ? 8 : 4;

  private VectorTransposedGemm() {}

  static void add(
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
      Scratch scratch) {
    int chunk = Math.max(64, Math.min(256, 65536 / k));
    float[] left = scratch.left(chunk * ((k + L - 1) / L * L));
    float[] right = scratch.right(chunk * W + ROWS * W);
    for (int r = 0; r < rows; r += chunk) {
      int count = Math.min(chunk, rows - r);
      packLeft(count, k, a, aOffset + r * lda, lda, left);
      for (int j = 0; j < n; j += W) {
        int width = Math.min(W, n - j);
        packRight(count, width, b, bOffset + r * ldb + j, ldb, right);
        for (int i = 0, group; i < k; i += group) {
          group = VectorGemm.tileRows(Math.min(k - i, L - i % L), ROWS);
          int li = i / L * L * count + i % L;
          if (width == W) {
            group(group, count, left, li, right, c, cOffset + i * ldc + j, ldc);
          } else {
            edgeGroup(
                group, count, left, li, right, chunk * W, c, cOffset + i * ldc + j, ldc, width);
          }
        }
      }
    }
  }

  /** Columns of A in blocks of a vector, each block's rows contiguous; the last may have fewer. */
  private static void packLeft(int rows, int k, float[] a, int ai, int lda, float[] left) {
    for (int i = 0; i < k; i += L) {
      if (k - i >= L) {
        for (int p = 0; p < rows; p++) {
          FloatVector.fromArray(S, a, ai + i + p * lda).intoArray(left, i * rows + p * L);
        }
      } else {
        for (int p = 0; p < rows; p++) {
          System.arraycopy(a, ai + i + p * lda, left, i * rows + p * L, k - i);
        }
      }
    }
  }

  private static void packRight(int rows, int width, float[] b, int bi, int ldb, float[] right) {
    if (width < W) {
      for (int p = 0; p < rows; p++) {
        System.arraycopy(b, bi + p * ldb, right, p * W, width);
      }
      return;
    }
    for (int p = 0; p < rows; p++) {
      FloatVector.fromArray(S, b, bi + p * ldb).intoArray(right, p * W);
      FloatVector.fromArray(S, b, bi + p * ldb + L).intoArray(right, p * W + L);
    }
  }

  /** A tile at the right edge of C: through a buffer of whole vectors behind the panel. */
  private static void edgeGroup(
      int group,
      int rows,
      float[] left,
      int li,
      float[] right,
      int buffer,
      float[] c,
      int ci,
      int ldc,
      int width) {
    for (int g = 0; g < group; g++) {
      System.arraycopy(c, ci + g * ldc, right, buffer + g * W, width);
    }
    group(group, rows, left, li, right, right, buffer, W);
    for (int g = 0; g < group; g++) {
      System.arraycopy(right, buffer + g * W, c, ci + g * ldc, width);
    }
  }

  private static void group(
      int group, int rows, float[] left, int li, float[] right, float[] c, int ci, int ldc) {
    switch (group) {
      case 8 -> transposed8(rows, left, li, right, 0, c, ci, ldc);
      case 4 -> transposed4(rows, left, li, right, 0, c, ci, ldc);
      case 2 -> transposed2(rows, left, li, right, 0, c, ci, ldc);
      default -> transposed1(rows, left, li, right, 0, c, ci, ldc);
    }
  }

  private static void transposed8(
      int rows, float[] a, int ai, float[] b, int bi, float[] c, int ci, int ldc) {
    FloatVector s00 = FloatVector.fromArray(S, c, ci);
    FloatVector s01 = FloatVector.fromArray(S, c, ci + L);
    FloatVector s10 = FloatVector.fromArray(S, c, ci + ldc);
    FloatVector s11 = FloatVector.fromArray(S, c, ci + ldc + L);
    FloatVector s20 = FloatVector.fromArray(S, c, ci + 2 * ldc);
    FloatVector s21 = FloatVector.fromArray(S, c, ci + 2 * ldc + L);
    FloatVector s30 = FloatVector.fromArray(S, c, ci + 3 * ldc);
    FloatVector s31 = FloatVector.fromArray(S, c, ci + 3 * ldc + L);
    FloatVector s40 = FloatVector.fromArray(S, c, ci + 4 * ldc);
    FloatVector s41 = FloatVector.fromArray(S, c, ci + 4 * ldc + L);
    FloatVector s50 = FloatVector.fromArray(S, c, ci + 5 * ldc);
    FloatVector s51 = FloatVector.fromArray(S, c, ci + 5 * ldc + L);
    FloatVector s60 = FloatVector.fromArray(S, c, ci + 6 * ldc);
    FloatVector s61 = FloatVector.fromArray(S, c, ci + 6 * ldc + L);
    FloatVector s70 = FloatVector.fromArray(S, c, ci + 7 * ldc);
    FloatVector s71 = FloatVector.fromArray(S, c, ci + 7 * ldc + L);
    int p = 0;
    do {
      FloatVector b0 = FloatVector.fromArray(S, b, bi + p * W);
      FloatVector b1 = FloatVector.fromArray(S, b, bi + p * W + L);
      FloatVector x0 = FloatVector.broadcast(S, a[ai + p * L]);
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      FloatVector x1 = FloatVector.broadcast(S, a[ai + p * L + 1]);
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      FloatVector x2 = FloatVector.broadcast(S, a[ai + p * L + 2]);
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      FloatVector x3 = FloatVector.broadcast(S, a[ai + p * L + 3]);
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
      FloatVector x4 = FloatVector.broadcast(S, a[ai + p * L + 4]);
      s40 = x4.fma(b0, s40);
      s41 = x4.fma(b1, s41);
      FloatVector x5 = FloatVector.broadcast(S, a[ai + p * L + 5]);
      s50 = x5.fma(b0, s50);
      s51 = x5.fma(b1, s51);
      FloatVector x6 = FloatVector.broadcast(S, a[ai + p * L + 6]);
      s60 = x6.fma(b0, s60);
      s61 = x6.fma(b1, s61);
      FloatVector x7 = FloatVector.broadcast(S, a[ai + p * L + 7]);
      s70 = x7.fma(b0, s70);
      s71 = x7.fma(b1, s71);
      p++;
    } while (p < rows);
    s00.intoArray(c, ci);
    s01.intoArray(c, ci + L);
    s10.intoArray(c, ci + ldc);
    s11.intoArray(c, ci + ldc + L);
    s20.intoArray(c, ci + 2 * ldc);
    s21.intoArray(c, ci + 2 * ldc + L);
    s30.intoArray(c, ci + 3 * ldc);
    s31.intoArray(c, ci + 3 * ldc + L);
    s40.intoArray(c, ci + 4 * ldc);
    s41.intoArray(c, ci + 4 * ldc + L);
    s50.intoArray(c, ci + 5 * ldc);
    s51.intoArray(c, ci + 5 * ldc + L);
    s60.intoArray(c, ci + 6 * ldc);
    s61.intoArray(c, ci + 6 * ldc + L);
    s70.intoArray(c, ci + 7 * ldc);
    s71.intoArray(c, ci + 7 * ldc + L);
  }

  private static void transposed4(
      int rows, float[] a, int ai, float[] b, int bi, float[] c, int ci, int ldc) {
    FloatVector s00 = FloatVector.fromArray(S, c, ci);
    FloatVector s01 = FloatVector.fromArray(S, c, ci + L);
    FloatVector s10 = FloatVector.fromArray(S, c, ci + ldc);
    FloatVector s11 = FloatVector.fromArray(S, c, ci + ldc + L);
    FloatVector s20 = FloatVector.fromArray(S, c, ci + 2 * ldc);
    FloatVector s21 = FloatVector.fromArray(S, c, ci + 2 * ldc + L);
    FloatVector s30 = FloatVector.fromArray(S, c, ci + 3 * ldc);
    FloatVector s31 = FloatVector.fromArray(S, c, ci + 3 * ldc + L);
    int p = 0;
    do {
      FloatVector b0 = FloatVector.fromArray(S, b, bi + p * W);
      FloatVector b1 = FloatVector.fromArray(S, b, bi + p * W + L);
      FloatVector x0 = FloatVector.broadcast(S, a[ai + p * L]);
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      FloatVector x1 = FloatVector.broadcast(S, a[ai + p * L + 1]);
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      FloatVector x2 = FloatVector.broadcast(S, a[ai + p * L + 2]);
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      FloatVector x3 = FloatVector.broadcast(S, a[ai + p * L + 3]);
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
      p++;
    } while (p < rows);
    s00.intoArray(c, ci);
    s01.intoArray(c, ci + L);
    s10.intoArray(c, ci + ldc);
    s11.intoArray(c, ci + ldc + L);
    s20.intoArray(c, ci + 2 * ldc);
    s21.intoArray(c, ci + 2 * ldc + L);
    s30.intoArray(c, ci + 3 * ldc);
    s31.intoArray(c, ci + 3 * ldc + L);
  }

  private static void transposed2(
      int rows, float[] a, int ai, float[] b, int bi, float[] c, int ci, int ldc) {
    FloatVector s00 = FloatVector.fromArray(S, c, ci);
    FloatVector s01 = FloatVector.fromArray(S, c, ci + L);
    FloatVector s10 = FloatVector.fromArray(S, c, ci + ldc);
    FloatVector s11 = FloatVector.fromArray(S, c, ci + ldc + L);
    int p = 0;
    do {
      FloatVector b0 = FloatVector.fromArray(S, b, bi + p * W);
      FloatVector b1 = FloatVector.fromArray(S, b, bi + p * W + L);
      FloatVector x0 = FloatVector.broadcast(S, a[ai + p * L]);
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      FloatVector x1 = FloatVector.broadcast(S, a[ai + p * L + 1]);
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      p++;
    } while (p < rows);
    s00.intoArray(c, ci);
    s01.intoArray(c, ci + L);
    s10.intoArray(c, ci + ldc);
    s11.intoArray(c, ci + ldc + L);
  }

  private static void transposed1(
      int rows, float[] a, int ai, float[] b, int bi, float[] c, int ci, int ldc) {
    FloatVector s00 = FloatVector.fromArray(S, c, ci);
    FloatVector s01 = FloatVector.fromArray(S, c, ci + L);
    int p = 0;
    do {
      FloatVector b0 = FloatVector.fromArray(S, b, bi + p * W);
      FloatVector b1 = FloatVector.fromArray(S, b, bi + p * W + L);
      FloatVector x0 = FloatVector.broadcast(S, a[ai + p * L]);
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      p++;
    } while (p < rows);
    s00.intoArray(c, ci);
    s01.intoArray(c, ci + L);
  }
}
