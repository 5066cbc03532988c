package io.sparkrnn.io;

import io.sparkrnn.nn.ParameterLayout;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
   * Reads the flat array from a safetensors file.
   *
   * @param in a file of exactly the tensors of the layout. Read to its end, not closed.
   * @throws ModelFormatException if a tensor is missing, unknown, of another shape or not finite
   * @throws IOException if reading fails
   */
  static float[] read(ParameterLayout layout, InputStream in, String file) throws IOException {
    Map<String, NamedTensor> tensors =
        Safetensors.read(in, file, header -> check(layout, header, file)).tensors();
    float[] parameters = new float[layout.size()];
    for (ParameterLayout.Entry entry : layout.entries()) {
      NamedTensor tensor = tensors.get(entry.name());
      checkFinite(tensor, file);
      System.arraycopy(tensor.values(), 0, parameters, entry.offset(), entry.size());
    }
    return parameters;
  }

  private static void check(ParameterLayout layout, SafetensorsHeader header, String file)
      throws ModelFormatException {
    Map<String, int[]> found = new HashMap<>();
    header.entries().forEach(entry -> found.put(entry.name(), entry.shape()));
    Set<String> names =
        layout.entries().stream()
            .map(ParameterLayout.Entry::name)
            .collect(Collectors.toCollection(TreeSet::new));
    for (String name : found.keySet()) {
      if (!names.contains(name)) {
        throw new ModelFormatException(
            "%s: tensor '%s' is none of the network's, which are %s".formatted(file, name, names));
      }
    }
    for (ParameterLayout.Entry entry : layout.entries()) {
      check(entry, found.get(entry.name()), file);
    }
  }

  private static void check(ParameterLayout.Entry entry, int[] shape, String file)
      throws ModelFormatException {
    if (shape == null) {
      throw new ModelFormatException(
          "%s: tensor '%s' of the network is missing".formatted(file, entry.name()));
    }
    if (!Arrays.equals(entry.shape(), shape)) {
      throw new ModelFormatException(
          "%s: tensor '%s' must have shape %s, got %s"
              .formatted(
                  file, entry.name(), Arrays.toString(entry.shape()), Arrays.toString(shape)));
    }
  }

  /** Refuses a tensor of a file that has an infinity or NaN. */
  static void checkFinite(NamedTensor tensor, String file) throws ModelFormatException {
    int bad = tensor.firstNotFinite();
    if (bad >= 0) {
      throw new ModelFormatException(
          "%s: tensor '%s' must be finite, got %s at position %d"
              .formatted(file, tensor.name(), tensor.values()[bad], bad));
    }
  }
}
