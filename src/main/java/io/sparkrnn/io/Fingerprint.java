package io.sparkrnn.io;

import io.sparkrnn.train.OptionGroup;
import io.sparkrnn.train.TrainingConfig;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings that a training's numbers depend on, as text by path, such as {@code
 * network.layers[0].units} to {@code 32}.
 *
 * <p>Two trainings with the same fingerprint can continue one another. Left out is what may change
 * in between: how many epochs, when to stop early, how often to monitor, how many threads compute,
 * in how much memory.
 */
public final class Fingerprint {
  private static final Set<String> FREE =
      Set.of("epochs", "patience", "monitorEvery", "threadsPerTask", "maxTapeMegabytes");

  private Fingerprint() {}

  /** Returns the fingerprint of a configuration, unmodifiable. */
  public static SortedMap<String, String> of(TrainingConfig config) {
    SortedMap<String, String> settings = settings(config);
    settings.keySet().removeAll(FREE);
    return Collections.unmodifiableSortedMap(settings);
  }

  /** Returns every setting of a record and the records within it, as text by path. */
  public static SortedMap<String, String> settings(Record record) {
    SortedMap<String, String> settings = new TreeMap<>();
    add(settings, "", record);
    return settings;
  }

  private static void add(SortedMap<String, String> settings, String path, Object value) {
    if (value instanceof Record record) {
      addRecord(settings, path, record);
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        add(settings, path + "[" + i + "]", list.get(i));
      }
    } else {
      settings.put(path, String.valueOf(value));
    }
  }

  private static void addRecord(SortedMap<String, String> settings, String path, Record record) {
    boolean oneOfSeveral = record.getClass().getInterfaces().length > 0 && !path.isEmpty();
    if (oneOfSeveral && record.getClass().getEnclosingClass() != null) {
      settings.put(path + ".kind", record.getClass().getSimpleName());
    }
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = value(record, component);
      String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
      add(settings, value instanceof OptionGroup ? path : name, value);
    }
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "settings record " + record.getClass().getName() + " must be public", e);
    }
  }
}
