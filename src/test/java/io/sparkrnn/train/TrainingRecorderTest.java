package io.sparkrnn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sparkrnn.nn.Network;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.Refusals;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingRecorderTest {
  private final TrainingRecorder recorder = new TrainingRecorder();

  @Test
  void theRecordHoldsAllThatWasHeard() {
    Refusals refused = new Refusals(Map.of("text is null", 2L));
    VectorCoverage coverage = new VectorCoverage("v.txt", 4, 2, 10, 5);
    recorder.rowsUnlabelled(3, false);
    recorder.rowsRead(10, 4, refused);
    recorder.vectorsRead(coverage);
    recorder.timeSpent(Phase.PREPARING, 1_000_000_000);
    recorder.timeSpent(Phase.PREPARING, 500_000_000);
    TrainingRecord record = recorder.record();
    assertNull(record.config());
    assertEquals(3, record.unlabelledRows());
    assertEquals(10, record.trainingRows());
    assertEquals(4, record.validationRows());
    assertEquals(refused, record.refusals());
    assertEquals(coverage, record.vectors());
    assertEquals(Map.of(Phase.PREPARING, 1.5), record.seconds());
  }

  @Test
  void theCourseIsThatOfTheTraining() {
    TrainingConfig config = TinyData.config();
    TrainingProgress trained =
        LocalTrainer.sequential(config, recorder, () -> 0)
            .train(TinyData.shards(20, 9), List.of(TinyData.shard(30, 9)));
    TrainingRecord record = recorder.record();
    assertEquals(config, record.config());
    assertEquals(29, record.trainingRows());
    assertEquals(30, record.validationRows());
    assertEquals(trained.history(), record.history());
    assertEquals(trained.history().best().validation(), record.validation());
  }

  /** A training that goes on after its last epoch has nothing more to tell than its history. */
  @Test
  void theEpochsBeforeACheckpointAreInTheRecord() {
    TrainingConfig config = TinyData.config();
    List<PackedShard> shards = TinyData.shards(20, 9);
    TrainingProgress trained =
        LocalTrainer.sequential(config, TrainingListener.silent(), () -> 0)
            .train(shards, List.of());
    LocalTrainer.sequential(config, recorder, () -> 0).resume(trained, shards, List.of());
    assertEquals(trained.history(), recorder.record().history());
  }

  /** The end of an epoch is all that is left when a checkpoint was taken after its last round. */
  @Test
  void anEpochWhoseRoundsRanBeforeACheckpointHasNoCourse() {
    TrainingConfig config = TinyData.config();
    List<PackedShard> shards = TinyData.shards(20, 9);
    List<TrainingProgress> steps = new ArrayList<>();
    LocalTrainer.sequential(config, TrainingListener.silent(), () -> 0)
        .resume(
            TrainingProgress.initial(
                config, new Network(config.network()).initialParameters(config.seed())),
            shards,
            List.of(),
            steps::add);
    LocalTrainer.sequential(config, recorder, () -> 0).resume(steps.get(0), shards, List.of());
    int epochs = config.stopping().epochs();
    assertEquals(epochs, recorder.record().history().epochs().size());
    assertEquals(epochs - 1, recorder.record().course().size());
    assertEquals(2, recorder.record().course().get(0).epoch());
  }

  @Test
  void listenersTogetherHearEveryEventInTheirOrder() throws ReflectiveOperationException {
    for (Method event : TrainingListener.class.getMethods()) {
      if (!event.isDefault()) {
        continue;
      }
      List<String> heard = new ArrayList<>();
      TrainingListener both = TrainingListener.all(hearing("a", heard), hearing("b", heard));
      event.invoke(both, arguments(event));
      assertEquals(List.of("a " + event.getName(), "b " + event.getName()), heard);
    }
  }

  private static TrainingListener hearing(String name, List<String> heard) {
    return (TrainingListener)
        java.lang.reflect.Proxy.newProxyInstance(
            TrainingListener.class.getClassLoader(),
            new Class<?>[] {TrainingListener.class},
            (proxy, event, arguments) -> heard.add(name + " " + event.getName()) ? null : null);
  }

  private static Object[] arguments(Method event) {
    Map<Class<?>, Object> values = Map.of(long.class, 1L, int.class, 1, boolean.class, true);
    return Arrays.stream(event.getParameterTypes()).map(values::get).toArray();
  }
}
