package io.sparkrnn.io;

import io.sparkrnn.io.forecast.SeriesFile;
import io.sparkrnn.io.json.Json;
import io.sparkrnn.io.json.JsonObject;
import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.series.LearntSeries;
import io.sparkrnn.train.wide.WideBranch;
import io.sparkrnn.train.wide.WideModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model as a directory of plain files.
 *
 * <pre>
 *   weights.safetensors  the parameters under Keras's names, in Keras's layouts
 *   wide.safetensors     n-grams and weights of the wide branch (when there is one)
 *   vocabulary.txt       tokens in the order of their ids, one a line (when the model has them)
 *   target-vocabulary.txt  those of its translations (of a translator)
 *   series.json          columns, window and scales of the series (of a forecaster)
 *   history.json         the course of the training (when it is known)
 *   config.json          format version, topology, text settings, labels, SHA-256 of the other files
 *                        and of itself
 * </pre>
 *
 * <p>The same model gives the same bytes. config.json is written last, so that a directory without
 * it is an unfinished one. A directory is data: nothing in it names a class or a place, and what a
 * file says of sizes is checked before memory is taken for it.
 */
public final class ModelDirectory {
  private static final String WEIGHTS = "weights.safetensors";
  private static final String VOCABULARY = "vocabulary.txt";
  private static final String TARGETS = "target-vocabulary.txt";
  private static final String HISTORY = "history.json";

  private ModelDirectory() {}

  /**
   * Writes a model.
   *
   * @param storage where to; files of the same names are replaced
   * @param model the model, finite parameters. Not modified.
   * @throws IOException if writing fails
   * @throws IllegalArgumentException if the parameters do not suit the network or are not finite
   */
  public static void write(ModelStorage storage, SavedModel model) throws IOException {
    ParameterLayout layout = new Network(model.network()).layout();
    List<NamedTensor> tensors = ParameterTensors.split(layout, model.parameters(), "");
    tensors.forEach(ModelDirectory::checkFinite);
    Map<String, String> files = new TreeMap<>();
    Map<String, String> metadata = Map.of("format", "keras", "createdBy", Product.name());
    files.put(
        WEIGHTS,
        Checksums.write(storage, WEIGHTS, out -> Safetensors.write(out, tensors, metadata)));
    if (model.vocabulary() != null) {
      files.put(VOCABULARY, Checksums.write(storage, VOCABULARY, model.vocabulary()::write));
    }
    if (model.targets() != null) {
      files.put(TARGETS, Checksums.write(storage, TARGETS, model.targets()::write));
    }
    if (model.history() != null) {
      byte[] json = Json.pretty(MetricsJson.of(model.history()));
      files.put(HISTORY, Checksums.write(storage, HISTORY, out -> out.write(json)));
    }
    WideBranch wide = model.wide();
    if (wide != null) {
      String hash =
          Checksums.write(storage, WideFiles.WEIGHTS, out -> WideFiles.write(out, wide.model()));
      files.put(WideFiles.WEIGHTS, hash);
    }
    if (model.series() != null) {
      byte[] json = SeriesFile.encode(model.series());
      files.put(SeriesFile.NAME, Checksums.write(storage, SeriesFile.NAME, out -> out.write(json)));
    }
    WideFiles.Header header = wide == null ? null : WideFiles.Header.of(wide);
    byte[] config =
        new ModelConfig(
                model.network(), model.text(), model.labels(), header, model.features(), files)
            .encode();
    Checksums.write(storage, ModelConfig.FILE, out -> out.write(config));
  }

  /**
   * Reads weights that another program has trained, such as Keras, for a network of this project.
   *
   * @param network the topology
   * @param in a safetensors file with the network's tensors, no others, under the names that its
   *     layout gives them ({@code embedding/embeddings}, {@code lstm_0/lstm_cell/kernel}, ...), in
   *     Keras's layouts. Read to its end, not closed.
   * @param file the name for messages
   * @return the parameters, as {@link SavedModel} takes them
   * @throws ModelFormatException if the file is damaged, or a tensor is missing, unknown, of
   *     another shape or not finite
   * @throws IOException if reading fails
   */
  public static float[] readWeights(NetworkSpec network, InputStream in, String file)
      throws IOException {
    ParameterLayout layout = new Network(network).layout();
    return ParameterTensors.read(layout, in, file);
  }

