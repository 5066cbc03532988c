package io.sparkrnn.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Tokens and their ids; id 0 is padding, id 1 is every token outside the vocabulary.
 *
 * <p>As a file: UTF-8, one token a line in the order of ids, {@code [PAD]} and {@code [UNK]} first,
 * every line ended by a line feed. So a token can neither be empty nor contain anything that some
 * language takes for the end of a line; see {@link #admits}.
 *
 * <p>Immutable; one instance may serve many threads.
 */
public final class Vocabulary implements Serializable {
  private static final long serialVersionUID = 1;

  /** The name of id 0. */
  public static final String PADDING = "[PAD]";

  /** The name of id 1. */
  public static final String UNKNOWN = "[UNK]";

  /** The id that pads sequences. */
  public static final int PADDING_ID = 0;

  /** The id of tokens outside the vocabulary. */
  public static final int UNKNOWN_ID = 1;

  /** The longest token in UTF-16 units; bounds what a file can make its reader keep. */
  static final int MAX_TOKEN_LENGTH = 65_535;

  private static final int RESERVED = 2;

  private final String[] tokens;
  private final transient WordTable ids;

  private Vocabulary(String[] tokens) {
    this.tokens = tokens;
    this.ids = index(tokens);
  }

  /**
   * Returns the vocabulary of these tokens.
   *
   * @param tokensInIdOrder {@code [PAD]}, {@code [UNK]}, then the words. Not modified.
   * @throws IllegalArgumentException when the first two are others, or a word is repeated or cannot
   *     stand in a vocabulary
   */
  public static Vocabulary of(List<String> tokensInIdOrder) {
    return new Vocabulary(tokensInIdOrder.toArray(new String[0]));
  }

  /**
   * Returns the vocabulary of these words, which get the ids from 2 on.
   *
   * @param words in the order of their ids. Not modified.
   * @throws IllegalArgumentException when a word is repeated or cannot stand in a vocabulary
   */
  public static Vocabulary ofWords(List<String> words) {
    String[] tokens = new String[words.size() + RESERVED];
    tokens[PADDING_ID] = PADDING;
    tokens[UNKNOWN_ID] = UNKNOWN;
    for (int i = 0; i < words.size(); i++) {
      tokens[i + RESERVED] = words.get(i);
    }
    return new Vocabulary(tokens);
  }

  /**
   * Whether a token can be a word of a vocabulary: not null, not empty, of 65,535 UTF-16 units at
   * most, not one of the reserved names, without line separators and unpaired surrogates.
   */
  public static boolean admits(String token) {
    return token != null
        && !token.isEmpty()
        && token.length() <= MAX_TOKEN_LENGTH
        && !token.equals(PADDING)
        && !token.equals(UNKNOWN)
        && token.codePoints().noneMatch(Vocabulary::breaksLines);
  }

  static boolean breaksLines(int codePoint) {
    return codePoint == 0x2028
        || codePoint == 0x2029
        || codePoint == 0x85
        || (codePoint >= 0x0a && codePoint <= 0x0d)
        || (codePoint >= 0x1c && codePoint <= 0x1e)
        || (codePoint >= 0xd800 && codePoint <= 0xdfff);
  }

  /** Numbers the words, the reserved names not among them. */
  private static WordTable index(String[] tokens) {
    if (tokens.length < RESERVED
        || !PADDING.equals(tokens[PADDING_ID])
        || !UNKNOWN.equals(tokens[UNKNOWN_ID])) {
      throw new IllegalArgumentException(
          "a vocabulary must begin with " + PADDING + " and " + UNKNOWN);
    }
    WordTable ids = new WordTable();
    for (int id = RESERVED; id < tokens.length; id++) {
      if (!admits(tokens[id])) {
        throw new IllegalArgumentException(
            "token '" + tokens[id] + "' with id " + id + " cannot stand in a vocabulary");
      }
      int first = ids.add(tokens[id].toCharArray(), tokens[id].length());
      if (first != id - RESERVED) {
        throw new IllegalArgumentException(
            "token '%s' has two ids, %d and %d".formatted(tokens[id], first + RESERVED, id));
      }
    }
    return ids;
  }

  /** Returns the number of ids, 0 and 1 included. */
  public int size() {
    return tokens.length;
  }

  /**
   * Returns the id of a token, 1 when it is null or not in the vocabulary.
   *
   * <p>Never 0: a text that happens to spell {@code [PAD]} does not become padding.
   */
  public int id(String token) {
    return token == null ? UNKNOWN_ID : id(token.toCharArray(), token.length());
  }

  /** Returns the id of the token that the first {@code length} characters spell. Not modified. */
  int id(char[] characters, int length) {
    int word = ids.find(characters, length);
    return word < 0 ? UNKNOWN_ID : word + RESERVED;
  }

  /**
   * Returns the token of an id.
   *
   * @throws IndexOutOfBoundsException when there is no such id
   */
  public String token(int id) {
    return tokens[id];
  }

  /** Returns all tokens in the order of ids, the two reserved names first. */
  public List<String> tokens() {
    return List.of(tokens);
  }

  /**
   * Writes the file form; the stream stays open.
   *
   * @throws IOException when the stream fails
   */
  public void write(OutputStream out) throws IOException {
    out.write((String.join("\n", tokens) + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /**
   * Reads the file form to the end of the stream, which stays open.
   *
   * @throws IOException when the stream fails, or holds no vocabulary: the message says what is
   *     wrong
   */
  public static Vocabulary read(InputStream in) throws IOException {
    return read(in, Integer.MAX_VALUE);
  }

  /**
   * Reads the file form of a vocabulary whose size is limited, such as by an embedding.
   *
   * @param most how many tokens there may be, the two reserved names included
   * @throws IOException when the stream fails, or holds no vocabulary or a larger one: the message
   *     says what is wrong
   */
  public static Vocabulary read(InputStream in, int most) throws IOException {
    try {
      return new Vocabulary(VocabularyLines.read(in, most));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Object readResolve() {
    return new Vocabulary(tokens);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary that && Arrays.equals(tokens, that.tokens);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens);
  }

  @Override
  public String toString() {
    return "Vocabulary of " + size() + " tokens";
  }
}
