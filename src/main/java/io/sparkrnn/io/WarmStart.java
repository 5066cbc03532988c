package io.sparkrnn.io;

import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.StartRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a network takes from a model, of whatever task, before it is trained: the values of each
 * variable of the same name and shape, those of the embedding word by word, those of the output
 * layer where it is for the same.
 */
public final class WarmStart {
  private final String name;
  private final SavedModel model;
  private final Network from;
  private final Map<String, ParameterLayout.Entry> sources;

  /**
   * Creates a start.
   *
   * @param name what the model is called in what is told of it
   * @param model the model. Not modified.
   */
  public WarmStart(String name, SavedModel model) {
    this.name = name;
    this.model = model;
    from = new Network(model.network());
    sources =
        from.layout().entries().stream()
            .collect(Collectors.toMap(ParameterLayout.Entry::name, Function.identity()));
  }

  /**
   * Copies what fits.
   *
   * @param parameters initial parameters of a network. Modified.
   * @param network what they belong to
   * @param vocabulary words of its ids, or null when they are not known
   * @return what was taken and what was not
   * @throws IllegalArgumentException if neither words nor layers fit
   */
  public StartRecord copy(float[] parameters, Network network, Vocabulary vocabulary) {
    boolean hasWords =
        vocabulary != null && model.vocabulary() != null && network.embedding() != null;
    int words = 0;
    List<String> taken = new ArrayList<>();
    List<String> fresh = new ArrayList<>();
    for (ParameterLayout.Entry to : network.layout().entries()) {
      ParameterLayout.Entry source = source(to, network);
      boolean fits = source != null && Arrays.equals(source.shape(), to.shape());
      if (hasWords && to.equals(network.embedding())) {
        words = source == null ? 0 : copyWords(parameters, to, source, vocabulary);
        fits = words > 0;
      } else if (fits) {
        System.arraycopy(model.parameters(), source.offset(), parameters, to.offset(), to.size());
      }
      (fits ? taken : fresh).add(to.name());
    }
    if (taken.isEmpty()) {
      throw new IllegalArgumentException(
          "model '%s' has no words and no layer in common with this network; train with layers of its kind and size"
              .formatted(name));
    }
    int known = hasWords ? vocabulary.size() - (Vocabulary.UNKNOWN_ID + 1) : 0;
    return new StartRecord(name, taken, fresh, known, words);
  }

  /** Returns where a variable starts from, or null. */
  private ParameterLayout.Entry source(ParameterLayout.Entry to, Network network) {
    boolean sameHead = model.network().head().equals(network.spec().head());
    return network.isOfHead(to) && !sameHead ? null : sources.get(to.name());
  }

  /** Copies the vectors of padding, of unknown words and of the words that both know. */
  private int copyWords(
      float[] parameters,
      ParameterLayout.Entry to,
      ParameterLayout.Entry source,
      Vocabulary vocabulary) {
    if (to.columns() != source.columns()) {
      return 0;
    }
    int width = to.columns();
    int copied = 0;
    for (int id = 0; id < vocabulary.size(); id++) {
      boolean isWord = id > Vocabulary.UNKNOWN_ID;
      int other = isWord ? model.vocabulary().id(vocabulary.token(id)) : id;
      if (!isWord || other != Vocabulary.UNKNOWN_ID) {
        System.arraycopy(
            model.parameters(),
            source.offset() + other * width,
            parameters,
            to.offset() + id * width,
            width);
        copied += isWord ? 1 : 0;
      }
    }
    return copied;
  }
}
