package io.sparkrnn.nn;

import io.sparkrnn.kernel.Require;
import java.io.Serializable;
import java.util.Objects;

/** One layer of the recurrent stack: a single direction or a pair of them. */
public sealed interface LayerSpec extends Serializable
    permits LayerSpec.Recurrent, LayerSpec.Bidirectional {

  /** Returns the width of this layer's output at each step. */
  int outputSize();

  /** Returns whether the output's steps stand in the reverse of the input's order. */
  boolean goBackwards();

  /**
   * One direction.
   *
   * @param cell the kind of cell
   * @param units number of units, H; at most 46,340, whose recurrent kernel of H rows is an array
   * @param dropout fraction of the inputs dropped, one mask per sequence (Keras: {@code dropout})
   * @param recurrentDropout fraction of the previous state dropped, one mask per sequence
   * @param resetAfter GRU only: apply the reset gate after the recurrent product (Keras default)
   * @param goBackwards whether the sequence is read from its end
   */
  record Recurrent(
      CellType cell,
      int units,
      double dropout,
      double recurrentDropout,
      boolean resetAfter,
      boolean goBackwards)
      implements LayerSpec {
    /** The root of 2^31: products of sizes up to it are whole numbers that Java counts with. */
    private static final int MAX_UNITS = 46_340;

    public Recurrent {
      Objects.requireNonNull(cell, "cell");
      Require.positive("units", units);
      Require.atMost(MAX_UNITS, "units", units);
      Require.rate("dropout", dropout);
      Require.rate("recurrentDropout", recurrentDropout);
    }

    /** A forward layer without dropout. */
    public static Recurrent of(CellType cell, int units) {
      return new Recurrent(cell, units, 0, 0, true, false);
    }

    @Override
    public int outputSize() {
      return units;
    }

    /** Returns the same layer reading in the other direction. */
    public Recurrent reversed() {
      return new Recurrent(cell, units, dropout, recurrentDropout, resetAfter, !goBackwards);
    }
  }

  /**
   * The same layer in both directions, with parameters of their own.
   *
   * @param layer the forward layer
   * @param mergeMode how the outputs are joined
   */
  record Bidirectional(Recurrent layer, MergeMode mergeMode) implements LayerSpec {
    public Bidirectional {
      Objects.requireNonNull(layer, "layer");
      Objects.requireNonNull(mergeMode, "mergeMode");
    }

    @Override
    public int outputSize() {
      return mergeMode == MergeMode.CONCAT ? 2 * layer.units() : layer.units();
    }

    @Override
    public boolean goBackwards() {
      return layer.goBackwards();
    }
  }
}
