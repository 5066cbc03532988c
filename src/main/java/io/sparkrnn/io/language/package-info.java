/**
 * Language models for programs without Spark: what comes next, text that goes on.
 *
 * <p>A room of {@code io.sparkrnn.io}, whose models it reads.
 */
package io.sparkrnn.io.language;
