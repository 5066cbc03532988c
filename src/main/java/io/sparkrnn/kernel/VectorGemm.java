package io.sparkrnn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register-tiled products with the Vector API: a tile of C, some rows by one panel (two vectors),
 * stays in local variables while k runs; B is read from its panels, A is broadcast.
 *
 * <p>A group's width of the packed left matrix is a power of two, or bounds checks stay in the
 * loop. Six rows use 12 of the 16 registers of AVX2 for C; with 16 lanes there are 32 registers and
 * eight rows. The compiler of JDK 17 spills a tile of six rows, and is twice as fast with four. The
 * methods are written out because vectors stay in registers only as local variables.
 */
final class VectorGemm {
  static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  static final int L = S.length();

  /** Columns of a panel. */
  static final int W = 2 * L;

  /** A row of zeros to start from. */
  private static final float[] ZEROS = new float[W];

  private static final int ROWS = L >= 16 ? 8 : Runtime.version().feature() >= 21 ? 6 : 4;

  /** Inner dimension at a time: a panel of B this long stays in the first-level cache. */
  private static final int DEPTH = 256;

  private VectorGemm() {}

  static void multiply(
      int m,
      float[] a,
      int aOffset,
      int lda,
      PackedMatrix b,
      Start start,
      float[] c,
      int cOffset,
      int ldc,
      Scratch scratch) {
    int k = b.rows();
    int n = b.columns();
    int whole = n / W * W;
    for (int p = 0; p < k; p += DEPTH) {
      int depth = Math.min(DEPTH, k - p);
      boolean fromC = p > 0 || start.isAccumulate();
      boolean zero = !fromC && start.table() == null;
      float[] from = fromC ? c : zero ? ZEROS : start.table();
      int[] index = fromC ? null : start.index();
      int si = fromC ? cOffset : start.indexOffset();
      int lds = fromC ? ldc : start.width();
      for (int j = 0; j < whole; j += W) {
        int sj = zero ? 0 : j + (fromC ? 0 : start.column());
        panel(
            m,
            depth,
            a,
            aOffset + p,
            lda,
            b.data(),
            j * k + p * W,
            from,
            index,
            si,
            lds,
            sj,
            c,
            cOffset + j,
            ldc);
      }
      if (whole < n) {
        int sj = zero ? 0 : whole + (fromC ? 0 : start.column());
        edge(
            m,
            depth,
            a,
            aOffset + p,
            lda,
            b,
            whole,
            p,
            from,
            index,
            si,
            lds,
            sj,
            c,
            cOffset,
            ldc,
            scratch);
      }
    }
  }

  /** All rows of one panel. */
  private static void panel(
      int m,
      int k,
      float[] a,
      int ai,
      int lda,
      float[] b,
      int bi,
      float[] start,
      int[] index,
      int si,
      int lds,
      int sj,
      float[] c,
      int ci,
      int ldc) {
    int r = 0;
    while (r < m) {
      int rows = tileRows(m - r, ROWS);
      int s = index == null ? si + r * lds : si + r;
      int ar = ai + r * lda;
      int cr = ci + r * ldc;
      switch (rows) {
        case 8 -> tile8(k, a, ar, lda, b, bi, start, index, s, lds, sj, c, cr, ldc);
        case 6 -> tile6(k, a, ar, lda, b, bi, start, index, s, lds, sj, c, cr, ldc);
        case 4 -> tile4(k, a, ar, lda, b, bi, start, index, s, lds, sj, c, cr, ldc);
        case 2 -> tile2(k, a, ar, lda, b, bi, start, index, s, lds, sj, c, cr, ldc);
        default -> tile1(k, a, ar, lda, b, bi, start, index, s, lds, sj, c, cr, ldc);
      }
      r += rows;
    }
  }

  /**
   * The rows of the next tile when {@code left} remain: the largest that fits, but two fours rather
   * than six and two.
   */
  static int tileRows(int left, int limit) {
    if (left >= limit && !(limit == 6 && left == 8)) {
      return limit;
    }
    return left >= 4 ? 4 : left >= 2 ? 2 : 1;
  }

