package io.sparkrnn.io;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.TrainingHistory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Reads models that ask for more memory than there is, each with checksums that fit, and prints
 * what is said of them: the main class of a JVM with a small heap.
 */
final class HostileModels {
  private static final long TERABYTE = 1L << 40;

  private final Path folder;
  private final NetworkSpec network = NetworkSpec.binary(CellType.LSTM, 5, 2, 3);
  private int models;

  private HostileModels(Path folder) {
    this.folder = folder;
  }

  /** Takes a folder for the models. */
  public static void main(String[] arguments) throws IOException {
    HostileModels models = new HostileModels(Path.of(arguments[0]));
    for (String change :
        List.of(
            "\"units\" : 3|\"units\" : 2147483647",
            "\"units\" : 3|\"units\" : 40000",
            "\"units\" : 3|\"units\" : -3",
            "\"vocabularySize\" : 5|\"vocabularySize\" : 1000000000000",
            "\"vocabularySize\" : 5|\"vocabularySize\" : 1000000000",
            "\"embeddingSize\" : 2|\"embeddingSize\" : 2000000000",
            "\"outputs\" : 1|\"outputs\" : 2147483647",
            "\"dropout\" : 0.0|\"dropout\" : 1e999",
            "\"dropout\" : 0.0|\"dropout\" : null",
            "\"maxLength\" : 500|\"maxLength\" : 2000000000",
            "\"labels\" : [ ]|\"labels\" : " + "[".repeat(100_000) + "]".repeat(100_000),
            "\"labels\" : [ ]|\"labels\" : [" + "{},".repeat(2_000_000) + "{}]",
            "\"labels\" : [ ]|\"labels\" : [ \"" + "a".repeat(10_000_000) + "\", 1 ]",
            "\"layers\" : [|\"layers\" : [" + "{\"kind\":\"recurrent\"},".repeat(1_000_000))) {
      String[] fromAndTo = change.split("\\|");
      MemoryStorage model = models.write();
      model.replace("config.json", fromAndTo[0], fromAndTo[1]);
      models.read(model);
    }
    models.weights();
    for (String file : List.of("config.json", "weights.safetensors", "history.json")) {
      models.endless(file, new byte[0]);
    }
    models.endless("vocabulary.txt", "[PAD]\n[UNK]\n".getBytes(StandardCharsets.UTF_8));
  }

  private MemoryStorage write() throws IOException {
    MemoryStorage storage = new MemoryStorage();
    TextSettings text = TextSettings.of(new Padding(500, Padding.Side.PRE, Padding.Side.PRE));
    NetworkSpec reading =
        new NetworkSpec(new InputSpec.Tokens(5, 2, false), network.layers(), network.head());
    ModelDirectory.write(
        storage,
        new SavedModel(
            reading,
            new Network(reading).initialParameters(5),
            text,
            Vocabulary.ofWords(List.of("a", "b", "c")),
            List.of(),
            TrainingHistory.empty()));
    return storage;
  }

  /** A table of 2 GB that the configuration and the header agree on, and that is not there. */
  private void weights() throws IOException {
    MemoryStorage model = write();
    model.replace("config.json", "\"vocabularySize\" : 5", "\"vocabularySize\" : 250000000");
    byte[] file = model.files.get("weights.safetensors");
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long more = 250_000_000L * 2 * Float.BYTES;
    StringBuilder header = new StringBuilder("{");
    long at = more;
    for (var entry : new Network(network).layout().entries()) {
      boolean table = entry.name().startsWith("embedding");
      long from = table ? 0 : at;
      at += table ? 0 : (long) entry.size() * Float.BYTES;
      header
          .append(header.length() > 1 ? "," : "")
          .append("\"%s\":{\"dtype\":\"F32\",\"shape\":".formatted(entry.name()))
          .append(table ? "[250000000,2]" : Arrays.toString(entry.shape()))
          .append(",\"data_offsets\":[%d,%d]}".formatted(from, table ? more : at));
    }
    byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
    byte[] lying =
        ByteBuffer.allocate(8 + json.length + file.length - 8 - length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .array();
    model.files.put("weights.safetensors", lying);
    read(model);
  }

  /** A file that goes on for a terabyte, of which the disk holds nothing. */
  private void endless(String name, byte[] beginning) throws IOException {
    Path directory = Files.createDirectory(folder.resolve("model" + models++));
    MemoryStorage model = write();
    model.files.put(name, beginning);
    for (String file : model.files.keySet()) {
      Files.write(directory.resolve(file), model.files.get(file));
    }
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve(name).toFile(), "rw")) {
      file.setLength(TERABYTE);
    }
    read(new LocalStorage(directory));
  }

  private static void read(ModelStorage model) throws IOException {
    try {
      ModelDirectory.read(model);
      System.out.println("read");
    } catch (ModelFormatException e) {
      System.out.println(e.getMessage());
    }
  }
}
