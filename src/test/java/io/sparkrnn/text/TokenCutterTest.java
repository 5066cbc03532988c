package io.sparkrnn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenCutterTest {
  private static List<String> cut(String text) {
    return new Tokenizer(TextUnit.TOKEN).tokenize(text);
  }

  private static String joined(String text) {
    return TextUnit.TOKEN.join("", cut(text));
  }

  @Test
  void marksAreTokensThatSayWhereTheyStand() {
    assertEquals(List.of("Don", "￭'￭", "t", "￭!"), cut("Don't!"));
    assertEquals(List.of("so", ",", "yes", "."), cut("so , yes ."));
    assertEquals(List.of("\"￭", "Ça", "va", "￭?", "￭\""), cut("\"Ça  va?\""));
    assertEquals(List.of("1", "￭.￭", "5", "￭%"), cut("1.5%"));
    assertEquals(List.of(), cut(" \n\t\u00a0"));
  }

  @Test
  void wordsAreComposedAndKeepTheirCaseAndMarks() {
    assertEquals(List.of("Él", "é"), cut("E\u0301l e\u0301"));
    assertEquals(List.of("हिन्दी"), cut("हिन्दी"));
    assertEquals(List.of("𝐀b", "😀", "￭😀￭", "x"), cut("𝐀b 😀😀x"));
  }

  @Test
  void tokensMakeTheTextAgain() {
    for (String text :
        List.of(
            "Don't!",
            "\"Hello,\" he said (twice) ...",
            "l' eau - c'est-à-dire 3,5 € ; oui",
            "what' s all the excitement about ?",
            "a.\"b",
            "x ￭",
            "--",
            "a - b")) {
      assertEquals(text.replace('￭', '■'), joined(text));
    }
    SplittableRandom random = new SplittableRandom(3);
    String alphabet = "ab'.,- éЖ1\"(";
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertEquals(text.toString().strip().replaceAll(" +", " "), joined(text.toString()));
    }
  }

  @Test
  void whatNoFileOfWordsHoldsSeparates() {
    assertEquals(List.of("a", "b"), cut("a\u0000b"));
    assertEquals(List.of("a", "b"), cut("a\ud800b"));
    cut("a\u2028b\u0085c").forEach(token -> assertTrue(Vocabulary.admits(token)));
  }

  @Test
  void longWordsAreCutAndJoinedAgain() {
    String word = "x".repeat(600);
    List<String> tokens = cut(word);
    assertEquals(3, tokens.size());
    assertEquals(word, joined(word));
  }

  @Test
  void tokensAreJoinedAfterATextThatIsThere() {
    assertEquals(" b", TextUnit.TOKEN.join("a", List.of("b")));
    assertEquals(", b", TextUnit.TOKEN.join("a", List.of("￭,", "b")));
  }
}
