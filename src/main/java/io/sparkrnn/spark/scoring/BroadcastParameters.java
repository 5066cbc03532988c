package io.sparkrnn.spark.scoring;

import io.sparkrnn.io.TextSettings;
import io.sparkrnn.io.translation.Translator;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.spark.rows.BroadcastVocabulary;
import io.sparkrnn.train.Scorer;
import io.sparkrnn.train.wide.WideBranch;
import java.io.Serializable;

/**
 * A model's parameters on their way to the executors; each executor packs and projects them once,
 * for all its tasks.
 *
 * <p>A class and not a record, because Spark's Kryo serializer cannot write records. Thread-safe.
 */
public final class BroadcastParameters implements Serializable {
  private static final long serialVersionUID = 1L;

  private final float[] parameters;
  private final WideBranch wide;
  private final BroadcastVocabulary words;
  private transient FrozenNetwork frozen;

  /**
   * Takes parameters.
   *
   * @param parameters all parameters of a network. Not copied, not modified.
   */
  public BroadcastParameters(float[] parameters) {
    this(parameters, null);
  }

  /**
   * Takes parameters.
   *
   * @param parameters all parameters of a network. Not copied, not modified.
   * @param wide the wide branch beside it, or null for none
   */
  public BroadcastParameters(float[] parameters, WideBranch wide) {
    this(parameters, wide, null);
  }

  /**
   * Takes parameters.
   *
   * @param parameters all parameters of a network. Not copied, not modified.
   * @param wide the wide branch beside it, or null for none
   * @param words both vocabularies of a translator, or null
   */
  public BroadcastParameters(float[] parameters, WideBranch wide, BroadcastVocabulary words) {
    this.parameters = parameters;
    this.wide = wide;
    this.words = words;
  }

  /** Returns the translator of a topology with these parameters, likewise. */
  Translator translator(NetworkSpec spec, TextSettings text) {
    return new Translator(network(spec), text, words.vocabulary(), words.targets());
  }

  /**
   * Returns a scorer of a network of a topology with these parameters, and of the wide branch; all
   * calls must name the same topology.
   */
  public Scorer scorer(NetworkSpec spec) {
    return new Scorer(network(spec), wide);
  }

  /** Returns the network of a topology with these parameters, likewise. */
  synchronized FrozenNetwork network(NetworkSpec spec) {
    if (frozen == null) {
      frozen = new FrozenNetwork(new Network(spec), parameters);
    }
    return frozen;
  }
}
