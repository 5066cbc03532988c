package io.sparkrnn.cli;

import io.sparkrnn.spark.RnnModel;
import io.sparkrnn.spark.RnnTranslatorModel;
import io.sparkrnn.spark.input.InputException;
import picocli.CommandLine.Option;

/** The options of commands that are for translators alone; what is not given is as in training. */
final class TranslationOptions {
  @Option(
      names = "--source-col",
      paramLabel = "NAME",
      description = "translators: column of texts to translate (default: as in training)")
  private String sourceCol;

  @Option(
      names = "--target-col",
      paramLabel = "NAME",
      description = "translators: column of translations (default: as in training)")
  private String targetCol;

  @Option(
      names = "--beam",
      paramLabel = "B",
      description =
          "translators: translations of a text that are tried side by side (default: as in"
              + " training)")
  private Integer beam;

  @Option(
      names = "--length-penalty",
      paramLabel = "X",
      description =
          "translators: 0 to prefer probable translations, which are short, 1 those whose tokens"
              + " are probable (default: as in training)")
  private Double lengthPenalty;

  @Option(
      names = "--translation-length",
      paramLabel = "N",
      description = "translators: most tokens of a translation (default: as in training)")
  private Integer translationLength;

  /**
   * Sets what was given.
   *
   * @param model Modified, if it is a translator.
   * @throws InputException when a value is none that the model takes
   */
  void apply(RnnModel<?> model) {
    if (!(model instanceof RnnTranslatorModel translator)) {
      return;
    }
    try {
      if (sourceCol != null) {
        translator.setSourceCol(sourceCol);
      }
      if (targetCol != null) {
        translator.setTargetCol(targetCol);
      }
      if (beam != null) {
        translator.setBeam(beam);
      }
      if (lengthPenalty != null) {
        translator.setLengthPenalty(lengthPenalty);
      }
      if (translationLength != null) {
        translator.setTranslationLength(translationLength);
      }
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  /** Returns what the rows of a scoring depend on. */
  String text() {
    return "%s %s %s %s".formatted(sourceCol, beam, lengthPenalty, translationLength);
  }
}
