package io.sparkrnn.spark.rows;

import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.FeatureSums;
import io.sparkrnn.train.shards.Standardization;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The examples as one cached {@link ShardData} per partition, partition s being shard s.
 *
 * <p>Which shard a row is in, and where, depends on its content alone: neither the number of input
 * partitions nor the order of arrival shows in the result. So a shard that is lost with its
 * executor is packed again, as long as these rows are open and what they were made of is.
 */
public final class ShardedRows implements AutoCloseable {
  /** How many times the mean the largest shard may hold before equal rows are dealt out. */
  private static final double HEAP = 1.25;

  /** Rows above the mean that are not worth it. */
  private static final int SMALL_HEAP = 100;

  /** Shards to begin with, when nobody has said how many. */
  private static final int FEWEST = 8;

  private static final int MOST = 1024;

  private final JavaRDD<ShardData> shards;
  private final List<ShardSummary> summaries;
  private final Broadcast<BroadcastVocabulary> words;
  private final Packing packing; // or null for examples that are assigned one by one

  /** Packs what is no table of examples into so many shards, one per partition. */
  @FunctionalInterface
  public interface Packing {
    JavaRDD<ShardData> in(int shards);
  }

  /**
   * Packs rows as somebody else knows how.
   *
   * @param shards how many shards, 0 for any until it is known
   */
  public static ShardedRows of(Packing packing, int shards) {
    return cached(packing.in(shards > 0 ? shards : FEWEST), null, packing);
  }

  /** Wraps an RDD of one shard per partition; runs one job over it. */
  public ShardedRows(JavaRDD<ShardData> shards) {
    this(shards, null, null);
  }

  /** Wraps an RDD that is made with the help of words, or without when they are null. */
  private ShardedRows(
      JavaRDD<ShardData> shards, Broadcast<BroadcastVocabulary> words, Packing packing) {
    this.shards = shards;
    this.words = words;
    this.packing = packing;
    summaries = shards.map(ShardSummary::of).collect();
  }

  /** Reads, checks and packs the rows of {@code dataset}. */
  public static ShardedRows of(PackingPlan plan, Dataset<?> dataset) {
    StructType schema = dataset.schema();
    boolean ofTexts = Columns.areReviews(schema);
    InputSpec input = plan.input();
    JavaRDD<Row> rows = dataset.select(plan.columns().of(schema)).toDF().javaRDD();
    return of(plan, ExampleRows.of(rows, () -> CellReader.of(input, ofTexts)), null);
  }

  /** Reads, checks and packs the rows of {@code dataset}, whose features readers of these read. */
  public static ShardedRows of(PackingPlan plan, Dataset<?> dataset, CellReader.Factory readers) {
    JavaRDD<Row> rows = dataset.select(plan.columns().of(dataset.schema())).toDF().javaRDD();
    return of(plan, ExampleRows.of(rows, readers), null);
  }

  /** Checks and packs reviews whose words have ids now. */
  public static ShardedRows of(PackingPlan plan, TokenizedRows rows, Vocabulary vocabulary) {
    return of(plan, rows, vocabulary, null);
  }

  /**
   * Checks and packs reviews, or texts and their translations, whose words have ids now.
   *
   * @param targets ids of the words of translations, null for none
   */
  public static ShardedRows of(
      PackingPlan plan, TokenizedRows rows, Vocabulary vocabulary, Vocabulary targets) {
    boolean maskZero = ((InputSpec.Tokens) plan.input()).maskZero();
    Broadcast<BroadcastVocabulary> words = rows.broadcast(vocabulary, targets);
    try {
      return of(plan, rows.training(words, maskZero, plan.ngrams()), words);
    } catch (Exception e) {
      words.destroy();
      throw e;
    }
  }

  private static ShardedRows of(
      PackingPlan asked, JavaRDD<ExampleRows> examples, Broadcast<BroadcastVocabulary> words) {
    PackingPlan plan =
        asked.shards() > 0 ? asked : asked.withShards(first(examples.getNumPartitions()));
    ShardedRows packed =
        cached(
            examples
                .mapPartitionsToPair(rows -> ShardPacker.pack(plan, rows))
                .partitionBy(new HashPartitioner(plan.shards()))
                .mapPartitions(pieces -> List.of(ShardPacker.join(plan, pieces)).iterator()),
            words);
    boolean mayStray = !plan.labels().areNumbers() && !plan.labels().areOfSteps();
    return mayStray ? packed.withoutStrays() : packed;
  }

  /**
   * Returns how many shards to begin with: about as many as there are partitions, so that they fit
   * where those did. It does not show in what {@link #in} makes of them.
   */
  private static int first(int partitions) {
    return Math.max(FEWEST, Math.min(Integer.highestOneBit(partitions), MOST));
  }

