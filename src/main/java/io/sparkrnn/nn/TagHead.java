package io.sparkrnn.nn;

import io.sparkrnn.nn.targets.TargetKind;
import java.util.HashSet;
import java.util.List;

/**
 * One label for each real step: a dense layer over each, with softmax or a linear-chain conditional
 * random field.
 *
 * <pre>
 *   softmax:  p(y | x) = product over t of softmax(z(t))[y(t)]
 *   CRF:      p(y | x) = exp(score(y)) / sum over all y' of exp(score(y'))
 *             score(y) = start[y(1)] + sum of z(t)[y(t)] + sum of transitions[y(t-1), y(t)] + end[y(T)]
 * </pre>
 *
 * <p>A prediction has the probability of each label, of a CRF its marginal; of a CRF also the index
 * of the label on the most probable path.
 *
 * @param labels their names, in the order of the outputs, each once
 * @param crf whether labels depend on those beside them
 * @see <a href="https://arxiv.org/abs/1508.01991">Huang, Xu and Yu, 2015</a> (LSTM and CRF)
 */
public record TagHead(List<String> labels, boolean crf) implements HeadSpec {
  public TagHead {
    labels = List.copyOf(labels);
    Activation.SOFTMAX.check(labels.size());
    if (new HashSet<>(labels).size() < labels.size()) {
      throw new IllegalArgumentException("labels must differ from each other, got " + labels);
    }
  }

  /** Checks that outputs stand in the order of the steps that labels are of. */
  void check(boolean outputsReversed) {
    if (outputsReversed) {
      throw new IllegalArgumentException(
          "a tagger must put its outputs in the order of the words, got a layer that goes"
              + " backwards; use bidirectional layers");
    }
  }

  /**
   * Returns the index of the label that is predicted for a step.
   *
   * @param predictions steps x {@link #width}. Not modified.
   * @param labels how many there are, K
   */
  public static int predicted(float[] predictions, int step, int labels, boolean crf) {
    int at = step * (crf ? labels + 1 : labels);
    if (crf) {
      return (int) predictions[at + labels];
    }
    int best = 0;
    for (int k = 1; k < labels; k++) {
      best = predictions[at + k] > predictions[at + best] ? k : best;
    }
    return best;
  }

  /** Returns the name of the label that is predicted for a step, likewise. */
  public String label(float[] predictions, int step) {
    return labels.get(predicted(predictions, step, labels.size(), crf));
  }

  @Override
  public int outputs() {
    return labels.size();
  }

  @Override
  public int width() {
    return crf ? labels.size() + 1 : labels.size();
  }

  @Override
  public Pooling pooling() {
    return Pooling.EVERY_STEP;
  }

  @Override
  public Activation activation() {
    return Activation.SOFTMAX;
  }

  @Override
  public TargetKind targets() {
    return TargetKind.STEP;
  }

  @Override
  public int predictions(int steps) {
    return steps;
  }

  @Override
  public String need() {
    return "a tagger needs a label for each step";
  }
}
