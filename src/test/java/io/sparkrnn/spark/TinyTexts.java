package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.TextSettings;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.TrainingHistory;
import java.util.ArrayList;
import java.util.List;

/** Models of texts for tests. */
public final class TinyTexts {
  private TinyTexts() {}

  /** Returns an untrained model that knows these words and reads six of a text. */
  public static RnnClassificationModel model(String... words) {
    List<String> tokens = new ArrayList<>(List.of("[PAD]", "[UNK]"));
    tokens.addAll(List.of(words));
    Vocabulary vocabulary = Vocabulary.of(tokens);
    NetworkSpec network = NetworkSpec.binary(CellType.LSTM, vocabulary.size(), 5, 3);
    TextSettings text = TextSettings.of(new Padding(6, Padding.Side.PRE, Padding.Side.PRE));
    float[] parameters = new Network(network).initialParameters(5);
    return RnnClassificationModel.of(
        new SavedModel(network, parameters, text, vocabulary, List.of(), TrainingHistory.empty()));
  }
}
