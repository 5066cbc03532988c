package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterLayoutTest {

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
