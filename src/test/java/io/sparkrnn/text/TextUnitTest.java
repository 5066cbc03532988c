package io.sparkrnn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextUnitTest {
  private final Tokenizer characters = new Tokenizer(TextUnit.CHARACTER);

  @Test
  void everyCharacterIsATokenAndTheyGiveTheTextBack() {
    String text = "It's  <b>U+000A</b>\n\tA\r\n\u2028 \u00e9 \ud83d\ude00 [PAD]\u0085";
    List<String> tokens = characters.tokenize(text);
    assertEquals(text.codePointCount(0, text.length()), tokens.size());
    assertTrue(tokens.contains("U+000A") && tokens.contains("\ud83d\ude00"));
    assertEquals(text, TextUnit.CHARACTER.join("", tokens));
  }

  @Test
  void everyCharacterCanStandInAVocabulary() {
    for (int codePoint = 0; codePoint < 0x20000; codePoint++) {
      String text = new String(Character.toChars(codePoint));
      List<String> tokens = characters.tokenize(text);
      assertEquals(1, tokens.size());
      assertTrue(Vocabulary.admits(tokens.get(0)), tokens.get(0));
      assertEquals(text, TextUnit.CHARACTER.join("", tokens));
    }
  }

  @Test
  void wordsHaveBlanksBetweenThem() {
    assertEquals(" a b", TextUnit.WORD.join("It was", List.of("a", "b")));
    assertEquals("a b", TextUnit.WORD.join("It was ", List.of("a", "b")));
    assertEquals("a", TextUnit.WORD.join("", List.of("a")));
    assertEquals("", TextUnit.WORD.join("It", List.of()));
  }

  @Test
  void textsAreEncodedAsTheyAreCounted() {
    String text = "to be\nor not";
    Padding padding = new Padding(8, Padding.Side.PRE, Padding.Side.POST);
    CountedTextsBuilder builder = new CountedTextsBuilder(TextUnit.CHARACTER, padding, false);
    builder.add(text, true);
    CountedTexts counted = builder.build();
    Vocabulary vocabulary = Vocabulary.ofWords(List.of("o", "U+000A", "t", "b"));
    assertEquals(
        List.of(4, 2, 1, 5, 1, 3, 2, 1),
        Arrays.stream(counted.ids(0, counted.numbersToIds(vocabulary))).boxed().toList());
    TextEncoder encoder =
        new TextEncoder(TextUnit.CHARACTER, vocabulary, padding, true, Ngrams.none());
    assertEquals(
        List.of(4, 2, 1, 5, 1, 3, 2, 1), Arrays.stream(encoder.sequence(text)).boxed().toList());
  }
}
