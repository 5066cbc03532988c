package io.sparkrnn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.LayerSpec.Recurrent;
import io.sparkrnn.nn.MergeMode;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sequence read in pieces is the whole one, bit for bit. */
class TextStreamTest {
  private static final int VOCABULARY = 9;

  private static SavedModel model(HeadSpec head, boolean maskZero, LayerSpec... layers) {
    NetworkSpec network =
        new NetworkSpec(new InputSpec.Tokens(VOCABULARY, 6, maskZero), Arrays.asList(layers), head);
    float[] parameters = new Network(network).initialParameters(5);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] *= 3;
    }
    List<String> labels =
        head.activation() == Activation.SIGMOID ? List.of("neg", "pos") : List.of();
    return new SavedModel(
        network,
        parameters,
        TextSettings.of(new Padding(50, Padding.Side.PRE, Padding.Side.POST)),
        Vocabulary.ofWords(List.of("good", "bad", "i", "don't", "is", "café")),
        labels,
        null);
  }

  private static TextClassifier binary(boolean maskZero) {
    return TextClassifier.of(model(HeadSpec.binary(), maskZero, Recurrent.of(CellType.LSTM, 7)));
  }

  private static int[] ids(int size) {
    return new SplittableRandom(size).ints(size, 1, VOCABULARY).toArray();
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void piecesOfAnySizeAreTheWholeSequence(CellType cell) {
    SavedModel model =
        model(HeadSpec.binary(), true, Recurrent.of(cell, 5), Recurrent.of(CellType.GRU, 4));
    TextClassifier classifier = TextClassifier.of(model);
    int[] ids = ids(67);
    for (int piece : new int[] {1, 3, 16, 66, 67}) {
      TextStream stream = classifier.stream();
      for (int from = 0; from < ids.length; from += piece) {
        int to = Math.min(ids.length, from + piece);
        stream.add(Arrays.copyOfRange(ids, from, to));
        assertEquals(classifier.probability(Arrays.copyOf(ids, to)), stream.probability());
      }
      assertEquals(67, stream.steps());
    }
  }

  @Test
  void textsGrowByWords() {
    TextClassifier classifier = binary(true);
    TextStream stream = classifier.stream().add("I don't know");
    double first = stream.probability();
    assertEquals(classifier.probability("I don't know"), first);
    stream.add(" \n").add("what is good, caf\u00e9 <br/>").add(new int[] {3});
    String whole = "I don't know what is good, caf\u00e9 bad";
    assertArrayEquals(classifier.probabilities(whole), stream.probabilities());
    assertEquals(classifier.label(whole), stream.label());
    assertNotEquals(first, stream.probability());
    assertEquals(8, stream.steps());
  }

  @Test
  void manyClassesAndRegressionsStreamToo() {
    HeadSpec classes = HeadSpec.of(Pooling.LAST, 4, Activation.SOFTMAX);
    TextClassifier four = TextClassifier.of(model(classes, true, Recurrent.of(CellType.GRU, 5)));
    assertArrayEquals(
        four.probabilities("good bad is"), four.stream().add("good").add("bad is").probabilities());
    HeadSpec linear = HeadSpec.of(Pooling.LAST, 1, Activation.LINEAR);
    TextClassifier value = TextClassifier.of(model(linear, true, Recurrent.of(CellType.GRU, 5)));
    assertEquals(value.value("good bad is"), value.stream().add("good").add("bad is").value());
    assertThrows(IllegalStateException.class, () -> value.stream().add("good").probability());
    assertThrows(IllegalStateException.class, () -> four.stream().add("good").value());
  }

  @Test
  void paddingAndTruncatingDoNotApply() {
    TextClassifier reading = binary(false);
    assertEquals(
        reading.probability(new int[] {2, 3, 0, 4}),
        reading.stream().add("good bad").add(new int[] {0, 4}).probability());
    TextClassifier skipping = binary(true);
    assertEquals(
        skipping.probability(new int[] {2, 3, 4}),
        skipping.stream().add("good bad").add(new int[] {0, 4}).probability());
    int[] longer = ids(80);
    assertEquals(skipping.probability(longer), skipping.stream().add(longer).probability());
  }

  @Test
  void streamsOfOneModelDoNotDisturbEachOther() {
    TextClassifier classifier = binary(true);
    List<int[]> sequences = IntStream.range(1, 40).mapToObj(TextStreamTest::ids).toList();
    List<TextStream> streams = sequences.stream().map(ids -> classifier.stream()).toList();
    for (int step = 0; step < 39; step++) {
      int at = step;
      IntStream.range(step, 39)
          .parallel()
          .forEach(i -> streams.get(i).add(new int[] {sequences.get(i)[at]}));
    }
    for (int i = 0; i < 39; i++) {
      assertEquals(classifier.probability(sequences.get(i)), streams.get(i).probability());
    }
  }

  @Test
  void networksThatNeedTheEndAreRefused() {
    Recurrent layer = Recurrent.of(CellType.GRU, 3);
    assertRefused(
        "stream() needs layers that read forward only, got Bidirectional",
        model(HeadSpec.binary(), true, layer, new LayerSpec.Bidirectional(layer, MergeMode.SUM)));
    assertRefused(
        "stream() needs layers that read forward only, got Recurrent",
        model(HeadSpec.binary(), true, layer.reversed()));
    assertRefused(
        "stream() needs pooling LAST, got MEAN",
        model(HeadSpec.of(Pooling.MEAN, 1, Activation.SIGMOID), true, layer));
  }

  private static void assertRefused(String message, SavedModel model) {
    TextClassifier classifier = TextClassifier.of(model);
    String got = assertThrows(IllegalStateException.class, classifier::stream).getMessage();
    assertTrue(got.startsWith(message), got);
  }

  @Test
  void anIdThatIsRefusedLeavesTheStreamAsItWas() {
    TextClassifier classifier = binary(true);
    TextStream stream = classifier.stream().add(new int[] {2, 3});
    String message =
        assertThrows(IllegalArgumentException.class, () -> stream.add(new int[] {4, 9}))
            .getMessage();
    assertEquals("token id must be in [0, 9), got 9", message);
    assertEquals(
        classifier.probability(new int[] {2, 3, 5}), stream.add(new int[] {5}).probability());
  }

  @Test
  void nothingIsSaidOfNothing() {
    TextStream stream = binary(true).stream().add("?!").add(new int[] {0});
    assertEquals(
        "the stream must have at least 1 word, got none; add some",
        assertThrows(IllegalStateException.class, stream::probability).getMessage());
  }

  @Test
  void aSavedModelOfIdsScoresAndStreamsIds(@TempDir Path folder) throws IOException {
    SavedModel text = model(HeadSpec.binary(), true, Recurrent.of(CellType.SIMPLE_RNN, 4));
    SavedModel model =
        new SavedModel(text.network(), text.parameters(), null, null, List.of(), null);
    ModelDirectory.write(new LocalStorage(folder), model);
    TextClassifier classifier = TextClassifier.load(folder);
    double p = classifier.probability(new int[] {2, 5, 3});
    assertEquals(TextClassifier.of(text).probability("good don't bad"), p);
    assertEquals(p, classifier.stream().add(new int[] {2}).add(new int[] {5, 3}).probability());
    assertThrows(IllegalStateException.class, () -> classifier.stream().add("good"));
  }
}
