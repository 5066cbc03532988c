package io.sparkrnn.io;

import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.text.Tokenizer;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.PackedShard;
import io.sparkrnn.train.PackedShardBuilder;
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
  private final Tokenizer tokenizer = new Tokenizer();

  TextReader(SavedModel model) {
    if (!(model.network().input() instanceof InputSpec.Tokens tokens)) {
      throw new IllegalArgumentException("model must read token ids, got one that reads vectors");
    }
    this.model = model;
    this.input = tokens;
  }

  /** Returns the padded ids of a text. */
  int[] read(String text) {
    int[] ids = ids(words(text));
    return model.text().padding().pad(ids);
  }

  /** Returns the ids of a text that may be empty, without padding. */
  int[] ids(String text) {
    return ids(tokens(text));
  }

  private int[] ids(List<String> words) {
    int[] ids = new int[words.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = model.vocabulary().id(words.get(i));
    }
    return ids;
  }

  /** Returns the words of a text that its ids stand for, in their order. */
  List<String> keptWords(String text) {
    List<String> words = words(text);
    return model.text().padding().truncate(words);
  }

  private List<String> words(String text) {
    List<String> words = tokens(text);
    if (words.isEmpty() && input.maskZero()) {
      throw new IllegalArgumentException("text must hold at least 1 word, got none");
    }
    return words;
  }

  private List<String> tokens(String text) {
    Objects.requireNonNull(text, "text");
    if (model.text() == null || model.vocabulary() == null) {
      throw new IllegalStateException(
          "model must have text settings and a vocabulary to score text, got one of token ids;"
              + " save it with them (withText), or use the method that takes ids");
    }
    return tokenizer.tokenize(text);
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
