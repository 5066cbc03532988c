/**
 * Examples as a few primitive arrays, the keys that assign them, and why rows are left out.
 *
 * <p>A room of {@code io.sparkrnn.train}: knows neither options nor trainer.
 */
package io.sparkrnn.train.shards;
