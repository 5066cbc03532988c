package io.sparkrnn.spark.rows;

import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.train.shards.Standardization;
import java.util.Arrays;
import org.apache.spark.ml.linalg.Vector;
import scala.collection.Iterator;
import scala.collection.Seq;

/**
 * Reads a cell that holds vectors: an array of arrays of numbers or of Spark ML's vectors; where
 * vectors have one number, also an array of numbers or one of Spark ML's vectors. Not for several
 * threads.
 */
final class VectorReader implements SequenceCellReader {
  private final int vectorSize;
  private final Standardization standardization;
  private float[] vectors;
  private int size;

  /**
   * Creates a reader for networks with this input.
   *
   * @param standardization what the vectors are standardized by, or null for none
   */
  VectorReader(InputSpec.Vectors input, Standardization standardization) {
    this.standardization = standardization;
    vectorSize = input.size();
    vectors = new float[64 * vectorSize];
  }

  @Override
  public Refusal read(Object cell) {
    size = 0;
    if (cell == null) {
      return Refusal.NULL_FEATURES;
    }
    Refusal refusal = cell instanceof Vector values ? addAll(values) : addAll((Seq<?>) cell);
    if (refusal == null && size == 0) {
      return Refusal.NO_VECTOR;
    }
    if (refusal == null && standardization != null) {
      standardization.apply(vectors, size);
    }
    return refusal;
  }

  private Refusal addAll(Seq<?> cell) {
    Iterator<?> steps = cell.iterator();
    Refusal refusal = null;
    while (refusal == null && steps.hasNext()) {
      Object step = steps.next();
      if (step instanceof Seq<?> values) {
        refusal = add(values);
      } else if (step instanceof Vector values) {
        refusal = add(values);
      } else {
        refusal = addStep(step);
      }
    }
    return refusal;
  }

  /** Each of the values is a step. */
  private Refusal addAll(Vector values) {
    Refusal refusal = null;
    for (int i = 0; refusal == null && i < values.size(); i++) {
      refusal = addStep(values.apply(i));
    }
    return refusal;
  }

  private Refusal addStep(Object value) {
    if (value == null) {
      return Refusal.NULL_VALUE;
    }
    if (vectorSize != 1) {
      return Refusal.VECTOR_SIZE;
    }
    return end(set(reserve(), value));
  }

  private Refusal add(Seq<?> vector) {
    if (vector.length() != vectorSize) {
      return Refusal.VECTOR_SIZE;
    }
    int at = reserve();
    Refusal refusal = null;
    Iterator<?> values = vector.iterator();
    while (refusal == null && values.hasNext()) {
      refusal = set(at++, values.next());
    }
    return end(refusal);
  }

  private Refusal add(Vector vector) {
    if (vector.size() != vectorSize) {
      return Refusal.VECTOR_SIZE;
    }
    int at = reserve();
    Refusal refusal = null;
    for (int d = 0; refusal == null && d < vectorSize; d++) {
      refusal = set(at + d, vector.apply(d));
    }
    return end(refusal);
  }

  /** Makes room for a step; returns where it starts. */
  private int reserve() {
    int at = Math.multiplyExact(size, vectorSize);
    if (at + vectorSize > vectors.length) {
      vectors = Arrays.copyOf(vectors, Math.multiplyExact(2, vectors.length));
    }
    return at;
  }

  private Refusal set(int at, Object value) {
    if (value == null) {
      return Refusal.NULL_VALUE;
    }
    vectors[at] = ((Number) value).floatValue();
    return Float.isFinite(vectors[at]) ? null : Refusal.NOT_FINITE;
  }

  private Refusal end(Refusal refusal) {
    size++;
    return refusal;
  }

  @Override
  public float[] vectors() {
    return vectors;
  }

  @Override
  public int vectorSize() {
    return vectorSize;
  }

  @Override
  public int steps() {
    return size;
  }
}
