package io.sparkrnn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MovingAverageTest {
  private static final int SIZE = 19;

  @Test
  void followsKerasStepByStep() {
    SplittableRandom random = new SplittableRandom(5);
    OptimizerSpec sgd = OptimizerSpec.Sgd.defaults();
    MovingAverage ema = new MovingAverage(0.9);
    float[] parameters = random(random);
    OptimizerState state = ema.begin(OptimizerState.zeros(sgd, SIZE), parameters);
    double[] expected = new double[SIZE];
    for (int step = 0; step < 12; step++) {
      sgd.step(parameters, random(random), state, 0.1);
      ema.step(parameters, state);
      double momentum = step == 0 ? 0 : 0.9;
      for (int i = 0; i < SIZE; i++) {
        expected[i] = momentum * expected[i] + (1 - momentum) * parameters[i];
        assertEquals(expected[i], state.average()[i], 1e-6, "step " + step);
      }
    }
  }

  @Test
  void theFirstAverageIsTheParametersBitForBit() {
    float[] parameters = {0.1f, -3e-30f};
    OptimizerSpec sgd = OptimizerSpec.Sgd.defaults();
    MovingAverage ema = new MovingAverage(0.999);
    OptimizerState state = ema.begin(OptimizerState.zeros(sgd, 2), parameters);
    assertArrayEquals(parameters, state.average());
    assertNotSame(parameters, state.average());
    sgd.step(parameters, new float[] {1, 0}, state, 0.05);
    ema.step(parameters, state);
    assertArrayEquals(parameters, state.average());
  }

  @Test
  void momentumZeroKeepsNothing() {
    OptimizerState zeros = OptimizerState.zeros(OptimizerSpec.Sgd.defaults(), SIZE);
    assertEquals(0, new MovingAverage(0).begin(zeros, new float[SIZE]).average().length);
  }

  @Test
  void copiesShareNothing() {
    OptimizerState state =
        OptimizerState.zeros(OptimizerSpec.Sgd.defaults(), 2).withAverage(new float[] {1, 2});
    OptimizerState copy = state.copy();
    state.average()[0] = 9;
    assertArrayEquals(new float[] {1, 2}, copy.average());
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    assertEquals(
        "emaMomentum must be in [0, 1), got 1.0",
        assertThrows(IllegalArgumentException.class, () -> new MovingAverage(1)).getMessage());
    OptimizerState state = OptimizerState.zeros(OptimizerSpec.Sgd.defaults(), 2);
    assertThrows(IllegalArgumentException.class, () -> state.withAverage(new float[3]));
  }

  private static float[] random(SplittableRandom random) {
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return values;
  }
}
