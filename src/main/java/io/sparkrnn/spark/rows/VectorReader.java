package io.sparkrnn.spark.rows;

import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import io.sparkrnn.train.shards.StableKey;
import java.util.Arrays;
import scala.collection.Iterator;
import scala.collection.Seq;

/** Reads a cell that holds vectors, an array of arrays of numbers; not for several threads. */
final class VectorReader implements CellReader {
  private final int vectorSize;
  private float[] vectors;
  private int size;

  /** Creates a reader for networks with this input. */
  VectorReader(InputSpec.Vectors input) {
    vectorSize = input.size();
    vectors = new float[64 * vectorSize];
  }

  @Override
  public Refusal read(Object cell) {
    size = 0;
    if (cell == null) {
      return Refusal.NULL_FEATURES;
    }
    Iterator<?> steps = ((Seq<?>) cell).iterator();
    while (steps.hasNext()) {
      Refusal refusal = add((Seq<?>) steps.next());
      if (refusal != null) {
        return refusal;
      }
    }
    return size == 0 ? Refusal.NO_VECTOR : null;
  }

  private Refusal add(Seq<?> vector) {
    if (vector == null) {
      return Refusal.NULL_VALUE;
    }
    if (vector.length() != vectorSize) {
      return Refusal.VECTOR_SIZE;
    }
    int at = Math.multiplyExact(size, vectorSize);
    if (at + vectorSize > vectors.length) {
      vectors = Arrays.copyOf(vectors, Math.multiplyExact(2, vectors.length));
    }
    Iterator<?> values = vector.iterator();
    while (values.hasNext()) {
      Object value = values.next();
      if (value == null) {
        return Refusal.NULL_VALUE;
      }
      float number = ((Number) value).floatValue();
      if (!Float.isFinite(number)) {
        return Refusal.NOT_FINITE;
      }
      vectors[at++] = number;
    }
    size++;
    return null;
  }

  @Override
  public void addTo(PackedShardBuilder rows, float label, float weight) {
    rows.add(vectors, 0, size, label, weight);
  }

  @Override
  public long key(float label, float weight) {
    return StableKey.of(vectors, vectorSize, size, label, weight);
  }

  /** Every vector of the cell has a weight. */
  @Override
  public float[] align(Object cell, PackedShard rows, int row, float[] weights) {
    return Arrays.copyOfRange(weights, rows.offsets()[row], rows.offsets()[row + 1]);
  }
}
