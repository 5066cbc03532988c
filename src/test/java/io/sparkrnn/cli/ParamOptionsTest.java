package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.spark.RnnClassifier;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ParamOptionsTest {
  private final RnnClassifier classifier = new RnnClassifier();
  private final RnnClassifier other = new RnnClassifier();
  private final ParamOptions options = new ParamOptions();
  private final CommandLine command = command();

  private CommandLine command() {
    CommandSpec spec = CommandSpec.create();
    options.add(spec, "Training:%n", classifier, Set.of("featuresCol"));
    options.add(spec, "More:%n", other, Set.of());
    return new CommandLine(spec);
  }

  private void parse(String... arguments) {
    options.apply(command.parseArgs(arguments));
  }

  @Test
  void everyParameterIsAnOptionUnlessHidden() {
    assertNotNull(command.getCommandSpec().findOption("--batch-size"));
    assertNotNull(command.getCommandSpec().findOption("--epochs"));
    assertNotNull(command.getCommandSpec().findOption("--global-clipnorm"));
    assertNull(command.getCommandSpec().findOption("--max-iter"));
  }

  @Test
  void valuesOfEveryTypeAreSet() {
    parse("--epochs=3", "--seed", "-7", "--learning-rate=0.5", "--layer=gru", "--bidirectional");
    assertEquals(3, classifier.getMaxIter());
    assertEquals(-7, classifier.getSeed());
    assertEquals(0.5, classifier.getStepSize());
    assertEquals("gru", classifier.getLayer());
    assertTrue(classifier.getBidirectional());
  }

  @Test
  void aSwitchTakesAValueToo() {
    parse("--mask-zero", "false", "--bidirectional=false");
    assertEquals(false, classifier.getMaskZero());
    assertEquals(false, classifier.getBidirectional());
  }

  @Test
  void aSharedParameterGoesToEveryStage() {
    parse("--vocabulary-size=77");
    assertEquals(77, classifier.getVocabularySize());
    assertEquals(77, other.getVocabularySize());
  }

  @Test
  void whatIsNotGivenKeepsTheStagesDefault() {
    parse();
    assertEquals(new RnnClassifier().getBatchSize(), classifier.getBatchSize());
  }

  @Test
  void theHelpShowsDescriptionAndDefaultOfTheStage() {
    String help = command.getUsageMessage();
    assertTrue(help.contains("Training:"), help);
    assertTrue(help.contains("default: rmsprop"), help);
  }

  @Test
  void aValueOfAnotherTypeIsRefusedByOptionAndValue() {
    assertEquals("--epochs must be a whole number, got 'many'", message("--epochs=many"));
    assertEquals("--mask-zero must be true or false, got 'yes'", message("--mask-zero=yes"));
  }

  @Test
  void aValueOutsideTheParametersRangeIsRefused() {
    assertEquals("--epochs: maxIter must be >= 1, got 0", message("--epochs=0"));
  }

  private String message(String... arguments) {
    return assertThrows(CommandLine.ParameterException.class, () -> parse(arguments)).getMessage();
  }
}
