package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.cli.session.Environment;
import io.sparkrnn.spark.input.InputException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.CommandSpec;

/** Which options nothing reads. */
class ReadWithTest {
  private final Map<String, String> values =
      new HashMap<>(
          Map.of(
              "optimizer", "adam",
              "schedule", "constant",
              "outer-update", "mean",
              "layer", "lstm",
              "bidirectional", "false",
              "plateau-patience", "0",
              "pretrained-vectors", "",
              "input", "a.csv"));

  private void check(String... given) {
    ReadWith.check(Set.of(given), values::get);
  }

  @ParameterizedTest
  @CsvSource({
    "rho, with --optimizer rmsprop only; got adam",
    "momentum, with --optimizer sgd or rmsprop only; got adam",
    "nesterov, with --optimizer sgd only; got adam",
    "decay-rate, with --schedule exponential only; got constant",
    "decay-epochs, with --schedule exponential or cosine only; got constant",
    "alpha, with --schedule cosine only; got constant",
    "outer-momentum, with --outer-update nesterov only; got mean",
    "reset-after, with --layer gru only; got lstm",
    "merge-mode, with --bidirectional true only; got false",
    "plateau-factor, with --plateau-patience > 0 only; got 0",
    "min-learning-rate, with --plateau-patience > 0 only; got 0",
    "missing-vectors, with --pretrained-vectors only; got none",
    "sample, without --input only; got a.csv"
  })
  void anOptionThatNothingReadsIsRefused(String option, String rest) {
    String message = assertThrows(InputException.class, () -> check("epochs", option)).getMessage();
    assertEquals("--" + option + " is read " + rest.replace(';', ','), message);
  }

  @Test
  void anOptionThatIsReadIsNot() {
    check("beta1", "beta2", "epsilon", "units");
    values.putAll(
        Map.of(
            "optimizer", "sgd",
            "schedule", "cosine",
            "outer-update", "nesterov",
            "layer", "gru",
            "bidirectional", "true",
            "plateau-patience", "10",
            "pretrained-vectors", "v.txt",
            "input", ""));
    check("momentum", "nesterov", "alpha", "decay-epochs", "outer-momentum", "reset-after");
    check("merge-mode", "plateau-cooldown", "missing-vectors", "sample");
  }

  @Test
  void everyOptionOfTheTableIsOneOfTheCommand() {
    CommandSpec train = TrainCommand.line(new Environment(null, false)).getCommandSpec();
    Set<String> unknown =
        ReadWith.options()
            .filter(name -> train.findOption("--" + name) == null)
            .collect(Collectors.toSet());
    assertEquals(Set.of(), unknown);
  }
}
