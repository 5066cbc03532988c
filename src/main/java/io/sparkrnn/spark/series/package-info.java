/**
 * Tables of time series: rows become series, series become shards of windows, forecasts become
 * rows.
 *
 * <p>A room of {@code io.sparkrnn.spark}, after {@code input}, {@code rows} and {@code scoring}.
 */
package io.sparkrnn.spark.series;
