package io.sparkrnn.train.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.TagHead;
import io.sparkrnn.nn.targets.StepTargets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagMetricsTest {
  private static final List<String> LABELS =
      List.of(
          "O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-MISC", "I-MISC", "E-PER", "S-PER", "B", "I");

  /** Sequences of labels, separated by a bar; the model is sure of what it predicts. */
  private static EvaluationBuilder builder(List<String> labels, String actual, String predicted) {
    EvaluationBuilder builder = new EvaluationBuilder(new TagHead(labels, false));
    int[] offsets = {0};
    for (String sequence : actual.split("\\|")) {
      int[] longer = Arrays.copyOf(offsets, offsets.length + 1);
      longer[offsets.length] = offsets[offsets.length - 1] + sequence.trim().split(" ").length;
      offsets = longer;
    }
    int[] truth = indices(labels, actual);
    int[] guess = indices(labels, predicted);
    float[] targets = new float[truth.length];
    float[] predictions = new float[truth.length * labels.size()];
    for (int t = 0; t < truth.length; t++) {
      targets[t] = truth[t];
      predictions[t * labels.size() + guess[t]] = 1;
    }
    builder.add(predictions, new StepTargets(targets, offsets));
    return builder;
  }

  private static int[] indices(List<String> labels, String sequences) {
    return Stream.of(sequences.replace("|", " ").trim().split(" +"))
        .mapToInt(labels::indexOf)
        .toArray();
  }

  /**
   * The first two are the examples of seqeval's documentation; the others follow from its rules: I-
   * without B- begins a span, and so does I- of another type; a span is right as a whole or not.
   */
  @ParameterizedTest
  @CsvSource({
    "O O O B-MISC I-MISC I-MISC O | B-PER I-PER O,"
        + " O O B-MISC I-MISC I-MISC I-MISC O | B-PER I-PER O, 0.5, 0.8",
    "B-PER I-PER O B-LOC, B-PER I-PER O B-LOC, 1, 1",
    "B-PER I-PER O, I-PER I-PER O, 1, 0.6666666666666666",
    "B-PER I-PER I-PER, B-PER I-PER O, 0, 0.6666666666666666",
    "B-PER I-PER I-PER, B-PER I-LOC I-PER, 0, 0.6666666666666666",
    "B-PER B-PER, B-PER I-PER, 0, 0.5",
    "I-PER | I-PER, I-PER | I-PER, 1, 1",
    "O O, O O, 0, 1",
    "O O, B-PER O, 0, 0.5",
    "B-PER I-PER E-PER O S-PER, B-PER I-PER I-PER O B-PER, 1, 0.6",
    "B-PER E-PER I-PER, B-PER I-PER B-PER, 1, 0.3333333333333333",
    "B I O B, B I O O, 0.6666666666666666, 0.75"
  })
  void spansAreThoseOfSeqeval(String actual, String predicted, double f1, double accuracy) {
    Evaluation evaluation = builder(LABELS, actual, predicted).build();
    assertEquals(f1, evaluation.value(Metric.SPAN_F1), 1e-12);
    assertEquals(accuracy, evaluation.value(Metric.ACCURACY), 1e-12);
  }

  /** f1_score(average='macro') of scikit-learn: 0.4, 0.5 and 0.8 of the labels that come. */
  @Test
  void macroF1IsTheMeanOfTheLabelsThatCome() {
    List<String> labels = List.of("a", "b", "c", "never");
    Evaluation evaluation = builder(labels, "a a a b b c c", "a b b b b c a").build();
    double a = 2.0 * 1 / (3 + 2);
    double b = 2.0 * 2 / (2 + 4);
    double c = 2.0 * 1 / (2 + 1);
    assertEquals((a + b + c) / 3, evaluation.value(Metric.MACRO_F1), 1e-12);
    assertTrue(Double.isNaN(evaluation.value(Metric.SPAN_F1)));
    assertEquals(1, evaluation.rows());
    assertEquals(2, evaluation.confusion()[0][1]);
  }

  @Test
  void partsMergeAsIfTheyWereOne() {
    EvaluationBuilder parts = builder(LABELS, "B-PER I-PER O", "B-PER I-PER O");
    parts.merge(builder(LABELS, "B-LOC O", "O O"));
    assertEquals(
        builder(LABELS, "B-PER I-PER O | B-LOC O", "B-PER I-PER O | O O").build(), parts.build());
  }
}
