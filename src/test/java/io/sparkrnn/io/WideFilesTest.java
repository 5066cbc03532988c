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
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.text.Ngrams;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.wide.Combination;
import io.sparkrnn.train.wide.KeptNgrams;
import io.sparkrnn.train.wide.WideBranch;
import io.sparkrnn.train.wide.WideModel;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of a wide branch in a model directory. */
class WideFilesTest {
  private static final NetworkSpec NETWORK = NetworkSpec.binary(CellType.GRU, 5, 2, 3);

  private final MemoryStorage storage = new MemoryStorage();

  private static SavedModel model(WideBranch wide) {
    return new SavedModel(
        NETWORK,
        new Network(NETWORK).initialParameters(3),
        TextSettings.of(new Padding(50, Padding.Side.PRE, Padding.Side.POST)),
        Vocabulary.ofWords(List.of("the", "film")),
        List.of("neg", "pos"),
        null,
        wide);
  }

  @BeforeEach
  void write() throws IOException {
    ModelDirectory.write(storage, model(WideBranches.tiny()));
  }

  private void assertRefused(String message) {
    ModelFormatException e =
        assertThrows(ModelFormatException.class, () -> ModelDirectory.read(storage));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void aWideBranchComesBackBitForBit() throws IOException {
    WideBranch wide = WideBranches.tiny();
    WideBranch read = ModelDirectory.read(storage).wide();
    assertEquals(wide.model().ngrams(), read.model().ngrams());
    assertArrayEquals(wide.model().kept().buckets(), read.model().kept().buckets());
    assertArrayEquals(wide.model().kernel(), read.model().kernel());
    assertArrayEquals(wide.model().bias(), read.model().bias());
    assertEquals(wide.combination().wide(), read.combination().wide());
    assertEquals(wide.combination().recurrent(), read.combination().recurrent());
    assertArrayEquals(wide.combination().bias(), read.combination().bias());
    MemoryStorage again = new MemoryStorage();
    ModelDirectory.write(again, ModelDirectory.read(storage));
    assertEquals(storage.files.keySet(), again.files.keySet());
    storage.files.forEach((name, bytes) -> assertArrayEquals(bytes, again.files.get(name), name));
  }

  @Test
  void aBranchOfManyClassesComesBack() throws IOException {
    NetworkSpec network =
        new NetworkSpec(
            new InputSpec.Tokens(5, 2, true),
            List.of(LayerSpec.Recurrent.of(CellType.GRU, 2)),
            HeadSpec.of(Pooling.LAST, 3, Activation.SOFTMAX));
    float[] kernel = {1, 2, 3, 4, 5, 6};
    WideModel wide =
        new WideModel(
            new Ngrams(1, 10), new KeptNgrams(new int[] {4, 9}, 10), kernel, new float[3]);
    MemoryStorage fresh = new MemoryStorage();
    ModelDirectory.write(
        fresh,
        new SavedModel(
            network,
            new Network(network).initialParameters(1),
            null,
            null,
            List.of(),
            null,
            new WideBranch(wide, Combination.mean(3))));
    assertEquals(6, ModelDirectory.read(fresh).wide().model().weight(9, 2));
    assertEquals(0, ModelDirectory.read(fresh).wide().model().weight(8, 2));
  }

  /** Whoever reads no wide branches must not take the network alone for the model. */
  @Test
  void onlyModelsWithAWideBranchAreOfTheNewFormat() throws IOException {
    assertTrue(storage.text("config.json").contains("\"formatVersion\" : 3"));
    MemoryStorage alone = new MemoryStorage();
    ModelDirectory.write(alone, model(null));
    assertTrue(alone.text("config.json").contains("\"formatVersion\" : 2"));
    assertEquals(null, ModelDirectory.read(alone).wide());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"wide\" : {|\"width\" : {|config.json: wide must be an object, got nothing",
        "\"ngrams\" : 2|\"ngrams\" : 0|wide.ngrams must be >= 1, got 0",
        "\"ngrams\" : 2|\"ngrams\" : 9|n-grams must be of 1 to 8 words, got 9",
        "\"buckets\" : 16777216|\"buckets\" : 16777217|wide.buckets must be <= 16777216",
        "\"buckets\" : 16777216|\"buckets\" : 71|ascending buckets below 71, got 16777215",
        "\"features\" : 3|\"features\" : -1|wide.features must be in [0, 16777216], got -1",
        "\"features\" : 3|\"features\" : 4|tensors must be bias [1], kernel [4, 1], ngrams [4], got",
        "\"wide\" : 0.7|\"wide\" : null|wide of the combination must be finite, got NaN",
        "\"bias\" : [ -0.05 ]|\"bias\" : [ 1, 2 ]|kernel [3, 2]",
        "\"wide.safetensors\" :|\"wide\" :|sha256 must name wide.safetensors",
      })
  void configurationsThatDoNotFitAreRefused(String from, String to, String message) {
    storage.replace("config.json", from, to);
    assertRefused(message);
  }

  @Test
  void aMissingFileIsNamed() {
    storage.files.remove("wide.safetensors");
    assertRefused("wide.safetensors: is missing");
  }

  @Test
  void aBranchThatDoesNotSuitTheNetworkIsRefused() {
    WideBranch three =
        new WideBranch(
            new WideModel(
                new Ngrams(1, 8), new KeptNgrams(new int[0], 8), new float[0], new float[3]),
            Combination.mean(3));
    assertEquals(
        "a wide branch of 3 outputs must be beside a network that classifies texts with as many",
        assertThrows(IllegalArgumentException.class, () -> model(three)).getMessage());
  }

  @Test
  void weightsThatAreNotFiniteAreNotWritten() {
    WideBranch bad =
        new WideBranch(
            new WideModel(
                new Ngrams(1, 8),
                new KeptNgrams(new int[] {1}, 8),
                new float[] {Float.NaN},
                new float[1]),
            Combination.mean(1));
    assertEquals(
        "wide tensor 'kernel' must be finite, got NaN at position 0",
        assertThrows(
                IllegalArgumentException.class, () -> ModelDirectory.write(storage, model(bad)))
            .getMessage());
  }
}
