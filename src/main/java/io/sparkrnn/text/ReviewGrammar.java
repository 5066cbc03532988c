package io.sparkrnn.text;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes film, product and restaurant reviews in which the order of words decides.
 *
 * <p>Praise and complaint use the same words about equally often: they are negated, put in the
 * mouth of others whom the author contradicts, expected and not fulfilled, taken back late, or
 * conceded in a subordinate clause. A bag of words tells little about the verdict; a reader has no
 * doubt.
 *
 * <p>The sentences come from the resource {@code reviews.grammar}. Review i is a pure function of
 * the seed and of i. Immutable; one instance may serve many threads.
 */
public final class ReviewGrammar {
  private static final List<String> DOMAINS = List.of("film", "product", "restaurant");
  private static final List<GrammarRules> RULES = rules();

  private final long seed;

  /** The grammar with a seed, which tells one corpus from another. */
  public ReviewGrammar(long seed) {
    this.seed = seed;
  }

  /**
   * One review.
   *
   * @param text English, possibly with HTML breaks between paragraphs
   * @param label 1 when the author's verdict is good, 0 when it is bad
   * @param domain {@code film}, {@code product} or {@code restaurant}
   */
  public record Review(String text, int label, String domain) {}

  /** Returns the review with this index, any number. */
  public Review review(long index) {
    SplittableRandom random = new SplittableRandom(Seeded.mix(Seeded.mix(seed) + index));
    int domain = random.nextInt(DOMAINS.size());
    boolean good = random.nextBoolean();
    String text = new ReviewWriter(RULES.get(domain), random).write(good);
    return new Review(text, good ? 1 : 0, DOMAINS.get(domain));
  }

  private static List<GrammarRules> rules() {
    GrammarRules all = GrammarRules.load("reviews.grammar");
    return DOMAINS.stream().map(all::inDomain).toList();
  }
}
