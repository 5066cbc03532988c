package io.sparkrnn.nn;

/**
 * How the input of a recurrent layer reaches its gates: projected for all steps before the first
 * ({@link SeparateProjection}), or in one product with h(t-1) ({@link ConcatenatedProjection}).
 * Owns what the recurrent product reads, {@code tape.seen}.
 *
 * <p>Stateless; scratch is the tape.
 */
interface InputProjection {

  /** Rearranges the parameters for the products. */
  void pack(float[] parameters, RecurrentTape tape, boolean training);

  /** Prepares all steps of a block, and {@code tape.start}. */
  void begin(PackedBatch batch, RecurrentTape tape, boolean training);

  /** Prepares the gates of rows first .. first + count, which become the tape's first rows. */
  default void beginRows(RecurrentTape tape, int first, int count) {}

  /**
   * Makes {@code tape.seen} hold what the recurrent product of a step reads.
   *
   * @param first first row of the step among the N
   * @param state h(t-1), the step's rows from row {@code stateFirst} on. Not modified.
   * @param seenFirst row of {@code tape.seen} for the first of them
   */
  void see(
      PackedBatch batch,
      RecurrentTape tape,
      int first,
      int live,
      float[] state,
      int stateFirst,
      int seenFirst);

  /** Prepares the backward sweep. */
  default void beginBackward(RecurrentTape tape) {}

  /**
   * Carries the gate derivatives of a step to dh(t-1) in {@code tape.dHidden}.
   *
   * @param direct whether {@code tape.dHidden} already holds a part of it
   */
  void carry(PackedBatch batch, RecurrentTape tape, int t, boolean direct);

  /** Uses the gate derivatives of rows first .. first + count for all gradients they enter. */
  void consume(RecurrentTape tape, int first, int count, float[] gradient);

  /** Does what is done once for all steps of a block. */
  default void endBackward(PackedBatch batch, RecurrentTape tape) {}

  /** Does what is done once for all blocks of a batch. */
  default void finish(RecurrentTape tape, float[] gradient) {}
}
