package io.sparkrnn.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OptionNamesTest {
  @Test
  void aParameterBecomesLowerCaseWithDashes() {
    assertEquals("batch-size", OptionNames.canonical("batchSize"));
    assertEquals("batches-per-round", OptionNames.canonical("batchesPerRound"));
    assertEquals("beta1", OptionNames.canonical("beta1"));
    assertEquals("units", OptionNames.canonical("units"));
  }

  @Test
  void kerassSpellingIsUnderstood() {
    assertEquals("recurrent-dropout", OptionNames.canonical("recurrent_dropout"));
    assertEquals(
        "--recurrent-dropout=some_file",
        OptionNames.canonicalArgument("--recurrent_dropout=some_file"));
  }

  @Test
  void sparksNamesForEpochsAndLearningRateAreUnderstood() {
    assertEquals("epochs", OptionNames.canonical("maxIter"));
    assertEquals("epochs", OptionNames.canonical("max-iter"));
    assertEquals("learning-rate", OptionNames.canonical("stepSize"));
    assertEquals("learning-rate", OptionNames.canonical("learningRate"));
  }

  @Test
  void onlyTheNameOfAnArgumentIsChanged() {
    assertEquals("--batch-size=Aa", OptionNames.canonicalArgument("--batchSize=Aa"));
    assertEquals("--epochs", OptionNames.canonicalArgument("--maxIter"));
    assertEquals("someFile=X", OptionNames.canonicalArgument("someFile=X"));
    assertEquals("-h", OptionNames.canonicalArgument("-h"));
  }
}
