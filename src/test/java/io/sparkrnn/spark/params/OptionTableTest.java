package io.sparkrnn.spark.params;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.SequencePadder;
import io.sparkrnn.spark.options.OptionRow;
import io.sparkrnn.spark.options.OptionRow.Mark;
import io.sparkrnn.spark.options.OptionRow.ReadWith;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.junit.jupiter.api.Test;

class OptionTableTest {
  private final RnnClassifier classifier = new RnnClassifier();

  private static List<String> marked(Mark mark) {
    return OptionTable.rows()
        .filter(row -> row.traits().contains(mark))
        .map(OptionRow::name)
        .toList();
  }

  @Test
  void everyParameterOfAStageIsARow() {
    Set<String> rows =
        OptionTable.groups(classifier).stream()
            .flatMap(group -> group.rows().stream())
            .map(OptionRow::name)
            .collect(Collectors.toSet());
    assertEquals(Stream.of(classifier.params()).map(Param::name).collect(Collectors.toSet()), rows);
  }

  @Test
  void fewOptionsAreInTwoGroups() {
    Set<String> seen = new HashSet<>();
    assertEquals(
        List.of("vocabularySize", "unit", "tieEmbedding"),
        OptionTable.rows().map(OptionRow::name).filter(name -> !seen.add(name)).toList());
  }

  @Test
  void aDefaultIsARecordsOrTheRowsOwnAndOfTheRowsType() {
    OptionTable.rows()
        .forEach(
            row ->
                row.defaultValue()
                    .ifPresent(
                        value ->
                            assertEquals(value, row.type().parse(value.toString()), row.name())));
    assertEquals(
        List.of(
            "inputCol",
            "outputCol",
            "thresholds",
            "batchesPerRound",
            "outerUpdate",
            "outerMomentum"),
        OptionTable.rows()
            .filter(row -> row.defaultValue().isEmpty())
            .map(OptionRow::name)
            .toList());
  }

  @Test
  void aNameThatIsAtSeveralPlacesOfTheConfigurationHasToSayAtWhich() {
    String message =
        assertThrows(
                IllegalStateException.class,
                () -> OptionRow.real("momentum", "of what?").defaultValue())
            .getMessage();
    assertEquals(
        "option momentum must be at one of [ema.momentum, optimizer.momentum]; say at which",
        message);
  }

  @Test
  void everyDefaultIsAllowed() {
    for (Param<?> param : classifier.params()) {
      if (classifier.hasDefault(param)) {
        Param<Object> same = classifier.getParam(param.name());
        classifier.set(same, classifier.getOrDefault(same));
      }
    }
    assertEquals("lstm", classifier.get(classifier.layer()).get());
  }

  @Test
  void anOptionIsReadWithOneThatThereIs() {
    OptionTable.rows()
        .flatMap(row -> row.trait(ReadWith.class).stream())
        .forEach(
            with ->
                assertTrue(
                    OptionTable.rows()
                        .anyMatch(row -> row.name().equals(with.other()) && row.isOnCommandLine()),
                    with.other()));
  }

  @Test
  void onlyPositiveNumbersArePositive() {
    ReadWith positive = new ReadWith("patience", List.of(ReadWith.POSITIVE));
    assertTrue(positive.holds("10"));
    assertFalse(positive.holds("0"));
  }

  @Test
  void theMarksAreThoseOfTokensAndOfAllLayers() {
    assertEquals(
        List.of(
            "vocabularySize",
            "embeddingSize",
            "maskZero",
            "embeddingDropout",
            "spatialDropout",
            "embeddingUpdates",
            "pretrainedVectors",
            "missingVectors",
            "freezeEmbedding",
            "wordDropout",
            "wide",
            "wideNgrams",
            "wideFeatures",
            "wideMinCount",
            "wideRegularization",
            "pretraining",
            "selfTraining",
            "selfTrainingFraction"),
        marked(Mark.OF_TOKENS));
    assertEquals(
        List.of(
            "layer",
            "units",
            "bidirectional",
            "mergeMode",
            "dropout",
            "recurrentDropout",
            "resetAfter",
            "goBackwards"),
        marked(Mark.OF_ALL_LAYERS));
    assertEquals(
        List.of("standardize", "melBands", "melLow", "melHigh", "frameMillis", "hopMillis"),
        marked(Mark.OF_VECTORS));
    assertEquals(marked(Mark.OF_VECTORS), new RnnClassifier().unread());
    assertEquals(
        Stream.of(Mark.OF_ALL_LAYERS, Mark.OF_VECTORS).flatMap(m -> marked(m).stream()).toList(),
        new RnnClassifier().setLayers("lstm:3").unread());
    assertEquals(marked(Mark.OF_TOKENS), new RnnClassifier().setVectorSize(3).unread());
    assertEquals(marked(Mark.OF_TOKENS), new RnnClassifier().setAudioCol("wav").unread());
  }

  @Test
  void aStageHasTheGroupsOfItsInterfaces() {
    assertEquals(
        List.of(OptionTable.COLUMN, OptionTable.PADDING), OptionTable.groups(new SequencePadder()));
    assertFalse(OptionTable.groups(classifier).contains(OptionTable.VOCABULARY));
  }

  @Test
  void aParameterThatIsNotInTheTableIsRefused() {
    assertEquals(
        "an option of group Run must be in the table, got none",
        assertThrows(
                IllegalArgumentException.class, () -> OptionTable.RUN.param(classifier, "none"))
            .getMessage());
  }
}
