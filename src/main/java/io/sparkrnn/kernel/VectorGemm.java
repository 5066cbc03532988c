package io.sparkrnn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register-tiled products with the Vector API: a tile of C, some rows by one panel (two vectors),
 * stays in local variables while k runs; B is read from its panels, A is broadcast.
 *
 * <p>A group's width of the packed left matrix is a power of two, or bounds checks stay in the
 * loop. Six rows use 12 of the 16 registers of AVX2 for C; with 16 lanes there are 32 registers and
 * eight rows. The compiler of JDK 17 spills a tile of six rows, and is twice as fast with four.
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

  /** Rows of the last columns at a time: their copy stays in the cache. */
  private static final int STRIP = 256;

  private VectorGemm() {}

  static void multiply(
      int m,
      float[] a,
      int aOffset,
      int lda,
      PackedMatrix b,
      Addend addend,
      float[] c,
      int cOffset,
      int ldc,
      Scratch scratch) {
    int k = b.rows();
    int n = b.columns();
    int whole = n / W * W;
    addend.touch(m, n);
    for (int p = 0, depth; p < k; p += depth) {
      depth = depth(k - p);
      boolean fromC = p > 0 || addend.isTarget();
      boolean zero = !fromC && addend.table() == null;
      float[] from = fromC ? c : zero ? ZEROS : addend.table();
      int[] index = fromC ? null : addend.index();
      int si = fromC ? cOffset : addend.indexOffset();
      int lds = fromC ? ldc : addend.width();
      for (int j = 0; j < whole; j += W) {
        int sj = zero ? 0 : j + (fromC ? 0 : addend.column());
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
        int sj = zero ? 0 : whole + (fromC ? 0 : addend.column());
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

  /** Steps of the inner dimension to take when {@code left} remain: pairs, the last one alone. */
  private static int depth(int left) {
    return left == 1 ? 1 : Math.min(DEPTH, left & ~1);
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
    if (k == 1) {
      VectorTiles.single(m, a, ai, lda, b, bi, start, index, si, lds, sj, c, ci, ldc);
      return;
    }
    int r = 0;
    while (r < m) {
      int rows = tileRows(m - r, ROWS);
      int s = index == null ? si + r * lds : si + r;
      int ar = ai + r * lda;
      int cr = ci + r * ldc;
      switch (rows) {
        case 8 -> VectorTiles.tile8(k, a, ar, lda, b, bi, start, index, s, lds, sj, c, cr, ldc);
        case 6 -> VectorTiles.tile6(k, a, ar, lda, b, bi, start, index, s, lds, sj, c, cr, ldc);
        case 4 -> VectorTiles.tile4(k, a, ar, lda, b, bi, start, index, s, lds, sj, c, cr, ldc);
        case 2 -> VectorTiles.tile2(k, a, ar, lda, b, bi, start, index, s, lds, sj, c, cr, ldc);
        default -> VectorTiles.tile1(k, a, ar, lda, b, bi, start, index, s, lds, sj, c, cr, ldc);
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
    int bi = j * b.rows() + p * W;
    float[] buffer = scratch.right(Math.min(m, STRIP) * W);
    for (int first = 0, rows; first < m; first += rows) {
      rows = Math.min(STRIP, m - first);
      for (int r = 0; r < rows; r++) {
        int from = VectorTiles.row(index, si, first + r, lds) + sj;
        System.arraycopy(start, from, buffer, r * W, width);
      }
      int ar = ai + first * lda;
      panel(rows, k, a, ar, lda, b.data(), bi, buffer, null, 0, W, 0, buffer, 0, W);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(buffer, r * W, c, ci + (first + r) * ldc + j, width);
      }
    }
  }
}
