package io.sparkrnn.spark.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.optim.OptimizerState;
import io.sparkrnn.train.RoundState;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.TrainingListener;
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
    CheckpointPlan plan = new CheckpointPlan("somewhere", 2, 0, 0, 2, false);
    assertTrue(plan.isDue(progress(2, 0), 0));
    assertTrue(plan.isDue(progress(4, 0), 0));
    assertFalse(plan.isDue(progress(3, 0), 0));
    assertFalse(plan.isDue(progress(2, 1), 0));
  }

  @Test
  void savingWithinAnEpochIsDueAfterSoManyRounds() {
    CheckpointPlan plan = new CheckpointPlan("somewhere", 1, 3, 0, 2, false);
    assertTrue(plan.isDue(progress(0, 3), 0));
    assertTrue(plan.isDue(progress(4, 6), 0));
    assertFalse(plan.isDue(progress(4, 7), 0));
    assertTrue(plan.isDue(progress(4, 0), 0));
  }

  @Test
  void savingWithinAnEpochIsDueAfterSoManyMinutes() {
    CheckpointPlan plan = new CheckpointPlan("somewhere", 1, 0, 0.5, 2, false);
    assertFalse(plan.isDue(progress(0, 3), 29_999_999_999L));
    assertTrue(plan.isDue(progress(0, 3), 30_000_000_000L));
    CheckpointPlan never = new CheckpointPlan("somewhere", 1, 0, 0, 2, false);
    assertFalse(never.isDue(progress(0, 3), Long.MAX_VALUE));
  }

  private static SavedProgress open(String directory, boolean resume) {
    CheckpointPlan plan = new CheckpointPlan(directory, 2, 0, 0, 2, resume);
    return plan.open(
        new TreeMap<>(), new Configuration(false), TrainingListener.silent(), System::nanoTime);
  }

  private static TrainingProgress read(Path place) {
    try (SavedProgress saved = open(place.toString(), true)) {
      return saved.start(progress(0, 0));
    }
  }

  @Test
  void whatCannotBeSavedIsTriedAgainAfterTheNextRound(@TempDir Path folder) throws IOException {
    Path place = Files.createFile(folder.resolve("checkpoints"));
    try (SavedProgress saved = open(place.toString(), false)) {
      saved.save(progress(2, 0));
      Files.delete(place);
      saved.save(progress(2, 1));
      saved.save(progress(2, 2));
    }
    assertEquals(1, read(place).state().round());
  }

  @Test
  void theLastOfATrainingIsSavedWhateverTheInterval(@TempDir Path folder) {
    Path place = folder.resolve("checkpoints");
    try (SavedProgress saved = open(place.toString(), false)) {
      saved.save(progress(2, 0));
      saved.save(progress(3, 0));
      assertEquals(2, read(place).state().epoch());
      saved.saveAll();
    }
    assertEquals(3, read(place).state().epoch());
  }

  @Test
  void withoutADirectoryOrAnIntervalNothingIsSavedAndNothingRead() {
    assertFalse(new CheckpointPlan("somewhere", -1, 1, 1, 2, false).isDue(progress(2, 0), 0));
    CheckpointPlan nowhere = new CheckpointPlan("", 1, 1, 1, 2, true);
    assertFalse(nowhere.isDue(progress(2, 0), 0));
    TrainingProgress initial = progress(0, 0);
    try (SavedProgress saved = open("", true)) {
      assertSame(initial, saved.start(initial));
    }
  }
}
