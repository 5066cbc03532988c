package io.sparkrnn.spark.params;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.io.Checkpoint;
import io.sparkrnn.io.Fingerprint;
import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.options.LayerText;
import io.sparkrnn.train.TrainingProgress;
import io.sparkrnn.train.config.TrainingConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What parameters mean to the engine: the same as when each option stood in eight places. */
class TrainingSetupTest {
  private static RnnClassifier classifier(String name) {
    RnnClassifier defaults = new RnnClassifier();
    return switch (name) {
      case "layers" -> layers(defaults);
      case "vectors" -> vectors(defaults);
      default -> defaults;
    };
  }

  private static RnnClassifier layers(RnnClassifier classifier) {
    return classifier
        .setLayers(
            "bidirectional(gru:6 dropout=0.1, mergeMode=sum), lstm:5 recurrentDropout=0.2,"
                + " simple_rnn:4 goBackwards")
        .setPooling("attention")
        .setVocabularySize(77)
        .setEmbeddingSize(9)
        .setEmbeddingDropout(0.1)
        .setSpatialDropout(0.2)
        .setMaskZero(false)
        .setOptimizer("adamw")
        .setWeightDecay(0.01)
        .setStepSize(0.003)
        .setSchedule("cosine")
        .setAlpha(0.05)
        .setWarmUpEpochs(1.5)
        .setGlobalClipnorm(2)
        .setEmaMomentum(0.99)
        .setTruncatedSteps(50)
        .setPlateauPatience(2)
        .setPlateauFactor(0.5)
        .setMinLearningRate(1e-5)
        .setFreezeEmbedding(true)
        .setEmbeddingUpdates("lazy")
        .setBatchSize(16)
        .setAccumulateBatches(2)
        .setPoolBatches(7)
        .setWordDropout(0.15)
        .setShards(4)
        .setBatchesPerRound(10)
        .setOuterUpdate("nesterov")
        .setOuterMomentum(0.75)
        .setLabelSmoothing(0.1)
        .setL2(1e-4)
        .setLoss("categorical_crossentropy")
        .setSeed(9)
        .setMonitorEvery(3)
        .setMaxIter(5)
        .setPatience(2)
        .setChunkRows(8)
        .setThreadsPerTask(2)
        .setMaxTapeMegabytes(64);
  }

  private static RnnClassifier vectors(RnnClassifier classifier) {
    return classifier
        .setVectorSize(12)
        .setLayer("gru")
        .setUnits("8, 6")
        .setBidirectional(true)
        .setMergeMode("ave")
        .setResetAfter(false)
        .setGoBackwards(true)
        .setDropout(0.3)
        .setRecurrentDropout(0.4)
        .setLoss("mean_squared_error")
        .setOptimizer("sgd")
        .setMomentum(0.9)
        .setNesterov(true)
        .setSchedule("exponential")
        .setDecayRate(0.5)
        .setDecayEpochs(3)
        .setClipvalue(1.5)
        .setPooling("max_mean");
  }

  /** A fingerprint as 0.2.0-SNAPSHOT wrote it before options came from one table. */
  private static SortedMap<String, String> recorded(String name) throws IOException {
    Properties properties = new Properties();
    Path file = Path.of("src/test/resources/fingerprints", name + ".properties");
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    SortedMap<String, String> fingerprint = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(key -> fingerprint.put(key, properties.getProperty(key)));
    return fingerprint;
  }

  /** Unless set, there were two shards, chunks of 128 rows and an epoch's mean, taken as it is. */
  private static RnnClassifier asItWas(RnnClassifier classifier) {
    if (!classifier.isSet(classifier.batchesPerRound())) {
      classifier.setBatchesPerRound(0).setOuterUpdate("mean");
    }
    if (!classifier.isSet(classifier.chunkRows())) {
      classifier.setChunkRows(128);
    }
    if (!classifier.isSet(classifier.shards())) {
      classifier.setShards(2);
    }
    return classifier;
  }

  @ParameterizedTest
  @ValueSource(strings = {"defaults", "layers", "vectors"})
  void aRecordedCheckpointMayBeContinued(String name) throws IOException {
    SortedMap<String, String> recorded = recorded(name);
    TrainingConfig config = asItWas(classifier(name)).trainingConfig(3);
    SortedMap<String, String> now = new TreeMap<>(Fingerprint.of(config));
    Checkpoint checkpoint =
        new Checkpoint(TrainingProgress.initial(config, new float[1]), recorded);
    checkpoint.checkContinuedBy(now);
    SortedMap<String, String> other = Fingerprint.of(config.withSeed(4711));
    assertThrows(IllegalArgumentException.class, () -> checkpoint.checkContinuedBy(other));
    now.keySet().retainAll(recorded.keySet());
    assertEquals(recorded, now);
  }

  @Test
  void layersAreThoseOfTheText() {
    String text = "bidirectional(gru:4, mergeMode=sum), lstm:3 dropout=0.2, simple_rnn:2";
    assertEquals(
        LayerText.parse(text),
        new RnnClassifier().setLayers(text).trainingConfig(2).network().layers());
  }
}
