package io.sparkrnn.cli.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.train.preflight.Preflights;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PreflightTextTest {
  @Test
  void everyFigureIsNamed() {
    String table =
        PreflightText.table(Preflights.example()).entrySet().stream()
            .map(row -> row.getKey() + " | " + row.getValue() + "\n")
            .collect(Collectors.joining());
    assertEquals(
        """
        shards | 2
        rows of a shard | smallest 50, mean 75, largest 100
        steps of a shard | smallest 400, mean 700, largest 1,000
        longest row | 20 steps
        classes | 0: 90 (60.0 %), 1: 60 (40.0 %)
        truncated | 5 rows, which lose 40 words
        out of vocabulary | 70 words (5.0 %)
        parameters | 500
        rounds of an epoch | 1
        a round sends | 0.0 MB to each of 2 executors, 0.0 MB back to the driver in 2 results
        an executor | 0.3 MB: shards 0.0 MB, state 0.0 MB, parameters and gradients of tasks 0.0 MB, tapes 0.2 MB; heap 512 MB
        the driver | 0.0 MB: state 0.0 MB, averaging 0.0 MB, results that wait 0.0 MB, best parameters 0.0 MB; heap 1,024 MB
        this machine | 12 GFLOP/s a task
        a round | 0.250 s
        an epoch | 4.0 s
        the training | 41.5 s, of which 1.5 s until the code is compiled
        """,
        table);
  }

  @Test
  void aTrainingTellsTheMostOfItInOneLine() {
    assertEquals(
        "2 shards, 1 round an epoch, 0.0 MB to each executor and 0.0 MB back in each; driver about"
            + " 0.0 MB of 1,024 MB",
        PreflightText.line(Preflights.example()));
  }
}
