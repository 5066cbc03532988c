package io.sparkrnn.io;

import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.text.EncodedText;
import io.sparkrnn.text.Ngram;
import io.sparkrnn.text.TextEncoder;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * From text to the sequence of ids that a model's network reads, as the text stages of Spark do it.
 * Immutable: one instance may serve many threads.
 */
final class TextReader {
  private final SavedModel model;
  private final InputSpec.Tokens input;
  private final TextEncoder encoder;

  TextReader(SavedModel model) {
    if (!(model.network().input() instanceof InputSpec.Tokens tokens)) {
      throw new IllegalArgumentException("model must read token ids, got one that reads vectors");
    }
    this.model = model;
    this.input = tokens;
    encoder =
        model.text() == null || model.vocabulary() == null
            ? null
            : new TextEncoder(
                model.vocabulary(), model.text().padding(), tokens.maskZero(), model.ngrams());
  }

  /** Returns what the model reads of a text. */
  EncodedText read(String text) {
    EncodedText read = encoder(text).read(text);
    checkWords(read.ids().length);
    return read;
  }

  /** Returns the n-grams of a text, each once, in its order. */
  List<Ngram> ngrams(String text) {
    return encoder(text).ngrams(text);
  }

  /**
   * Refuses what has no words where the model reads them.
   *
   * @param given what was given instead
   */
  void requireNoWide(String given) {
    if (model.wide() != null) {
      throw new IllegalStateException(
          "the model's wide branch reads the n-grams of whole texts, got "
              + given
              + "; use a method that takes a text");
    }
  }

  /** Returns the ids of all words of a text, which may have none. */
  int[] ids(String text) {
    return encoder(text).ids(text);
  }

  /** Returns the words of a text that its ids stand for, in their order. */
  List<String> keptWords(String text) {
    return encoder(text).keptWords(text);
  }

  private TextEncoder encoder(String text) {
    Objects.requireNonNull(text, "text");
    if (encoder == null) {
      throw new IllegalStateException(
          "model must have text settings and a vocabulary to score text, got one of token ids;"
              + " save it with them (withText), or use the method that takes ids");
    }
    return encoder;
  }

  private static void checkWords(int ids) {
    if (ids == 0) {
      throw new IllegalArgumentException("text must hold at least 1 word, got none");
    }
  }

  /** Returns what the model reads of one text. */
  PackedShard pack(String text) {
    PackedShardBuilder packed = new PackedShardBuilder();
    add(read(text), packed);
    return packed.build();
  }

  /** Returns what the model reads of several texts. */
  PackedShard pack(List<String> texts) {
    PackedShardBuilder packed = new PackedShardBuilder();
    for (int i = 0; i < texts.size(); i++) {
      try {
        add(read(texts.get(i)), packed);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(e.getMessage() + " in text " + i, e);
      }
    }
    return packed.build();
  }

  /** Adds what was read of a text. */
  void add(EncodedText text, PackedShardBuilder packed) {
    packed.add(text.ids(), 0, 1);
    if (model.wide() != null) {
      packed.addNgrams(text.ngrams());
    }
  }

  /** Adds the sequence of some ids, padded or not. */
  void add(int[] ids, PackedShardBuilder packed) {
    requireNoWide("ids");
    int[] kept = kept(ids);
    if (kept.length == 0) {
      throw new IllegalArgumentException("ids must hold at least 1 token id, got none");
    }
    packed.add(kept, 0, 1);
  }

  /** Returns those of some ids that are steps of the sequence. */
  int[] kept(int[] ids) {
    int[] kept = new int[ids.length];
    int size = 0;
    for (int id : ids) {
      if (id < 0 || id >= input.vocabularySize()) {
        throw new IllegalArgumentException(
            "token id must be in [0, %d), got %d".formatted(input.vocabularySize(), id));
      }
      if (reads(id)) {
        kept[size++] = id;
      }
    }
    return Arrays.copyOf(kept, size);
  }

  /** Whether an id is a step of the sequence: all but masked padding. */
  boolean reads(int id) {
    return id != Vocabulary.PADDING_ID || !input.maskZero();
  }
}
