package io.sparkrnn.nn;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Measures what a tape holds: the bytes of all primitive arrays that can be reached from it. */
final class TapeMemory {
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private long bytes;

  private TapeMemory() {}

  static long bytes(Tape tape) {
    TapeMemory memory = new TapeMemory();
    memory.add(tape);
    return memory.bytes;
  }

  private void add(Object object) {
    if (object == null || !seen.add(object)) {
      return;
    }
    Class<?> type = object.getClass();
    if (type.isArray()) {
      addArray(object, type.getComponentType());
    } else if (type.getName().startsWith("io.sparkrnn") && !type.isEnum()) {
      addFields(object, type);
    }
  }

  private void addArray(Object array, Class<?> component) {
    if (component.isPrimitive()) {
      bytes += (long) Array.getLength(array) * (component == long.class ? 8 : 4);
    } else {
      for (int i = 0; i < Array.getLength(array); i++) {
        add(Array.get(array, i));
      }
    }
  }

  private void addFields(Object object, Class<?> type) {
    for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          field.setAccessible(true);
          try {
            add(field.get(object));
          } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
          }
        }
      }
    }
  }
}
