package io.sparkrnn.io.forecast;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.io.ModelFormatException;
import io.sparkrnn.io.json.Json;
import io.sparkrnn.io.json.JsonObject;
import io.sparkrnn.train.series.Calendar;
import io.sparkrnn.train.series.LearntSeries;
import io.sparkrnn.train.series.SeriesLayout;
import io.sparkrnn.train.series.SeriesScale;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a forecaster knows of its series, as JSON: {@value #NAME} of a model directory. */
public final class SeriesFile {
  /** The file's name. */
  public static final String NAME = "series.json";

  private SeriesFile() {}

  /** Returns the file's bytes. */
  public static byte[] encode(LearntSeries series) throws IOException {
    SeriesLayout layout = series.layout();
    ObjectNode root = Json.object();
    ObjectNode node = root.putObject("layout");
    node.put("seriesCol", layout.seriesCol()).put("timeCol", layout.timeCol());
    names(node.putArray("valueCols"), layout.valueCols());
    names(node.putArray("covariateCols"), layout.covariateCols());
    node.put("window", layout.window()).put("horizon", layout.horizon());
    node.put("season", layout.season()).put("joinsGaps", layout.joinsGaps());
    node.put("residual", layout.residual());
    names(
        node.putArray("calendar"),
        layout.calendar().stream().map(c -> c.name().toLowerCase(Locale.ROOT)).toList());
    ArrayNode all = root.putArray("series");
    series
        .scales()
        .forEach(
            (name, scale) -> {
              ObjectNode one = all.addObject().put("name", name);
              Json.put(one, "mean", scale.mean());
              Json.put(one, "deviation", scale.deviation());
              Json.put(one, "error", scale.error());
            });
    return Json.pretty(root);
  }

  private static void names(ArrayNode array, List<String> names) {
    names.forEach(array::add);
  }

  /**
   * Returns what the file holds.
   *
   * @throws ModelFormatException if it holds something else
   */
  public static LearntSeries decode(byte[] json) throws ModelFormatException {
    JsonObject root = JsonObject.parse(json, NAME);
    JsonObject node = root.object("layout");
    try {
      SeriesLayout layout = layout(node);
      Map<String, SeriesScale> scales = new TreeMap<>();
      for (JsonObject one : root.objects("series")) {
        scales.put(one.text("name"), scale(one, layout));
      }
      return new LearntSeries(layout, scales);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(node.place() + ": " + e.getMessage(), e);
    }
  }

  private static SeriesLayout layout(JsonObject node) throws ModelFormatException {
    List<Calendar> calendar = new ArrayList<>();
    for (String name : node.texts("calendar")) {
      calendar.add(Calendar.valueOf(name.toUpperCase(Locale.ROOT)));
    }
    return new SeriesLayout(
        node.text("seriesCol"),
        node.text("timeCol"),
        node.texts("valueCols"),
        node.texts("covariateCols"),
        node.integer("window"),
        node.integer("horizon"),
        node.integer("season"),
        node.flag("joinsGaps"),
        calendar,
        node.has("residual") && node.flag("residual"));
  }

  private static SeriesScale scale(JsonObject node, SeriesLayout layout)
      throws ModelFormatException {
    double[] mean = numbers(node, "mean", layout.columns());
    double[] deviation = numbers(node, "deviation", layout.columns());
    for (int c = 0; c < mean.length; c++) {
      if (Double.isNaN(mean[c]) || !(deviation[c] > 0)) {
        throw node.wrong("deviation", "must be > 0 and means finite", node.array("deviation"));
      }
    }
    return new SeriesScale(mean, deviation, numbers(node, "error", layout.values()));
  }

  private static double[] numbers(JsonObject node, String name, int count)
      throws ModelFormatException {
    double[] numbers = node.numbers(name);
    if (numbers.length != count) {
      throw node.wrong(name, "must have " + count + " numbers", node.array(name));
    }
    return numbers;
  }
}
