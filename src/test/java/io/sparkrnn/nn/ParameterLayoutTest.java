package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterLayoutTest {

  /** Four times 2^30 + 1 units are four columns to an int. */
  @ParameterizedTest
  @ValueSource(ints = {46_341, 1 << 29, 1 << 30, (1 << 30) + 1, Integer.MAX_VALUE})
  void unitsWhoseWeightsNoArrayHoldsAreRefused(int units) {
    for (CellType cell : CellType.values()) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> LayerSpec.Recurrent.of(cell, units));
      assertEquals("units must be <= 46340, got " + units, e.getMessage());
    }
  }

  @Test
  void moreParametersThanAnArrayHoldsAreRefused() {
    LayerSpec large = LayerSpec.Recurrent.of(CellType.LSTM, 46_340);
    LayerSpec both =
        new LayerSpec.Bidirectional(LayerSpec.Recurrent.of(CellType.GRU, 40_000), MergeMode.CONCAT);
    for (NetworkSpec spec :
        List.of(Cases.pooled(large, Pooling.MAX_MEAN), Cases.pooled(both, Pooling.MAX_MEAN))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> new Network(spec));
      assertTrue(e.getMessage().contains("fewer than 2^31 parameters"), e.getMessage());
    }
  }

  @Test
  void kernelsAreNeitherBiasesNorEmbeddings() {
    LayerSpec both =
        new LayerSpec.Bidirectional(LayerSpec.Recurrent.of(CellType.LSTM, 3), MergeMode.CONCAT);
    NetworkSpec spec = Cases.pooled(both, Pooling.ATTENTION);
    ParameterLayout layout = new Network(spec).layout();
    List<String> names = new ArrayList<>();
    int[] kernels = layout.kernels();
    for (int i = 0; i < kernels.length; i += 2) {
      for (ParameterLayout.Entry entry : layout.entries()) {
        if (entry.offset() == kernels[i]) {
          names.add(entry.name());
          assertEquals(entry.offset() + entry.size(), kernels[i + 1]);
        }
      }
    }
    assertEquals(
        List.of(
            "bidirectional_0/forward_lstm/lstm_cell/kernel",
            "bidirectional_0/forward_lstm/lstm_cell/recurrent_kernel",
            "bidirectional_0/backward_lstm/lstm_cell/kernel",
            "bidirectional_0/backward_lstm/lstm_cell/recurrent_kernel",
            "attention/kernel",
            "dense/kernel"),
        names);
  }
}
