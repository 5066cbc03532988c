package io.sparkrnn.io;

import io.sparkrnn.train.TrainingProgress;
import io.sparkrnn.train.config.TrainingConfig;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a training needs to go on as if it had never stopped.
 *
 * @param progress where it stands, between two epochs or within one
 * @param fingerprint the settings the numbers depend on, see {@link Fingerprint}; the caller may
 *     add what it knows of its data, such as the number of rows
 */
public record Checkpoint(TrainingProgress progress, SortedMap<String, String> fingerprint) {
  private static final int MOST_TOLD = 3;

  public Checkpoint {
    Objects.requireNonNull(progress, "progress");
    fingerprint = Collections.unmodifiableSortedMap(new TreeMap<>(fingerprint));
  }

  /**
   * Checks that a training with the given settings may continue from here.
   *
   * <p>A setting that the checkpoint does not know is newer than it, and had its default's effect.
   *
   * @throws IllegalArgumentException if a setting differs; the message names what the configuration
   *     says before what follows from it, such as the number of rows that a seed leaves to train on
   */
  public void checkContinuedBy(SortedMap<String, String> settings) {
    SortedMap<String, String> defaults = Fingerprint.of(TrainingConfig.defaults());
    TreeMap<String, String> before = new TreeMap<>(settings);
    before.replaceAll((name, now) -> fingerprint.getOrDefault(name, defaults.get(name)));
    before.putAll(fingerprint);
    List<String> different =
        before.keySet().stream()
            .filter(name -> !Objects.equals(before.get(name), settings.get(name)))
            .toList();
    if (different.isEmpty()) {
      return;
    }
    List<String> told = toTell(different, before, settings, defaults.keySet());
    throw new IllegalArgumentException(
        "the checkpoint was made with %s, this training has %s; train anew or use the same %s"
            .formatted(
                values(told, before),
                values(told, settings),
                told.stream().allMatch(defaults::containsKey) ? "settings" : "data and settings"));
  }

  /** Settings that both have come first, so a kind of optimizer before the numbers of either. */
  private static List<String> toTell(
      List<String> different,
      SortedMap<String, String> before,
      SortedMap<String, String> now,
      Set<String> configured) {
    Predicate<String> both = name -> before.get(name) != null && now.get(name) != null;
    List<String> settings = different.stream().filter(both).filter(configured::contains).toList();
    List<String> values = different.stream().filter(both).toList();
    List<String> told = settings.isEmpty() ? values : settings;
    return (told.isEmpty() ? different : told).stream().limit(MOST_TOLD).toList();
  }

  private static String values(List<String> names, SortedMap<String, String> values) {
    return names.stream()
        .map(name -> values.get(name) == null ? "no " + name : name + " " + values.get(name))
        .collect(Collectors.joining(", "));
  }
}
