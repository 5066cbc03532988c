package io.sparkrnn.io.translation;

import io.sparkrnn.io.LocalStorage;
import io.sparkrnn.io.ModelDirectory;
import io.sparkrnn.io.ModelFormatException;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.TextSettings;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.text.Ngrams;
import io.sparkrnn.text.TextEncoder;
import io.sparkrnn.text.Tokenizer;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import io.sparkrnn.train.translation.Beam;
import io.sparkrnn.train.translation.BeamSearch;
import io.sparkrnn.train.translation.Hypothesis;
import io.sparkrnn.train.translation.PairScorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A trained translator in a plain Java program, without Spark.
 *
 * <pre>
 *   Translator translator = Translator.load(Path.of("models/translate"));
 *   String french = translator.translate("i am cold .", Beam.defaults());
 * </pre>
 *
 * <p>A word that the target vocabulary does not have is replaced by the word of the text that was
 * attended to most. One instance may serve many threads: parameters are held once, each call has
 * scratch of its own. A text's translation does not depend on what else is translated.
 */
public final class Translator {
  private final FrozenNetwork network;
  private final TextEncoder encoder;
  private final TextEncoder targetEncoder;
  private final TextSettings text;
  private final Vocabulary targets;

  /**
   * Creates a translator.
   *
   * @param network a translator's
   * @param text how texts become tokens
   * @param vocabulary tokens of the texts
   * @param targets tokens of the translations
   */
  public Translator(
      FrozenNetwork network, TextSettings text, Vocabulary vocabulary, Vocabulary targets) {
    this.network = network;
    this.text = text;
    this.targets = targets;
    encoder = encoder(text, vocabulary);
    targetEncoder = encoder(text, targets);
  }

  private static TextEncoder encoder(TextSettings text, Vocabulary vocabulary) {
    return new TextEncoder(text.unit(), vocabulary, text.padding(), true, Ngrams.none());
  }

  /**
   * Loads a model directory of the local file system, as {@code submit/train --task translate}
   * writes it.
   *
   * @throws ModelFormatException if it is no model directory, or a file of it is missing, damaged
   *     or of a newer version
   * @throws IOException if reading fails
   */
  public static Translator load(Path directory) throws IOException {
    return of(ModelDirectory.read(new LocalStorage(directory)));
  }

  /**
   * Makes a translator of a model in memory.
   *
   * @param model the parameters must not change from now on. Not copied, not modified.
   * @throws IllegalArgumentException if it is no translator, or reads no texts
   */
  public static Translator of(SavedModel model) {
    if (!(model.network().head() instanceof TranslationHead)) {
      throw new IllegalArgumentException(
          "model must be a translator, got one with head " + model.network().head());
    }
    if (model.text() == null || model.vocabulary() == null || model.targets() == null) {
      throw new IllegalArgumentException(
          "the translator must have two vocabularies and text settings to read texts");
    }
    return new Translator(
        new FrozenNetwork(new Network(model.network()), model.parameters()),
        model.text(),
        model.vocabulary(),
        model.targets());
  }

  /**
   * Translates a text.
   *
   * @throws IllegalArgumentException if it has no tokens
   */
  public String translate(String text, Beam how) {
    return translate(List.of(text), how).get(0);
  }

  /**
   * Translates texts, many at a time.
   *
   * @param texts Not modified.
   * @throws IllegalArgumentException if one has no tokens
   */
  public List<String> translate(List<String> texts, Beam how) {
    PackedShardBuilder rows = new PackedShardBuilder();
    for (String one : texts) {
      rows.add(encode(one, encoder, "text"), 0, 1);
    }
    return translate(rows.build(), texts, how);
  }

  /**
   * Translates texts that are ids already.
   *
   * @param ids of the texts. Not modified.
   * @param texts the same texts. Not modified.
   */
  public List<String> translate(PackedShard ids, List<String> texts, Beam how) {
    List<Hypothesis> found = new BeamSearch(network, targets.size()).translate(ids, how);
    List<String> translations = new ArrayList<>();
    for (int row = 0; row < found.size(); row++) {
      translations.add(written(found.get(row), texts.get(row)));
    }
    return translations;
  }

  /** Puts the tokens of a translation together. */
  private String written(Hypothesis found, String source) {
    List<String> words = null;
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < found.ids().length; i++) {
      int id = found.ids()[i];
      if (id != Vocabulary.UNKNOWN_ID) {
        tokens.add(targets.token(id));
      } else if (found.attended()[i] >= 0) {
        words = words == null ? words(source) : words;
        tokens.add(words.get(found.attended()[i]));
      }
    }
    return text.unit().join("", tokens);
  }

  private List<String> words(String source) {
    return text.padding().truncate(new Tokenizer(text.unit()).tokenize(source));
  }

  /**
   * Returns log p of a translation and its end, by the natural logarithm.
   *
   * @throws IllegalArgumentException if text or translation has no tokens
   */
  public double logProbability(String text, String translation) {
    int[] source = encode(text, encoder, "text");
    int[] target = encode(translation, targetEncoder, "translation");
    PackedShard pair = new PackedShardBuilder().addPair(source, target, 1).build();
    return new PairScorer(network).logProbabilities(pair)[0];
  }

  private static int[] encode(String text, TextEncoder encoder, String what) {
    int[] ids = encoder.sequence(text);
    if (ids.length == 0) {
      throw new IllegalArgumentException(what + " has no words");
    }
    return ids;
  }
}
