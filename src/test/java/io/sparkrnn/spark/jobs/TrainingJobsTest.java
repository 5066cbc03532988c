package io.sparkrnn.spark.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.TestSpark;
import io.sparkrnn.spark.TinyRows;
import io.sparkrnn.train.TrainingException;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.course.RoundRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.metrics.source.Source;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A training as Spark shows it. */
class TrainingJobsTest {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String DESCRIPTION = "spark.job.description";

  private final SparkContext context = TestSpark.session().sparkContext();
  private final RnnClassifier classifier =
      TinyRows.classifier().setMaxIter(2).setBatchesPerRound(3);
  private final List<String> groups = Collections.synchronizedList(new ArrayList<>());
  private final List<String> descriptions = Collections.synchronizedList(new ArrayList<>());
  private final SparkListener jobs =
      new SparkListener() {
        @Override
        public void onJobStart(SparkListenerJobStart start) {
          groups.add(start.properties().getProperty(GROUP));
          descriptions.add(start.properties().getProperty(DESCRIPTION));
        }
      };

  @BeforeEach
  void listen() throws Exception {
    context.clearJobGroup();
    context.listenerBus().waitUntilEmpty();
    context.addSparkListener(jobs);
  }

  @AfterEach
  void listenNoLonger() {
    context.removeSparkListener(jobs);
    context.clearJobGroup();
  }

  private Set<String> described() throws Exception {
    context.listenerBus().waitUntilEmpty();
    return new LinkedHashSet<>(descriptions);
  }

  @Test
  void everyJobSaysWhatItDoes() throws Exception {
    classifier.fit(TinyRows.data(120));
    assertEquals(
        List.of(
            "packing rows into shards",
            "training: epoch 1 of 2, round 1 of 2 (3 shards)",
            "training: epoch 1 of 2, round 2 of 2 (3 shards)",
            "evaluation of epoch 1 of 2",
            "training: epoch 2 of 2, round 1 of 2 (3 shards)",
            "training: epoch 2 of 2, round 2 of 2 (3 shards)",
            "evaluation of epoch 2 of 2"),
        List.copyOf(described()));
    assertEquals(Set.of(classifier.uid()), Set.copyOf(groups));
    assertNull(context.getLocalProperty(GROUP));
    assertNull(context.getLocalProperty(DESCRIPTION));
  }

  @Test
  void theCallersGroupIsKeptAndHisDescriptionComesBack() throws Exception {
    context.setJobGroup("mine", "my work", false);
    classifier.fit(TinyRows.data(120));
    assertTrue(described().contains("evaluation of epoch 1 of 2"), descriptions.toString());
    assertEquals(Set.of("mine"), Set.copyOf(groups));
    assertEquals("mine", context.getLocalProperty(GROUP));
    assertEquals("my work", context.getLocalProperty(DESCRIPTION));
  }

  /** A job may be done before it is cancelled; of so many rounds one is not. */
  @Test
  void aCancelledTrainingEndsInOneLineAndLeavesNothing() {
    Set<Integer> cached = cached();
    SparkListener canceller = cancelling("training: epoch 2");
    context.addSparkListener(canceller);
    context.setJobDescription("my work");
    RnnClassifier endless = classifier.setMaxIter(10_000);
    TrainingException failure =
        assertThrows(TrainingException.class, () -> endless.fit(TinyRows.data(120)));
    context.removeSparkListener(canceller);
    assertEquals("the jobs of this training were cancelled", failure.getMessage());
    assertEquals(cached, cached());
    assertEquals(List.of(), sources());
    assertEquals("my work", context.getLocalProperty(DESCRIPTION));
  }

  private SparkListener cancelling(String description) {
    return new SparkListener() {
      @Override
      public void onJobStart(SparkListenerJobStart start) {
        if (start.properties().getProperty(DESCRIPTION, "").startsWith(description)) {
          context.cancelJobGroup(classifier.uid());
        }
      }
    };
  }

  private Set<Integer> cached() {
    return Set.copyOf(JavaSparkContext.fromSparkContext(context).getPersistentRDDs().keySet());
  }

  private static List<Source> sources() {
    return scala.jdk.javaapi.CollectionConverters.asJava(
        SparkEnv.get().metricsSystem().getSourcesByName(TrainingFigures.SOURCE));
  }

  @Test
  void theFiguresOfTheLastRoundAreAmongSparksMetricsWhileItTrains() {
    List<RoundRecord> rounds = new ArrayList<>();
    classifier.setListener(
        new TrainingListener() {
          @Override
          public void roundRecorded(RoundRecord round) {
            rounds.add(round);
            assertEquals(1, sources().size());
            MetricRegistry shown = sources().get(0).metricRegistry();
            assertEquals(round.epoch(), figure(shown, "epoch"));
            assertEquals(round.round(), figure(shown, "round"));
            assertEquals(2, figure(shown, "rounds"));
            assertEquals(round.loss(), figure(shown, "loss"));
            assertEquals(round.divergence(), figure(shown, "divergence"));
            assertEquals(round.times().wall() * 1e-9, figure(shown, "roundSeconds"));
            assertEquals(round.examplesPerSecond(), figure(shown, "examplesPerSecond"));
          }
        });
    classifier.fit(TinyRows.data(120));
    assertEquals(4, rounds.size());
    assertTrue(rounds.stream().allMatch(round -> round.times().computing() > 0));
    assertEquals(List.of(), sources());
  }

  private static double figure(MetricRegistry registry, String name) {
    Gauge<?> gauge = registry.getGauges().get(name);
    return (Double) gauge.getValue();
  }

  @Test
  void ofTrainingsSideBySideTheFirstIsShown() {
    try (TrainingFigures first = TrainingFigures.show()) {
      Source shown = sources().get(0);
      TrainingFigures.show().close();
      assertEquals(List.of(shown), sources());
    }
    assertEquals(List.of(), sources());
  }
}
