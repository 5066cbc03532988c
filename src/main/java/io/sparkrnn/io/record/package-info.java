/**
 * The record of a training as JSON, in the keys that metrics files have.
 *
 * <p>A room of {@code io}, which uses nothing of it.
 */
package io.sparkrnn.io.record;
