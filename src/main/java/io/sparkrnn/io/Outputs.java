package io.sparkrnn.io;

/** What the outputs of a model's network say about a row. Immutable. */
final class Outputs {
  private final SavedModel model;
  private final int classes;

  Outputs(SavedModel model) {
    this.model = model;
    classes = model.network().head().classes();
  }

  /** Refuses to give one probability where there are not two classes. */
  void requireTwoClasses() {
    if (classes != 2) {
      throw new IllegalStateException(
          "probability(...) needs a model of 2 classes, got "
              + (classes == 0 ? "a regression; use value(...)" : classes + " classes"));
    }
  }

  /** Refuses to give probabilities where there are no classes. */
  void requireClasses() {
    if (classes == 0) {
      throw new IllegalStateException(
          "probabilities(...) needs a model of classes, got a regression; use value(...)");
    }
  }

  /** Refuses to give a value where there are classes. */
  void requireValue() {
    if (classes != 0) {
      throw new IllegalStateException(
          "value(...) needs a regression, got %d classes; use probabilities(...)"
              .formatted(classes));
    }
  }

  /** Returns the probability of every class in row {@code row} of {@code outputs}, rows x K. */
  double[] probabilities(float[] outputs, int row) {
    return model.network().head().probabilities(outputs, row);
  }

  /** Returns the name of the most probable class, its number when the classes have no names. */
  String label(double[] probabilities) {
    int best = 0;
    for (int k = 1; k < probabilities.length; k++) {
      if (probabilities[k] > probabilities[best]) {
        best = k;
      }
    }
    return model.labels().isEmpty() ? Integer.toString(best) : model.labels().get(best);
  }
}
