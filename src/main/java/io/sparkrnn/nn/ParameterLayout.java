package io.sparkrnn.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Names, shapes and places of a network's parameters in its one flat array, in Keras's order and
 * with Keras's names.
 *
 * @param entries the variables, in storage order without gaps
 */
public record ParameterLayout(List<Entry> entries) {
  public ParameterLayout {
    entries = List.copyOf(entries);
  }

  /**
   * One variable.
   *
   * @param name Keras path, such as {@code lstm_0/lstm_cell/kernel}
   * @param shape dimensions, row-major storage
   * @param offset first index in the flat array
   * @param size number of floats
   */
  public record Entry(String name, int[] shape, int offset, int size) {
    /**
     * Returns the number of rows when seen as a matrix: all dimensions but the last; 1 for a
     * vector.
     */
    public int rows() {
      return size / columns();
    }

    /** Returns the last dimension. */
    public int columns() {
      return shape[shape.length - 1];
    }
  }

  /** Returns the length of the flat array. */
  public int size() {
    if (entries.isEmpty()) {
      return 0;
    }
    Entry last = entries.get(entries.size() - 1);
    return last.offset + last.size;
  }

  /**
   * Finds a variable.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Entry entry(String name) {
    for (Entry entry : entries) {
      if (entry.name.equals(name)) {
        return entry;
      }
    }
    throw new IllegalArgumentException(
        "no parameter is named '"
            + name
            + "'; there are "
            + entries.stream().map(Entry::name).toList());
  }

  /**
   * Returns the start of each variable and the end of the last, as clipping by variable needs them.
   */
  public int[] boundaries() {
    int[] boundaries = new int[entries.size() + 1];
    for (int i = 0; i < entries.size(); i++) {
      boundaries[i] = entries.get(i).offset;
    }
    boundaries[entries.size()] = size();
    return boundaries;
  }

  /**
   * Returns start and end of each kernel and recurrent kernel, one pair after the other: what Keras
   * regularizes as a kernel, and neither biases nor embeddings.
   */
  public int[] kernels() {
    return entries.stream()
        .filter(entry -> entry.name.endsWith("kernel"))
        .flatMapToInt(entry -> IntStream.of(entry.offset, entry.offset + entry.size))
        .toArray();
  }

  /**
   * Copies a variable out as a matrix.
   *
   * @param parameters the flat array. Not modified.
   */
  public FMatrixRMaj matrix(float[] parameters, String name) {
    Entry entry = entry(name);
    FMatrixRMaj matrix = new FMatrixRMaj(entry.rows(), entry.columns());
    System.arraycopy(parameters, entry.offset, matrix.data, 0, entry.size);
    return matrix;
  }

  /**
   * Copies a matrix into its variable.
   *
   * @param parameters the flat array. Modified.
   * @param matrix rows x columns as {@link #matrix} gives. Not modified.
   * @throws IllegalArgumentException if the shape differs
   */
  public void set(float[] parameters, String name, FMatrixRMaj matrix) {
    Entry entry = entry(name);
    if (matrix.numRows != entry.rows() || matrix.numCols != entry.columns()) {
      throw new IllegalArgumentException(
          "parameter '"
              + name
              + "' is "
              + entry.rows()
              + " x "
              + entry.columns()
              + ", got "
              + matrix.numRows
              + " x "
              + matrix.numCols);
    }
    System.arraycopy(matrix.data, 0, parameters, entry.offset, entry.size);
  }

  /** Collects variables one after another. */
  public static final class Builder {
    private final List<Entry> entries = new ArrayList<>();
    private int offset;

    /**
     * Appends a variable and returns its offset.
     *
     * @throws IllegalArgumentException if there are more parameters than an array holds
     */
    public int add(String name, int... shape) {
      int start = offset;
      try {
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        entries.add(new Entry(name, shape, start, size));
        offset = Math.addExact(offset, size);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            "the network must have fewer than 2^31 parameters, and has more with %s of %s"
                .formatted(name, Arrays.toString(shape)),
            e);
      }
      return start;
    }

    /** Returns how many parameters there are so far. */
    int size() {
      return offset;
    }

    ParameterLayout build() {
      return new ParameterLayout(entries);
    }
  }
}
