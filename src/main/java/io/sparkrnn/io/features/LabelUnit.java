package io.sparkrnn.io.features;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What the labels of a transcript are. */
public enum LabelUnit {
  /** The characters (code points) of a text. */
  CHARACTER(""),
  /** The words of a text, with spaces between. */
  WORD(" "),
  /** The elements of an array, as they are. */
  ARRAY(" ");

  private final String between;

  LabelUnit(String between) {
    this.between = between;
  }

  /** Returns the labels of a text. */
  public List<String> labels(String text) {
    if (this == CHARACTER) {
      return text.codePoints().mapToObj(Character::toString).toList();
    }
    return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  /** Returns the text of labels. */
  public String text(List<String> labels) {
    return labels.stream().collect(Collectors.joining(between));
  }
}
