package io.sparkrnn.spark.rows;

import io.sparkrnn.io.features.FeatureSettings;
import io.sparkrnn.nn.InputSpec;

/**
 * Makes readers of cells that hold what a network reads and no text: ids, vectors or audio.
 *
 * @param input what the network reads
 * @param ofTexts whether ids were made of texts, which refusals then speak of
 * @param settings how cells become vectors
 * @param files opens paths of audio, or null without audio
 */
public record FeatureCells(
    InputSpec input, boolean ofTexts, FeatureSettings settings, AudioFiles files)
    implements CellReader.Factory {
  @Override
  public CellReader create() {
    if (settings.isAudio()) {
      return new AudioReader(settings, files);
    }
    return input instanceof InputSpec.Vectors vectors
        ? new VectorReader(vectors, settings.standardization())
        : new IdReader((InputSpec.Tokens) input, ofTexts);
  }
}
