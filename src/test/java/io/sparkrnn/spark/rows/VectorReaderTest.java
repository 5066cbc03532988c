package io.sparkrnn.spark.rows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import io.sparkrnn.train.shards.Standardization;
import java.util.Arrays;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

class VectorReaderTest {
  private static Seq<Object> seq(Object... values) {
    return CollectionConverters.asScala(Arrays.asList(values)).toSeq();
  }

  private static float[] read(int size, Standardization by, Object cell) {
    VectorReader reader = new VectorReader(new InputSpec.Vectors(size), by);
    assertEquals(null, reader.read(cell));
    PackedShardBuilder rows = PackedShardBuilder.ofVectors(size);
    reader.addTo(rows, 1, 1);
    PackedShard shard = rows.build();
    return shard.vectors();
  }

  @Test
  void vectorsComeInEveryForm() {
    float[] wanted = {1, 2, 3, 4};
    assertArrayEquals(wanted, read(2, null, seq(seq(1.0, 2.0), seq(3f, 4L))));
    assertArrayEquals(
        wanted,
        read(
            2,
            null,
            seq(Vectors.dense(1, 2), Vectors.sparse(2, new int[] {0, 1}, new double[] {3, 4}))));
    assertArrayEquals(wanted, read(1, null, seq(1.0, 2, 3L, 4f)));
    assertArrayEquals(wanted, read(1, null, Vectors.dense(1, 2, 3, 4)));
    assertArrayEquals(wanted, read(1, null, seq(seq(1.0), seq(2.0), seq(3.0), seq(4.0))));
  }

  @Test
  void longCellsFit() {
    Object[] steps = new Object[1000];
    Arrays.setAll(steps, i -> (double) i);
    assertEquals(999, read(1, null, seq(steps))[999]);
  }

  @Test
  void theyAreStandardized() {
    Standardization by = new Standardization(new float[] {1, 10}, new float[] {2, 0.5f});
    assertArrayEquals(new float[] {0, -4, 4, 5}, read(2, by, seq(seq(1.0, 2.0), seq(3.0, 20.0))));
  }

  @Test
  void badOnesAreRefused() {
    VectorReader two = new VectorReader(new InputSpec.Vectors(2), null);
    VectorReader one = new VectorReader(new InputSpec.Vectors(1), null);
    assertEquals(Refusal.NULL_FEATURES, two.read(null));
    assertEquals(Refusal.NO_VECTOR, two.read(seq()));
    assertEquals(Refusal.NULL_VALUE, two.read(seq((Object) null)));
    assertEquals(Refusal.NULL_VALUE, two.read(seq(seq(1.0, null))));
    assertEquals(Refusal.VECTOR_SIZE, two.read(seq(seq(1.0))));
    assertEquals(Refusal.VECTOR_SIZE, two.read(seq(1.0)));
    assertEquals(Refusal.VECTOR_SIZE, two.read(seq(Vectors.dense(1, 2, 3))));
    assertEquals(Refusal.NOT_FINITE, two.read(seq(Vectors.dense(1, Double.NaN))));
    assertEquals(Refusal.NOT_FINITE, one.read(seq(1e300)));
    assertEquals(Refusal.NULL_VALUE, one.read(seq(1.0, null)));
  }
}
