package io.sparkrnn.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A golden file of one layer on vector inputs; sequences hold their real steps only.
 *
 * @param spec the layer
 * @param inputSize width of an input vector
 * @param everyStep whether {@code outputs} and {@code probes} hold all steps or the last one
 * @param inputs by sequence and step
 * @param outputs by sequence and step
 * @param probes the derivative of the loss by the outputs
 * @param dInputs its derivative by the inputs
 * @param weights kernel, recurrent kernel, bias; for two directions the forward one's first
 * @param dWeights the derivatives by them
 */
record GoldenLayer(
    LayerSpec spec,
    int inputSize,
    boolean everyStep,
    double[][][] inputs,
    double[][][] outputs,
    double[][][] probes,
    double[][][] dInputs,
    List<double[]> weights,
    List<double[]> dWeights) {

  static GoldenLayer of(GoldenFile file) {
    boolean everyStep = file.flag("return_sequences");
    LayerSpec spec = spec(file);
    int inputSize = file.number("input_size");
    return new GoldenLayer(
        spec,
        inputSize,
        everyStep,
        realSteps(file, file.values("input"), inputSize),
        outputs(file, file.values("output"), everyStep, spec),
        outputs(file, file.values("probe"), everyStep, spec),
        realSteps(file, file.values("d_input"), inputSize),
        weights(file, "weights"),
        weights(file, "d_weights"));
  }

  private static LayerSpec spec(GoldenFile file) {
    String layer = file.text("layer");
    boolean resetAfter = !file.has("reset_after") || file.flag("reset_after");
    int units = file.number("units");
    return switch (layer) {
      case "simple_rnn", "lstm", "gru" ->
          new LayerSpec.Recurrent(
              cell(layer),
              units,
              rate(file, "dropout"),
              rate(file, "recurrent_dropout"),
              resetAfter,
              false);
      case "bidirectional_simple_rnn", "bidirectional_lstm", "bidirectional_gru" ->
          new LayerSpec.Bidirectional(
              new LayerSpec.Recurrent(
                  cell(layer.substring("bidirectional_".length())), units, 0, 0, resetAfter, false),
              MergeMode.valueOf(file.text("merge_mode").toUpperCase(Locale.ROOT)));
      default -> throw new IllegalArgumentException("unknown layer '" + layer + "'");
    };
  }

  private static double rate(GoldenFile file, String key) {
    return file.has(key) ? file.required(key).asDouble() : 0;
  }

  private static CellType cell(String name) {
    return CellType.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static double[][][] outputs(
      GoldenFile file, double[] values, boolean everyStep, LayerSpec spec) {
    int size = spec.outputSize();
    if (everyStep) {
      return realSteps(file, values, size);
    }
    double[][][] outputs = new double[file.number("batch")][1][];
    for (int b = 0; b < outputs.length; b++) {
      outputs[b][0] = ReferenceMath.slice(values, b, size);
    }
    return outputs;
  }

  /** Splits a (batch, time, size) array into the real steps of each sequence. */
  private static double[][][] realSteps(GoldenFile file, double[] values, int size) {
    int time = file.number("time");
    double[][][] sequences = new double[file.number("batch")][][];
    for (int b = 0; b < sequences.length; b++) {
      int length = file.has("lengths") ? file.required("lengths").get(b).asInt() : time;
      int from = file.text("mask").equals("pre") ? time - length : 0;
      int first = b * time + from;
      sequences[b] = new double[length][];
      Arrays.setAll(sequences[b], t -> ReferenceMath.slice(values, first + t, size));
    }
    return sequences;
  }

  private static List<double[]> weights(GoldenFile file, String key) {
    List<double[]> weights = new ArrayList<>();
    for (String direction : directions(file)) {
      for (String part : List.of("kernel", "recurrent_kernel", "bias")) {
        weights.add(file.values(key, direction + "/" + part));
      }
    }
    return weights;
  }

  private static List<String> directions(GoldenFile file) {
    return file.names("weights").stream()
        .map(name -> name.substring(0, name.lastIndexOf('/')))
        .distinct()
        .toList();
  }
}
