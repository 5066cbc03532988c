package io.sparkrnn.io.forecast;

/**
 * What comes after a series.
 *
 * @param times of the steps, as the series' own times are written; H
 * @param values the forecast, H x V
 * @param quantiles of each value in ascending order of probability, H x V x Q; Q is 0 for a model
 *     without quantiles
 */
public record Forecast(String[] times, double[][] values, double[][][] quantiles) {}
