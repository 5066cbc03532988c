package io.sparkrnn.train.wide;

import io.sparkrnn.text.Ngram;
import io.sparkrnn.train.shards.PackedShard;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A linear model of n-grams and how it is combined with a network. Immutable; may be shared by
 * threads.
 */
public final class WideBranch implements Serializable {
  private static final long serialVersionUID = 1L;

  private final WideModel model;
  private final Combination combination;

  /**
   * Creates a branch.
   *
   * @throws IllegalArgumentException if model and combination have another number of outputs
   */
  public WideBranch(WideModel model, Combination combination) {
    if (model.outputs() != combination.bias().length) {
      throw new IllegalArgumentException(
          "the combination must have %d outputs, got %d"
              .formatted(model.outputs(), combination.bias().length));
    }
    this.model = model;
    this.combination = combination;
  }

  /** Returns the linear model. */
  public WideModel model() {
    return model;
  }

  /** Returns how it is combined with the network. */
  public Combination combination() {
    return combination;
  }

  /**
   * Returns how much n-grams of a text count for a class.
   *
   * @param ngrams each once. Not modified.
   * @param label the class
   * @return those that have a weight, by falling size of what they add
   */
  public List<NgramWeight> explain(List<Ngram> ngrams, int label) {
    Map<Integer, Long> sharing =
        ngrams.stream().collect(Collectors.groupingBy(Ngram::bucket, Collectors.counting()));
    List<NgramWeight> weights = new ArrayList<>();
    for (Ngram ngram : ngrams) {
      double weight = weight(ngram.bucket(), label) / sharing.get(ngram.bucket());
      if (weight != 0) {
        weights.add(new NgramWeight(ngram.words(), weight));
      }
    }
    weights.sort(Comparator.comparingDouble(ngram -> -Math.abs(ngram.weight())));
    return weights;
  }

  /** One output is that of class 1; class 0 has its opposite. */
  private double weight(int bucket, int label) {
    boolean opposite = model.outputs() == 1 && label == 0;
    double factor = opposite ? -combination.wide() : combination.wide();
    return factor * model.weight(bucket, model.outputs() == 1 ? 0 : label);
  }

  /**
   * Turns the network's probabilities into those of both branches.
   *
   * @param outputs of the network, rows x K. Modified.
   * @param shard the rows with their n-grams. Not modified.
   * @throws IllegalArgumentException if the rows have no n-grams
   */
  public void combine(float[] outputs, PackedShard shard) {
    combination.apply(outputs, model.logits(shard));
  }
}
