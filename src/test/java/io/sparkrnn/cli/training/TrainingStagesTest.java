package io.sparkrnn.cli.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.cli.TrainCommand;
import io.sparkrnn.cli.session.Environment;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.config.RoundPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Which rows are held out for validation, when configuration and command line say what. */
class TrainingStagesTest {
  @TempDir private Path folder;

  private String config(String name, String lines) throws IOException {
    return Files.writeString(folder.resolve(name), lines).toString();
  }

  /** Returns what is trained when these are the arguments of the command line. */
  private static RnnClassifier trained(String... given) {
    CommandLine train = TrainCommand.line(new Environment(null, false));
    TrainCommand command = train.getCommand();
    List<String> all = command.withConfiguration(List.of(given), train);
    CommandSpec spec = CommandSpec.create();
    spec.addOption(CommandLine.Model.OptionSpec.builder("--config").type(List.class).build());
    spec.addOption(CommandLine.Model.OptionSpec.builder("--input").type(String.class).build());
    TrainingStages stages = new TrainingStages();
    stages.addOptions(spec);
    stages.apply(new CommandLine(spec).parseArgs(all.toArray(String[]::new)), Task.CLASSIFY);
    stages.check();
    return (RnnClassifier) stages.estimator();
  }

  private static void assertHeldOut(double split, String indicatorCol, String... given) {
    RnnClassifier classifier = trained(given);
    assertEquals(split, classifier.getValidationSplit());
    assertEquals(indicatorCol, classifier.getValidationIndicatorCol());
  }

  @Test
  void aTenthIsHeldOutWhenNobodySaysAnything() throws IOException {
    assertHeldOut(0.1, "", "--input=a.csv");
    assertHeldOut(0.1, "", "--input=a.csv", "--config", config("a.properties", "epochs=2\n"));
    assertEquals(0, new RnnClassifier().getValidationSplit());
    String help = TrainCommand.line(new Environment(null, false)).getUsageMessage();
    assertTrue(help.replaceAll("\\s+", " ").contains("stay together (default: 0.1)"), help);
  }

  @Test
  void shardsSayHowTheyAreAveraged() {
    RnnClassifier eight = trained("--input=a.csv", "--shards=8", "--batch-size=16");
    RoundPolicy policy = new RoundPolicy(8, 0, 1, OptimizerSpec.RmsProp.defaults());
    assertEquals(policy.rounds(), eight.trainingConfig(2).rounds());
    assertEquals("nesterov", eight.getOrDefault(eight.outerUpdate()));
    assertEquals(16, eight.trainingConfig(2).batching().batchSize());
    RnnClassifier many = trained("--input=a.csv", "--shards=32", "--batch-size=16");
    assertEquals(4, many.trainingConfig(2).batching().batchSize());
    RnnClassifier told = trained("--input=a.csv", "--shards=32", "--batches-per-round=7");
    assertEquals(7, told.trainingConfig(2).rounds().batchesPerRound());
    assertEquals(32, told.trainingConfig(2).batching().batchSize());
    RnnClassifier one = trained("--input=a.csv", "--shards=1");
    assertEquals("mean", one.getOuterUpdate());
    RnnClassifier auto = trained("--input=a.csv", "--shards=auto");
    assertEquals(0, auto.getShards());
  }

  @Test
  void whatIsSaidHolds() throws IOException {
    assertHeldOut(0, "", "--input=a.csv", "--validation-split=0");
    assertHeldOut(0, "held", "--input=a.csv", "--validation-indicator-col=held");
    String file = config("a.properties", "validation-indicator-col=held\n");
    assertHeldOut(0, "held", "--input=a.csv", "--config", file);
    assertHeldOut(
        0, "held", "--input=a.csv", "--validation-indicator-col=held", "--validation-split=0");
  }

  @Test
  void theCommandLineSwitchesOffWhatTheConfigurationSays() throws IOException {
    String split = config("split.properties", "validation-split=0.2\n");
    assertHeldOut(0, "held", "--config", split, "--validation-indicator-col", "held");
    String column = config("column.properties", "validationIndicatorCol=held\n");
    assertHeldOut(0.3, "", "--config=" + column, "--validation-split=0.3");
    assertHeldOut(0, "held", "--config", split, "--config", column);
    assertHeldOut(0.2, "", "--config", column, "--config", split);
  }

  @Test
  void theCommandLineSaysWhatIsTested() throws IOException {
    String split = config("split.properties", "test-split=0.2\nepochs=2\n");
    assertEquals(
        List.of("--epochs=2", "--config", split, "--test-input", "b.csv"),
        configured("--config", split, "--test-input", "b.csv"));
    String input = config("input.properties", "test-input=b.csv\n");
    assertEquals(
        List.of("--config=" + input, "--test-split=0.2"),
        configured("--config=" + input, "--test-split=0.2"));
    assertEquals(
        List.of("--test-input=b.csv", "--config", split, "--config", input),
        configured("--config", split, "--config", input).stream()
            .filter(argument -> !argument.startsWith("--epochs"))
            .toList());
  }

  private static List<String> configured(String... given) {
    CommandLine train = TrainCommand.line(new Environment(null, false));
    TrainCommand command = train.getCommand();
    return command.withConfiguration(List.of(given), train);
  }

  @Test
  void bothInOnePlaceAreRefused() throws IOException {
    String both = config("both.properties", "validation-split=0.2\nvalidation-indicator-col=h\n");
    for (String[] given :
        List.of(
            new String[] {"--config", both},
            new String[] {
              "--input=a.csv", "--validation-split=0.2", "--validation-indicator-col=h"
            })) {
      String message = assertThrows(InputException.class, () -> trained(given)).getMessage();
      assertTrue(message.startsWith("at most one of validation"), message);
      assertTrue(message.endsWith(" may be set, got 'h' and 0.2"), message);
    }
  }
}
