package io.sparkrnn.spark.scoring;

import io.sparkrnn.io.TextSettings;
import io.sparkrnn.train.translation.Beam;
import java.io.Serializable;

/**
 * How texts are translated.
 *
 * @param text how they become tokens
 * @param search how translations are searched for
 */
public record Translating(TextSettings text, Beam search) implements Serializable {}
