/**
 * What a training is told: the network's partners, as immutable groups of options with their
 * defaults and rules.
 *
 * <p>A room of {@code io.sparkrnn.train}: knows no trainer.
 */
package io.sparkrnn.train.config;
