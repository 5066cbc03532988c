package io.sparkrnn.nn;

import io.sparkrnn.nn.targets.TargetKind;

/**
 * Labels in their order, somewhere among the steps: connectionist temporal classification.
 *
 * <pre>
 *   y(t) = softmax(h(t) W + b) over the blank, which is {@value #BLANK}, and the labels 1 .. K - 1
 *   p(labels) = sum over all paths that give them: repeats merged, then blanks removed
 *   loss = -log p(labels) / number of labels          as PyTorch's CTCLoss with reduction mean
 * </pre>
 *
 * @param outputs number of labels and one for the blank, K
 * @see <a href="https://doi.org/10.1145/1143844.1143891">Graves et al., 2006</a>
 */
public record CtcHead(int outputs) implements HeadSpec {
  /** The output that stands for no label; PyTorch's default. */
  public static final int BLANK = 0;

  public CtcHead {
    Activation.SOFTMAX.check(outputs);
  }

  /**
   * Returns how many steps labels need at least: one each, and one between two that are the same.
   *
   * @param labels those at {@code from .. to}. Not modified.
   */
  public static int leastSteps(int[] labels, int from, int to) {
    int steps = to - from;
    for (int i = from + 1; i < to; i++) {
      steps += labels[i] == labels[i - 1] ? 1 : 0;
    }
    return steps;
  }

  @Override
  public Pooling pooling() {
    return Pooling.EVERY_STEP;
  }

  @Override
  public Activation activation() {
    return Activation.SOFTMAX;
  }

  /** Labels are no classes of rows. */
  @Override
  public int classes() {
    return 0;
  }

  @Override
  public TargetKind targets() {
    return TargetKind.IDS;
  }

  @Override
  public int predictions(int steps) {
    return 1;
  }

  /** Every step has an output of its own. */
  @Override
  public int outputRows(int steps) {
    return steps;
  }

  @Override
  public String need() {
    return "transcribing needs the labels of each row";
  }
}