  private static ShardedRows cached(
      JavaRDD<ShardData> shards, Broadcast<BroadcastVocabulary> words) {
    return cached(shards, words, null);
  }

  private static ShardedRows cached(
      JavaRDD<ShardData> shards, Broadcast<BroadcastVocabulary> words, Packing packing) {
    shards.persist(StorageLevel.MEMORY_AND_DISK()).setName("packed shards");
    try {
      return new ShardedRows(shards, words, packing);
    } catch (Exception e) {
      shards.unpersist(false);
      throw e;
    }
  }

  /**
   * Refuses the rows whose class index lies beyond one that no training row has: they would add
   * classes that no row teaches. That shows only when all rows are counted, so they are packed
   * twice, if there are any; the cache of these rows is freed then.
   */
  private ShardedRows withoutStrays() {
    ShardSummary total = total();
    int classes = total.firstMissingClass();
    if (classes < 2 || classes == total.classes()) {
      return this;
    }
    try {
      return cached(shards.map(data -> data.below(classes)), words);
    } finally {
      shards.unpersist(false);
    }
  }

  /**
   * Returns these rows in so many shards; the cache of these is freed then, if it is not the same.
   *
   * <p>Rows that are equal are dealt out when they piled up in one shard: the others would wait for
   * it. Otherwise a row's shard depends on nothing but its own content.
   */
  public ShardedRows in(int shardCount, PackingPlan plan) {
    if (packing != null) {
      return shardCount == summaries.size() ? this : repacked(shardCount);
    }
    PackingPlan other = plan.withShards(shardCount);
    ShardedRows assigned = shardCount == summaries.size() ? this : dealt(other, false);
    return assigned.hasHeap() ? assigned.dealt(other, true) : assigned;
  }

  private ShardedRows repacked(int shardCount) {
    try {
      return cached(packing.in(shardCount), null, packing);
    } finally {
      shards.unpersist(false);
    }
  }

  private boolean hasHeap() {
    long largest = summaries.stream().mapToLong(ShardSummary::trainingRows).max().orElse(0);
    double mean = (double) total().trainingRows() / summaries.size();
    return largest > HEAP * mean && largest - mean > SMALL_HEAP;
  }

  private ShardedRows dealt(PackingPlan plan, boolean apart) {
    try {
      return cached(
          shards
              .mapPartitionsToPair(part -> ShardPacker.deal(plan, single(part), apart))
              .partitionBy(new HashPartitioner(plan.shards()))
              .mapPartitions(pieces -> List.of(ShardPacker.join(plan, pieces)).iterator()),
          words);
    } finally {
      shards.unpersist(false);
    }
  }

  /**
   * Returns what is trained on: these rows, or for a language model the segments of their texts;
   * the cache of these is freed then. The caller closes both.
   */
  public ShardedRows trained(TrainingConfig config) {
    if (!(config.network().head() instanceof TokenHead)) {
      return this;
    }
    try {
      return cached(
          shards.mapPartitionsWithIndex(
              (index, part) -> List.of(single(part).segments(config, index)).iterator(), true),
          null);
    } finally {
      shards.unpersist(false);
    }
  }

  /** Returns what the vectors of the rows to train on are standardized by. */
  public Standardization standardization() {
    List<FeatureSums> sums = shards.map(data -> FeatureSums.of(data.training())).collect();
    return sums.stream().reduce(FeatureSums::plus).orElseThrow().standardization();
  }

  /** Returns these rows with their vectors standardized; the cache of these is freed then. */
  public ShardedRows standardized(Standardization by) {
    try {
      return changed(shard -> shard.standardized(by));
    } finally {
      shards.unpersist(false);
    }
  }

  /** What becomes of a shard. */
  public interface Change extends Serializable {
    ShardData of(ShardData shard);
  }

  /** Returns these rows changed, shard by shard, cached beside these; the caller closes them. */
  public ShardedRows changed(Change change) {
    return cached(
        shards.mapPartitions(part -> List.of(change.of(single(part))).iterator(), true), null);
  }

  /** Returns the one shard of a partition, and reads to its end: Spark releases its block then. */
  public static <T> T single(Iterator<T> partition) {
    T data = partition.next();
    if (partition.hasNext()) {
      throw new IllegalStateException("a partition must hold 1 shard, got more");
    }
    return data;
  }

  public JavaRDD<ShardData> shards() {
    return shards;
  }

  public JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(shards.context());
  }

  /** Returns one summary per shard, in shard order. */
  public List<ShardSummary> summaries() {
    return summaries;
  }

  public ShardSummary total() {
    return ShardSummary.total(summaries);
  }

  /** Frees the cache and the words. */
  @Override
  public void close() {
    shards.unpersist(true);
    if (words != null) {
      words.destroy();
    }
  }
}
