package io.sparkrnn.spark.params;

import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.NetworkSpec;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The options of a network that another one gives, where nobody sets them. */
public final class NetworkDefaults {
  private NetworkDefaults() {}

  /**
   * Makes a network's input and recurrent layers the defaults of an estimator; its head is no
   * matter.
   *
   * @param to whose options. Modified.
   * @param network what they become
   */
  public static void set(TrainingParams<?> to, NetworkSpec network) {
    if (network.input() instanceof InputSpec.Tokens tokens) {
      to.setDefault(to.embeddingSize(), tokens.embeddingSize());
      to.setDefault(to.maskZero(), tokens.maskZero());
      to.setDefault(to.embeddingDropout(), tokens.embeddingDropout());
      to.setDefault(to.spatialDropout(), tokens.spatialDropout());
    }
    if (!to.isSet(to.layers())) {
      setLayers(to, network.layers());
    }
  }

  private static void setLayers(TrainingParams<?> to, List<LayerSpec> layers) {
    LayerSpec first = layers.get(0);
    if (!layers.stream().allMatch(layer -> isLike(first, layer))) {
      to.setDefault(to.layers(), LayerText.of(layers));
      return;
    }
    LayerSpec.Recurrent cell = direction(first);
    to.setDefault(to.layer(), cell.cell().name().toLowerCase(Locale.ROOT));
    to.setDefault(
        to.units(),
        layers.stream()
            .map(layer -> "" + direction(layer).units())
            .collect(Collectors.joining(",")));
    to.setDefault(to.dropout(), cell.dropout());
    to.setDefault(to.recurrentDropout(), cell.recurrentDropout());
    to.setDefault(to.resetAfter(), cell.resetAfter());
    to.setDefault(to.goBackwards(), cell.goBackwards());
    to.setDefault(to.bidirectional(), first instanceof LayerSpec.Bidirectional);
    if (first instanceof LayerSpec.Bidirectional pair) {
      to.setDefault(to.mergeMode(), pair.mergeMode().name().toLowerCase(Locale.ROOT));
    }
  }

  /** Whether two layers differ in nothing but units. */
  private static boolean isLike(LayerSpec one, LayerSpec other) {
    return withUnits(one, 1).equals(withUnits(other, 1));
  }

  private static LayerSpec withUnits(LayerSpec layer, int units) {
    LayerSpec.Recurrent cell = direction(layer);
    LayerSpec.Recurrent other =
        new LayerSpec.Recurrent(
            cell.cell(),
            units,
            cell.dropout(),
            cell.recurrentDropout(),
            cell.resetAfter(),
            cell.goBackwards());
    return layer instanceof LayerSpec.Bidirectional pair
        ? new LayerSpec.Bidirectional(other, pair.mergeMode())
        : other;
  }

  private static LayerSpec.Recurrent direction(LayerSpec layer) {
    return layer instanceof LayerSpec.Bidirectional pair
        ? pair.layer()
        : (LayerSpec.Recurrent) layer;
  }
}
