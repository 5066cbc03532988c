package io.sparkrnn.report;

import java.util.List;
import java.util.Locale;

/**
 * A line chart as inline SVG; points say their values when pointed at.
 *
 * @param width width of the drawing; what stands in pairs is {@value #HALF} wide, else {@value
 *     #FULL}
 * @param title what it shows, one line
 * @param xLabel what the horizontal axis counts
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param firstX the x of the first value of each series, the next ones follow by 1
 * @param marker an x to mark as the best, or -1 for none
 * @param series the lines
 */
record LineChart(
    int width,
    String title,
    String xLabel,
    Axis x,
    Axis y,
    int firstX,
    int marker,
    List<Series> series) {
  static final int HALF = 480;
  static final int FULL = 1000;
  private static final int HEIGHT = 260;
  private static final int LEFT = 62;
  private static final int RIGHT = 18;
  private static final int TOP = 14;
  private static final int BOTTOM = 46;
  private static final int MOST_POINTS = 60;

  /** One line: its name and its values, NaN where there is none. */
  record Series(String name, double[] values) {}

  void write(Html page) {
    page.open("figure");
    page.element("figcaption", title);
    if (series.size() > 1) {
      legend(page);
    }
    String box = "0 0 " + width + " " + HEIGHT;
    String size = width == FULL ? "wide" : "half";
    page.open("svg", "class", size, "viewBox", box, "role", "img", "aria-label", title);
    grid(page);
    if (marker >= 0) {
      mark(page);
    }
    for (int i = 0; i < series.size(); i++) {
      line(page, series.get(i), i + 1);
    }
    page.close("svg").close("figure");
  }

  private void legend(Html page) {
    page.open("p", "class", "legend");
    for (int i = 0; i < series.size(); i++) {
      page.open("span", "class", "key s" + (i + 1)).close("span");
      page.element("span", series.get(i).name());
    }
    page.close("p");
  }

  private void grid(Html page) {
    page.open("g", "class", "grid");
    for (double tick : y.ticks()) {
      String at = number(top(tick));
      page.empty("line", "x1", "" + LEFT, "x2", "" + (width - RIGHT), "y1", at, "y2", at);
      page.element(
          "text", label(y, tick), "x", "" + (LEFT - 8), "y", at, "dy", "4", "text-anchor", "end");
    }
    String foot = "" + (HEIGHT - BOTTOM);
    for (double tick : x.ticks()) {
      String at = number(left(tick));
      page.empty(
          "line",
          "class",
          "tick",
          "x1",
          at,
          "x2",
          at,
          "y1",
          foot,
          "y2",
          "" + (HEIGHT - BOTTOM + 5));
      page.element(
          "text",
          label(x, tick),
          "x",
          at,
          "y",
          "" + (HEIGHT - BOTTOM + 20),
          "text-anchor",
          "middle");
    }
    page.empty(
        "line",
        "class",
        "base",
        "x1",
        "" + LEFT,
        "x2",
        "" + (width - RIGHT),
        "y1",
        foot,
        "y2",
        foot);
    String middle = number((LEFT + width - RIGHT) / 2.0);
    page.element("text", xLabel, "x", middle, "y", "" + (HEIGHT - 6), "text-anchor", "middle");
    page.close("g");
  }

  private void mark(Html page) {
    String at = number(left(marker));
    page.open("g", "class", "mark");
    page.empty("line", "x1", at, "x2", at, "y1", "" + TOP, "y2", "" + (HEIGHT - BOTTOM));
    boolean onTheLeft = x.place(marker) > 0.5;
    String beside = number(left(marker) + (onTheLeft ? -6 : 6));
    String anchor = onTheLeft ? "end" : "start";
    page.element(
        "text", "best", "x", beside, "y", "" + (HEIGHT - BOTTOM - 6), "text-anchor", anchor);
    page.close("g");
  }

  private void line(Html page, Series line, int number) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < line.values().length; i++) {
      double value = line.values()[i];
      if (y.shows(value)) {
        path.append(pen ? " L" : " M").append(number(left(firstX + i)));
        path.append(' ').append(number(top(value)));
      }
      pen = y.shows(value);
    }
    page.open("g", "class", "s" + number);
    page.empty("path", "d", path.toString().strip());
    int every = (line.values().length + MOST_POINTS - 1) / MOST_POINTS;
    for (int i = 0; i < line.values().length; i += every) {
      if (y.shows(line.values()[i])) {
        point(page, line, i, every == 1);
      }
    }
    page.close("g");
  }

  private void point(Html page, Series line, int i, boolean visible) {
    double value = line.values()[i];
    page.open(
        "circle",
        "class",
        visible ? "point" : "point hidden",
        "cx",
        number(left(firstX + i)),
        "cy",
        number(top(value)),
        "r",
        visible ? "3.5" : "6");
    String where = xLabel + " " + (firstX + i);
    page.element("title", line.name() + ", " + where + ": " + Figures.brief(value));
    page.close("circle");
  }

  private double left(double value) {
    return LEFT + x.place(value) * (width - LEFT - RIGHT);
  }

  private double top(double value) {
    return HEIGHT - BOTTOM - y.place(value) * (HEIGHT - TOP - BOTTOM);
  }

  private static String label(Axis axis, double tick) {
    return axis.logarithmic() ? "1e" + Math.round(Math.log10(tick)) : Figures.brief(tick);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
