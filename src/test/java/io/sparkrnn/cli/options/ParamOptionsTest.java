package io.sparkrnn.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.input.InputException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ParamOptionsTest {
  private final RnnClassifier classifier = new RnnClassifier();
  private final RnnClassifier other = new RnnClassifier();
  private final ParamOptions options = new ParamOptions();
  private final CommandLine command = command();

  private CommandLine command() {
    CommandSpec spec = CommandSpec.create();
    options.add(spec, classifier);
    options.add(spec, other);
    return new CommandLine(spec);
  }

  private void parse(String... arguments) {
    options.apply(command.parseArgs(arguments));
  }

  @Test
  void everyParameterIsAnOptionUnlessInternal() {
    assertNotNull(command.getCommandSpec().findOption("--batch-size"));
    assertNotNull(command.getCommandSpec().findOption("--epochs"));
    assertNotNull(command.getCommandSpec().findOption("--global-clipnorm"));
    assertNull(command.getCommandSpec().findOption("--max-iter"));
    assertNull(command.getCommandSpec().findOption("--prediction-col"));
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
  void theOptionsOfASteadierTrainingAreOptions() {
    parse(
        "--accumulate-batches=4",
        "--label-smoothing=0.1",
        "--l2=1e-4",
        "--class-weight=0=1.0,1=2.5",
        "--ema-momentum=0.99",
        "--truncated-steps=50",
        "--plateau-patience=2",
        "--plateau-factor=0.5",
        "--plateau-min-delta=0.001",
        "--plateau-cooldown=1",
        "--min-learning-rate=1e-5");
    assertEquals(4, classifier.getAccumulateBatches());
    assertEquals(0.1, classifier.getLabelSmoothing());
    assertEquals(1e-4, classifier.getL2());
    assertEquals("0=1.0,1=2.5", classifier.getClassWeight());
    assertEquals(0.99, classifier.getEmaMomentum());
    assertEquals(50, classifier.getTruncatedSteps());
    assertEquals(2, classifier.getPlateauPatience());
    assertEquals(0.5, classifier.getPlateauFactor());
    assertEquals(0.001, classifier.getPlateauMinDelta());
    assertEquals(1, classifier.getPlateauCooldown());
    assertEquals(1e-5, classifier.getMinLearningRate());
    assertEquals("0.99", options.settings().get("ema-momentum"));
    assertEquals("32", options.defaults().get("batch-size"));
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
    assertTrue(help.contains("\nBatching: how the rows of a shard are grouped\n"), help);
    assertTrue(help.contains("default: rmsprop"), help);
  }

  @Test
  void aValueOfAnotherTypeIsRefusedByOptionAndValue() {
    assertEquals("--epochs must be a whole number, got 'many'", message("--epochs=many"));
    assertEquals("--mask-zero must be true or false, got 'yes'", message("--mask-zero=yes"));
  }

  @Test
  void aValueOutsideTheParametersRangeIsRefused() {
    assertEquals("--epochs must be >= 1, got 0", message("--epochs=0"));
  }

  private void checkRead(String... arguments) {
    parse(arguments);
    options.checkRead(
        Arrays.stream(arguments)
            .map(argument -> argument.substring(2).replaceFirst("=.*", ""))
            .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rho=0.5|optimizer rmsprop only, got adam",
        "--momentum=0|optimizer sgd or rmsprop only, got adam",
        "--nesterov|optimizer sgd only, got adam",
        "--decay-rate=0.5|schedule exponential only, got constant",
        "--decay-epochs=1|schedule exponential or cosine only, got constant",
        "--alpha=0|schedule cosine only, got constant",
        "--reset-after|layer gru only, got lstm",
        "--merge-mode=sum|bidirectional true only, got false",
        "--plateau-factor=0.5|plateau-patience > 0 only, got 0",
        "--min-learning-rate=0|plateau-patience > 0 only, got 0",
        "--missing-vectors=zero|pretrained-vectors only, got none"
      })
  void anOptionThatNothingReadsIsRefused(String argument, String rest) {
    String message =
        assertThrows(InputException.class, () -> checkRead("--optimizer=adam", argument))
            .getMessage();
    assertEquals(argument.replaceFirst("=.*", "") + " is read with --" + rest, message);
  }

  @Test
  void anOptionThatIsReadIsNot() {
    checkRead("--optimizer=adam", "--beta1=0", "--beta2=0", "--epsilon=1", "--units=3");
    checkRead("--optimizer=sgd", "--momentum=0", "--nesterov", "--schedule=cosine", "--alpha=0");
    checkRead("--decay-epochs=1", "--outer-update=nesterov", "--outer-momentum=0");
    checkRead("--outer-momentum=0");
    checkRead("--layer=gru", "--reset-after=false", "--bidirectional", "--merge-mode=sum");
    checkRead("--plateau-patience=10", "--plateau-cooldown=1");
    checkRead("--pretrained-vectors=v.txt", "--missing-vectors=zero");
  }

  @Test
  void whatOnlyTheConfigurationSaysMayBeUnread() {
    parse("--rho=0.5", "--optimizer=adam");
    options.checkRead(Set.of("optimizer"));
  }

  private String message(String... arguments) {
    return assertThrows(CommandLine.ParameterException.class, () -> parse(arguments)).getMessage();
  }
}
