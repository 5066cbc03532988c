/**
 * The commands: one class each, thin over {@code io.sparkrnn.spark}.
 *
 * <p>Last in the order of the house: may use every other package, and none uses it. Environment,
 * clock, console and exit codes are known here only. Rooms: {@code options}, {@code output}, {@code
 * session}, {@code reviews}, {@code training}, {@code bench}.
 */
package io.sparkrnn.cli;
