/**
 * The course of a training's rounds: where their time went, and how far the shards drifted apart.
 *
 * <p>A room of {@code train}, which uses nothing of it. Nothing here touches a parameter.
 */
package io.sparkrnn.train.course;
