package io.sparkrnn.spark.rows;

import io.sparkrnn.text.Vocabulary;
import java.io.Serializable;
import java.util.List;

/**
 * A vocabulary on its way to the executors; each executor indexes it once, for all its tasks.
 *
 * <p>Carries the tokens alone, because Spark's Kryo serializer would leave the index behind.
 * Thread-safe.
 */
public final class BroadcastVocabulary implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] tokens;
  private transient Vocabulary vocabulary;

  public BroadcastVocabulary(Vocabulary vocabulary) {
    tokens = vocabulary.tokens().toArray(new String[0]);
  }

  /** Returns the vocabulary. */
  public synchronized Vocabulary vocabulary() {
    if (vocabulary == null) {
      vocabulary = Vocabulary.of(List.of(tokens));
    }
    return vocabulary;
  }
}
