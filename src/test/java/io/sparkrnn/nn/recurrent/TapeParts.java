package io.sparkrnn.nn.recurrent;

import java.lang.reflect.Field;

/** Shows tests of whole networks what a direction's tape has inside. */
public final class TapeParts {
  private TapeParts() {}

  /** Returns in how many segments the last training pass went, 0 for two directions. */
  public static int segments(LayerTape tape) {
    return tape instanceof RecurrentTape recurrent ? recurrent.segments.count() : 0;
  }

  /** Returns the packed weights. */
  public static Object weights(LayerTape tape) {
    return ((RecurrentTape) tape).weights();
  }

  /** Returns whether the tape's own projection has projected anything: it then read the biases. */
  public static boolean hasProjected(LayerTape tape) throws ReflectiveOperationException {
    Field zeros = InputProjection.class.getDeclaredField("zeros");
    zeros.setAccessible(true);
    return ((int[]) zeros.get(((RecurrentTape) tape).projection())).length > 0;
  }

  /** Returns the projected rows of the distinct tokens. */
  public static Object projected(LayerTape tape) {
    return ((DistinctProjection) ((RecurrentTape) tape).projection()).projected();
  }
}
