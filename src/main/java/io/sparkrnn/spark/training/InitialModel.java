package io.sparkrnn.spark.training;

import io.sparkrnn.io.ParameterHash;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.WarmStart;
import io.sparkrnn.nn.Network;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.StartRecord;
import org.apache.hadoop.conf.Configuration;

/** The model that a training starts from. */
public sealed interface InitialModel {
  /** Returns where it is, or what made it. */
  String name();

  /** Returns what tells it from others in a checkpoint. */
  String key();

  /**
   * Copies what fits, see {@link WarmStart}.
   *
   * @param parameters initial parameters. Modified.
   * @param network what they belong to
   * @return what was taken and what was not
   * @throws InputException if the model cannot be read, or nothing of it fits
   */
  StartRecord copy(Configuration hadoop, float[] parameters, Network network);

  /**
   * A model in a directory.
   *
   * @param name its path, on any Hadoop file system
   * @param vocabulary words of the ids that are trained on, or null when they are not known
   */
  record Saved(String name, Vocabulary vocabulary) implements InitialModel {
    @Override
    public String key() {
      return name;
    }

    @Override
    public StartRecord copy(Configuration hadoop, float[] parameters, Network network) {
      try {
        return new WarmStart(name, SavedModels.read(name, hadoop))
            .copy(parameters, network, vocabulary);
      } catch (IllegalArgumentException e) {
        throw new InputException(e.getMessage(), e);
      }
    }
  }

  /**
   * The language model that the same words and layers were before they learn from labels (Dai and
   * Le, 2015).
   *
   * @param model the language model
   * @see <a href="https://arxiv.org/abs/1511.01432">Dai and Le, 2015</a>
   */
  record Pretrained(SavedModel model) implements InitialModel {
    @Override
    public String name() {
      return "pretraining";
    }

    @Override
    public String key() {
      return ParameterHash.sha256(model.parameters());
    }

    @Override
    public StartRecord copy(Configuration hadoop, float[] parameters, Network network) {
      return new WarmStart(name(), model).copy(parameters, network, null);
    }
  }
}
