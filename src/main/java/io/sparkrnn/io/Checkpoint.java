package io.sparkrnn.io;

import io.sparkrnn.train.TrainingProgress;
import io.sparkrnn.train.config.TrainingConfig;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a training needs to go on as if it had never stopped.
 *
 * @param progress where it stands, between two epochs or within one
 * @param fingerprint the settings the numbers depend on, see {@link Fingerprint}; the caller may
 *     add what it knows of its data, such as the number of rows
 */
public record Checkpoint(TrainingProgress progress, SortedMap<String, String> fingerprint) {
  public Checkpoint {
    Objects.requireNonNull(progress, "progress");
    fingerprint = Collections.unmodifiableSortedMap(new TreeMap<>(fingerprint));
  }

  /**
   * Checks that a training with the given settings may continue from here.
   *
   * <p>A setting that the checkpoint does not know is newer than it, and had its default's effect.
   *
   * @throws IllegalArgumentException if a setting differs; the message names the first one
   */
  public void checkContinuedBy(SortedMap<String, String> settings) {
    SortedMap<String, String> defaults = Fingerprint.of(TrainingConfig.defaults());
    TreeMap<String, String> all = new TreeMap<>(fingerprint);
    all.putAll(settings);
    for (String name : all.keySet()) {
      String before = fingerprint.getOrDefault(name, defaults.get(name));
      String now = settings.get(name);
      if (!Objects.equals(before, now)) {
        throw new IllegalArgumentException(
            "the checkpoint was made with %s %s, this training has %s; train anew or use the same settings"
                .formatted(name, before, now));
      }
    }
  }
}
