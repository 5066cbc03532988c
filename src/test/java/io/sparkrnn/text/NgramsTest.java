package io.sparkrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NgramsTest {
  private static final Ngrams THREE = new Ngrams(3, 1 << 24);
  private static final Padding PADDING = new Padding(2, Padding.Side.PRE, Padding.Side.PRE);
  private static final Vocabulary WORDS = Vocabulary.ofWords(List.of("good"));

  private static TextEncoder encoder(Ngrams ngrams) {
    return new TextEncoder(WORDS, PADDING, true, ngrams);
  }

  private static int bucket(Ngrams ngrams, String words) {
    List<Ngram> found = Ngram.of(List.of(words.split(" ")), ngrams);
    return found.stream().filter(n -> n.words().equals(words)).findFirst().orElseThrow().bucket();
  }

  /** As Python computes them from the formulas. */
  @Test
  void bucketsAreThoseOfTheFormulas() {
    assertEquals(15_246_580, bucket(THREE, "good"));
    assertEquals(2_070_959, bucket(THREE, "very good"));
    assertEquals(2_235_098, bucket(THREE, "not very good"));
    assertEquals(10_818_431, bucket(THREE, "don't"));
    assertEquals(426_726, bucket(THREE, "caf\u00e9"));
    assertEquals(11_194_270, bucket(THREE, "\u66f8"));
    assertEquals(3_175_545, bucket(THREE, "\ud835\udc9c"));
    assertEquals(4_895_166, bucket(THREE, "\ud835"));
    assertEquals(279, bucket(new Ngrams(2, 1000), "very good"));
  }

  @Test
  void aTextHasEachOfItsNgramsOnce() {
    List<Ngram> ngrams = encoder(THREE).ngrams("Good, good GOOD; so good");
    assertEquals(
        List.of(
            "good",
            "good good",
            "good good good",
            "good good so",
            "good so",
            "good so good",
            "so",
            "so good"),
        ngrams.stream().map(Ngram::words).toList());
    int[] sorted = ngrams.stream().mapToInt(Ngram::bucket).sorted().toArray();
    assertArrayEquals(sorted, encoder(THREE).read("Good, good GOOD; so good").ngrams());
  }

  @Test
  void wordsThatTheNetworkDoesNotReadCountToo() {
    String text = "unheard words before the good end";
    EncodedText read = encoder(THREE).read(text);
    assertArrayEquals(new int[] {2, 1}, read.ids());
    assertEquals(6 + 5 + 4, read.ngrams().length);
    assertEquals(0, encoder(THREE).read("...").ngrams().length);
    assertEquals(0, encoder(Ngrams.none()).read(text).ngrams().length);
  }

  @Test
  void textsCutBeforeTheVocabularyHaveTheSameNgrams() {
    String text = "It wasn't good &mdash; caf\u00e9 talk, and it wasn't long.";
    CountedTextsBuilder builder = new CountedTextsBuilder(PADDING, true);
    builder.add("something else", true);
    builder.add(text, true);
    CountedTexts texts = builder.build();
    assertArrayEquals(
        encoder(THREE).read(text).ngrams(), texts.ngrams(1, texts.numbersToHashes(), THREE));
    int[] ids = texts.ids(1, texts.numbersToIds(WORDS));
    assertArrayEquals(encoder(THREE).read(text).ids(), PADDING.sequence(ids, true));
    assertEquals(1, texts.truncatedTexts());
  }

  @Test
  void bucketsOfLongTextsAreInOrderToo() {
    String text =
        IntStream.range(0, 300).mapToObj(i -> "w" + i * i % 97).collect(Collectors.joining(" "));
    for (int buckets : new int[] {1, 200, 256, 257, 1 << 24, Integer.MAX_VALUE}) {
      Ngrams ngrams = new Ngrams(3, buckets);
      int[] expected =
          encoder(ngrams).ngrams(text).stream()
              .mapToInt(Ngram::bucket)
              .sorted()
              .distinct()
              .toArray();
      assertArrayEquals(expected, encoder(ngrams).read(text).ngrams());
    }
  }

  @Test
  void sizesOutOfRangeAreRefused() {
    assertEquals(
        "n-grams must be of 1 to 8 words, got 9",
        assertThrows(IllegalArgumentException.class, () -> new Ngrams(9, 10)).getMessage());
    assertEquals(
        "n-grams must have >= 1 buckets, got 0",
        assertThrows(IllegalArgumentException.class, () -> new Ngrams(1, 0)).getMessage());
  }
}
