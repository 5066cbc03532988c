package io.sparkrnn.io.sequence;

import io.sparkrnn.audio.AudioException;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.targets.TargetKind;
import io.sparkrnn.train.Scorer;
import io.sparkrnn.train.shards.PackedShard;

/**
 * A classifier, or a regression, of vectors or audio, without Spark; it gives the bits that scoring
 * on Spark gives. Holds scratch: one instance per thread.
 */
public final class SequenceClassifier {
  private final SavedModel model;
  private final SequenceReader reader;
  private final Scorer scorer;

  private SequenceClassifier(SavedModel model) {
    if (model.network().head().targets() != TargetKind.SEQUENCE) {
      throw new IllegalArgumentException("the model must have one prediction for a row");
    }
    this.model = model;
    reader = new SequenceReader(model);
    scorer = new Scorer(new FrozenNetwork(new Network(model.network()), model.parameters()));
  }

  /**
   * Returns the classifier of a model.
   *
   * @throws IllegalArgumentException if it reads no vectors, or predicts something else
   */
  public static SequenceClassifier of(SavedModel model) {
    return new SequenceClassifier(model);
  }

  /** Returns the model. */
  public SavedModel model() {
    return model;
  }

  /**
   * Returns the probability of every class.
   *
   * @param vectors steps x size, as they come. Not modified.
   * @throws IllegalArgumentException if they are no whole vectors
   */
  public double[] probabilities(float[] vectors) {
    return probabilities(reader.row(vectors));
  }

  /**
   * Returns the probability of every class for a WAV file.
   *
   * @param wav the whole file. Not modified.
   * @throws AudioException if it cannot be used: the message says why
   */
  public double[] probabilities(byte[] wav) throws AudioException {
    return probabilities(reader.row(wav));
  }

  /** Returns the value of a regression for vectors. */
  public double value(float[] vectors) {
    return scorer.score(reader.row(vectors))[0];
  }

  /** Returns the value of a regression for a WAV file. */
  public double value(byte[] wav) throws AudioException {
    return scorer.score(reader.row(wav))[0];
  }

  private double[] probabilities(PackedShard row) {
    return model.network().head().probabilities(scorer.score(row), 0);
  }
}
