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
  private final String[] targetTokens;
  private transient Vocabulary vocabulary;
  private transient Vocabulary targets;

  /** Takes the vocabulary of texts. */
  public BroadcastVocabulary(Vocabulary vocabulary) {
    this(vocabulary, null);
  }

  /**
   * Takes the vocabulary of texts, and that of their translations.
   *
   * @param targets null for none
   */
  public BroadcastVocabulary(Vocabulary vocabulary, Vocabulary targets) {
    tokens = vocabulary.tokens().toArray(new String[0]);
    targetTokens = targets == null ? null : targets.tokens().toArray(new String[0]);
  }

  /** Returns the vocabulary of translations, or null when there is none. */
  public synchronized Vocabulary targets() {
    if (targets == null && targetTokens != null) {
      targets = Vocabulary.of(List.of(targetTokens));
    }
    return targets;
  }

  /** Returns the vocabulary. */
  public synchronized Vocabulary vocabulary() {
    if (vocabulary == null) {
      vocabulary = Vocabulary.of(List.of(tokens));
    }
    return vocabulary;
  }
}
