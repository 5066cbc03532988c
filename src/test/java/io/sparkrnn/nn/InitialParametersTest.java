package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keras's initializers: uniform embedding, Glorot kernels, orthogonal recurrent kernels. */
class InitialParametersTest {
  private static NetworkSpec spec(CellType cell) {
    return NetworkSpec.binary(cell, 1000, 24, 16);
  }

  private static float[] part(NetworkSpec spec, String name, long seed) {
    Network network = new Network(spec);
    ParameterLayout.Entry entry = network.layout().entry(name);
    return Arrays.copyOfRange(
        network.initialParameters(seed), entry.offset(), entry.offset() + entry.size());
  }

  private static void assertUniform(float[] values, double limit) {
    double squares = 0;
    for (float value : values) {
      assertTrue(Math.abs(value) <= limit * (1 + 1e-6), "value " + value + ", limit " + limit);
      squares += (double) value * value;
    }
    double expected = limit / Math.sqrt(3);
    assertEquals(expected, Math.sqrt(squares / values.length), 0.15 * expected);
  }

  @Test
  void theEmbeddingIsUniform() {
    assertUniform(part(spec(CellType.LSTM), "embedding/embeddings", 1), 0.05);
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void aKernelIsGlorotUniformOverAllItsGates(CellType cell) {
    String name = "%s_0/%s_cell/kernel".formatted(cell.kerasName(), cell.kerasName());
    assertUniform(part(spec(cell), name, 1), Math.sqrt(6.0 / (24 + cell.gates() * 16)));
    assertUniform(part(spec(cell), "dense/kernel", 1), Math.sqrt(6.0 / 17));
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void aRecurrentKernelHasOrthonormalRows(CellType cell) {
    String name = "%s_0/%s_cell/recurrent_kernel".formatted(cell.kerasName(), cell.kerasName());
    float[] u = part(spec(cell), name, 1);
    int columns = cell.gates() * 16;
    for (int a = 0; a < 16; a++) {
      for (int b = 0; b < 16; b++) {
        double dot = 0;
        for (int j = 0; j < columns; j++) {
          dot += (double) u[a * columns + j] * u[b * columns + j];
        }
        assertEquals(a == b ? 1 : 0, dot, 1e-5, "rows " + a + " and " + b);
      }
    }
  }

  @Test
  void onlyTheForgetGatesBiasIsOne() {
    float[] bias = part(spec(CellType.LSTM), "lstm_0/lstm_cell/bias", 1);
    for (int j = 0; j < bias.length; j++) {
      assertEquals(j / 16 == 1 ? 1f : 0f, bias[j], "bias " + j);
    }
    for (float value : part(spec(CellType.GRU), "gru_0/gru_cell/bias", 1)) {
      assertEquals(0f, value);
    }
  }

  @Test
  void theSeedDecidesEverything() {
    Network network = new Network(spec(CellType.LSTM));
    assertArrayEquals(network.initialParameters(7), network.initialParameters(7));
    assertFalse(Arrays.equals(network.initialParameters(7), network.initialParameters(8)));
  }

  @Test
  void layersAndGatesStartFromDifferentNumbers() {
    NetworkSpec spec =
        Cases.network(
            List.of(Cases.layer(CellType.LSTM, 5), Cases.layer(CellType.LSTM, 5)),
            Loss.BINARY_CROSSENTROPY,
            true);
    float[] first = part(spec, "lstm_0/lstm_cell/recurrent_kernel", 3);
    float[] second = part(spec, "lstm_1/lstm_cell/recurrent_kernel", 3);
    assertFalse(Arrays.equals(first, second));
    assertEquals(first.length, Arrays.stream(box(first)).distinct().count());
  }

  private static Float[] box(float[] values) {
    Float[] boxed = new Float[values.length];
    Arrays.setAll(boxed, i -> values[i]);
    return boxed;
  }
}
