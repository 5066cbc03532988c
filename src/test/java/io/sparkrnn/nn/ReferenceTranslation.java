package io.sparkrnn.nn;

import static io.sparkrnn.nn.ReferenceMath.add;
import static io.sparkrnn.nn.ReferenceMath.addProduct;
import static io.sparkrnn.nn.ReferenceMath.concat;
import static io.sparkrnn.nn.ReferenceMath.row;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** The loss of translations in plain double, one pair at a time, forward only. */
final class ReferenceTranslation {
  private final NetworkSpec spec;
  private final TranslationHead head;
  private final ParameterLayout layout;
  private final double[] parameters;

  ReferenceTranslation(NetworkSpec spec, double[] parameters) {
    this.spec = spec;
    head = (TranslationHead) spec.head();
    layout = new Network(spec).layout();
    this.parameters = parameters;
  }

  private DMatrixRMaj matrix(String name) {
    ParameterLayout.Entry entry = layout.entry(name);
    DMatrixRMaj matrix = new DMatrixRMaj(entry.rows(), entry.columns());
    System.arraycopy(parameters, entry.offset(), matrix.data, 0, entry.size());
    return matrix;
  }

  private double[] vector(String name) {
    ParameterLayout.Entry entry = layout.entry(name);
    return Arrays.copyOfRange(parameters, entry.offset(), entry.offset() + entry.size());
  }

  private ReferenceWeights weights(String path) {
    return new ReferenceWeights(
        matrix(path + "/kernel"), matrix(path + "/recurrent_kernel"), matrix(path + "/bias"));
  }

  private static double[] tanh(double[] x) {
    return Arrays.stream(x).map(Math::tanh).toArray();
  }

  private ReferenceLayer.Outputs encode(int[] source) {
    double[][] x =
        Arrays.stream(source)
            .mapToObj(id -> row(matrix("embedding/embeddings"), id))
            .toArray(double[][]::new);
    ReferenceLayer.Outputs outputs = null;
    for (int l = 0; l < spec.layers().size(); l++) {
      LayerSpec layer = spec.layers().get(l);
      List<ReferenceWeights> weights;
      List<DropoutMasks> masks;
      if (layer instanceof LayerSpec.Bidirectional both) {
        String name = both.layer().cell().kerasName();
        String cell = name + "/" + name + "_cell";
        weights =
            List.of(
                weights("bidirectional_" + l + "/forward_" + cell),
                weights("bidirectional_" + l + "/backward_" + cell));
      } else {
        String name = ((LayerSpec.Recurrent) layer).cell().kerasName();
        weights = List.of(weights(name + "_" + l + "/" + name + "_cell"));
      }
      masks = weights.stream().map(DropoutMasks::none).toList();
      outputs = ReferenceLayer.of(layer, weights).forward(x, masks);
      x = outputs.steps();
    }
    return outputs;
  }

  /** Returns log p of each token of a target and of its end, each by all tokens: T x V. */
  double[][] logProbabilities(int[] source, int[] target) {
    ReferenceLayer.Outputs encoded = encode(source);
    double[][] states = new double[head.layers().size()][];
    for (int l = 0; l < states.length; l++) {
      double[] z = vector("decoder/bridge_" + l + "/bias");
      addProduct(z, encoded.last(), matrix("decoder/bridge_" + l + "/kernel"), 0);
      states[l] = head.layers().get(l).cell() == CellType.LSTM ? concat(tanh(z), z) : tanh(z);
    }
    double[][] result = new double[target.length + 1][];
    for (int t = 0; t <= target.length; t++) {
      double[] x =
          row(
              matrix("decoder/embedding/embeddings"),
              t == 0 ? TranslationHead.BOUNDARY : target[t - 1]);
      for (int l = 0; l < states.length; l++) {
        LayerSpec.Recurrent layer = head.layers().get(l);
        String name = layer.cell().kerasName();
        ReferenceWeights weights = weights("decoder/" + name + "_" + l + "/" + name + "_cell");
        states[l] =
            ReferenceCell.of(layer, weights).step(x, states[l], ReferenceMath.ones(layer.units()));
        x = Arrays.copyOf(states[l], layer.units());
      }
      result[t] = logSoftmax(x, encoded.steps());
    }
    return result;
  }

  private double[] logSoftmax(double[] state, double[][] memory) {
    double[] context = new double[spec.layers().get(spec.layers().size() - 1).outputSize()];
    double[] a = new double[memory.length];
    for (int j = 0; j < a.length; j++) {
      a[j] = Math.exp(score(state, memory[j]));
    }
    double sum = Arrays.stream(a).sum();
    for (int j = 0; j < a.length; j++) {
      add(context, ReferenceMath.scaled(memory[j], a[j] / sum));
    }
    double[] q = vector("attention/combine/bias");
    addProduct(q, concat(context, state), matrix("attention/combine/kernel"), 0);
    q = tanh(q);
    DMatrixRMaj table = matrix(head.tied() ? "decoder/embedding/embeddings" : "output/embeddings");
    double[] z = vector("output/bias");
    for (int v = 0; v < z.length; v++) {
      for (int i = 0; i < q.length; i++) {
        z[v] += q[i] * table.get(v, i);
      }
    }
    double total = Math.log(Arrays.stream(z).map(Math::exp).sum());
    return Arrays.stream(z).map(x -> x - total).toArray();
  }

  private double score(double[] state, double[] memory) {
    double[] key = new double[state.length];
    addProduct(key, memory, matrix("attention/memory_kernel"), 0);
    if (head.score() == TranslationHead.Score.ADDITIVE) {
      addProduct(key, state, matrix("attention/query_kernel"), 0);
      state = vector("attention/scale");
      key = tanh(key);
    }
    double sum = 0;
    for (int i = 0; i < key.length; i++) {
      sum += key[i] * state[i];
    }
    return sum;
  }

  /** Returns the loss of a pair, summed over its tokens and its end. */
  double loss(int[] source, int[] target, double smoothing) {
    double[][] logs = logProbabilities(source, target);
    double sum = 0;
    for (int t = 0; t <= target.length; t++) {
      int id = t < target.length ? target[t] : TranslationHead.BOUNDARY;
      sum -= (1 - smoothing) * logs[t][id];
      sum -= smoothing * Arrays.stream(logs[t]).average().orElseThrow();
    }
    return sum;
  }
}
