package io.sparkrnn.text;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Writes one review by expanding the grammar's rules; used once, by one thread. */
final class ReviewWriter {
  /** Median and spread of the number of words, log-normal as in real reviews. */
  private static final double MEDIAN_WORDS = 58;

  private static final double SPREAD = 0.62;
  private static final int MAX_WORDS = 480;

  /** One sentence in so many is an opinion, where opinions may be put. */
  private static final int REMARKS = 6;

  /** A place of a plan at which sentences may be put, and whether they may hold opinions. */
  private record Place(int position, boolean opinions) {}

  private final GrammarRules rules;
  private final SplittableRandom random;

  /**
   * A writer with the rules of one domain.
   *
   * @param random the source of all choices. Modified.
   */
  ReviewWriter(GrammarRules rules, SplittableRandom random) {
    this.rules = rules;
    this.random = random;
  }

  /** Returns a review with this verdict. */
  String write(boolean good) {
    StringBuilder plan = new StringBuilder();
    expand("review", good, plan);
    int words = (int) Math.min(MAX_WORDS, MEDIAN_WORDS * StrictMath.exp(SPREAD * normal()));
    return English.polish(fill(plan.toString(), words - count(plan)), random);
  }

  /** Puts sentences at the plan's places until about so many words are added. */
  private String fill(String plan, int missing) {
    List<StringBuilder> sections = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < plan.length(); i++) {
      if (plan.charAt(i) == '~' || plan.charAt(i) == '*') {
        sections.add(new StringBuilder(plan.substring(start, i)));
        places.add(new Place(sections.size() - 1, plan.charAt(i) == '*'));
        start = i + 1;
      }
    }
    for (int left = missing; left > 0 && !places.isEmpty(); ) {
      Place place = places.get(random.nextInt(places.size()));
      StringBuilder sentence = new StringBuilder(" ");
      boolean opinion = place.opinions() && random.nextInt(REMARKS) == 0;
      expand(opinion ? "remark" : "filler", random.nextBoolean(), sentence);
      sections.get(place.position()).append(sentence);
      left -= count(sentence);
    }
    return String.join(" ", sections) + plan.substring(start);
  }

  private void expand(String symbol, boolean good, StringBuilder out) {
    if (symbol.equals("~") || symbol.equals("*")) {
      out.append(symbol);
      return;
    }
    List<List<GrammarRules.Part>> alternatives = rules.alternatives(symbol);
    for (GrammarRules.Part part : alternatives.get(random.nextInt(alternatives.size()))) {
      if (!part.symbol()) {
        out.append(part.value());
      } else {
        switch (part.mark()) {
          case '+' -> expand(polar(good, part.value()), good, out);
          case '-' -> expand(polar(!good, part.value()), good, out);
          case '!' -> expand(part.value(), !good, out);
          case '?' -> expand(part.value(), random.nextBoolean(), out);
          default -> expand(part.value(), good, out);
        }
      }
    }
  }

  private static String polar(boolean good, String symbol) {
    return (good ? "good." : "bad.") + symbol;
  }

  private double normal() {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }

  private static int count(CharSequence text) {
    int words = 0;
    for (int i = 0; i < text.length(); i++) {
      words += text.charAt(i) == ' ' ? 1 : 0;
    }
    return words;
  }
}
