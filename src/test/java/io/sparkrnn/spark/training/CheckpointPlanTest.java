package io.sparkrnn.spark.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.optim.OptimizerState;
import io.sparkrnn.train.RoundState;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointPlanTest {
  private static TrainingProgress progress(int epoch, int round) {
    OptimizerState optimizer = OptimizerState.of(List.of(), 1, 1);
    return new TrainingProgress(
        new RoundState(new float[1], optimizer, new float[0], epoch, round),
        new float[0],
        TrainingHistory.empty());
  }

  @Test
  void savingIsDueAfterWholeEpochsOfTheInterval() {
    CheckpointPlan plan = new CheckpointPlan("somewhere", 2, 0, false);
    assertTrue(plan.isDue(progress(2, 0)));
    assertTrue(plan.isDue(progress(4, 0)));
    assertFalse(plan.isDue(progress(3, 0)));
    assertFalse(plan.isDue(progress(2, 1)));
  }

  @Test
  void savingWithinAnEpochIsDueAfterSoManyRounds() {
    CheckpointPlan plan = new CheckpointPlan("somewhere", 1, 3, false);
    assertTrue(plan.isDue(progress(0, 3)));
    assertTrue(plan.isDue(progress(4, 6)));
    assertFalse(plan.isDue(progress(4, 7)));
    assertTrue(plan.isDue(progress(4, 0)));
  }

  @Test
  void whatCannotBeSavedIsTriedAgain(@TempDir Path folder) throws IOException {
    Path place = Files.createFile(folder.resolve("checkpoints"));
    Configuration hadoop = new Configuration(false);
    SavedProgress saved =
        new CheckpointPlan(place.toString(), 1, 0, false).open(new TreeMap<>(), hadoop);
    saved.save(progress(1, 0));
    Files.delete(place);
    saved.save(progress(2, 0));
    TrainingProgress read =
        new CheckpointPlan(place.toString(), 1, 0, true)
            .open(new TreeMap<>(), hadoop)
            .start(progress(0, 0));
    assertEquals(2, read.state().epoch());
  }

  @Test
  void withoutADirectoryOrAnIntervalNothingIsSavedAndNothingRead() {
    assertFalse(new CheckpointPlan("somewhere", -1, 1, false).isDue(progress(2, 0)));
    CheckpointPlan nowhere = new CheckpointPlan("", 1, 1, true);
    assertFalse(nowhere.isDue(progress(2, 0)));
    TrainingProgress initial = progress(0, 0);
    assertSame(initial, nowhere.open(new TreeMap<>(), new Configuration(false)).start(initial));
  }
}
