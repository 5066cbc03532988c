/**
 * JSON that is checked while it is read, and JSON that has a checksum of itself.
 *
 * <p>Says nothing of models: {@code io.sparkrnn.io} and whoever else keeps JSON uses it.
 */
package io.sparkrnn.io.json;
