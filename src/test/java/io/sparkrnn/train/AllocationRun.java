package io.sparkrnn.train;

import com.sun.management.ThreadMXBean;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.Gradient;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.MergeMode;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.nn.Tape;
import io.sparkrnn.nn.output.LossFunction;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.optim.OptimizerState;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Trains on the same batches again and again, and prints for each network and length of sequences
 * how many bytes a batch allocates once everything has grown and is compiled.
 */
final class AllocationRun {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Bytes per batch at which there is nothing left to wait for. */
  private static final long ENOUGH = 1_024;

  private static final String RESET_BEFORE = "_reset_before";
  private static final int ROWS = 12;
  private static final int WINDOW = 4;
  private static final int WINDOWS = 4_000;

  private final Network network;
  private final PackedShard shard;
  private final Tape tape;
  private final PackedBatch batch = new PackedBatch();
  private final Gradient gradient;
  private final float[] parameters;
  private final OptimizerSpec optimizer = OptimizerSpec.RmsProp.defaults();
  private final OptimizerState state;
  private final LossFunction loss = LossFunction.of(Loss.BINARY_CROSSENTROPY);
  private final int[] rows = IntStream.range(0, ROWS).toArray();

  private AllocationRun(NetworkSpec spec, int length, boolean recompute) {
    network = new Network(spec);
    shard = shard(length);
    tape = network.newTape();
    tape.limit(recompute ? 1 : Long.MAX_VALUE);
    gradient = network.newGradient(false);
    parameters = network.initialParameters(1);
    state = OptimizerState.zeros(optimizer, parameters.length);
  }

  /** Prints one line per network of the named cells and length: name, length, bytes per batch. */
  public static void main(String[] args) {
    for (Map.Entry<String, NetworkSpec> network : networks(args).entrySet()) {
      for (int length : new int[] {10, 120}) {
        for (boolean recompute : new boolean[] {false, true}) {
          long bytes = new AllocationRun(network.getValue(), length, recompute).bytesPerBatch();
          System.out.println(network.getKey() + " " + length + " " + bytes);
        }
      }
    }
  }

  private static Map<String, NetworkSpec> networks(String[] cells) {
    Map<String, NetworkSpec> networks = new LinkedHashMap<>();
    for (String name : cells) {
      boolean after = !name.endsWith(RESET_BEFORE);
      CellType cell = CellType.valueOf(name.replace(RESET_BEFORE, "").toUpperCase(Locale.ROOT));
      LayerSpec.Recurrent plain = new LayerSpec.Recurrent(cell, 16, 0, 0, after, false);
      LayerSpec.Recurrent drops = new LayerSpec.Recurrent(cell, 16, 0.2, 0.2, after, false);
      networks.put(name, network(Pooling.LAST, plain));
      networks.put(name + "-dropout-stack", network(Pooling.MAX_MEAN, drops, drops));
      networks.put(
          name + "-bidirectional-attention",
          network(Pooling.ATTENTION, new LayerSpec.Bidirectional(plain, MergeMode.CONCAT)));
    }
    return networks;
  }

  private static NetworkSpec network(Pooling pooling, LayerSpec... layers) {
    NetworkSpec binary = NetworkSpec.binary(CellType.LSTM, 50, 16, 16);
    HeadSpec head = HeadSpec.of(pooling, 1, binary.head().activation());
    return new NetworkSpec(new InputSpec.Tokens(50, 16, true), List.of(layers), head);
  }

  private static PackedShard shard(int length) {
    SplittableRandom random = new SplittableRandom(length);
    PackedShardBuilder builder = new PackedShardBuilder();
    for (int row = 0; row < ROWS; row++) {
      builder.add(random.ints(length - row / 2, 1, 50).toArray(), row % 2, 1);
    }
    return builder.build();
  }

  /** The least of many windows: until vectors are compiled, each of them is an object. */
  private long bytesPerBatch() {
    long least = Long.MAX_VALUE;
    for (int window = 0; window < WINDOWS && least > WINDOW * ENOUGH; window++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < WINDOW; i++) {
        step(i);
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least / WINDOW;
  }

  private void step(int seed) {
    shard.assemble(batch, true, rows, 0, ROWS);
    gradient.clear();
    tape.parametersChanged();
    network.addLossAndGradient(
        parameters, batch, ROWS, loss, new SplittableRandom(seed), tape, gradient);
    optimizer.step(parameters, gradient.values(), state, 1e-4);
  }
}
