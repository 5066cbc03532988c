package io.sparkrnn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.io.json.Json;
import io.sparkrnn.io.json.JsonObject;
import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.MergeMode;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDirectoryTest {
  private static final NetworkSpec NETWORK =
      new NetworkSpec(
          new InputSpec.Tokens(7, 3, true),
          List.of(
              new LayerSpec.Recurrent(CellType.LSTM, 5, 0.2, 0.1, true, false),
              LayerSpec.Recurrent.of(CellType.SIMPLE_RNN, 2)),
          HeadSpec.binary());

  private final MemoryStorage storage = new MemoryStorage();
  private SavedModel model;

  @BeforeEach
  void writeModel() throws IOException {
    model =
        new SavedModel(
            NETWORK,
            parameters(NETWORK),
            TextSettings.of(new Padding(500, Padding.Side.PRE, Padding.Side.POST)),
            Vocabulary.ofWords(List.of("the", "don't", "\ud83d\ude00")),
            List.of("neg", "pos"),
            Histories.oneEvaluated());
    ModelDirectory.write(storage, model);
  }

  @Test
  void aModelComesBackBitForBit() throws IOException {
    SavedModel read = ModelDirectory.read(storage);
    assertEquals(model.network(), read.network());
    assertArrayEquals(model.parameters(), read.parameters());
    assertEquals(ParameterHash.sha256(model.parameters()), ParameterHash.sha256(read.parameters()));
    assertEquals(model.text(), read.text());
    assertEquals(model.vocabulary(), read.vocabulary());
    assertEquals(model.labels(), read.labels());
    assertEquals(model.history(), read.history());
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    MemoryStorage again = new MemoryStorage();
    ModelDirectory.write(again, ModelDirectory.read(storage));
    assertEquals(storage.files.keySet(), again.files.keySet());
    storage.files.forEach((name, bytes) -> assertArrayEquals(bytes, again.files.get(name), name));
  }

  @Test
  void weightsOfAnotherProgramAreReadForANetwork() throws IOException {
    InputStream weights = storage.open("weights.safetensors");
    assertArrayEquals(
        model.parameters(), ModelDirectory.readWeights(model.network(), weights, "keras"));
    NetworkSpec wider = NetworkSpec.binary(CellType.LSTM, 7, 3, 6);
    ModelFormatException e =
        assertThrows(
            ModelFormatException.class,
            () -> ModelDirectory.readWeights(wider, storage.open("weights.safetensors"), "keras"));
    assertTrue(e.getMessage().startsWith("keras: tensor '"), e.getMessage());
  }

  @Test
  void weightsStandUnderTheNamesOfKeras() throws IOException {
    Safetensors.Content content =
        Safetensors.read(storage.open("weights.safetensors"), "weights.safetensors");
    assertArrayEquals(new int[] {7, 3}, content.tensors().get("embedding/embeddings").shape());
    assertArrayEquals(new int[] {3, 20}, content.tensors().get("lstm_0/lstm_cell/kernel").shape());
    assertEquals("keras", content.metadata().get("format"));
  }

  @Test
  void aModelWithoutTextIsWhole(@TempDir Path directory) throws IOException {
    LocalStorage local = new LocalStorage(directory.resolve("model"));
    NetworkSpec network =
        new NetworkSpec(
            new InputSpec.Vectors(4),
            List.of(LayerSpec.Recurrent.of(CellType.LSTM, 3)),
            HeadSpec.of(Pooling.LAST, 2, Activation.LINEAR));
    float[] parameters = parameters(network);
    ModelDirectory.write(local, new SavedModel(network, parameters, null, null, List.of(), null));
    SavedModel read = ModelDirectory.read(local);
    assertEquals(network, read.network());
    assertArrayEquals(parameters, read.parameters());
    assertNull(read.text());
    assertNull(read.vocabulary());
    assertNull(read.history());
  }

  @Test
  void everyKindOfTopologyHasItsJson() throws IOException {
    NetworkSpec network =
        new NetworkSpec(
            new InputSpec.Tokens(9, 2, false, 0.25, 0.125),
            List.of(
                new LayerSpec.Bidirectional(
                    new LayerSpec.Recurrent(CellType.GRU, 3, 0, 0.5, false, true), MergeMode.AVE)),
            HeadSpec.of(Pooling.MAX_MEAN, 4, Activation.SOFTMAX));
    byte[] json = Json.pretty(NetworkJson.write(network));
    assertEquals(network, NetworkJson.read(JsonObject.parse(json, "n")));
  }

  @Test
  void aModelOfTheFirstVersionDropsNoTokens() throws IOException {
    ObjectNode json = NetworkJson.write(NETWORK);
    ((ObjectNode) json.get("input")).remove(List.of("embeddingDropout", "spatialDropout"));
    assertEquals(NETWORK, NetworkJson.read(JsonObject.parse(Json.pretty(json), "n")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights.safetensors", "vocabulary.txt", "history.json", "config.json"})
  void aMissingFileIsNamed(String file) {
    storage.files.remove(file);
    assertRefused(file + ": is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights.safetensors", "vocabulary.txt", "history.json", "config.json"})
  void aTruncatedFileIsNamed(String file) {
    byte[] whole = storage.files.get(file);
    for (int length = 0; length < whole.length; length += 1 + whole.length / 40) {
      storage.files.put(file, Arrays.copyOf(whole, length));
      assertRefused(file + ": ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights.safetensors", "vocabulary.txt", "history.json", "config.json"})
  void aFlippedBitIsFound(String file) {
    byte[] whole = storage.files.get(file);
    for (int at = 0; at < whole.length; at += 1 + whole.length / 60) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      storage.files.put(file, damaged);
      assertRefused(file + ": ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"formatVersion\" : 2|\"formatVersion\" : 6|formatVersion 6 was written by spark-rnn",
        "\"formatVersion\" : 2|\"formatVersion\" : 3|wide must be an object, got nothing",
        "\"formatVersion\" : 2|\"formatVersion\" : 0|formatVersion must be >= 1, got 0",
        "\"formatVersion\" : 2|\"formatVersion\" : \"2\"|formatVersion must be a whole number",
        "\"vocabulary.txt\" :|\"vocabulary\" :|sha256 must name vocabulary.txt, which is there",
        "\"weights.safetensors\" :|\"../weights\" :|sha256 must name weights.safetensors",
        "\"checksum\"|\"checksums\"|checksum must be a string, got nothing",
        "\"units\" : 5|\"units\" : -5|units must be > 0, got -5",
        "\"units\" : 5|\"units\" : 5.5|network.layers[0].units must be a whole number, got 5.5",
        "\"units\" : 5|\"unit\" : 5|network.layers[0].units must be a whole number, got nothing",
        "\"units\" : 5|\"units\" : 6|tensor 'lstm_0/lstm_cell/kernel' must have shape [3, 24], got [3, 20]",
        "\"lstm\"|\"qrnn\"|network.layers[0].cell is not known to this version, got qrnn",
        "\"lstm\"|\"simple_rnn\"|is none of the network's",
        "\"vocabularySize\" : 7|\"vocabularySize\" : 8|must have shape [8, 3], got [7, 3]",
        "\"vocabularySize\" : 7|\"vocabularySize\" : 2000000050|must have fewer than 2^31 parameters",
        "\"vocabularySize\" : 7|\"vocabularySize\" : 200000050|must have shape [200000050, 3]",
        "\"neg\"|\"neg\", \"neutral\"|labels must name 2 classes",
        "\"pre\"|\"middle\"|text.padding is not known to this version, got middle",
        "\"reviews\"|\"other\"|tokenizer must be 'reviews', 'characters', 'tokens' or 'given', got 'other'",
      })
  void configurationsThatDoNotFitAreRefused(String from, String to, String message) {
    storage.replace("config.json", from, to);
    assertRefused(message);
  }

  @Test
  void noNameThatAModelHoldsIsOpened() throws IOException {
    Set<String> files = Set.copyOf(storage.files.keySet());
    storage.replace(
        "config.json",
        "\"sha256\" : {",
        "\"sha256\" : {\"../../a\" : \"\", \"/etc/passwd\" : \"\",");
    ModelDirectory.read(storage);
    assertEquals(files, storage.asked);
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    storage.unreadable.add("vocabulary.txt");
    assertRefused("vocabulary.txt: ");
  }

  @Test
  void weightsThatAreNotFiniteAreNamed() {
    float[] bad = model.parameters().clone();
    bad[7 * 3 + 4] = Float.POSITIVE_INFINITY;
    SavedModel broken = new SavedModel(NETWORK, bad, null, null, List.of(), null);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ModelDirectory.write(new MemoryStorage(), broken));
    assertEquals(
        "parameter 'lstm_0/lstm_cell/kernel' must be finite, got Infinity at position 4",
        e.getMessage());
  }

  @Test
  void weightsOfOthersThatAreNotFiniteAreRefused() throws IOException {
    Map<String, NamedTensor> tensors =
        Safetensors.read(new ByteArrayInputStream(storage.files.get("weights.safetensors")), "w")
            .tensors();
    tensors.get("dense/bias").values()[0] = Float.NaN;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(out, new ArrayList<>(tensors.values()), Map.of());
    storage.files.put("weights.safetensors", out.toByteArray());
    withoutChecksums();
    assertRefused("weights.safetensors: tensor 'dense/bias' must be finite, got NaN");
  }

  /** Takes the checksums away, and the version that has them. */
  private void withoutChecksums() {
    String config = storage.text("config.json");
    storage.replace("config.json", config.substring(config.indexOf(",\n  \"sha256\"")), "\n}\n");
    assertRefused("config.json: checksum must be a string, got nothing");
    storage.replace("config.json", "\"formatVersion\" : 2", "\"formatVersion\" : 1");
  }

  @Test
  void onlyTheFirstVersionMayHaveNoChecksums() throws IOException {
    withoutChecksums();
    assertArrayEquals(model.parameters(), ModelDirectory.read(storage).parameters());
  }

  @Test
  void aFileOfTheFirstVersionIsCheckedByWhatItHas() {
    storage.replace("config.json", "\"formatVersion\" : 2", "\"formatVersion\" : 1");
    String config = storage.text("config.json");
    int checksum = config.indexOf(",\n  \"checksum\"");
    storage.replace("config.json", config.substring(checksum), "\n}\n");
    storage.replace("config.json", "\"history.json\"", "\"other.json\"");
    assertRefused("config.json: sha256 must name history.json");
  }

  @Test
  void aVocabularyLargerThanTheEmbeddingIsRefused() {
    Vocabulary large = Vocabulary.ofWords(List.of("a", "b", "c", "d", "e", "f"));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new SavedModel(NETWORK, model.parameters(), null, large, List.of(), null));
    assertEquals("vocabulary must fit the embedding of 7 rows, got 8 tokens", e.getMessage());
  }

  private void assertRefused(String message) {
    ModelFormatException e =
        assertThrows(ModelFormatException.class, () -> ModelDirectory.read(storage));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private static float[] parameters(NetworkSpec network) {
    SplittableRandom random = new SplittableRandom(5);
    float[] parameters = new float[new Network(network).layout().size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) random.nextDouble(-1, 1);
    }
    return parameters;
  }
}
