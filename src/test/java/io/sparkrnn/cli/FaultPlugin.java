package io.sparkrnn.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Random;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.util.TaskCompletionListener;
import scala.jdk.javaapi.CollectionConverters;

/** Makes the first attempt of some tasks go wrong, by the setting {@code spark.faults.kind}. */
public final class FaultPlugin implements SparkPlugin {
  /** What goes wrong. */
  enum Kind {
    /** The task throws when its work is done. */
    THROW,
    /** The task takes much longer than others. */
    STALL,
    /** The executor has lost what it cached. */
    LOSE
  }

  static final String KIND = "spark.faults.kind";
  static final String SEED = "spark.faults.seed";
  static final String LOG = "spark.faults.log";

  /** One task in so many goes wrong. */
  private static final Map<Kind, Integer> ONE_IN =
      Map.of(Kind.THROW, 6, Kind.STALL, 30, Kind.LOSE, 6);

  private static final int STALL_MILLIS = 2000;

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Faults();
  }

  private static void fail(TaskContext task) {
    throw new IllegalStateException("injected into task " + task.taskAttemptId());
  }

  private static final class Faults implements ExecutorPlugin {
    private Kind kind;
    private long seed;
    private Path log;

    @Override
    public void init(PluginContext context, Map<String, String> more) {
      kind = Kind.valueOf(context.conf().get(KIND));
      seed = context.conf().getLong(SEED, 0);
      log = Path.of(context.conf().get(LOG));
    }

    @Override
    public void onTaskStart() {
      TaskContext task = TaskContext.get();
      long place = seed * 1_000_003 + task.stageId() * 1009L + task.partitionId();
      if (task.attemptNumber() > 0 || new Random(place).nextInt(ONE_IN.get(kind)) > 0) {
        return;
      }
      try {
        Files.writeString(log, kind + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        inject(task);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the other attempt was faster
      }
    }

    private void inject(TaskContext task) throws InterruptedException {
      switch (kind) {
        case THROW -> task.addTaskCompletionListener((TaskCompletionListener) FaultPlugin::fail);
        case STALL -> Thread.sleep(STALL_MILLIS);
        case LOSE -> {
          BlockManager blocks = SparkEnv.get().blockManager();
          CollectionConverters.asJava(blocks.getMatchingBlockIds(BlockId::isRDD))
              .forEach(block -> blocks.removeBlock(block, true));
        }
      }
    }
  }
}
