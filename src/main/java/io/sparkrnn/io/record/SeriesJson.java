package io.sparkrnn.io.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.io.json.Json;
import io.sparkrnn.train.series.SeriesCounts;

/** What was found in series, as metrics files tell it. */
public final class SeriesJson {
  private SeriesJson() {}

  /** Returns the JSON form. */
  public static ObjectNode of(SeriesCounts counts) {
    return Json.object()
        .put("series", counts.series())
        .put("rows", counts.rows())
        .put("gaps", counts.gaps())
        .put("stepsMissing", counts.missing())
        .put("windows", counts.windows())
        .put("windowsLeftOut", counts.skipped())
        .put("seriesWithoutWindow", counts.without());
  }
}
