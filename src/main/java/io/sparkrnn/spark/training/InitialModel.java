package io.sparkrnn.spark.training;

import io.sparkrnn.io.WarmStart;
import io.sparkrnn.nn.Network;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.StartRecord;
import org.apache.hadoop.conf.Configuration;

/**
 * The model that a training starts from.
 *
 * @param path its directory, on any Hadoop file system
 * @param vocabulary words of the ids that are trained on, or null when they are not known
 */
public record InitialModel(String path, Vocabulary vocabulary) {

  /**
   * Copies what fits, see {@link WarmStart}.
   *
   * @param parameters initial parameters. Modified.
   * @param network what they belong to
   * @return what was taken and what was not
   * @throws InputException if the model cannot be read, or nothing of it fits
   */
  StartRecord copy(Configuration hadoop, float[] parameters, Network network) {
    try {
      return new WarmStart(path, SavedModels.read(path, hadoop))
          .copy(parameters, network, vocabulary);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }
}
