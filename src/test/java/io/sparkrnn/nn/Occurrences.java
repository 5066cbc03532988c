package io.sparkrnn.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * A network and a batch in which every occurrence of a token has an id, and an embedding row, of
 * its own; so the gradient of the embedding shows each occurrence's part.
 *
 * @param spec the network with as many ids as there are occurrences, and padding
 * @param ids the batch with the new ids 1, 2, 3, ...
 * @param sources the token of each new id; entry 0 is unused
 * @param vocabularySize the number of ids of the network as it was
 */
record Occurrences(NetworkSpec spec, List<int[]> ids, List<Integer> sources, int vocabularySize) {

  static Occurrences of(NetworkSpec spec, List<int[]> batch) {
    InputSpec.Tokens tokens = (InputSpec.Tokens) spec.input();
    List<Integer> sources = new ArrayList<>(List.of(0));
    List<int[]> ids = new ArrayList<>();
    for (int[] sequence : batch) {
      int[] fresh = new int[sequence.length];
      for (int t = 0; t < fresh.length; t++) {
        fresh[t] = sources.size();
        sources.add(sequence[t]);
      }
      ids.add(fresh);
    }
    InputSpec input =
        new InputSpec.Tokens(sources.size(), tokens.embeddingSize(), tokens.maskZero());
    return new Occurrences(
        new NetworkSpec(input, spec.layers(), spec.head()), ids, sources, tokens.vocabularySize());
  }

  /** Number of values in the embedding of the network as it was. */
  int embeddingSize() {
    return vocabularySize * width();
  }

  int width() {
    return spec.input().size();
  }

  /** Copies each token's row to all its occurrences; the other parameters follow. */
  float[] spread(float[] parameters) {
    int rows = sources.size() * width();
    float[] spread = new float[rows + parameters.length - embeddingSize()];
    for (int id = 1; id < sources.size(); id++) {
      System.arraycopy(parameters, sources.get(id) * width(), spread, id * width(), width());
    }
    System.arraycopy(parameters, embeddingSize(), spread, rows, spread.length - rows);
    return spread;
  }

  /** Sums the occurrences of each token; the other parameters follow. */
  float[] sum(float[] slices) {
    int rows = sources.size() * width();
    float[] sum = new float[embeddingSize() + slices.length - rows];
    for (int id = 1; id < sources.size(); id++) {
      for (int i = 0; i < width(); i++) {
        sum[sources.get(id) * width() + i] += slices[id * width() + i];
      }
    }
    System.arraycopy(slices, rows, sum, embeddingSize(), slices.length - rows);
    return sum;
  }

  /** Sums the squares of the occurrences of each token's embedding. */
  double[] squares(float[] slices) {
    double[] squares = new double[embeddingSize()];
    for (int id = 1; id < sources.size(); id++) {
      for (int i = 0; i < width(); i++) {
        double slice = slices[id * width() + i];
        squares[sources.get(id) * width() + i] += slice * slice;
      }
    }
    return squares;
  }

  /** The variables' boundaries with the embedding as large as it has become. */
  int[] boundaries(int[] boundaries) {
    int[] moved = boundaries.clone();
    for (int i = 1; i < moved.length; i++) {
      moved[i] += sources.size() * width() - embeddingSize();
    }
    return moved;
  }
}
