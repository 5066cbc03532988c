package io.sparkrnn.nn;

import io.sparkrnn.nn.targets.TargetKind;
import java.io.Serializable;
import java.util.List;

/**
 * What comes after the last recurrent layer, and with it the task: what of the steps is read, what
 * comes out, with which loss and on which targets it is trained.
 *
 * <p>Everything that depends on the kind of a head asks it here. Immutable; holds no numbers.
 */
public sealed interface HeadSpec extends Serializable
    permits SequenceHead,
        StepHead,
        TokenHead,
        TranslationHead,
        ValueHead,
        ForecastHead,
        CtcHead,
        TagHead {

  /**
   * Returns the head with these parts.
   *
   * @param pooling what the dense layer sees of the steps
   * @param outputs number of outputs, K (1 for sigmoid and for regression)
   * @param activation activation of the outputs
   * @throws IllegalArgumentException if the number of outputs does not suit the activation
   */
  static HeadSpec of(Pooling pooling, int outputs, Activation activation) {
    return pooling == Pooling.EVERY_STEP
        ? new StepHead(pooling, outputs, activation)
        : new SequenceHead(pooling, outputs, activation);
  }

  /**
   * Returns the head that a loss is for.
   *
   * @param classes number of classes; not read for a loss of numbers
   */
  static HeadSpec of(Pooling pooling, Loss loss, int classes) {
    int outputs = loss.activation() == Activation.SOFTMAX ? classes : 1;
    return of(pooling, outputs, loss.activation());
  }

  /** The head of a two-class model: last state, one sigmoid. */
  static HeadSpec binary() {
    return of(Pooling.LAST, 1, Activation.SIGMOID);
  }

  /** Returns what the head sees of the steps. */
  Pooling pooling();

  /** Returns the number of outputs of a prediction, K. */
  int outputs();

  /** Returns how many floats a prediction of {@link Network#forward} has; its outputs, or more. */
  default int width() {
    return outputs();
  }

  /** Returns the activation of the outputs. */
  Activation activation();

  /** Returns the targets it is trained on. */
  TargetKind targets();

  /** Returns how many predictions, each with a loss, a sequence of so many steps has. */
  int predictions(int steps);

  /** Returns how many times K outputs a sequence of so many steps has. */
  default int outputRows(int steps) {
    return predictions(steps);
  }

  /**
   * Returns how many predictions, each with a loss, a sequence has.
   *
   * @param steps its steps
   * @param targets its targets
   */
  default int predictions(int steps, int targets) {
    return predictions(steps);
  }

  /** Returns what it needs of a shard, for messages: "... needs a label for each ...". */
  String need();

  /** Returns the limit of the uniform distribution that embeddings begin with; Keras's default. */
  default double embeddingLimit(int embeddingSize) {
    return 0.05;
  }

  /** Returns the loss it is trained with. */
  default Loss loss() {
    return activation().loss();
  }

  /** Returns the names of the classes, where the head itself knows them. */
  default List<String> labels() {
    return List.of();
  }

  /** Returns how many classes a prediction tells apart, 0 when it is a number. */
  default int classes() {
    return activation().classes(outputs());
  }

  /**
   * Returns the probability of every class; none when a prediction is a number.
   *
   * @param predictions rows x K. Not modified.
   * @param row which one
   */
  default double[] probabilities(float[] predictions, int row) {
    return activation().probabilities(predictions, row, outputs());
  }

  /**
   * Checks that it can be trained with a loss.
   *
   * @throws IllegalArgumentException if activation or number of outputs do not suit the loss
   */
  default void check(Loss loss) {
    if (loss != loss()) {
      throw new IllegalArgumentException(
          "loss " + loss + " needs a " + loss.activation() + " output, got " + activation());
    }
    if (activation() != Activation.SOFTMAX && outputs() != 1) {
      throw new IllegalArgumentException("loss " + loss + " needs outputs = 1, got " + outputs());
    }
  }

  /**
   * Checks that it can be trained on targets.
   *
   * @param given their kind, or null without any
   * @param holder who has them, for the message
   * @throws IllegalArgumentException if they are of another kind
   */
  default void checkTargets(TargetKind given, String holder) {
    if (given != targets()) {
      throw new IllegalArgumentException(
          need() + ", got a " + holder + (given == null ? " without" : given.insteadOf(targets())));
    }
  }
}