  /**
   * Reads a model and checks all of it.
   *
   * @param storage where from
   * @throws ModelFormatException if a file is missing, damaged, of a newer version or does not suit
   *     the others
   * @throws IOException if reading fails
   */
  public static SavedModel read(ModelStorage storage) throws IOException {
    if (!storage.exists(ModelConfig.FILE)) {
      throw new ModelFormatException(
          ModelConfig.FILE + ": is missing; this is no model directory, or an unfinished one");
    }
    ModelConfig config =
        ModelConfig.decode(
            Checksums.read(
                storage,
                ModelConfig.FILE,
                null,
                in -> Json.Limits.SMALL.read(in, ModelConfig.FILE)));
    try {
      return new SavedModel(
          config.network(),
          readParameters(storage, config),
          config.text(),
          readVocabulary(storage, config, VOCABULARY, rows(config.network())),
          config.labels(),
          readHistory(storage, config),
          readWide(storage, config),
          config.features(),
          readSeries(storage, config),
          config.network().head() instanceof TranslationHead head
              ? readVocabulary(storage, config, TARGETS, head.outputs())
              : null);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(ModelConfig.FILE + ": " + e.getMessage(), e);
    }
  }

  private static float[] readParameters(ModelStorage storage, ModelConfig config)
      throws IOException {
    ParameterLayout layout = new Network(config.network()).layout();
    return Checksums.read(
        storage, WEIGHTS, config.sha256(WEIGHTS), in -> ParameterTensors.read(layout, in, WEIGHTS));
  }

  private static Vocabulary readVocabulary(
      ModelStorage storage, ModelConfig config, String file, int most) throws IOException {
    if (!config.names(file) && !storage.exists(file)) {
      return null;
    }
    return Checksums.read(
        storage,
        file,
        config.sha256(file),
        in -> {
          try {
            return Vocabulary.read(in, most);
          } catch (IOException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
          }
        });
  }

  private static WideBranch readWide(ModelStorage storage, ModelConfig config) throws IOException {
    WideFiles.Header header = config.wide();
    if (header == null) {
      return null;
    }
    WideModel model =
        Checksums.read(
            storage,
            WideFiles.WEIGHTS,
            config.sha256(WideFiles.WEIGHTS),
            in -> WideFiles.read(in, header));
    return new WideBranch(model, header.combination());
  }

  private static LearntSeries readSeries(ModelStorage storage, ModelConfig config)
      throws IOException {
    if (!(config.network().head() instanceof ForecastHead) || !config.names(SeriesFile.NAME)) {
      return null;
    }
    byte[] json =
        Checksums.read(
            storage,
            SeriesFile.NAME,
            config.sha256(SeriesFile.NAME),
            in -> Json.Limits.LARGE.read(in, SeriesFile.NAME));
    return SeriesFile.decode(json);
  }

  private static int rows(NetworkSpec network) {
    return network.input() instanceof InputSpec.Tokens tokens
        ? tokens.vocabularySize()
        : Integer.MAX_VALUE;
  }

  private static TrainingHistory readHistory(ModelStorage storage, ModelConfig config)
      throws IOException {
    if (!config.names(HISTORY) && !storage.exists(HISTORY)) {
      return null;
    }
    byte[] json =
        Checksums.read(
            storage, HISTORY, config.sha256(HISTORY), in -> Json.Limits.LARGE.read(in, HISTORY));
    return MetricsJson.history(JsonObject.parse(json, HISTORY));
  }

  private static void checkFinite(NamedTensor tensor) {
    int bad = tensor.firstNotFinite();
    if (bad >= 0) {
      throw new IllegalArgumentException(
          "parameter '%s' must be finite, got %s at position %d"
              .formatted(tensor.name(), tensor.values()[bad], bad));
    }
  }
}
