package io.sparkrnn.kernel;

import static io.sparkrnn.kernel.VectorGemm.L;
import static io.sparkrnn.kernel.VectorGemm.S;
import static io.sparkrnn.kernel.VectorGemm.W;

import jdk.incubator.vector.FloatVector;

/**
 * The tiles of {@link VectorGemm}: some rows of C by one panel.
 *
 * <p>Written out because vectors stay in registers only as local variables, and two steps of the
 * inner dimension at a time, which gains 8 % at k = 32 on JDK 17 (but spills six rows): k is even.
 *
 * <p>The loops are tested at their end: JDK 17 is an eighth slower when they are not.
 */
final class VectorTiles {
  private VectorTiles() {}

  static int row(int[] index, int si, int r, int lds) {
    return index == null ? si + r * lds : index[si + r] * lds;
  }

  static void tile8(
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
    do {
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
      FloatVector b10 = FloatVector.fromArray(S, b, bi + p * W + W);
      FloatVector b11 = FloatVector.fromArray(S, b, bi + p * W + W + L);
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
      FloatVector x14 = FloatVector.broadcast(S, a[a4 + p + 1]);
      s40 = x14.fma(b10, s40);
      s41 = x14.fma(b11, s41);
      FloatVector x15 = FloatVector.broadcast(S, a[a5 + p + 1]);
      s50 = x15.fma(b10, s50);
      s51 = x15.fma(b11, s51);
      FloatVector x16 = FloatVector.broadcast(S, a[a6 + p + 1]);
      s60 = x16.fma(b10, s60);
      s61 = x16.fma(b11, s61);
      FloatVector x17 = FloatVector.broadcast(S, a[a7 + p + 1]);
      s70 = x17.fma(b10, s70);
      s71 = x17.fma(b11, s71);
      p += 2;
    } while (p < k);
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

  static void tile6(
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
    do {
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
      p++;
    } while (p < k);
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

  static void tile4(
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
    do {
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
      FloatVector b10 = FloatVector.fromArray(S, b, bi + p * W + W);
      FloatVector b11 = FloatVector.fromArray(S, b, bi + p * W + W + L);
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
      p += 2;
    } while (p < k);
    s00.intoArray(c, ci);
    s01.intoArray(c, ci + L);
    s10.intoArray(c, ci + ldc);
    s11.intoArray(c, ci + ldc + L);
    s20.intoArray(c, ci + 2 * ldc);
    s21.intoArray(c, ci + 2 * ldc + L);
    s30.intoArray(c, ci + 3 * ldc);
    s31.intoArray(c, ci + 3 * ldc + L);
  }

  static void tile2(
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
    do {
      FloatVector b00 = FloatVector.fromArray(S, b, bi + p * W);
      FloatVector b01 = FloatVector.fromArray(S, b, bi + p * W + L);
      FloatVector x00 = FloatVector.broadcast(S, a[ai + p]);
      s00 = x00.fma(b00, s00);
      s01 = x00.fma(b01, s01);
      FloatVector x01 = FloatVector.broadcast(S, a[a1 + p]);
      s10 = x01.fma(b00, s10);
      s11 = x01.fma(b01, s11);
      FloatVector b10 = FloatVector.fromArray(S, b, bi + p * W + W);
      FloatVector b11 = FloatVector.fromArray(S, b, bi + p * W + W + L);
      FloatVector x10 = FloatVector.broadcast(S, a[ai + p + 1]);
      s00 = x10.fma(b10, s00);
      s01 = x10.fma(b11, s01);
      FloatVector x11 = FloatVector.broadcast(S, a[a1 + p + 1]);
      s10 = x11.fma(b10, s10);
      s11 = x11.fma(b11, s11);
      p += 2;
    } while (p < k);
    s00.intoArray(c, ci);
    s01.intoArray(c, ci + L);
    s10.intoArray(c, ci + ldc);
    s11.intoArray(c, ci + ldc + L);
  }

  static void tile1(
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
    do {
      FloatVector b00 = FloatVector.fromArray(S, b, bi + p * W);
      FloatVector b01 = FloatVector.fromArray(S, b, bi + p * W + L);
      FloatVector x00 = FloatVector.broadcast(S, a[ai + p]);
      s00 = x00.fma(b00, s00);
      s01 = x00.fma(b01, s01);
      FloatVector b10 = FloatVector.fromArray(S, b, bi + p * W + W);
      FloatVector b11 = FloatVector.fromArray(S, b, bi + p * W + W + L);
      FloatVector x10 = FloatVector.broadcast(S, a[ai + p + 1]);
      s00 = x10.fma(b10, s00);
      s01 = x10.fma(b11, s01);
      p += 2;
    } while (p < k);
    s00.intoArray(c, ci);
    s01.intoArray(c, ci + L);
  }

  /** One step of the inner dimension, for any number of rows. */
  static void single(
      int m,
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
    FloatVector b0 = FloatVector.fromArray(S, b, bi);
    FloatVector b1 = FloatVector.fromArray(S, b, bi + L);
    for (int r = 0; r < m; r++) {
      int t = row(index, si, r, lds) + sj;
      FloatVector x = FloatVector.broadcast(S, a[ai + r * lda]);
      x.fma(b0, FloatVector.fromArray(S, start, t)).intoArray(c, ci + r * ldc);
      x.fma(b1, FloatVector.fromArray(S, start, t + L)).intoArray(c, ci + r * ldc + L);
    }
  }
}
