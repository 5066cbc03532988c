package io.sparkrnn.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.cli.Commands;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OptionWordingTest {
  private final CommandLine train = Commands.train();

  private void becomes(String expected, String message) {
    assertEquals(expected, OptionWording.ofStages(message, train));
  }

  @Test
  void namesOfParametersBecomeOptions() {
    becomes("--epochs must be >= 1, got 0", "maxIter must be >= 1, got 0");
    becomes("--units must be > 0, got 0", "units must be > 0, got 0");
    becomes(
        "refused 3 of 4 rows, more than --max-refused-fraction 0.1 allows: {text is null=3}",
        "refused 3 of 4 rows, more than maxRefusedFraction 0.1 allows: {text is null=3}");
    becomes(
        "at most one of --clipvalue, --clipnorm and --global-clipnorm may be set",
        "at most one of clipvalue, clipnorm and globalClipnorm may be set");
    becomes(
        "loss is NaN at epoch 3; try a smaller --learning-rate or --global-clipnorm",
        "loss is NaN at epoch 3; try a smaller learningRate or globalClipnorm");
  }

  @Test
  void whatTheUserNamedStaysAsItIs() {
    becomes("there is no column 'maxIter'", "there is no column 'maxIter'");
    becomes("cannot read data/maxIter: damaged", "cannot read data/maxIter: damaged");
    becomes("cannot read maxIter.csv: damaged", "cannot read maxIter.csv: damaged");
    becomes("class NaN of someThing must be 0", "class NaN of someThing must be 0");
  }

  @Test
  void theHelpNamesOptionsAndQuotesLayersAsTheyAreWritten() {
    String help = train.getUsageMessage().replaceAll("\\s+", " ");
    for (String expected :
        List.of(
            "unless --accumulate-batches is more than 1",
            "unlike --threads-per-task",
            "factor reached after --decay-epochs",
            "momentum of --outer-update nesterov",
            "mergeMode=sum), lstm",
            "gru:16 goBackwards resetAfter=false",
            "between two checkpoints, -1 for none (default: 1)")) {
      assertTrue(help.contains(expected), expected + " in " + help);
    }
    assertFalse(help.contains("checkpointDir"), help);
    String unquoted = help.replaceAll("(?<!\\w)'[^']*'|fastText", "");
    assertFalse(unquoted.matches(".*\\b[a-z]+[A-Z]\\w*.*"), help);
  }
}
