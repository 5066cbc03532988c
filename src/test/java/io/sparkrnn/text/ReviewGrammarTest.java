package io.sparkrnn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReviewGrammarTest {
  private static final int REVIEWS = 20_000;
  private static final List<ReviewGrammar.Review> CORPUS = corpus(1, REVIEWS);

  private static List<ReviewGrammar.Review> corpus(long seed, int reviews) {
    ReviewGrammar grammar = new ReviewGrammar(seed);
    return LongStream.range(0, reviews).mapToObj(grammar::review).toList();
  }

  @Test
  void aReviewIsAFunctionOfSeedAndIndex() {
    assertEquals(CORPUS.get(17), new ReviewGrammar(1).review(17));
    assertNotEquals(CORPUS.get(17), new ReviewGrammar(2).review(17));
    assertNotEquals(corpus(0, 3).subList(1, 3), corpus(1, 2));
  }

  @Test
  void reviewsDiffer() {
    Set<String> texts = new HashSet<>();
    CORPUS.forEach(review -> texts.add(review.text()));
    assertTrue(texts.size() > 0.999 * REVIEWS, texts.size() + " distinct reviews");
  }

  @Test
  void labelsAndDomainsAreBalanced() {
    double good = CORPUS.stream().mapToInt(ReviewGrammar.Review::label).average().orElseThrow();
    assertEquals(0.5, good, 0.02);
    for (String domain : List.of("film", "product", "restaurant")) {
      long reviews = CORPUS.stream().filter(review -> review.domain().equals(domain)).count();
      assertEquals(REVIEWS / 3.0, reviews, 0.02 * REVIEWS, domain);
    }
  }

  @Test
  void lengthsSpreadLikeThoseOfRealReviews() {
    Tokenizer tokenizer = new Tokenizer();
    int[] lengths =
        CORPUS.stream()
            .mapToInt(review -> tokenizer.tokenize(review.text()).size())
            .sorted()
            .toArray();
    double mean = java.util.Arrays.stream(lengths).average().orElseThrow();
    assertTrue(mean > 60 && mean < 90, "mean " + mean);
    assertTrue(lengths[0] >= 8, "shortest " + lengths[0]);
    assertTrue(lengths[REVIEWS - REVIEWS / 100] > 200, "99 % " + lengths[REVIEWS - REVIEWS / 100]);
    assertTrue(lengths[REVIEWS - 1] <= 520, "longest " + lengths[REVIEWS - 1]);
  }

  /** A bag of words must not give the verdict away: no frequent word leans far to one side. */
  @Test
  void frequentWordsAreEquallyFrequentInBothLabels() {
    Map<String, int[]> counts = new HashMap<>();
    Tokenizer tokenizer = new Tokenizer();
    for (ReviewGrammar.Review review : CORPUS) {
      for (String word : new HashSet<>(tokenizer.tokenize(review.text()))) {
        counts.computeIfAbsent(word, w -> new int[2])[review.label()]++;
      }
    }
    counts.forEach(
        (word, count) -> {
          int all = count[0] + count[1];
          double share = count[1] / (double) all;
          assertTrue(all < 300 || (share > 0.25 && share < 0.75), word + ": " + share);
        });
  }

  @Test
  void textsAreWrittenOut() {
    for (ReviewGrammar.Review review : CORPUS) {
      String text = review.text();
      assertTrue(Character.isUpperCase(text.charAt(0)), text);
      assertTrue(text.endsWith("."), text);
      assertFalse(
          text.matches("(?s).*([_~*|]|  | ,| \\.|<[-+!?a-z]*>| a [aeio]|\\b\\d+x\\b).*"), text);
    }
  }
}
