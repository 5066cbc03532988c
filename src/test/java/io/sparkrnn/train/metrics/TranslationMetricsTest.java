package io.sparkrnn.train.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.TranslationHead;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected values are those of SacreBLEU 2.6.0: corpus_bleu and corpus_chrf as they are. */
class TranslationMetricsTest {
  private static final List<String> MADE =
      List.of(
          "The dog bit the man.",
          "It was not unexpected.",
          "The man bit him first, didn't he?",
          "a 3.5% rise - of $1,000-2,000 & more",
          "",
          "ça va ?",
          "le chat est sur le tapis rouge aujourd'hui");
  private static final List<String> WANTED =
      List.of(
          "The dog had bit the man.",
          "No one was surprised.",
          "The man had bitten the dog.",
          "A rise of 3.5% - $1,000-2,000 &amp; more!",
          "Nothing",
          "ça va bien ?",
          "le chat est sur le tapis vert aujourd'hui .");

  private static double bleu(String made, String wanted) {
    Bleu bleu = new Bleu();
    bleu.add(made, wanted);
    return bleu.score();
  }

  private static double chrf(String made, String wanted) {
    Chrf chrf = new Chrf();
    chrf.add(made, wanted);
    return chrf.score();
  }

  @Test
  void sentencesHaveTheScoresOfSacreBleu() {
    double[] bleu = {
      51.15078115793242,
      12.703318703865365,
      9.535414040914192,
      46.750469682990165,
      0,
      0,
      62.401954419369176
    };
    double[] chrf = {
      67.64711450656517,
      16.975848873121873,
      29.080270860297734,
      52.40182977991152,
      0,
      30.90948254016522,
      77.53396666584523
    };
    for (int i = 0; i < MADE.size(); i++) {
      assertEquals(bleu[i], bleu(MADE.get(i), WANTED.get(i)), 1e-9);
      assertEquals(chrf[i], chrf(MADE.get(i), WANTED.get(i)), 1e-9);
    }
    assertEquals(20.80119537801062, bleu("the cat sat on mat", "the cat was on a mat"), 1e-9);
    assertEquals(0, bleu("a b c d e", "x y z v w"));
    assertEquals(0, bleu("a b c", "a b c"));
    assertEquals(100, chrf("ab", "ab"), 1e-9);
  }

  @Test
  void partsOfACorpusMergeIntoItsScore() {
    TranslationHead head =
        new TranslationHead(
            9,
            2,
            List.of(LayerSpec.Recurrent.of(CellType.GRU, 2)),
            TranslationHead.Score.GENERAL,
            false);
    EvaluationBuilder all = new EvaluationBuilder(head);
    for (int i = 0; i < MADE.size(); i++) {
      EvaluationBuilder part = new EvaluationBuilder(head);
      part.addText(-2 * Math.log(2), 2, 0);
      part.addTranslation(MADE.get(i), WANTED.get(i));
      all.merge(part);
    }
    Evaluation evaluation = all.build();
    assertEquals(38.786856038903316, evaluation.value(Metric.BLEU), 1e-9);
    assertEquals(49.91222268646257, evaluation.value(Metric.CHRF), 1e-9);
    assertEquals(2, evaluation.value(Metric.PERPLEXITY), 1e-9);
    assertEquals(Metric.PERPLEXITY, evaluation.watched());
    assertEquals(7, evaluation.rows());
    EvaluationBuilder none = new EvaluationBuilder(head);
    none.addText(-1, 2, 0);
    assertFalse(none.build().metrics().containsKey(Metric.BLEU));
  }

  @Test
  void tokensAreThoseOfMteval() {
    assertEquals(
        "a \" b < c xy z 1 - 2 3.14 . 5 5 . a . b 1,000 , ( x ) [ y ] { z } ~ ` q' @ / \\ ^ _ U . S .",
        String.join(
            " ",
            Bleu.tokens(
                "a&quot;b&lt;c x-\ny\nz 1-2 3.14 .5 5. a.b 1,000, (x) [y] {z} ~ `q' @ / \\ ^_"
                    + " U.S.")));
  }
}