  /** The last columns, fewer than a panel: through a buffer of whole vectors. */
  private static void edge(
      int m,
      int k,
      float[] a,
      int ai,
      int lda,
      PackedMatrix b,
      int j,
      int p,
      float[] start,
      int[] index,
      int si,
      int lds,
      int sj,
      float[] c,
      int ci,
      int ldc,
      Scratch scratch) {
    int width = b.columns() - j;
    float[] buffer = scratch.right(m * W);
    for (int r = 0; r < m; r++) {
      System.arraycopy(start, row(index, si, r, lds) + sj, buffer, r * W, width);
    }
    panel(m, k, a, ai, lda, b.data(), j * b.rows() + p * W, buffer, null, 0, W, 0, buffer, 0, W);
    for (int r = 0; r < m; r++) {
      System.arraycopy(buffer, r * W, c, ci + r * ldc + j, width);
    }
  }

  private static int row(int[] index, int si, int r, int lds) {
    return index == null ? si + r * lds : index[si + r] * lds;
  }

  private static void tile8(
      int k,
      float[] a,
      int ai,
      int lda,
      float[] b,
      int bi,
      float[] start,
      int[] index,
      int si,
      int lds,
      int sj,
      float[] c,
      int ci,
      int ldc) {
    int t0 = row(index, si, 0, lds) + sj;
    FloatVector s00 = FloatVector.fromArray(S, start, t0);
    FloatVector s01 = FloatVector.fromArray(S, start, t0 + L);
    int t1 = row(index, si, 1, lds) + sj;
    FloatVector s10 = FloatVector.fromArray(S, start, t1);
    FloatVector s11 = FloatVector.fromArray(S, start, t1 + L);
    int t2 = row(index, si, 2, lds) + sj;
    FloatVector s20 = FloatVector.fromArray(S, start, t2);
    FloatVector s21 = FloatVector.fromArray(S, start, t2 + L);
    int t3 = row(index, si, 3, lds) + sj;
    FloatVector s30 = FloatVector.fromArray(S, start, t3);
    FloatVector s31 = FloatVector.fromArray(S, start, t3 + L);
    int t4 = row(index, si, 4, lds) + sj;
    FloatVector s40 = FloatVector.fromArray(S, start, t4);
    FloatVector s41 = FloatVector.fromArray(S, start, t4 + L);
    int t5 = row(index, si, 5, lds) + sj;
    FloatVector s50 = FloatVector.fromArray(S, start, t5);
    FloatVector s51 = FloatVector.fromArray(S, start, t5 + L);
    int t6 = row(index, si, 6, lds) + sj;
    FloatVector s60 = FloatVector.fromArray(S, start, t6);
    FloatVector s61 = FloatVector.fromArray(S, start, t6 + L);
    int t7 = row(index, si, 7, lds) + sj;
    FloatVector s70 = FloatVector.fromArray(S, start, t7);
    FloatVector s71 = FloatVector.fromArray(S, start, t7 + L);
    int a1 = ai + lda;
    int a2 = ai + 2 * lda;
    int a3 = ai + 3 * lda;
    int a4 = ai + 4 * lda;
    int a5 = ai + 5 * lda;
    int a6 = ai + 6 * lda;
    int a7 = ai + 7 * lda;
    int p = 0;
    for (; p < k; p++) {
      FloatVector b00 = FloatVector.fromArray(S, b, bi + p * W);
      FloatVector b01 = FloatVector.fromArray(S, b, bi + p * W + L);
      FloatVector x00 = FloatVector.broadcast(S, a[ai + p]);
      s00 = x00.fma(b00, s00);
      s01 = x00.fma(b01, s01);
      FloatVector x01 = FloatVector.broadcast(S, a[a1 + p]);
      s10 = x01.fma(b00, s10);
      s11 = x01.fma(b01, s11);
      FloatVector x02 = FloatVector.broadcast(S, a[a2 + p]);
      s20 = x02.fma(b00, s20);
      s21 = x02.fma(b01, s21);
      FloatVector x03 = FloatVector.broadcast(S, a[a3 + p]);
      s30 = x03.fma(b00, s30);
      s31 = x03.fma(b01, s31);
      FloatVector x04 = FloatVector.broadcast(S, a[a4 + p]);
      s40 = x04.fma(b00, s40);
      s41 = x04.fma(b01, s41);
      FloatVector x05 = FloatVector.broadcast(S, a[a5 + p]);
      s50 = x05.fma(b00, s50);
      s51 = x05.fma(b01, s51);
      FloatVector x06 = FloatVector.broadcast(S, a[a6 + p]);
      s60 = x06.fma(b00, s60);
      s61 = x06.fma(b01, s61);
      FloatVector x07 = FloatVector.broadcast(S, a[a7 + p]);
      s70 = x07.fma(b00, s70);
      s71 = x07.fma(b01, s71);
    }
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

  private static void tile6(
      int k,
      float[] a,
      int ai,
      int lda,
      float[] b,
      int bi,
      float[] start,
      int[] index,
      int si,
      int lds,
      int sj,
      float[] c,
      int ci,
      int ldc) {
    int t0 = row(index, si, 0, lds) + sj;
    FloatVector s00 = FloatVector.fromArray(S, start, t0);
    FloatVector s01 = FloatVector.fromArray(S, start, t0 + L);
    int t1 = row(index, si, 1, lds) + sj;
    FloatVector s10 = FloatVector.fromArray(S, start, t1);
    FloatVector s11 = FloatVector.fromArray(S, start, t1 + L);
    int t2 = row(index, si, 2, lds) + sj;
    FloatVector s20 = FloatVector.fromArray(S, start, t2);
    FloatVector s21 = FloatVector.fromArray(S, start, t2 + L);
    int t3 = row(index, si, 3, lds) + sj;
    FloatVector s30 = FloatVector.fromArray(S, start, t3);
    FloatVector s31 = FloatVector.fromArray(S, start, t3 + L);
    int t4 = row(index, si, 4, lds) + sj;
    FloatVector s40 = FloatVector.fromArray(S, start, t4);
    FloatVector s41 = FloatVector.fromArray(S, start, t4 + L);
    int t5 = row(index, si, 5, lds) + sj;
    FloatVector s50 = FloatVector.fromArray(S, start, t5);
    FloatVector s51 = FloatVector.fromArray(S, start, t5 + L);
    int a1 = ai + lda;
    int a2 = ai + 2 * lda;
    int a3 = ai + 3 * lda;
    int a4 = ai + 4 * lda;
    int a5 = ai + 5 * lda;
    int p = 0;
    for (; p < k; p++) {
      FloatVector b00 = FloatVector.fromArray(S, b, bi + p * W);
      FloatVector b01 = FloatVector.fromArray(S, b, bi + p * W + L);
      FloatVector x00 = FloatVector.broadcast(S, a[ai + p]);
      s00 = x00.fma(b00, s00);
      s01 = x00.fma(b01, s01);
      FloatVector x01 = FloatVector.broadcast(S, a[a1 + p]);
      s10 = x01.fma(b00, s10);
      s11 = x01.fma(b01, s11);
      FloatVector x02 = FloatVector.broadcast(S, a[a2 + p]);
      s20 = x02.fma(b00, s20);
      s21 = x02.fma(b01, s21);
      FloatVector x03 = FloatVector.broadcast(S, a[a3 + p]);
      s30 = x03.fma(b00, s30);
      s31 = x03.fma(b01, s31);
      FloatVector x04 = FloatVector.broadcast(S, a[a4 + p]);
      s40 = x04.fma(b00, s40);
      s41 = x04.fma(b01, s41);
      FloatVector x05 = FloatVector.broadcast(S, a[a5 + p]);
      s50 = x05.fma(b00, s50);
      s51 = x05.fma(b01, s51);
    }
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
  }

  private static void tile4(
      int k,
      float[] a,
      int ai,
      int lda,
      float[] b,
      int bi,
      float[] start,
      int[] index,
      int si,
      int lds,
      int sj,
      float[] c,
      int ci,
      int ldc) {
    int t0 = row(index, si, 0, lds) + sj;
    FloatVector s00 = FloatVector.fromArray(S, start, t0);
    FloatVector s01 = FloatVector.fromArray(S, start, t0 + L);
    int t1 = row(index, si, 1, lds) + sj;
    FloatVector s10 = FloatVector.fromArray(S, start, t1);
    FloatVector s11 = FloatVector.fromArray(S, start, t1 + L);
    int t2 = row(index, si, 2, lds) + sj;
    FloatVector s20 = FloatVector.fromArray(S, start, t2);
    FloatVector s21 = FloatVector.fromArray(S, start, t2 + L);
    int t3 = row(index, si, 3, lds) + sj;
    FloatVector s30 = FloatVector.fromArray(S, start, t3);
    FloatVector s31 = FloatVector.fromArray(S, start, t3 + L);
    int a1 = ai + lda;
    int a2 = ai + 2 * lda;
    int a3 = ai + 3 * lda;
    int p = 0;
    for (; p <= k - 2; p += 2) {
      FloatVector b00 = FloatVector.fromArray(S, b, bi + p * W);
      FloatVector b01 = FloatVector.fromArray(S, b, bi + p * W + L);
      FloatVector x00 = FloatVector.broadcast(S, a[ai + p]);
      s00 = x00.fma(b00, s00);
      s01 = x00.fma(b01, s01);
      FloatVector x01 = FloatVector.broadcast(S, a[a1 + p]);
      s10 = x01.fma(b00, s10);
      s11 = x01.fma(b01, s11);
      FloatVector x02 = FloatVector.broadcast(S, a[a2 + p]);
      s20 = x02.fma(b00, s20);
      s21 = x02.fma(b01, s21);
      FloatVector x03 = FloatVector.broadcast(S, a[a3 + p]);
      s30 = x03.fma(b00, s30);
      s31 = x03.fma(b01, s31);
      FloatVector b10 = FloatVector.fromArray(S, b, bi + p * W + 1 * W);
      FloatVector b11 = FloatVector.fromArray(S, b, bi + p * W + 1 * W + L);
      FloatVector x10 = FloatVector.broadcast(S, a[ai + p + 1]);
      s00 = x10.fma(b10, s00);
      s01 = x10.fma(b11, s01);
      FloatVector x11 = FloatVector.broadcast(S, a[a1 + p + 1]);
      s10 = x11.fma(b10, s10);
      s11 = x11.fma(b11, s11);
      FloatVector x12 = FloatVector.broadcast(S, a[a2 + p + 1]);
      s20 = x12.fma(b10, s20);
      s21 = x12.fma(b11, s21);
      FloatVector x13 = FloatVector.broadcast(S, a[a3 + p + 1]);
      s30 = x13.fma(b10, s30);
      s31 = x13.fma(b11, s31);
    }
    for (; p < k; p++) {
      FloatVector b00 = FloatVector.fromArray(S, b, bi + p * W);
      FloatVector b01 = FloatVector.fromArray(S, b, bi + p * W + L);
      FloatVector x00 = FloatVector.broadcast(S, a[ai + p]);
      s00 = x00.fma(b00, s00);
      s01 = x00.fma(b01, s01);
      FloatVector x01 = FloatVector.broadcast(S, a[a1 + p]);
      s10 = x01.fma(b00, s10);
      s11 = x01.fma(b01, s11);
      FloatVector x02 = FloatVector.broadcast(S, a[a2 + p]);
      s20 = x02.fma(b00, s20);
      s21 = x02.fma(b01, s21);
      FloatVector x03 = FloatVector.broadcast(S, a[a3 + p]);
      s30 = x03.fma(b00, s30);
      s31 = x03.fma(b01, s31);
    }
    s00.intoArray(c, ci);
    s01.intoArray(c, ci + L);
    s10.intoArray(c, ci + ldc);
    s11.intoArray(c, ci + ldc + L);
    s20.intoArray(c, ci + 2 * ldc);
    s21.intoArray(c, ci + 2 * ldc + L);
    s30.intoArray(c, ci + 3 * ldc);
    s31.intoArray(c, ci + 3 * ldc + L);
  }

  private static void tile2(
      int k,
      float[] a,
      int ai,
      int lda,
      float[] b,
      int bi,
      float[] start,
      int[] index,
      int si,
      int lds,
      int sj,
      float[] c,
      int ci,
      int ldc) {
    int t0 = row(index, si, 0, lds) + sj;
    FloatVector s00 = FloatVector.fromArray(S, start, t0);
    FloatVector s01 = FloatVector.fromArray(S, start, t0 + L);
    int t1 = row(index, si, 1, lds) + sj;
    FloatVector s10 = FloatVector.fromArray(S, start, t1);
    FloatVector s11 = FloatVector.fromArray(S, start, t1 + L);
    int a1 = ai + lda;
    int p = 0;
    for (; p <= k - 2; p += 2) {
      FloatVector b00 = FloatVector.fromArray(S, b, bi + p * W);
      FloatVector b01 = FloatVector.fromArray(S, b, bi + p * W + L);
      FloatVector x00 = FloatVector.broadcast(S, a[ai + p]);
      s00 = x00.fma(b00, s00);
      s01 = x00.fma(b01, s01);
      FloatVector x01 = FloatVector.broadcast(S, a[a1 + p]);
      s10 = x01.fma(b00, s10);
      s11 = x01.fma(b01, s11);
      FloatVector b10 = FloatVector.fromArray(S, b, bi + p * W + 1 * W);
      FloatVector b11 = FloatVector.fromArray(S, b, bi + p * W + 1 * W + L);
      FloatVector x10 = FloatVector.broadcast(S, a[ai + p + 1]);
      s00 = x10.fma(b10, s00);
      s01 = x10.fma(b11, s01);
      FloatVector x11 = FloatVector.broadcast(S, a[a1 + p + 1]);
      s10 = x11.fma(b10, s10);
      s11 = x11.fma(b11, s11);
    }
    for (; p < k; p++) {
      FloatVector b00 = FloatVector.fromArray(S, b, bi + p * W);
      FloatVector b01 = FloatVector.fromArray(S, b, bi + p * W + L);
      FloatVector x00 = FloatVector.broadcast(S, a[ai + p]);
      s00 = x00.fma(b00, s00);
      s01 = x00.fma(b01, s01);
      FloatVector x01 = FloatVector.broadcast(S, a[a1 + p]);
      s10 = x01.fma(b00, s10);
      s11 = x01.fma(b01, s11);
    }
    s00.intoArray(c, ci);
    s01.intoArray(c, ci + L);
    s10.intoArray(c, ci + ldc);
    s11.intoArray(c, ci + ldc + L);
  }

  private static void tile1(
      int k,
      float[] a,
      int ai,
      int lda,
      float[] b,
      int bi,
      float[] start,
      int[] index,
      int si,
      int lds,
      int sj,
      float[] c,
      int ci,
      int ldc) {
    int t0 = row(index, si, 0, lds) + sj;
    FloatVector s00 = FloatVector.fromArray(S, start, t0);
    FloatVector s01 = FloatVector.fromArray(S, start, t0 + L);
    int p = 0;
    for (; p <= k - 2; p += 2) {
      FloatVector b00 = FloatVector.fromArray(S, b, bi + p * W);
      FloatVector b01 = FloatVector.fromArray(S, b, bi + p * W + L);
      FloatVector x00 = FloatVector.broadcast(S, a[ai + p]);
      s00 = x00.fma(b00, s00);
      s01 = x00.fma(b01, s01);
      FloatVector b10 = FloatVector.fromArray(S, b, bi + p * W + 1 * W);
      FloatVector b11 = FloatVector.fromArray(S, b, bi + p * W + 1 * W + L);
      FloatVector x10 = FloatVector.broadcast(S, a[ai + p + 1]);
      s00 = x10.fma(b10, s00);
      s01 = x10.fma(b11, s01);
    }
    for (; p < k; p++) {
      FloatVector b00 = FloatVector.fromArray(S, b, bi + p * W);
      FloatVector b01 = FloatVector.fromArray(S, b, bi + p * W + L);
      FloatVector x00 = FloatVector.broadcast(S, a[ai + p]);
      s00 = x00.fma(b00, s00);
      s01 = x00.fma(b01, s01);
    }
    s00.intoArray(c, ci);
    s01.intoArray(c, ci + L);
  }
}
