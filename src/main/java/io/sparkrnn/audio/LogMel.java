package io.sparkrnn.audio;

/**
 * The log-mel front end for samples of one rate, in double throughout.
 *
 * <pre>
 *   y(0) = x(0), y(n) = x(n) - 0.97 x(n-1)            pre-emphasis, before framing
 *   frames of F samples every S, no padding at the edges; the rest that fills no frame is dropped
 *   w(n) = 0.5 - 0.5 cos(2 pi n / F)                  periodic Hann window
 *   P(k) = |FFT of the windowed frame, zeros to the next power of two|^2, undivided
 *   mel(f) = 2595 log10(1 + f / 700)                  HTK's scale; triangles of peak 1, no area norm
 *   L(m) = ln(sum over k of triangle(m, k) P(k) + 1e-6)
 * </pre>
 *
 * <p>At 8,000 samples a second and with the default settings: F = 200, S = 80, an FFT of 256.
 * Immutable, but for scratch: one instance per thread.
 */
public final class LogMel {
  private static final double EMPHASIS = 0.97;
  private static final double FLOOR = 1e-6;

  private final int bands;
  private final int frame;
  private final int hop;
  private final double[] window;
  private final double[][] triangles;
  private final int[] firstBins;
  private final Fft fft;
  private final double[] re;
  private final double[] im;

  /**
   * Creates the front end for samples of a rate.
   *
   * @throws IllegalArgumentException if highHz is more than half of the rate
   */
  public LogMel(LogMelSettings settings, int rate) {
    if (2 * settings.highHz() > rate) {
      throw new IllegalArgumentException(
          "audio must have at least %s samples a second for melHigh %s, got %d"
              .formatted(brief(2 * settings.highHz()), brief(settings.highHz()), rate));
    }
    bands = settings.bands();
    frame = (int) Math.round(rate * settings.frameMillis() / 1000);
    hop = (int) Math.round(rate * settings.hopMillis() / 1000);
    int size = Integer.highestOneBit(2 * frame - 1);
    fft = new Fft(size);
    re = new double[size];
    im = new double[size];
    window = new double[frame];
    for (int n = 0; n < frame; n++) {
      window[n] = 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * n / frame);
    }
    triangles = new double[bands][];
    firstBins = new int[bands];
    makeTriangles(settings, (double) rate / size);
  }

  private static String brief(double value) {
    return value == (long) value ? Long.toString((long) value) : Double.toString(value);
  }

  private void makeTriangles(LogMelSettings settings, double binHz) {
    double low = mel(settings.lowHz());
    double step = (mel(settings.highHz()) - low) / (bands + 1);
    for (int m = 0; m < bands; m++) {
      double left = hertz(low + m * step);
      double centre = hertz(low + (m + 1) * step);
      double right = hertz(low + (m + 2) * step);
      firstBins[m] = (int) Math.ceil(left / binHz);
      int end = Math.min(re.length / 2, (int) Math.floor(right / binHz)) + 1;
      triangles[m] = new double[Math.max(0, end - firstBins[m])];
      for (int i = 0; i < triangles[m].length; i++) {
        double f = (firstBins[m] + i) * binHz;
        double rising = (f - left) / (centre - left);
        double falling = (right - f) / (right - centre);
        triangles[m][i] = Math.max(0, Math.min(rising, falling));
      }
    }
  }

  private static double mel(double hertz) {
    return 2595 * StrictMath.log10(1 + hertz / 700);
  }

  private static double hertz(double mel) {
    return 700 * (StrictMath.pow(10, mel / 2595) - 1);
  }

  /** Returns the samples of a frame. */
  public int frameSamples() {
    return frame;
  }

  /** Returns how many frames so many samples have; fewer than a frame's are filled up with 0. */
  public int frames(int samples) {
    return 1 + Math.max(0, samples - frame) / hop;
  }

  /**
   * Returns L of every frame, frames x bands.
   *
   * @param x samples. Not modified.
   */
  public double[] logarithms(float[] x) {
    int frames = frames(x.length);
    double[] logarithms = new double[Math.multiplyExact(frames, bands)];
    for (int t = 0; t < frames; t++) {
      transform(x, t * hop);
      for (int m = 0; m < bands; m++) {
        logarithms[t * bands + m] = StrictMath.log(energy(m) + FLOOR);
      }
    }
    return logarithms;
  }

  private void transform(float[] x, int begin) {
    for (int n = 0; n < re.length; n++) {
      int i = begin + n;
      double y = 0;
      if (n < frame && i < x.length) {
        y = i == 0 ? x[0] : x[i] - EMPHASIS * x[i - 1];
      }
      re[n] = n < frame ? y * window[n] : 0;
      im[n] = 0;
    }
    fft.transform(re, im);
  }

  private double energy(int band) {
    double sum = 0;
    double[] triangle = triangles[band];
    for (int i = 0; i < triangle.length; i++) {
      int k = firstBins[band] + i;
      sum += triangle[i] * (re[k] * re[k] + im[k] * im[k]);
    }
    return sum;
  }
}
