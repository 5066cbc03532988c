package io.sparkrnn.text;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes English sentences in which people, places, organizations and dates are marked, word by
 * word, as BIO has it.
 *
 * <p>Many words are two things: Paris, Florence and Sydney are people or cities, May, April and
 * June people or months, Will and Mark people or not; organizations have cities in their names.
 * Surnames are made of syllables, so that most of those in other sentences were never seen. What a
 * word is, the words beside it tell.
 *
 * <p>Sentence i is a pure function of the seed and of i. Immutable; may be shared by threads.
 */
public final class SentenceGrammar {
  private static final String[] SENTENCES = {
    "<per> was born in <loc> on <date> .",
    "<per> moved from <loc> to <loc> in <year> .",
    "On <date> , <per> joined <org> .",
    "Will <per> come to <loc> on <date> ?",
    "<org> hired <per> , who had left <org> .",
    "In <loc> , <per> and <per> met <per> .",
    "<org> opened an office in <loc> in <month> .",
    "May I introduce <per> of <org> ?",
    "<per> may visit <loc> before <date> .",
    "The office in <loc> will close on <date> .",
    "<per> , <per> and <per> work for <org> .",
    "According to <per> , <loc> was nice in <month> .",
    "Mark the date : <date> , in <loc> .",
    "<org> and <org> signed in <loc> on <date> .",
    "From <loc> , <per> wrote to <org> in <year> .",
    "Nobody in <loc> knew <per> .",
    "Reading the letter , <per> thought of <loc> .",
    "They march through <loc> every <month> .",
    "Please call <per> at <org> .",
    "It rained .",
    "The train from <loc> was late , as <per> said ."
  };

  private static final String[] NAMES = {
    "Ada",
    "Alan",
    "April",
    "Austin",
    "Barbara",
    "Chase",
    "Dennis",
    "Edsger",
    "Florence",
    "Frances",
    "Grace",
    "Jackson",
    "Jean",
    "John",
    "June",
    "Linus",
    "Mark",
    "Mary",
    "May",
    "Paris",
    "Radia",
    "Ruth",
    "Sydney",
    "Tim",
    "Will"
  };

  private static final String[] PLACES = {
    "Paris", "Florence", "Sydney", "Austin", "Jackson", "Lincoln", "Reading", "Nice", "Berlin",
    "Rome", "Oslo", "Lima", "Kyoto", "Chase", "New York", "San Jose", "Los Angeles", "Cape Town"
  };

  private static final String[] MONTHS = {
    "January", "February", "March", "April", "May", "June", "July", "August", "October", "November"
  };

  private static final String[] SYLLABLES = {
    "ba", "be", "cor", "dan", "el", "fa", "gor", "hol", "in", "ka", "lin", "mar", "nor", "ost",
    "per", "ran", "sen", "tor", "ul", "ver", "win", "zan"
  };

  private static final String[] ORGANIZATIONS = {
    "<sur> & Sons",
    "Bank of <place>",
    "University of <place>",
    "<place> Times",
    "<sur> , <sur> & Co",
    "<place> Water",
    "<sur> Brothers"
  };

  private final long seed;

  /** The grammar with a seed, which tells one corpus from another. */
  public SentenceGrammar(long seed) {
    this.seed = seed;
  }

  /**
   * One sentence.
   *
   * @param tokens its words and marks
   * @param labels as many: {@code O}, or {@code B-} and {@code I-} with PER, LOC, ORG or DATE
   */
  public record Sentence(List<String> tokens, List<String> labels) {}

  /** Returns the sentence with this index, any number. */
  public Sentence sentence(long index) {
    SplittableRandom random = new SplittableRandom(Seeded.mix(Seeded.mix(seed) + index));
    Sentence sentence = new Sentence(new ArrayList<>(), new ArrayList<>());
    for (String word : one(SENTENCES, random).split(" ")) {
      if (word.startsWith("<")) {
        add(sentence, type(word), fill(word, random));
      } else {
        add(sentence, "", word);
      }
    }
    return sentence;
  }

  private static String type(String slot) {
    return switch (slot) {
      case "<per>" -> "PER";
      case "<loc>" -> "LOC";
      case "<org>" -> "ORG";
      default -> "DATE";
    };
  }

  private static void add(Sentence sentence, String type, String words) {
    String mark = "B-";
    for (String word : words.split(" ")) {
      sentence.tokens.add(word);
      sentence.labels.add(type.isEmpty() ? "O" : mark + type);
      mark = "I-";
    }
  }

  private static String fill(String slot, SplittableRandom random) {
    return switch (slot) {
      case "<per>" -> person(random);
      case "<loc>" -> one(PLACES, random);
      case "<org>" -> organization(random);
      case "<month>" -> (random.nextBoolean() ? "" : "early ") + one(MONTHS, random);
      case "<year>" -> year(random);
      default -> date(random);
    };
  }

  private static String person(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> one(NAMES, random);
      case 1 -> surname(random);
      default -> one(NAMES, random) + " " + surname(random);
    };
  }

  private static String organization(SplittableRandom random) {
    String name = one(ORGANIZATIONS, random).replace("<place>", one(PLACES, random));
    while (name.contains("<sur>")) {
      name = name.replaceFirst("<sur>", surname(random));
    }
    return name;
  }

  private static String date(SplittableRandom random) {
    String day = Integer.toString(1 + random.nextInt(28));
    return switch (random.nextInt(3)) {
      case 0 -> day + " " + one(MONTHS, random) + " " + year(random);
      case 1 -> one(MONTHS, random) + " " + day + " , " + year(random);
      default -> "the " + day + "th of " + one(MONTHS, random);
    };
  }

  private static String year(SplittableRandom random) {
    return Integer.toString(1950 + random.nextInt(80));
  }

  private static String surname(SplittableRandom random) {
    StringBuilder name = new StringBuilder();
    for (int i = 2 + random.nextInt(2); i > 0; i--) {
      name.append(one(SYLLABLES, random));
    }
    name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
    return name.toString();
  }

  private static String one(String[] of, SplittableRandom random) {
    return of[random.nextInt(of.length)];
  }
}
