package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.targets.IdTargets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CtcHeadTest {
  private static final int SIZE = 3;
  private static final Loss LOSS = Loss.CATEGORICAL_CROSSENTROPY;
  private static final int[] LENGTHS = {4, 9, 1, 7, 12, 5, 2, 3, 8, 10, 6, 4, 5, 9, 7, 3, 11, 6};
  private static final int[][] LABELS = {
    {1, 2},
    {3, 3, 1},
    {2},
    {},
    {1, 2, 3, 1},
    {2, 2},
    {3, 1},
    {1},
    {2, 1, 2},
    {3},
    {1, 1, 1},
    {2, 3},
    {3, 2, 1},
    {1, 3},
    {2},
    {1, 2, 3},
    {3, 3, 3},
    {1, 2}
  };

  private final Network network =
      new Network(
          new NetworkSpec(
              new InputSpec.Vectors(SIZE),
              List.of(
                  new LayerSpec.Bidirectional(
                      LayerSpec.Recurrent.of(CellType.LSTM, 5), MergeMode.CONCAT)),
              new CtcHead(4)));

  private static float[] random(int size, double bound, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(-bound, bound);
    }
    return values;
  }

  private static PackedBatch batch(int from, int to, int[][] labels) {
    int[] offsets = new int[LENGTHS.length + 1];
    int[] starts = new int[LENGTHS.length + 1];
    for (int r = 0; r < LENGTHS.length; r++) {
      offsets[r + 1] = offsets[r] + LENGTHS[r];
      starts[r + 1] = starts[r] + labels[r].length;
    }
    int[] ids = IntStream.range(0, LENGTHS.length).flatMap(r -> IntStream.of(labels[r])).toArray();
    float[] weights = new float[LENGTHS.length];
    for (int r = 0; r < weights.length; r++) {
      weights[r] = 0.5f + r % 3;
    }
    PackedBatch batch = new PackedBatch();
    int[] rows = IntStream.range(0, LENGTHS.length).toArray();
    batch.assembleVectors(
        random(offsets[LENGTHS.length] * SIZE, 1, 5), SIZE, offsets, rows, from, to);
    batch.setTargets(new IdTargets(ids, starts), weights);
    return batch;
  }

  private double loss(float[] parameters) {
    float[] gradient = new float[parameters.length];
    return network.lossAndGradient(
        parameters, batch(0, LENGTHS.length, LABELS), LOSS, null, network.newTape(), gradient);
  }

  /** Along some directions, the gradient's own among them. */
  @Test
  void theGradientIsThatOfDifferences() {
    float[] parameters = random(network.layout().size(), 0.5, 1);
    float[] gradient = new float[parameters.length];
    double sum =
        network.lossAndGradient(
            parameters, batch(0, LENGTHS.length, LABELS), LOSS, null, network.newTape(), gradient);
    assertEquals(sum, loss(parameters), 0);
    for (int seed = 1; seed <= 6; seed++) {
      float[] direction = seed == 1 ? gradient.clone() : random(gradient.length, 1, seed);
      double slope = 0;
      double norm = 0;
      for (int i = 0; i < gradient.length; i++) {
        slope += (double) direction[i] * gradient[i];
        norm += (double) direction[i] * direction[i];
      }
      double step = 4e-3 / Math.sqrt(norm);
      float[] ahead = parameters.clone();
      float[] behind = parameters.clone();
      for (int i = 0; i < gradient.length; i++) {
        ahead[i] += (float) (step * direction[i]);
        behind[i] -= (float) (step * direction[i]);
      }
      double difference = (loss(ahead) - loss(behind)) / (2 * step) / LENGTHS.length;
      assertEquals(slope, difference, 3e-3 * Math.sqrt(norm), "direction " + seed);
    }
  }

  /** The batch is cut into blocks of 16 rows; a row alone has the same outputs. */
  @Test
  void aRowsOutputsDoNotDependOnItsNeighbours() {
    float[] parameters = random(network.layout().size(), 0.5, 1);
    FrozenNetwork frozen = new FrozenNetwork(network, parameters);
    Tape all = frozen.newTape();
    PackedBatch batch = batch(0, LENGTHS.length, LABELS);
    frozen.forward(batch, all);
    for (int b = 0; b < batch.size(); b++) {
      PackedBatch one = batch(batch.row(b), batch.row(b) + 1, LABELS);
      Tape tape = frozen.newTape();
      frozen.forward(one, tape);
      float[] alone = new float[4 * one.tokens()];
      float[] among = new float[4 * one.tokens()];
      for (int t = 0; t < one.tokens(); t++) {
        System.arraycopy(tape.predictions(), 4 * t, alone, 4 * t, 4);
        System.arraycopy(all.predictions(), 4 * (batch.offset(t) + b), among, 4 * t, 4);
      }
      assertArrayEquals(alone, among);
      assertEquals(1, alone[0] + alone[1] + alone[2] + alone[3], 1e-6);
    }
  }

  @Test
  void labelsThatCannotBeAlignedAreRefused() {
    assertEquals(3, CtcHead.leastSteps(new int[] {9, 1, 1}, 1, 3));
    int[][] tooLong = LABELS.clone();
    tooLong[2] = new int[] {1, 2};
    int[][] unknown = LABELS.clone();
    unknown[0] = new int[] {4};
    float[] parameters = random(network.layout().size(), 0.5, 1);
    assertEquals(
        "row 2 must have at least the 2 steps that its labels need, got 1",
        refused(parameters, batch(0, LENGTHS.length, tooLong)));
    assertEquals("labels must be in [1, 4), got 4", refused(parameters, batch(0, 1, unknown)));
  }

  private String refused(float[] parameters, PackedBatch batch) {
    return assertThrows(
            IllegalArgumentException.class,
            () ->
                network.lossAndGradient(
                    parameters, batch, LOSS, null, network.newTape(), new float[parameters.length]))
        .getMessage();
  }
}
