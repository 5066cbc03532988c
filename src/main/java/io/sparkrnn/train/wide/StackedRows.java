package io.sparkrnn.train.wide;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What both branches say of rows that neither was trained on: what the combination is fitted to.
 *
 * <p>A class and not a record, because Spark's Kryo serializer cannot write records.
 */
public final class StackedRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final float[] wide;
  private final float[] recurrent;
  private final float[] labels;
  private final float[] weights;

  /**
   * Wraps rows, without copying the arrays.
   *
   * @param wide logits of the wide branch, rows x K. Not modified.
   * @param recurrent probabilities of the network, rows x K. Not modified.
   * @param labels class indices, rows. Not modified.
   * @param weights rows. Not modified.
   */
  public StackedRows(float[] wide, float[] recurrent, float[] labels, float[] weights) {
    this.wide = wide;
    this.recurrent = recurrent;
    this.labels = labels;
    this.weights = weights;
  }

  /** Returns the rows of all parts, one part after another. */
  public static StackedRows join(List<StackedRows> parts) {
    return new StackedRows(
        joined(parts.stream().map(part -> part.wide).toList()),
        joined(parts.stream().map(part -> part.recurrent).toList()),
        joined(parts.stream().map(part -> part.labels).toList()),
        joined(parts.stream().map(part -> part.weights).toList()));
  }

  private static float[] joined(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** Returns the number of rows. */
  public int rows() {
    return labels.length;
  }

  float[] wide() {
    return wide;
  }

  float[] recurrent() {
    return recurrent;
  }

  float[] labels() {
    return labels;
  }

  float[] weights() {
    return weights;
  }

  /** Returns the rows whose number modulo {@code folds} is, or is not, {@code fold}. */
  StackedRows part(int fold, int folds, boolean is) {
    int outputs = rows() == 0 ? 1 : wide.length / rows();
    float[][] arrays = {wide, recurrent, labels, weights};
    int[] widths = {outputs, outputs, 1, 1};
    for (int a = 0; a < arrays.length; a++) {
      arrays[a] = part(arrays[a], widths[a], fold, folds, is);
    }
    return new StackedRows(arrays[0], arrays[1], arrays[2], arrays[3]);
  }

  private static float[] part(float[] all, int width, int fold, int folds, boolean is) {
    float[] part = new float[all.length];
    int size = 0;
    for (int row = 0; row * width < all.length; row++) {
      if (row % folds == fold == is) {
        System.arraycopy(all, row * width, part, size, width);
        size += width;
      }
    }
    return Arrays.copyOf(part, size);
  }
}
