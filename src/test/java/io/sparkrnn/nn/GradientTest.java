package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import io.sparkrnn.nn.output.LossFunction;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GradientTest {
  private static final Loss LOSS = Loss.BINARY_CROSSENTROPY;

  private final NetworkSpec spec =
      Cases.stack(new LayerSpec.Recurrent(CellType.LSTM, 5, 0.2, 0, true, false), 2);
  private final Engine engine = new Engine(spec);
  private final Network network = engine.network();
  private final float[] parameters = Cases.parameters(spec, 0.7, 1);
  private final ParameterLayout.Entry table = network.embedding();

  private double into(Gradient gradient, List<Example> batch) {
    return network.lossAndGradient(
        parameters, engine.pack(batch), LOSS, new SplittableRandom(4), engine.tape(), gradient);
  }

  private float[] whole(List<Example> batch) {
    float[] gradient = new float[parameters.length];
    Arrays.fill(gradient, Float.NaN);
    network.lossAndGradient(
        parameters, engine.pack(batch), LOSS, new SplittableRandom(4), engine.tape(), gradient);
    return gradient;
  }

  @Test
  void everyBatchLeavesTheWholeGradientAndNothingOfTheLast() {
    Gradient gradient = network.newGradient(false);
    for (List<Example> batch :
        List.of(Cases.ragged(3), Cases.batch(1, 2), Cases.batch(2, 0, 0), Cases.ragged(9))) {
      into(gradient, batch);
      assertArrayEquals(whole(batch), gradient.values());
    }
  }

  @Test
  void rowsAreThoseOfTheBatchAndNoOthersAreTouched() {
    Gradient gradient = network.newGradient(false);
    List<Example> batch = Cases.batch(1, 2);
    into(gradient, batch);
    int[] rows = Arrays.copyOf(gradient.rows(), gradient.rowCount());
    assertTrue(rows.length >= 1 && rows.length <= 2);
    int other = 0;
    while (Arrays.binarySearch(Arrays.stream(rows).sorted().toArray(), other) >= 0) {
      other++;
    }
    int marked = table.offset() + other * table.columns();
    gradient.values()[marked] = 17;
    into(gradient, batch);
    assertEquals(17, gradient.values()[marked]);
  }

  @Test
  void rowsOfSeveralPartsAreListedOnce() {
    Gradient gradient = network.newGradient(false);
    for (int repeat = 0; repeat < 2; repeat++) {
      gradient.clear();
      SortedSet<Integer> expected = new TreeSet<>();
      for (List<Example> part : List.of(Cases.batch(1, 2), Cases.ragged(9), Cases.batch(1, 2))) {
        network.addLossAndGradient(
            parameters, engine.pack(part), 9, LossFunction.of(LOSS), null, engine.tape(), gradient);
        part.forEach(example -> Arrays.stream(example.ids()).forEach(expected::add));
      }
      int[] rows = Arrays.copyOf(gradient.rows(), gradient.rowCount());
      assertArrayEquals(
          expected.stream().mapToInt(Integer::intValue).toArray(),
          Arrays.stream(rows).sorted().toArray());
    }
  }

  @Test
  void aFrozenEmbeddingHasNoGradientAndChangesNoOther() {
    Gradient gradient = network.newGradient(true);
    List<Example> batch = Cases.ragged(3);
    into(gradient, batch);
    float[] expected = whole(batch);
    Arrays.fill(expected, table.offset(), table.offset() + table.size(), 0f);
    assertArrayEquals(expected, gradient.values());
    assertEquals(0, gradient.rowCount());
  }

  @Test
  void aNetworkOverVectorsHasNoEmbedding() {
    Network vectors =
        new Network(new NetworkSpec(new InputSpec.Vectors(3), spec.layers(), spec.head()));
    assertEquals(null, vectors.embedding());
    assertEquals(0, vectors.newGradient(false).rowCount());
  }
}
