package io.sparkrnn.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An n-gram of a text.
 *
 * @param words its words, a blank between two
 * @param bucket where it is hashed to
 */
public record Ngram(String words, int bucket) {
  /** Returns the n-grams of a text whose words these are, each once, in the order of the text. */
  static List<Ngram> of(List<String> words, Ngrams ngrams) {
    Map<String, Ngram> found = new LinkedHashMap<>();
    for (int from = 0; from < words.size(); from++) {
      long hash = 0;
      StringBuilder gram = new StringBuilder();
      for (int n = 0; n < ngrams.longest() && from + n < words.size(); n++) {
        String word = words.get(from + n);
        long code = NgramHash.word(word);
        hash = n == 0 ? NgramHash.gram(code) : NgramHash.gram(hash, code);
        gram.append(n == 0 ? "" : " ").append(word);
        found.putIfAbsent(gram.toString(), new Ngram(gram.toString(), ngrams.bucket(hash)));
      }
    }
    return new ArrayList<>(found.values());
  }
}
