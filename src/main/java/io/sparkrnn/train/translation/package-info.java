/**
 * Translations: how probable given ones are, and the search for good ones.
 *
 * <p>A room of {@code io.sparkrnn.train}. Uses shards, nothing of training itself.
 */
package io.sparkrnn.train.translation;
