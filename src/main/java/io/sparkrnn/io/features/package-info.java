/**
 * How what is no text becomes the vectors that a model reads: settings, and their form in files.
 *
 * <p>A room of {@code io.sparkrnn.io}; uses {@code json}, and the front end of {@code audio}.
 */
package io.sparkrnn.io.features;
