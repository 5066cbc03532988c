package io.sparkrnn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.train.EpochRecord;
import io.sparkrnn.train.Phase;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.TrainingRecorder;
import io.sparkrnn.train.config.OuterUpdate;
import io.sparkrnn.train.config.Rounds;
import io.sparkrnn.train.config.ShardCount;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.course.RoundRecord;
import io.sparkrnn.train.course.RoundTimes;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Evaluations;
import io.sparkrnn.train.shards.Refusals;
import io.sparkrnn.train.wide.Combination;
import io.sparkrnn.train.wide.WideRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class TrainingReportTest {
  private static final double NONE = Double.NaN;
  private static final Refusals ONE_REFUSED = new Refusals(Map.of("text is null", 1L));

  @Test
  void thePageIsWellFormedAndTellsTheRun() throws Exception {
    String html = TrainingReport.html(run());
    Document page = parse(html);
    String text = page.getDocumentElement().getTextContent();
    assertEquals("imdb-lstm", first(page, "h1"));
    for (String expected :
        List.of(
            "test accuracy",
            "87.5 %",
            "0.9410",
            "3 of 5",
            "baseline: tf-idf",
            "2,188",
            "batch size",
            "smallest 12,499",
            "25,000 used, 3 refused",
            "steps before the end",
            "falls below a hundredth",
            "8 shards: an epoch takes one core about 2 min 0 s",
            "nesterov, momentum 0.9",
            "0.3 in the mean, 0.5 at most")) {
      assertTrue(text.contains(expected), expected);
    }
    assertEquals(3, page.getElementsByTagName("svg").getLength());
  }

  @Test
  void whatAWideBranchBroughtStandsBesideTheResult() throws Exception {
    TrainingRecorder recorder = new TrainingRecorder();
    recorder.wideCombined(new WideRecord(7, 9, Combination.mean(1), 500, test(), test(), test()));
    TrainingRun run =
        new TrainingRun(
            "wide",
            history(2),
            recorder.record(),
            null,
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            null);
    assertEquals(test().toString(), run.result().toString());
    String text = parse(TrainingReport.html(run)).getDocumentElement().getTextContent();
    for (String expected :
        List.of(
            "validation, both branches",
            "validation, wide branch alone",
            "validation, recurrent branch alone")) {
      assertTrue(text.contains(expected), expected);
    }
    assertFalse(text.contains("validation, best epoch"));
  }

  @Test
  void nothingIsFetchedAndNothingRuns() throws IOException {
    String html = TrainingReport.html(run());
    String outside = html.replace("http://www.w3.org/1999/xhtml", "");
    for (String forbidden :
        List.of("http:", "https:", "<script", "src=", "url(", "@import", "<link")) {
      assertFalse(outside.contains(forbidden), forbidden);
    }
  }

  @Test
  void whatItShowsCannotBecomeMarkup() throws Exception {
    String evil = "</style><script>alert('1')</script> & \"\u0000\ud800";
    TrainingRun run =
        new TrainingRun(
            evil,
            history(2),
            null,
            test(),
            List.of(evil, "b"),
            Map.of(evil, evil),
            Map.of(evil, evil),
            Map.of(evil, evil),
            Map.of(),
            null);
    String html = TrainingReport.html(run);
    assertFalse(html.contains("<script"));
    assertTrue(first(parse(html), "h1").startsWith("</style><script>alert('1')</script> & \""));
  }

  @Test
  void settingsLeftAsTheyAreStandApart() throws Exception {
    String html = TrainingReport.html(run());
    int apart = html.indexOf("Settings left at their defaults");
    assertTrue(html.indexOf(">optimizer<") < apart);
    assertTrue(html.indexOf(">rho<") > apart);
  }

  @Test
  void everyDrawnNumberIsFinite() throws Exception {
    NodeList circles = parse(TrainingReport.html(run())).getElementsByTagName("circle");
    assertTrue(circles.getLength() > 10);
    for (int i = 0; i < circles.getLength(); i++) {
      Element circle = (Element) circles.item(i);
      double x = Double.parseDouble(circle.getAttribute("cx"));
      double y = Double.parseDouble(circle.getAttribute("cy"));
      assertTrue(x >= 0 && x <= 1000 && y >= 0 && y <= 300, x + " " + y);
    }
  }

  @Test
  void runsWithLittleToTellHaveAPageToo() throws Exception {
    Evaluation oneClass =
        Evaluations.classes(0, Refusals.none(), new double[] {NONE, NONE, NONE}, new long[2][2]);
    EpochRecord bare = new EpochRecord(1, NONE, oneClass, 0, NONE, 1e-3);
    List<TrainingHistory> histories =
        List.of(
            TrainingHistory.empty(),
            history(1),
            new TrainingHistory(List.of(bare), 1, new double[] {NONE, 0}),
            new TrainingHistory(
                List.of(new EpochRecord(1, 0.5, null, 1, 1, 1)), 0, new double[] {1e-30}));
    for (TrainingHistory history : histories) {
      TrainingRun run =
          new TrainingRun(
              "r", history, null, null, List.of(), Map.of(), Map.of(), Map.of(), Map.of(), null);
      assertFalse(
          parse(TrainingReport.html(run)).getDocumentElement().getTextContent().contains("NaN"));
    }
  }

  @Test
  void aRegressionShowsItsErrors() throws Exception {
    Evaluation e = Evaluations.numbers(100, 0, 0.25, 0.4);
    TrainingHistory history =
        new TrainingHistory(List.of(new EpochRecord(1, 0.3, e, 1, 100, 1e-3)), 1, new double[0]);
    TrainingRun run =
        new TrainingRun(
            "r", history, null, null, List.of(), Map.of(), Map.of(), Map.of(), Map.of(), null);
    String text = parse(TrainingReport.html(run)).getDocumentElement().getTextContent();
    assertTrue(text.contains("mean squared error"));
    assertFalse(text.contains("accuracy by epoch"));
    assertFalse(text.contains("Confusion"));
  }

  @Test
  void theSameRunGivesTheSameBytes() throws IOException {
    ByteArrayOutputStream one = new ByteArrayOutputStream();
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    TrainingReport.write(one, run());
    TrainingReport.write(two, run());
    assertEquals(one.toString("UTF-8"), two.toString("UTF-8"));
  }

  static TrainingRun run() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("layer", "lstm");
    settings.put("units", "32");
    settings.put("batch size", "32");
    settings.put("optimizer", "rmsprop (rho 0.9, epsilon 1e-7)");
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("training rows", "25,000 used, 3 refused");
    provenance.put("shards", "2");
    provenance.put("seed", "1");
    provenance.put("kernels", "Vector API, 16 lanes");
    Evaluation baseline =
        Evaluations.classes(
            5000,
            ONE_REFUSED,
            new double[] {0.8494, 0.3612, 0.926},
            new long[][] {{2100, 400}, {353, 2147}});
    return new TrainingRun(
        "imdb-lstm",
        history(5),
        record(),
        test(),
        List.of("negative", "positive"),
        settings,
        Map.of("rho", "0.9"),
        Map.of("rows of a shard", "smallest 12,499"),
        provenance,
        new Baseline("tf-idf + logistic regression", baseline));
  }

  /** Eight shards that somebody chose by the rows, ten rounds of a second in one epoch. */
  private static TrainingRecord record() {
    TrainingRecorder recorder = new TrainingRecorder();
    recorder.shardsChosen(new ShardCount(8, 120));
    Rounds rounds = new Rounds(8, 5, new OuterUpdate.Nesterov(0.9));
    recorder.started(TrainingConfig.defaults().with(rounds), TrainingHistory.empty());
    for (int round = 1; round <= 10; round++) {
      RoundTimes times = new RoundTimes(50_000_000, 700_000_000, 100_000_000, 150_000_000, 7);
      double divergence = round == 1 ? 0.5 : 2.5 / 9;
      recorder.roundRecorded(new RoundRecord(1, round, 10, 100, 0.5, divergence, times));
    }
    recorder.timeSpent(Phase.EVALUATING, 4_000_000_000L);
    recorder.epochFinished(null, history(1));
    return recorder.record();
  }

  @Test
  void shardsAndTheirTimesAreTold() throws Exception {
    String text = parse(TrainingReport.html(run())).getDocumentElement().getTextContent();
    assertTrue(text.matches("(?s).*of it computing\\s*50.0 %.*"), text);
    assertTrue(text.matches("(?s).*evaluation\\s*28.6 %.*"), text);
    assertTrue(text.matches("(?s).*waiting for Spark\\s*10.7 %.*"), text);
  }

  private static Evaluation test() {
    return Evaluations.classes(
        5000,
        ONE_REFUSED,
        new double[] {0.875, 0.3012, 0.941},
        new long[][] {{2187, 313}, {312, 2188}});
  }

  private static TrainingHistory history(int epochs) {
    double[] losses = {0.61, 0.42, 0.33, 0.27, 0.22};
    double[] validation = {0.5, 0.39, 0.31, 0.33, 0.37};
    List<EpochRecord> records = new ArrayList<>();
    for (int i = 0; i < epochs; i++) {
      Evaluation e =
          Evaluations.classes(
              5000,
              ONE_REFUSED,
              new double[] {
                0.9 - 0.2 * Math.abs(validation[i] - 0.3),
                validation[i],
                0.95 - 0.2 * Math.abs(validation[i] - 0.3)
              },
              new long[][] {{2187, 313}, {312, 2188}});
      records.add(new EpochRecord(i + 1, losses[i], e, 11.5 + i, 9800 + 100 * i, 1e-3));
    }
    double[] norms = new double[500];
    for (int i = 0; i < norms.length; i++) {
      norms[i] = 0.02 * StrictMath.exp(-i / 40.0) * (1 + 0.2 * StrictMath.sin(i));
    }
    return new TrainingHistory(records, Math.min(3, epochs), norms);
  }

  private static String first(Document page, String element) {
    return page.getElementsByTagName(element).item(0).getTextContent();
  }

  private static Document parse(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }
}
