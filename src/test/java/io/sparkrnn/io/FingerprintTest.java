package io.sparkrnn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.train.TrainingProgress;
import io.sparkrnn.train.config.OptionGroup;
import io.sparkrnn.train.config.OuterUpdate;
import io.sparkrnn.train.config.Rounds;
import io.sparkrnn.train.config.TrainingConfig;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final TrainingConfig CONFIG =
      TrainingConfig.defaults().with(new Rounds(2, 0, new OuterUpdate.Mean()));

  /** What version 0.1.0 wrote for the default configuration. */
  private static final SortedMap<String, String> FIRST_VERSION =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("batchSize", "32"),
              Map.entry("batchesPerRound", "0"),
              Map.entry("clipping.globalNorm", "0.0"),
              Map.entry("clipping.norm", "0.0"),
              Map.entry("clipping.value", "0.0"),
              Map.entry("learningRate", "0.001"),
              Map.entry("loss", "BINARY_CROSSENTROPY"),
              Map.entry("network.head.activation", "SIGMOID"),
              Map.entry("network.head.outputs", "1"),
              Map.entry("network.head.pooling", "LAST"),
              Map.entry("network.input.embeddingSize", "32"),
              Map.entry("network.input.kind", "Tokens"),
              Map.entry("network.input.maskZero", "true"),
              Map.entry("network.input.vocabularySize", "10000"),
              Map.entry("network.layers[0].cell", "LSTM"),
              Map.entry("network.layers[0].dropout", "0.0"),
              Map.entry("network.layers[0].goBackwards", "false"),
              Map.entry("network.layers[0].kind", "Recurrent"),
              Map.entry("network.layers[0].recurrentDropout", "0.0"),
              Map.entry("network.layers[0].resetAfter", "true"),
              Map.entry("network.layers[0].units", "32"),
              Map.entry("optimizer.epsilon", "1.0E-7"),
              Map.entry("optimizer.kind", "RmsProp"),
              Map.entry("optimizer.momentum", "0.0"),
              Map.entry("optimizer.rho", "0.9"),
              Map.entry("outer.kind", "Mean"),
              Map.entry("poolBatches", "50"),
              Map.entry("schedule.kind", "Constant"),
              Map.entry("seed", "1"),
              Map.entry("shards", "2")));

  private static Checkpoint checkpointOfTheFirstVersion() {
    return new Checkpoint(TrainingProgress.initial(CONFIG, new float[1]), FIRST_VERSION);
  }

  @Test
  void everySettingOfTheFirstVersionKeepsItsNameAndItsText() {
    SortedMap<String, String> now = new TreeMap<>(Fingerprint.of(CONFIG));
    now.keySet().retainAll(FIRST_VERSION.keySet());
    assertEquals(FIRST_VERSION, now);
  }

  @Test
  void groupsOfOptionsDoNotShowInNames() {
    assertTrue(
        Arrays.stream(TrainingConfig.class.getRecordComponents())
            .filter(c -> OptionGroup.class.isAssignableFrom(c.getType()))
            .noneMatch(
                c ->
                    Fingerprint.settings(CONFIG).keySet().stream()
                        .anyMatch(name -> name.startsWith(c.getName() + "."))));
  }

  @Test
  void aCheckpointOfTheFirstVersionMayBeContinuedWithTheDefaultsOfThen() {
    checkpointOfTheFirstVersion().checkContinuedBy(Fingerprint.of(CONFIG));
  }

  @Test
  void aCheckpointOfTheFirstVersionMayNotBeContinuedOtherwise() {
    SortedMap<String, String> other =
        Fingerprint.of(CONFIG.with(OptimizerSpec.Adam.defaults(), 0.001));
    assertThrows(
        IllegalArgumentException.class,
        () -> checkpointOfTheFirstVersion().checkContinuedBy(other));
  }
}
