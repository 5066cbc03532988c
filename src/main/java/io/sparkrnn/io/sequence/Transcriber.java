package io.sparkrnn.io.sequence;

import io.sparkrnn.audio.AudioException;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.features.Alphabet;
import io.sparkrnn.nn.CtcHead;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.head.CtcDecoder;
import io.sparkrnn.train.Scorer;
import io.sparkrnn.train.shards.PackedShard;
import java.util.List;

/**
 * A model that transcribes vectors or audio, without Spark; it gives what scoring on Spark gives.
 * Holds scratch: one instance per thread.
 */
public final class Transcriber {
  private final SequenceReader reader;
  private final Scorer scorer;
  private final Alphabet alphabet;
  private final CtcDecoder decoder;

  private Transcriber(SavedModel model, int beam) {
    if (!(model.network().head() instanceof CtcHead)) {
      throw new IllegalArgumentException("the model must transcribe");
    }
    reader = new SequenceReader(model);
    scorer = new Scorer(new FrozenNetwork(new Network(model.network()), model.parameters()));
    alphabet = model.alphabet();
    decoder = new CtcDecoder(beam);
  }

  /**
   * Returns the transcriber of a model.
   *
   * @param beam beginnings of labels that are followed side by side; 1 for the best path
   * @throws IllegalArgumentException if the model does not transcribe, or beam is not positive
   */
  public static Transcriber of(SavedModel model, int beam) {
    return new Transcriber(model, beam);
  }

  /**
   * Returns the labels of vectors.
   *
   * @param vectors steps x size, as they come. Not modified.
   * @throws IllegalArgumentException if they are no whole vectors
   */
  public List<String> labels(float[] vectors) {
    return labels(reader.row(vectors));
  }

  /**
   * Returns the labels of a WAV file.
   *
   * @param wav the whole file. Not modified.
   * @throws AudioException if it cannot be used: the message says why
   */
  public List<String> labels(byte[] wav) throws AudioException {
    return labels(reader.row(wav));
  }

  /** Returns {@link #labels(byte[])} as a text. */
  public String transcript(byte[] wav) throws AudioException {
    return alphabet.unit().text(labels(wav));
  }

  /** Returns {@link #labels(float[])} as a text. */
  public String transcript(float[] vectors) {
    return alphabet.unit().text(labels(vectors));
  }

  private List<String> labels(PackedShard row) {
    float[] outputs = scorer.scoreSteps(row);
    return alphabet.labels(decoder.labels(outputs, 0, row.steps(), scorer.outputs()));
  }
}
