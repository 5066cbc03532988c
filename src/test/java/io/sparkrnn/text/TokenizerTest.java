package io.sparkrnn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerTest {
  private final Tokenizer tokenizer = new Tokenizer();

  private void check(String text, String... words) {
    assertEquals(List.of(words), tokenizer.tokenize(text));
  }

  @Test
  void wordsAreLettersAndDigitsInLowerCase() {
    check("The 2nd film, (1999) -- WOW!!!", "the", "2nd", "film", "1999", "wow");
    check("3.5/10 well-made a_b", "3", "5", "10", "well", "made", "a", "b");
  }

  @Test
  void emptyAndBlankTextsHaveNoWords() {
    check("");
    check(" \t\n ... !");
  }

  @Test
  void innerApostrophesStayAndOuterOnesGo() {
    check(
        "don't 'quoted' rock 'n' roll dogs' '90s",
        "don't",
        "quoted",
        "rock",
        "n",
        "roll",
        "dogs",
        "90s");
    check("it''s o'er'", "it", "s", "o'er");
  }

  @Test
  void typographicApostrophesBecomePlainOnes() {
    check(
        "don\u2019t \u2018so\u2019 I\u00b4m can`t it\u0092s",
        "don't",
        "so",
        "i'm",
        "can't",
        "it's");
    check("isn&#39;t isn&rsquo;t isn&#x2019;t isn&apos;t", "isn't", "isn't", "isn't", "isn't");
  }

  @Test
  void htmlBreaksAndTagsSeparateWords() {
    check("end.<br /><br />Begin<BR>again</p>", "end", "begin", "again");
    check("<a href='x.html'>link</a><!-- note -->text<?x y?>", "link", "text");
  }

  @Test
  void anglesThatOpenNoTagAreSeparators() {
    check("I <3 it, 1<2 and 3>2 <", "i", "3", "it", "1", "2", "and", "3", "2");
    check("so <b never closed", "so", "b", "never", "closed");
    check("a <b <i>c</i>", "a", "b", "c");
  }

  @Test
  void entitiesStandForTheirCharacter() {
    check(
        "caf&eacute; caf&#233; caf&#xE9; a&amp;b c&nbsp;d &quot;e&quot;",
        "caf\u00e9",
        "caf\u00e9",
        "caf\u00e9",
        "a",
        "b",
        "c",
        "d",
        "e");
    check(
        "&amp;eacute; AT&T; R&D &#; &#x; &#99999999; &",
        "eacute",
        "at",
        "t",
        "r",
        "d",
        "x",
        "99999999");
    check("&#65;&#66;", "ab");
  }

  @Test
  void lettersBeyondTheBasicPlaneAreLetters() {
    check("\ud835\udc00bc \ud83d\ude00 ok", "\ud835\udc00bc", "ok");
    check(
        "\u041c\u043e\u0441\u043a\u0432\u0410 \u0663\u0664",
        "\u043c\u043e\u0441\u043a\u0432\u0430",
        "\u0663\u0664");
    check("lone \ud800 surrogate\udc00s", "lone", "surrogate", "s");
  }

  @Test
  void composedAndDecomposedFormsAreTheSameWord() {
    check("Cafe\u0301 CAF\u00c9", "caf\u00e9", "caf\u00e9");
    check("\u0301alone", "alone");
  }

  @Test
  void lowerCaseDoesNotDependOnTheLocale() {
    check("TITLE \u0130I", "title", "i\u0307i");
    check("\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c2");
  }

  @Test
  void invisibleCharactersVanish() {
    check("\ufeffso\u00adft hy&shy;phen", "soft", "hyphen");
  }

  @Test
  void overlongWordsAreCutIntoPieces() {
    List<String> words = tokenizer.tokenize("x".repeat(600));
    assertEquals(List.of(255, 255, 90), words.stream().map(String::length).toList());
  }

  /** In quadratic time this test would take hours. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "<|0",
        "<a|5000000",
        "&|0",
        "&#|0",
        "a'|39063",
        "\u0301\u0327|0",
        "a\u0301|39216",
        "good film |2000000"
      })
  void hostileTextsOfTenMegabytesTakeLinearTime(String unit, int words) {
    String text = unit.repeat(10_000_000 / unit.length());
    assertEquals(words, tokenizer.tokenize(text).size());
  }

  @Test
  void tokenizingTheJoinedWordsChangesNothing() {
    Random random = new Random(7);
    String alphabet = "abcXYZ019 .'<>&;/#-\u2019\u00e9\u00c9\u0301\u00ad\u0130\u03a3";
    for (int n = 0; n < 2000; n++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      List<String> words = tokenizer.tokenize(text.toString());
      assertEquals(words, tokenizer.tokenize(String.join(" ", words)), text.toString());
    }
  }
}
