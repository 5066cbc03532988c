package io.sparkrnn.train.course;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DivergenceTest {
  private static final double TINY = 1e-6;

  private static float[] random(SplittableRandom random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  private static double plainSquares(double[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return sum;
  }

  private static double[] wide(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  @Test
  void theDistanceIsThatOfThePlainSum() {
    SplittableRandom random = new SplittableRandom(3);
    for (int length : new int[] {0, 1, 3, 4, 5, 8, 101}) {
      float[] x = random(random, length);
      float[] y = random(random, length);
      assertEquals(
          plainSquares(wide(x), y), Divergence.squaredDistance(x, y), 1e-12, "length " + length);
    }
  }

  /** By the first form of the definition, which needs all shards in one place. */
  @Test
  void whatEachShardHandsBackGivesTheDistanceFromTheirMean() {
    SplittableRandom random = new SplittableRandom(4);
    int length = 37;
    float[] start = random(random, length);
    double[] weights = {0.5, 0.125, 0.375};
    float[][] shards = {random(random, length), random(random, length), random(random, length)};
    double[] mean = new double[length];
    double moves = 0;
    for (int s = 0; s < shards.length; s++) {
      for (int i = 0; i < length; i++) {
        mean[i] += weights[s] * shards[s][i];
      }
      moves += weights[s] * Divergence.squaredDistance(shards[s], start);
    }
    double apart = 0;
    for (int s = 0; s < shards.length; s++) {
      apart += weights[s] * plainSquares(mean, shards[s]);
    }
    double move = plainSquares(mean, start);
    assertEquals(Math.sqrt(apart / move), Divergence.of(moves, move), TINY);
  }

  @Test
  void shardsThatAgreeDoNotDiverge() {
    assertEquals(0, Divergence.of(2.5, 2.5));
    assertEquals(0, Divergence.of(2.5, Math.nextUp(2.5)));
    assertEquals(1, Divergence.of(5, 2.5), TINY);
    assertEquals(Double.POSITIVE_INFINITY, Divergence.of(1, 0));
  }
}
