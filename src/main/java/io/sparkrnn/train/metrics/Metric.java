package io.sparkrnn.train.metrics;

import java.util.Locale;

/** The figures of evaluations, in the order in which they are shown. */
public enum Metric {
  /** Fraction of the rows whose class was predicted. */
  ACCURACY("accuracy", "accuracy", Format.SHARE, false),
  /** Mean cross-entropy, probabilities clipped to [1e-7, 1 - 1e-7] as in Keras. */
  LOG_LOSS("logLoss", "log loss", Format.LOSS, true),
  /**
   * Exact area under the ROC curve, ties counted half; only where there are two classes and rows of
   * both.
   */
  AUC("auc", "AUC", Format.SCORE, false),
  /** Mean of the F1 of the labels that are there or predicted. */
  MACRO_F1("macroF1", "macro F1", Format.SCORE, false),
  /** F1 of whole spans of BIO labels; NaN unless labels are such. */
  SPAN_F1("spanF1", "span F1", Format.SCORE, false),
  /** Mean of the squared errors. */
  MEAN_SQUARED_ERROR("meanSquaredError", "mean squared error", Format.ERROR, true),
  /** Mean of the absolute errors. */
  MEAN_ABSOLUTE_ERROR("meanAbsoluteError", "mean absolute error", Format.ERROR, false),
  /** Mean loss of forecasts, in the scaled values that the network is trained on. */
  SCALED_LOSS("loss", "loss", Format.LOSS, true),
  /** Root of the mean of the squared errors. */
  RMSE("rmse", "RMSE", Format.ERROR, true),
  /** Mean of the absolute errors of a regression or of forecasts. */
  MAE("mae", "MAE", Format.ERROR, false),
  /** Share of the labels' variance that predictions explain; NaN when they do not vary. */
  R2("r2", "R2", Format.SCORE, false),
  /** Inverse of the geometric mean of the probabilities of tokens and ends of texts. */
  PERPLEXITY("perplexity", "perplexity", Format.INFORMATION, true),
  /** Information of texts in bits, by the characters (code points) of the texts as they came. */
  BITS_PER_CHARACTER("bitsPerCharacter", "bits per character", Format.INFORMATION, false),
  /** Mean absolute error by that of the seasonal naive forecast in training (1 is as good). */
  MASE("mase", "MASE", Format.RATIO, false),
  /** Mean of the absolute errors by half of the absolute values. */
  SMAPE("smape", "sMAPE", Format.RATIO, false),
  /** Fraction of the values between the outermost quantiles. */
  COVERAGE("coverage", "coverage", Format.SHARE, false),
  /** BLEU of translations, as SacreBLEU computes it by default; only where some were made. */
  BLEU("bleu", "BLEU", Format.POINTS, false),
  /** chrF2 of translations, as SacreBLEU computes it by default; likewise. */
  CHRF("chrf", "chrF", Format.POINTS, false),
  /** Labels of transcripts to be changed, added or removed, by the labels that are right. */
  LABEL_ERROR_RATE("labelErrorRate", "label error rate", Format.RATE, false);

  /** What figures are, and with it how they are written; in the order in which they count. */
  public enum Format {
    /** A fraction of the rows, better when larger. */
    SHARE,
    /** Up to 1, better when larger. */
    SCORE,
    /** In [0, 100], better when larger. */
    POINTS,
    /** A loss without a unit, better when smaller. */
    LOSS,
    /** In the unit of the targets or its square, better when smaller. */
    ERROR,
    /** An error without a unit, better when smaller. */
    RATIO,
    /** How much is not known of a text, better when smaller. */
    INFORMATION,
    /** How much is wrong, 0 at best, better when smaller. */
    RATE
  }

  private final String key;
  private final String label;
  private final Format format;
  private final boolean watched;

  Metric(String key, String label, Format format, boolean watched) {
    this.key = key;
    this.label = label;
    this.format = format;
    this.watched = watched;
  }

  /** Returns the name in JSON. */
  public String key() {
    return key;
  }

  /** Returns the name for readers. */
  public String label() {
    return label;
  }

  /** Returns what the figure is. */
  public Format format() {
    return format;
  }

  /** Returns whether it is better when larger. */
  public boolean isQuality() {
    return format == Format.SHARE || format == Format.SCORE || format == Format.POINTS;
  }

  /** Returns whether the line of an epoch shows the figure beside the watched one. */
  public boolean isBrief() {
    boolean isError =
        format == Format.INFORMATION || format == Format.RATIO || format == Format.RATE;
    return !watched && (isQuality() || isError);
  }

  /** Returns whether early stopping watches the figure of evaluations that have it. */
  public boolean isWatched() {
    return watched;
  }

  /** Returns name and value as the console shows them, such as {@code log loss 0.5000}. */
  public String text(double value) {
    String pattern =
        switch (format) {
          case ERROR -> "%s %.6g";
          case POINTS -> "%s %.2f";
          default -> "%s %.4f";
        };
    return String.format(Locale.ROOT, pattern, label.toLowerCase(Locale.ROOT), value);
  }

  /** Returns the same for the line of an epoch, where the loss of classes is just the loss. */
  public String brief(double value) {
    return switch (format) {
      case LOSS -> String.format(Locale.ROOT, "loss %.4f", value);
      case ERROR -> String.format(Locale.ROOT, "%s %.4g", label, value);
      case INFORMATION, RATIO -> String.format(Locale.ROOT, "%s %.4g", label, value);
      case SHARE, SCORE, POINTS, RATE -> text(value);
    };
  }
}
