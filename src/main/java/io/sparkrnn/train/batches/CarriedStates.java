package io.sparkrnn.train.batches;

import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.State;
import io.sparkrnn.nn.States;

/**
 * The states that the B rows of a {@link TokenStream} have reached, for a task to go on from: row r
 * of the shard is a segment of row r mod B.
 *
 * <p>Threads may use different rows at the same time.
 */
final class CarriedStates {
  private final NetworkSpec network;
  private final States states;

  CarriedStates(NetworkSpec network, int rows) {
    this.network = network;
    states = States.zeros(network, rows);
  }

  /** Returns a copy of the states of {@code rows[from .. to)}. */
  States of(int[] rows, int from, int to) {
    States some = States.zeros(network, to - from);
    copy(rows, from, to, some, false);
    return some;
  }

  /** Takes states over. */
  void keep(int[] rows, int from, int to, States some) {
    copy(rows, from, to, some, true);
  }

  private void copy(int[] rows, int from, int to, States some, boolean keep) {
    for (int layer = 0; layer < network.layers().size(); layer++) {
      for (int d = 0; d < states.layer(layer).size(); d++) {
        State all = states.layer(layer).get(d);
        State part = some.layer(layer).get(d);
        for (int i = from; i < to; i++) {
          int row = rows[i] % states.batchSize();
          copy(all.hidden(), row, part.hidden(), i - from, states.batchSize(), keep);
          copy(all.cell(), row, part.cell(), i - from, states.batchSize(), keep);
        }
      }
    }
  }

  private static void copy(float[] all, int row, float[] part, int place, int rows, boolean keep) {
    int width = all.length / rows;
    if (keep) {
      System.arraycopy(part, place * width, all, row * width, width);
    } else {
      System.arraycopy(all, row * width, part, place * width, width);
    }
  }
}
