package io.sparkrnn.nn;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.optim.Clipping;
import io.sparkrnn.optim.OptimizerSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * A golden file of a whole network on token ids.
 *
 * @param file what was read
 * @param spec the network
 * @param loss its loss
 * @param ids token ids of the steps that count, by sequence
 */
record GoldenNetwork(GoldenFile file, NetworkSpec spec, Loss loss, List<int[]> ids) {
  private static final Pattern NETWORK =
      Pattern.compile(
          "embedding\\(\\d+,\\d+,mask_zero=(True|False)\\) -> (simple_rnn|lstm|gru) x \\d+"
              + " units \\d+ -> dense");

  static GoldenNetwork of(GoldenFile file) {
    Matcher matcher = NETWORK.matcher(file.text("network"));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("unknown network '" + file.text("network") + "'");
    }
    CellType cell = CellType.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
    LayerSpec layer = LayerSpec.Recurrent.of(cell, file.number("units"));
    InputSpec input =
        new InputSpec.Tokens(
            file.number("vocabulary_size"), file.number("embedding_size"), file.flag("mask_zero"));
    Loss loss = loss(file.text("loss"));
    NetworkSpec spec =
        new NetworkSpec(
            input,
            Collections.nCopies(file.number("depth"), layer),
            HeadSpec.of(Pooling.LAST, file.number("classes"), activation(loss)));
    return new GoldenNetwork(file, spec, loss, ids(file));
  }

  private static Loss loss(String name) {
    return switch (name) {
      case "binary_crossentropy" -> Loss.BINARY_CROSSENTROPY;
      case "sparse_categorical_crossentropy" -> Loss.CATEGORICAL_CROSSENTROPY;
      case "mean_squared_error" -> Loss.MEAN_SQUARED_ERROR;
      default -> throw new IllegalArgumentException("unknown loss '" + name + "'");
    };
  }

  private static Activation activation(Loss loss) {
    return switch (loss) {
      case BINARY_CROSSENTROPY -> Activation.SIGMOID;
      case CATEGORICAL_CROSSENTROPY -> Activation.SOFTMAX;
      default -> Activation.LINEAR;
    };
  }

  private static List<int[]> ids(GoldenFile file) {
    List<int[]> sequences = new ArrayList<>();
    for (JsonNode row : file.required("ids")) {
      IntStream ids = StreamSupport.stream(row.spliterator(), false).mapToInt(JsonNode::asInt);
      sequences.add((file.flag("mask_zero") ? ids.filter(id -> id != 0) : ids).toArray());
    }
    return sequences;
  }

  List<ReferenceNetwork.Example> examples() {
    return examples(ids);
  }

  /** The batch with other ids. */
  List<ReferenceNetwork.Example> examples(List<int[]> otherIds) {
    double[] labels = file.values("labels");
    double[] weights = weights();
    return IntStream.range(0, labels.length)
        .mapToObj(b -> ReferenceNetwork.Example.of(otherIds.get(b), labels[b], weights[b]))
        .toList();
  }

  double[] weights() {
    return file.has("sample_weights")
        ? file.values("sample_weights")
        : ReferenceMath.ones(file.number("batch"));
  }

  /** One of the file's two sets of weights, in storage order. */
  double[] flat(String key) {
    return file.names(key).stream()
        .flatMapToDouble(name -> Arrays.stream(file.values(key, name)))
        .toArray();
  }

  float[] parameters(String key) {
    double[] wide = flat(key);
    float[] parameters = new float[wide.length];
    for (int i = 0; i < wide.length; i++) {
      parameters[i] = (float) wide[i];
    }
    return parameters;
  }

  /** The start of each variable in storage order, and the end of the last. */
  int[] boundaries() {
    List<String> names = file.names("weights");
    int[] boundaries = new int[names.size() + 1];
    for (int i = 0; i < names.size(); i++) {
      boundaries[i + 1] = boundaries[i] + file.values("weights", names.get(i)).length;
    }
    return boundaries;
  }

  OptimizerSpec optimizer() {
    return switch (file.text("optimizer")) {
      case "sgd" -> new OptimizerSpec.Sgd(0, false);
      case "sgd_momentum_nesterov" -> new OptimizerSpec.Sgd(0.9, true);
      case "rmsprop", "rmsprop_clipvalue" -> new OptimizerSpec.RmsProp(0.9, 0, 1e-7);
      case "adam", "adam_global_clipnorm" -> new OptimizerSpec.Adam(0.9, 0.999, 1e-7);
      case "adamw" -> new OptimizerSpec.AdamW(0.9, 0.999, 1e-7, 0.02);
      default ->
          throw new IllegalArgumentException("unknown optimizer '" + file.text("optimizer") + "'");
    };
  }

  double learningRate() {
    return file.text("optimizer").startsWith("sgd") ? 0.05 : 0.01;
  }

  Clipping clipping() {
    return switch (file.text("optimizer")) {
      case "adam_global_clipnorm" -> new Clipping(0, 0, 0.1);
      case "rmsprop_clipvalue" -> new Clipping(0.01, 0, 0);
      default -> Clipping.none();
    };
  }
}
