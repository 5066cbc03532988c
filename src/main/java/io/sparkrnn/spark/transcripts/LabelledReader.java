package io.sparkrnn.spark.transcripts;

import io.sparkrnn.io.features.Alphabet;
import io.sparkrnn.nn.CtcHead;
import io.sparkrnn.spark.rows.CellReader;
import io.sparkrnn.spark.rows.Refusal;
import io.sparkrnn.spark.rows.SequenceCellReader;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import io.sparkrnn.train.shards.StableKey;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Reads a cell that holds what the network reads and, beside it, the labels. Not for several
 * threads.
 */
final class LabelledReader implements CellReader {
  private final SequenceCellReader features;
  private final Alphabet alphabet;
  private int[] labels = new int[0];
  private String reason;

  LabelledReader(SequenceCellReader features, Alphabet alphabet) {
    this.features = features;
    this.alphabet = alphabet;
  }

  @Override
  public Refusal read(Object cell) {
    Row both = (Row) cell;
    reason = null;
    Refusal refusal = features.read(both.get(0));
    if (refusal != null) {
      reason = features.reason(refusal);
      return refusal;
    }
    reason = readLabels(TranscriptRows.labels(both.get(1), alphabet.unit()));
    return reason == null ? null : Refusal.LABELS;
  }

  /** Returns why labels are refused, or null when they are not. */
  private String readLabels(List<String> words) {
    if (words == null) {
      return "label is null";
    }
    labels = new int[words.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = alphabet.output(words.get(i));
      if (labels[i] == CtcHead.BLANK) {
        return "label holds '%s', which no training row has".formatted(words.get(i));
      }
    }
    int least = CtcHead.leastSteps(labels, 0, labels.length);
    return least <= features.steps()
        ? null
        : "label is too long: it needs %d steps, got %d".formatted(least, features.steps());
  }

  @Override
  public String reason(Refusal refusal) {
    return reason;
  }

  @Override
  public void addTo(PackedShardBuilder rows, float label, float weight) {
    int numbers = features.steps() * features.vectorSize();
    rows.addPair(Arrays.copyOf(features.vectors(), numbers), labels, weight);
  }

  @Override
  public long key(float label, float weight) {
    return StableKey.of(
        features.vectors(), features.vectorSize(), features.steps(), labels, weight);
  }

  @Override
  public float[] align(Object cell, PackedShard rows, int row, float[] weights) {
    return features.align(((Row) cell).get(0), rows, row, weights);
  }
}
