/**
 * Time series: their times, steps and gaps, how they are scaled, and the windows of them that a
 * forecaster is trained and measured on.
 *
 * <p>A room of {@code train}: makes shards, knows neither options nor trainer.
 */
package io.sparkrnn.train.series;
