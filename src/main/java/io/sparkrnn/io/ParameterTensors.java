package io.sparkrnn.io;

import io.sparkrnn.nn.ParameterLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The one flat array of parameters as named tensors, and back with every check. */
final class ParameterTensors {
  private ParameterTensors() {}

  /** Returns the parameters under their names, each with the given prefix. */
  static List<NamedTensor> split(ParameterLayout layout, float[] parameters, String prefix) {
    if (parameters.length != layout.size()) {
      throw new IllegalArgumentException(
          "network has %d parameters, got %d".formatted(layout.size(), parameters.length));
    }
    List<NamedTensor> tensors = new ArrayList<>();
    for (ParameterLayout.Entry entry : layout.entries()) {
      float[] values =
          Arrays.copyOfRange(parameters, entry.offset(), entry.offset() + entry.size());
      tensors.add(new NamedTensor(prefix + entry.name(), entry.shape(), values));
    }
    return tensors;
  }

  /**
   * Returns the flat array.
   *
   * @param tensors by name, exactly those of the layout. Not modified.
   * @throws ModelFormatException if a tensor is missing, unknown, of another shape or not finite
   */
  static float[] join(ParameterLayout layout, Map<String, NamedTensor> tensors, String file)
      throws ModelFormatException {
    Set<String> names =
        layout.entries().stream()
            .map(ParameterLayout.Entry::name)
            .collect(Collectors.toCollection(TreeSet::new));
    for (String name : tensors.keySet()) {
      if (!names.contains(name)) {
        throw new ModelFormatException(
            "%s: tensor '%s' is none of the network's, which are %s".formatted(file, name, names));
      }
    }
    for (ParameterLayout.Entry entry : layout.entries()) {
      check(entry, tensors.get(entry.name()), file);
    }
    float[] parameters = new float[layout.size()];
    for (ParameterLayout.Entry entry : layout.entries()) {
      float[] values = tensors.get(entry.name()).values();
      System.arraycopy(values, 0, parameters, entry.offset(), entry.size());
    }
    return parameters;
  }

  private static void check(ParameterLayout.Entry entry, NamedTensor tensor, String file)
      throws ModelFormatException {
    if (tensor == null) {
      throw new ModelFormatException(
          "%s: tensor '%s' of the network is missing".formatted(file, entry.name()));
    }
    if (!Arrays.equals(entry.shape(), tensor.shape())) {
      throw new ModelFormatException(
          "%s: tensor '%s' must have shape %s, got %s"
              .formatted(
                  file,
                  entry.name(),
                  Arrays.toString(entry.shape()),
                  Arrays.toString(tensor.shape())));
    }
    int bad = tensor.firstNotFinite();
    if (bad >= 0) {
      throw new ModelFormatException(
          "%s: tensor '%s' must be finite, got %s at position %d"
              .formatted(file, entry.name(), tensor.values()[bad], bad));
    }
  }
}
