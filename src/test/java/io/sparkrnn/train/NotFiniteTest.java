package io.sparkrnn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.optim.Clipping;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parameters that are NaN or infinite end a training; they never become a model. */
class NotFiniteTest {
  private static final TrainingConfig CONFIG = TinyData.config();
  private static final PackedShard SHARD = TinyData.shard(45, 4);

  private static String message(TrainingConfig config, float[] parameters) {
    LocalTrainer trainer = LocalTrainer.sequential(config, TrainingListener.silent(), () -> 0);
    TrainingProgress start = TrainingProgress.initial(config, parameters);
    return assertThrows(
            TrainingException.class, () -> trainer.resume(start, List.of(SHARD), List.of()))
        .getMessage();
  }

  @Test
  void aParameterThatIsNaNAtTheStartShowsInTheLossOfTheFirstBatch() {
    Network network = new Network(CONFIG.network());
    for (ParameterLayout.Entry entry : network.layout().entries()) {
      float[] parameters = network.initialParameters(1);
      int end = entry == network.embedding() ? entry.size() : 1;
      for (int i = 0; i < end; i++) {
        parameters[entry.offset() + i] = Float.NaN;
      }
      String message = message(CONFIG, parameters);
      assertTrue(message.startsWith("loss is NaN at epoch 1, batch 1 ("), entry.name() + message);
    }
  }

  @Test
  void aWordThatNoRowHasIsNotForgotten() {
    float[] parameters = new Network(CONFIG.network()).initialParameters(1);
    parameters[0] = Float.NaN;
    assertEquals(
        "'embedding/embeddings' must be finite, got NaN after epoch 1, batch 6; try a smaller"
            + " learningRate, or set globalClipnorm",
        message(CONFIG, parameters));
  }

  @Test
  void theOptionsThatAreSetAreNamed() {
    float[] parameters = new Network(CONFIG.network()).initialParameters(1);
    parameters[parameters.length - 1] = Float.NaN;
    assertAdvice("learningRate, or set globalClipnorm", Clipping.none(), parameters);
    assertAdvice("learningRate or globalClipnorm", new Clipping(0, 0, 5), parameters);
    assertAdvice("learningRate or clipnorm", new Clipping(0, 5, 0), parameters);
    assertAdvice("learningRate or clipvalue", new Clipping(5, 0, 0), parameters);
  }

  private static void assertAdvice(String expected, Clipping clipping, float[] parameters) {
    String message = message(CONFIG.with(clipping), parameters);
    assertTrue(message.startsWith("loss is NaN at epoch 1, batch 1 ("), message);
    assertTrue(message.endsWith("); try a smaller " + expected), message);
  }

  @Test
  void whatTheLastStepBreaksIsNotHandedOut() {
    TrainingConfig config = CONFIG.withBatches(64, 1).with(new OptimizerSpec.Sgd(0, false), 1e300);
    String message = message(config, new Network(config.network()).initialParameters(1));
    assertTrue(
        message.matches("'\\S+' must be finite, got \\S+ after epoch 1, batch 1;.*"), message);
  }
}
