package io.sparkrnn.io;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.io.json.Json;
import io.sparkrnn.io.json.JsonObject;
import io.sparkrnn.text.Ngrams;
import io.sparkrnn.train.wide.Combination;
import io.sparkrnn.train.wide.KeptNgrams;
import io.sparkrnn.train.wide.WideBranch;
import io.sparkrnn.train.wide.WideModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The wide branch of a model: what config.json says of it, and the file of its weights.
 *
 * <pre>
 *   ngrams    N, the buckets of the n-grams that have a weight, ascending
 *   kernel    N x K
 *   bias      K
 * </pre>
 *
 * <p>Floats hold whole numbers up to 2^24 exactly; safetensors files of this project hold nothing
 * else.
 */
final class WideFiles {
  /** The file of weights. */
  static final String WEIGHTS = "wide.safetensors";

  private static final String NGRAMS = "ngrams";
  private static final String KERNEL = "kernel";
  private static final String BIAS = "bias";
  private static final int MOST_BUCKETS = 1 << 24;

  private WideFiles() {}

  /**
   * What config.json says of a wide branch.
   *
   * @param ngrams which n-grams it reads
   * @param features how many have a weight
   * @param combination how it is combined with the network
   */
  record Header(Ngrams ngrams, int features, Combination combination) {
    static Header of(WideBranch wide) {
      return new Header(wide.model().ngrams(), wide.model().kept().size(), wide.combination());
    }
  }

  static ObjectNode json(Header header) {
    ObjectNode node = Json.object().put("ngrams", header.ngrams().longest());
    node.put("buckets", header.ngrams().buckets()).put("features", header.features());
    ObjectNode combination = node.putObject("combination");
    combination.put("wide", header.combination().wide());
    combination.put("recurrent", header.combination().recurrent());
    ArrayNode bias = combination.putArray("bias");
    Arrays.stream(header.combination().bias()).forEach(bias::add);
    return node;
  }

  static Header header(JsonObject node) throws ModelFormatException {
    try {
      Ngrams ngrams = new Ngrams(node.integer("ngrams"), node.integer("buckets"));
      int features = node.integer("features");
      if (!ngrams.any()) {
        throw node.wrong("ngrams", "must be >= 1", 0);
      }
      if (ngrams.buckets() > MOST_BUCKETS) {
        throw node.wrong("buckets", "must be <= " + MOST_BUCKETS, ngrams.buckets());
      }
      if (features < 0 || features > ngrams.buckets()) {
        throw node.wrong("features", "must be in [0, " + ngrams.buckets() + "]", features);
      }
      JsonObject combination = node.object("combination");
      return new Header(
          ngrams,
          features,
          new Combination(
              combination.number("wide"),
              combination.number("recurrent"),
              combination.numbers("bias")));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(node.place() + ": " + e.getMessage(), e);
    }
  }

  static void write(OutputStream out, WideModel model) throws IOException {
    int[] buckets = model.kept().buckets();
    float[] numbers = new float[buckets.length];
    for (int i = 0; i < buckets.length; i++) {
      numbers[i] = buckets[i];
    }
    int outputs = model.outputs();
    List<NamedTensor> tensors =
        List.of(
            new NamedTensor(NGRAMS, new int[] {buckets.length}, numbers),
            new NamedTensor(KERNEL, new int[] {buckets.length, outputs}, model.kernel()),
            new NamedTensor(BIAS, new int[] {outputs}, model.bias()));
    for (NamedTensor tensor : tensors) {
      int bad = tensor.firstNotFinite();
      if (bad >= 0) {
        throw new IllegalArgumentException(
            "wide tensor '%s' must be finite, got %s at position %d"
                .formatted(tensor.name(), tensor.values()[bad], bad));
      }
    }
    Safetensors.write(out, tensors, Map.of("createdBy", Product.name()));
  }

  static WideModel read(InputStream in, Header header) throws IOException {
    int outputs = header.combination().bias().length;
    Map<String, int[]> shapes =
        Map.of(
            NGRAMS, new int[] {header.features()},
            KERNEL, new int[] {header.features(), outputs},
            BIAS, new int[] {outputs});
    Map<String, NamedTensor> tensors =
        Safetensors.read(in, WEIGHTS, found -> check(found, shapes)).tensors();
    for (NamedTensor tensor : tensors.values()) {
      ParameterTensors.checkFinite(tensor, WEIGHTS);
    }
    try {
      KeptNgrams kept =
          new KeptNgrams(buckets(tensors.get(NGRAMS).values()), header.ngrams().buckets());
      return new WideModel(
          header.ngrams(), kept, tensors.get(KERNEL).values(), tensors.get(BIAS).values());
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(WEIGHTS + ": " + e.getMessage(), e);
    }
  }

  private static void check(SafetensorsHeader found, Map<String, int[]> shapes)
      throws ModelFormatException {
    Map<String, int[]> there =
        found.entries().stream()
            .collect(
                Collectors.toMap(
                    SafetensorsHeader.Entry::name, SafetensorsHeader.Entry::shape, (a, b) -> a));
    boolean fits =
        found.entries().size() == shapes.size()
            && shapes.entrySet().stream()
                .allMatch(wanted -> Arrays.equals(wanted.getValue(), there.get(wanted.getKey())));
    if (!fits) {
      throw new ModelFormatException(
          "%s: tensors must be %s, got %s".formatted(WEIGHTS, words(shapes), words(there)));
    }
  }

  private static String words(Map<String, int[]> shapes) {
    return shapes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + " " + Arrays.toString(entry.getValue()))
        .limit(4)
        .collect(Collectors.joining(", "));
  }

  private static int[] buckets(float[] numbers) {
    int[] buckets = new int[numbers.length];
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = (int) numbers[i];
      if (buckets[i] != numbers[i] || buckets[i] < 0) {
        throw new IllegalArgumentException(
            "buckets must be whole numbers >= 0, got %s at position %d".formatted(numbers[i], i));
      }
    }
    return buckets;
  }
}
