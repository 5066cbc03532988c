package io.sparkrnn.report;

/** Says in words how far back the gradient reaches, or that it grows. */
final class StepNormText {
  private static final double FADED = 0.01;
  private static final double GROWN = 10;

  private StepNormText() {}

  static String of(double[] norms) {
    double last = norms[0];
    if (!(last > 0)) {
      return "No gradient at the last step.";
    }
    int largest = 0;
    int faded = -1;
    for (int i = 0; i < norms.length; i++) {
      if (norms[i] > norms[largest]) {
        largest = i;
      }
      if (faded < 0 && norms[i] < FADED * last) {
        faded = i;
      }
    }
    if (norms[largest] > GROWN * last) {
      return "The gradient grows on its way back: %d steps before the end it is %s times what it is at the last step."
          .formatted(largest, Figures.brief(norms[largest] / last));
    }
    return faded < 0
        ? "Over all %d steps the gradient stays above a hundredth of what it is at the last step."
            .formatted(norms.length)
        : "%d steps before the end the gradient falls below a hundredth of what it is at the last step: what the text says earlier than that is hardly learned from."
            .formatted(faded);
  }
}
