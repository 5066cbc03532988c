package io.sparkrnn;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Classes that need each other: the strongly connected components of the dependencies between
 * top-level classes.
 *
 * @see <a href="https://doi.org/10.1137/0201010">Tarjan, 1972</a>
 */
final class ClassCycles {
  private final Map<JavaClass, Set<JavaClass>> uses = new HashMap<>();
  private final Map<JavaClass, Integer> index = new HashMap<>();
  private final Map<JavaClass, Integer> low = new HashMap<>();
  private final Deque<JavaClass> open = new ArrayDeque<>();
  private final List<Set<JavaClass>> cycles = new ArrayList<>();

  private ClassCycles(JavaClasses classes) {
    for (JavaClass type : classes) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (classes.contain(target.getName())) {
          used(top(type)).add(top(target));
        }
      }
    }
  }

  /** Returns the sets of at least two classes of which each leads to each. */
  static List<Set<JavaClass>> of(JavaClasses classes) {
    ClassCycles search = new ClassCycles(classes);
    for (JavaClass type : List.copyOf(search.uses.keySet())) {
      if (!search.index.containsKey(type)) {
        search.visit(type);
      }
    }
    return search.cycles;
  }

  private static JavaClass top(JavaClass type) {
    return type.getEnclosingClass().map(ClassCycles::top).orElse(type);
  }

  private Set<JavaClass> used(JavaClass type) {
    return uses.computeIfAbsent(type, t -> new TreeSet<>(Comparator.comparing(JavaClass::getName)));
  }

  private void visit(JavaClass type) {
    index.put(type, index.size());
    low.put(type, index.get(type));
    open.push(type);
    for (JavaClass next : used(type)) {
      if (!index.containsKey(next)) {
        visit(next);
        low.merge(type, low.get(next), Math::min);
      } else if (open.contains(next)) {
        low.merge(type, index.get(next), Math::min);
      }
    }
    if (low.get(type).equals(index.get(type))) {
      close(type);
    }
  }

  private void close(JavaClass root) {
    Set<JavaClass> component = new TreeSet<>(Comparator.comparing(JavaClass::getName));
    JavaClass type;
    do {
      type = open.pop();
      component.add(type);
    } while (!type.equals(root));
    if (component.size() > 1) {
      cycles.add(component);
    }
  }
}
