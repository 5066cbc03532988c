package io.sparkrnn.io;

import io.sparkrnn.train.config.OptionGroup;
import io.sparkrnn.train.config.OptionGroup.FreeOnResume;
import io.sparkrnn.train.config.TrainingConfig;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The settings that a training's numbers depend on, as text by path, such as {@code
 * network.layers[0].units} to {@code 32}.
 *
 * <p>Two trainings with the same fingerprint can continue one another. Left out is what is marked
 * {@link FreeOnResume}, such as how many epochs, when to stop early, how many threads compute.
 */
public final class Fingerprint {
  private Fingerprint() {}

  /** Returns the fingerprint of a configuration, unmodifiable. */
  public static SortedMap<String, String> of(TrainingConfig config) {
    SortedMap<String, String> fingerprint = new TreeMap<>();
    add("", config, false, (path, value) -> fingerprint.put(path, String.valueOf(value)));
    return Collections.unmodifiableSortedMap(fingerprint);
  }

  /** Returns every setting of a record and the records within it, by path. */
  public static SortedMap<String, Object> settings(Record record) {
    SortedMap<String, Object> settings = new TreeMap<>();
    add("", record, true, settings::put);
    return settings;
  }

  private static void add(
      String path, Object value, boolean free, BiConsumer<String, Object> settings) {
    if (value instanceof Record record) {
      addRecord(path, record, free, settings);
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        add(path + "[" + i + "]", list.get(i), free, settings);
      }
    } else {
      settings.accept(path, value);
    }
  }

  private static void addRecord(
      String path, Record record, boolean free, BiConsumer<String, Object> settings) {
    boolean oneOfSeveral = record.getClass().getInterfaces().length > 0 && !path.isEmpty();
    if (oneOfSeveral && record.getClass().getEnclosingClass() != null) {
      settings.accept(path + ".kind", record.getClass().getSimpleName());
    }
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      if (free || !component.isAnnotationPresent(FreeOnResume.class)) {
        Object value = value(record, component);
        String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
        add(value instanceof OptionGroup ? path : name, value, free, settings);
      }
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
