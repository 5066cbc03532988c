package io.sparkrnn.io;

import io.sparkrnn.nn.InputSpec;
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
            : new TextEncoder(model.vocabulary(), model.text().padding(), tokens.maskZero());
  }

  /** Returns the ids that the network reads of a text. */
  int[] read(String text) {
    int[] ids = encoder(text).sequence(text);
    checkWords(ids.length);
    return ids;
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

  /** Returns the sequences of several texts. */
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

  /** Adds the sequence of some ids, padded or not. */
  void add(int[] ids, PackedShardBuilder packed) {
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
