package io.sparkrnn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.StartRecord;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a network takes from a model that was trained before. */
class WarmStartTest {
  private static final Vocabulary OLD = words("good", "bad", "film");
  private static final Vocabulary NEW = words("film", "plot", "good", "actor");
  private static final HeadSpec THREE = HeadSpec.of(Pooling.MEAN, 3, Activation.SOFTMAX);

  private static Vocabulary words(String... words) {
    return Vocabulary.of(
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(Vocabulary.PADDING, Vocabulary.UNKNOWN),
                Arrays.stream(words))
            .toList());
  }

  private static NetworkSpec network(int ids, int width, HeadSpec head, int... units) {
    return new NetworkSpec(
        new InputSpec.Tokens(ids, width, true),
        Arrays.stream(units)
            .mapToObj(size -> (LayerSpec) LayerSpec.Recurrent.of(CellType.LSTM, size))
            .toList(),
        head);
  }

  private static SavedModel model(NetworkSpec spec, Vocabulary vocabulary) {
    float[] parameters = new Network(spec).initialParameters(7);
    return new SavedModel(spec, parameters, null, vocabulary, List.of(), null);
  }

  private static float[] row(float[] parameters, Network network, int id) {
    ParameterLayout.Entry table = network.embedding();
    int from = table.offset() + id * table.columns();
    return Arrays.copyOfRange(parameters, from, from + table.columns());
  }

  private static float[] values(float[] parameters, Network network, String name) {
    ParameterLayout.Entry entry = network.layout().entry(name);
    return Arrays.copyOfRange(parameters, entry.offset(), entry.offset() + entry.size());
  }

  @Test
  void theSameNetworkTakesAll() {
    SavedModel old = model(network(5, 4, HeadSpec.binary(), 3), OLD);
    Network network = new Network(old.network());
    float[] parameters = network.initialParameters(1);
    StartRecord start = new WarmStart("old", old).copy(parameters, network, OLD);
    assertArrayEquals(old.parameters(), parameters);
    assertEquals(List.of(), start.fresh());
    assertEquals(3, start.wordsTaken());
  }

  @Test
  void vectorsGoWithTheirWords() {
    SavedModel old = model(network(5, 4, HeadSpec.binary(), 3), OLD);
    Network from = new Network(old.network());
    Network network = new Network(network(6, 4, HeadSpec.binary(), 3));
    float[] fresh = network.initialParameters(1);
    float[] parameters = fresh.clone();
    StartRecord start = new WarmStart("old", old).copy(parameters, network, NEW);
    assertEquals(4, start.words());
    assertEquals(2, start.wordsTaken());
    for (String word : List.of("film", "good")) {
      assertArrayEquals(
          row(old.parameters(), from, OLD.id(word)), row(parameters, network, NEW.id(word)), word);
    }
    for (String word : List.of("plot", "actor")) {
      assertArrayEquals(
          row(fresh, network, NEW.id(word)), row(parameters, network, NEW.id(word)), word);
    }
    assertArrayEquals(row(old.parameters(), from, 1), row(parameters, network, 1));
  }

  @Test
  void anotherHeadIsFresh() {
    SavedModel old = model(network(5, 4, HeadSpec.binary(), 3), OLD);
    Network network = new Network(network(5, 4, THREE, 3));
    float[] fresh = network.initialParameters(1);
    float[] parameters = fresh.clone();
    StartRecord start = new WarmStart("old", old).copy(parameters, network, OLD);
    assertEquals(List.of("dense/kernel", "dense/bias"), start.fresh());
    for (ParameterLayout.Entry entry : network.layout().entries()) {
      float[] expected =
          network.isOfHead(entry)
              ? values(fresh, network, entry.name())
              : values(old.parameters(), new Network(old.network()), entry.name());
      assertArrayEquals(expected, values(parameters, network, entry.name()), entry.name());
    }
    assertTrue(start.toString().endsWith("at random: dense/kernel, dense/bias"), start.toString());
  }

  @Test
  void layersOfAnotherSizeAreFresh() {
    SavedModel old = model(network(5, 4, HeadSpec.binary(), 3, 2), OLD);
    Network network = new Network(network(5, 4, HeadSpec.binary(), 3, 6));
    StartRecord start = new WarmStart("old", old).copy(network.initialParameters(1), network, OLD);
    assertTrue(start.taken().contains("lstm_0/lstm_cell/kernel"), start.toString());
    assertTrue(start.fresh().contains("lstm_1/lstm_cell/kernel"), start.toString());
  }

  @Test
  void nothingInCommonIsRefused() {
    SavedModel old = model(network(5, 4, HeadSpec.binary(), 3), OLD);
    Network network = new Network(network(6, 8, THREE, 5));
    WarmStart start = new WarmStart("old", old);
    float[] parameters = network.initialParameters(1);
    String message =
        assertThrows(IllegalArgumentException.class, () -> start.copy(parameters, network, NEW))
            .getMessage();
    assertTrue(message.startsWith("model 'old' has no words and no layer in common"), message);
  }
}
