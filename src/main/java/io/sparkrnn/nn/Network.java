package io.sparkrnn.nn;

import io.sparkrnn.nn.head.DecoderHead;
import io.sparkrnn.nn.head.Decoding;
import io.sparkrnn.nn.head.Head;
import io.sparkrnn.nn.output.LossFunction;
import io.sparkrnn.nn.recurrent.Features;
import io.sparkrnn.nn.recurrent.LayerTape;
import io.sparkrnn.nn.recurrent.SequenceLayer;
import io.sparkrnn.nn.recurrent.TapeShape;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A network: input, recurrent layers and head, as its {@link NetworkSpec} says.
 *
 * <p>Immutable and thread-safe: parameters are one {@code float[]} of the caller's, scratch is the
 * caller's {@link Tape}. Cheap to make; not serializable (send the spec).
 */
public final class Network {
  /**
   * Rows of a batch that are trained together, forward and back: two tiles of the products. What
   * they leave on the tape stays in the second-level cache or near it, where a whole batch's would
   * go to memory and come back.
   */
  public static final int BLOCK_ROWS = 16;

  private final NetworkSpec spec;
  private final ParameterLayout layout;
  private final InputLayer input;
  private final SequenceLayer[] layers;
  private final Head head;
  private final int headOffset;

  /** Creates the network of a topology. */
  public Network(NetworkSpec spec) {
    this.spec = spec;
    ParameterLayout.Builder builder = new ParameterLayout.Builder();
    input = new InputLayer(spec.input(), projectedWidth(spec.layers().get(0)), builder);
    layers = new SequenceLayer[spec.layers().size()];
    int size = spec.input().size();
    for (int i = 0; i < layers.length; i++) {
      layers[i] = SequenceLayer.of(spec.layers().get(i), i, size, builder);
      size = layers[i].outputSize();
    }
    headOffset = builder.size();
    head = Head.of(spec, input.tableOffset(), size, builder);
    layout = builder.build();
  }

  private static int projectedWidth(LayerSpec layer) {
    return layer instanceof LayerSpec.Bidirectional both
        ? 2 * projectedWidth(both.layer())
        : ((LayerSpec.Recurrent) layer).cell().gates() * ((LayerSpec.Recurrent) layer).units();
  }

  /** Returns the topology. */
  public NetworkSpec spec() {
    return spec;
  }

  /** Returns names, shapes and places of the parameters. */
  public ParameterLayout layout() {
    return layout;
  }

  /**
   * Returns new parameters: uniform embeddings, Glorot-uniform kernels, orthogonal recurrent
   * kernels, zero biases but one for the LSTM's forget gate, as Keras initializes by default. The
   * embedding of a language model begins larger, see {@link TokenHead#embeddingLimit}.
   *
   * @param seed the same seed gives the same bits everywhere
   */
  public float[] initialParameters(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] parameters = new float[layout.size()];
    input.initialize(parameters, spec.head().embeddingLimit(spec.input().size()), random.split());
    for (SequenceLayer layer : layers) {
      layer.initialize(parameters, random.split());
    }
    head.initialize(parameters, random);
    return parameters;
  }

  /** Returns the embedding's place among the parameters, or null when the network reads vectors. */
  public ParameterLayout.Entry embedding() {
    return input.entry(layout);
  }

  /** Returns whether a variable is of the head, and neither of the input nor of the layers. */
  public boolean isOfHead(ParameterLayout.Entry variable) {
    return variable.offset() >= headOffset;
  }

  /**
   * Returns a gradient for {@link #lossAndGradient} to fill, for one thread.
   *
   * @param frozenEmbedding whether the embedding's part is left out, because it is not trained
   */
  public Gradient newGradient(boolean frozenEmbedding) {
    return new Gradient(layout, embedding(), frozenEmbedding);
  }

  /** Returns scratch for one thread. */
  public Tape newTape() {
    Features features = new Features(spec.input().size());
    LayerTape[] tapes = new LayerTape[layers.length];
    Features from = features;
    for (int i = 0; i < layers.length; i++) {
      tapes[i] = layers[i].newTape(from);
      from = tapes[i].output();
    }
    return new Tape(spec, features, tapes, head.newTape());
  }

  /**
   * Returns how many bytes a tape takes to train on batches of up to this size.
   *
   * <p>Per direction of a recurrent layer, for D distinct tokens in a batch, and N tokens and B
   * sequences in the largest of its blocks of {@link #BLOCK_ROWS} sequences:
   *
   * <pre>
   *   4 x 5/4 x (N x kept + 2 D G + (pending + B) G + ...)     pending = 256
   *   kept:  LSTM 4H + H + 2H    GRU 4H + H    SimpleRNN H + H
   * </pre>
   *
   * <p>and I + H more per token where input and state are joined (LSTM and SimpleRNN above another
   * layer or with dropout), H with recurrent dropout alone, 2H where every step is read, and 2H +
   * 2K more for a head at every step. The quarter is what arrays grow by when a larger batch comes.
   * When steps are recomputed the first term is only some sqrt(N B) rows, each of {@code kept} and
   * of the states between segments.
   *
   * @param tokens steps of all sequences of a batch
   * @param distinctTokens distinct ids among them, D; not read by networks over vectors
   * @param blockTokens steps of its longest {@link #BLOCK_ROWS} sequences, N; all of them when
   *     states are handed in, which keeps a batch together
   * @param blockSize number of those sequences, B
   * @param recompute whether only some states are kept, as above {@link Tape#limit}
   */
  public long trainingBytes(
      int tokens, int distinctTokens, int blockTokens, int blockSize, boolean recompute) {
    TapeShape shape = new TapeShape(blockTokens, distinctTokens, blockSize, recompute);
    boolean indexed = spec.input() instanceof InputSpec.Tokens ids && ids.spatialDropout() == 0;
    long floats = 2L * (indexed ? distinctTokens + 1L : tokens) * spec.input().size();
    floats += blockTokens + 5L * blockSize;
    for (int i = 0; i < layers.length; i++) {
      floats += layers[i].trainingFloats(shape, indexed && i == 0, sequences(i));
    }
    return 5 * (floats + head.trainingFloats(blockTokens, blockSize));
  }

  /** Decides whether the next training batch leaves all steps on the tape. */
  private void choose(PackedBatch batch, Tape tape) {
    if (tape.limit() < Long.MAX_VALUE) {
      int distinct = batch.vectorSize() == 0 ? batch.distinct().count() : 0;
      int rows = Math.min(batch.size(), tape.blockRows(batch, BLOCK_ROWS));
      int blockTokens = 0;
      for (int b = 0; b < rows; b++) {
        blockTokens += batch.length(b);
      }
      long bytes = trainingBytes(batch.tokens(), distinct, blockTokens, rows, false);
      tape.recompute(bytes > tape.limit());
    }
  }

  /**
   * Predicts; results are in {@code tape.predictions()}.
   *
   * <p>A tape remembers the parameters it saw last by identity: pass a new array when their values
   * change.
   *
   * @param parameters all parameters. Not modified.
   * @param batch Not modified.
   * @param tape Modified.
   */
  public void forward(float[] parameters, PackedBatch batch, Tape tape) {
    check(parameters, "parameters");
    input.check(batch);
    if (!tape.holds(parameters)) {
      pack(parameters, tape);
      tape.setPacked(parameters);
    }
    tape.start(batch);
    input.forward(parameters, batch, false, null, tape.input(), tape.tokenDropout());
    tape.leaveBlocks();
    run(parameters, batch, false, null, tape);
    head.predict(batch, tape.head());
  }

  /**
   * Predicts from given states; {@code tape.readFinal} then has the states at the end.
   *
   * @param parameters all parameters. Not modified.
   * @param batch Not modified.
   * @param initial states before each sequence's first step, or null for zeros. Not modified.
   * @param tape Modified; later passes start from zeros again.
   * @throws IllegalArgumentException if batch or states do not fit the network
   */
  public void forward(float[] parameters, PackedBatch batch, States initial, Tape tape) {
    tape.startFrom(initial);
    try {
      forward(parameters, batch, tape);
    } finally {
      tape.startFrom(null);
    }
  }

  /**
   * Encodes a batch, for translations of it to be made step by step.
   *
   * @param parameters all parameters. Not modified.
   * @param batch without targets. Not modified.
   * @param tape Modified.
   * @throws IllegalArgumentException if the network is no translator, or the batch does not fit it
   */
  public Decoding decode(float[] parameters, PackedBatch batch, Tape tape) {
    if (!(head instanceof DecoderHead decoder)) {
      throw new IllegalArgumentException("decoding needs a translator, got " + spec.head());
    }
    forward(parameters, batch, tape);
    return decoder.decode(parameters, tape.head());
  }

  /**
   * Reads a batch for the states at its end alone; nothing is dropped and nothing predicted.
   *
   * @param parameters all parameters. Not modified.
   * @param batch Not modified.
   * @param states before each sequence's first step; replaced by those after its last. Modified.
   * @param tape Modified; later passes start from zeros again.
   */
  public void advance(float[] parameters, PackedBatch batch, States states, Tape tape) {
    check(parameters, "parameters");
    input.check(batch);
    tape.startFrom(states);
    try {
      pack(parameters, tape);
      tape.setPacked(parameters);
      tape.start(batch);
      input.forward(parameters, batch, true, null, tape.input(), tape.tokenDropout());
      tape.leaveBlocks();
      for (int i = 0; i < layers.length; i++) {
        layers[i].forward(parameters, batch, tape.layer(i), sequences(i), false, null);
      }
      tape.readFinal(batch, states);
    } finally {
      tape.startFrom(null);
    }
  }

  /**
   * Forward and backward.
   *
   * <p>{@code tape.predictions()} is not set. B is the number of predictions: with a head at every
   * step, that of the real steps, and a step's weight is its row's times its own: sum(weight *
   * loss) / steps is what Keras has with a mask and the reduction sum_over_batch_size; the weights
   * do not enter the divisor.
   *
   * @param parameters all parameters. Not modified.
   * @param batch a labelled batch. Not modified.
   * @param loss must fit the output activation
   * @param dropout source of the dropout masks, or null for no dropout. Modified.
   * @param tape Modified.
   * @param gradient derivative of sum(weight * loss) / B by the parameters; overwritten. Modified.
   * @return sum(weight * loss) over the batch
   * @throws IllegalArgumentException if loss and output do not fit, an array has another length, or
   *     the batch does not fit the network or has no labels
   */
  public double lossAndGradient(
      float[] parameters,
      PackedBatch batch,
      Loss loss,
      SplittableRandom dropout,
      Tape tape,
      float[] gradient) {
    check(gradient, "gradient");
    tape.parametersChanged();
    Arrays.fill(gradient, 0f);
    double sum =
        addBlocks(
            parameters,
            batch,
            head.predictions(batch),
            LossFunction.of(loss),
            dropout,
            tape,
            gradient);
    tape.parametersChanged();
    input.backward(batch, tape.input(), tape.tokenDropout(), gradient);
    return sum;
  }

  /**
   * The same, at a cost that does not depend on the size of the vocabulary: of the embedding's
   * gradient nothing is touched but the rows of this batch and of the one before.
   *
   * @param parameters all parameters. Not modified.
   * @param batch a labelled batch. Not modified.
   * @param loss must fit the output activation
   * @param dropout source of the dropout masks, or null for no dropout. Modified.
   * @param tape Modified.
   * @param gradient derivative of sum(weight * loss) / B by the parameters; overwritten. Modified.
   * @return sum(weight * loss) over the batch
   * @throws IllegalArgumentException if loss and output do not fit, an array has another length, or
   *     the batch does not fit the network or has no labels
   */
  public double lossAndGradient(
      float[] parameters,
      PackedBatch batch,
      Loss loss,
      SplittableRandom dropout,
      Tape tape,
      Gradient gradient) {
    gradient.clear();
    tape.parametersChanged();
    double sum =
        addLossAndGradient(
            parameters,
            batch,
            head.predictions(batch),
            LossFunction.of(loss),
            dropout,
            tape,
            gradient);
    tape.parametersChanged();
    return sum;
  }

  /**
   * The same for a part of a larger batch: adds the part's share to the gradient, so that all parts
   * together, starting from a cleared gradient, give the batch's up to rounding.
   *
   * @param parameters all parameters; after a change to the same array, {@link
   *     Tape#parametersChanged} must be called. Not modified.
   * @param part a labelled part of the batch. Not modified.
   * @param rows B, the number of predictions of all parts
   * @param loss must fit the output activation
   * @param dropout source of the dropout masks, or null for no dropout. Modified.
   * @param tape Modified.
   * @param gradient the derivative of sum(weight * loss) / B over the part is added. Modified.
   * @return sum(weight * loss) over the part
   * @throws IllegalArgumentException if loss and output do not fit, an array has another length, or
   *     the part does not fit the network or has no labels
   */
  public double addLossAndGradient(
      float[] parameters,
      PackedBatch part,
      int rows,
      LossFunction loss,
      SplittableRandom dropout,
      Tape tape,
      Gradient gradient) {
    check(gradient.values(), "gradient");
    double sum = addBlocks(parameters, part, rows, loss, dropout, tape, gradient.values());
    gradient.note(part);
    gradient.note(tape.head().touched());
    if (!gradient.isFrozen()) {
      input.backward(part, tape.input(), tape.tokenDropout(), gradient.values());
    }
    return sum;
  }

  /**
   * Forward and backward, some rows at a time, so that what the way forward leaves for the way back
   * stays in the cache. Rows of the input, and what is projected of them, are shared by all blocks.
   */
  private double addBlocks(
      float[] parameters,
      PackedBatch batch,
      int rows,
      LossFunction loss,
      SplittableRandom dropout,
      Tape tape,
      float[] gradient) {
    tape.checkOwner();
    head.check(loss, batch);
    check(parameters, "parameters");
    input.check(batch);
    if (!tape.holds(parameters)) {
      pack(parameters, tape);
      tape.setPacked(parameters);
    }
    choose(batch, tape);
    tape.start(batch);
    input.forward(parameters, batch, true, dropout, tape.input(), tape.tokenDropout());
    tape.input().clearGradient();
    int size = tape.blockRows(batch, BLOCK_ROWS);
    double sum = 0;
    for (int first = 0; first == 0 || first < batch.size(); first += size) {
      PackedBatch block = tape.enter(batch, first, Math.min(size, batch.size() - first));
      run(parameters, block, true, dropout, tape);
      sum += head.lossAndGradient(block, rows, loss, tape.head(), gradient);
      back(parameters, block, tape, gradient);
    }
    for (int i = 0; i < layers.length; i++) {
      layers[i].finish(tape.layer(i), gradient);
    }
    tape.endBackward();
    return sum;
  }

  private void check(float[] array, String name) {
    if (array.length != layout.size()) {
      throw new IllegalArgumentException(
          name + " must have " + layout.size() + " values for this network, got " + array.length);
    }
  }

  /** Returns a tape that holds all that scoring computes from the parameters alone. */
  Tape prepare(float[] parameters) {
    Tape tape = newTape();
    PackedBatch nothing = new PackedBatch();
    if (spec.input() instanceof InputSpec.Vectors vectors) {
      nothing.assembleVectors(new float[0], vectors.size(), new int[1], new int[0], 0, 0);
    }
    forward(parameters, nothing, tape);
    return tape;
  }

  private void pack(float[] parameters, Tape tape) {
    tape.checkOwner();
    tape.input().release();
    for (int i = 0; i < layers.length; i++) {
      layers[i].pack(parameters, tape.layer(i));
    }
    head.pack(parameters, tape.head());
  }

  /** From the rows of the input to what the head makes predictions of. */
  private void run(
      float[] parameters,
      PackedBatch batch,
      boolean training,
      SplittableRandom dropout,
      Tape tape) {
    for (int i = 0; i < layers.length; i++) {
      layers[i].forward(parameters, batch, tape.layer(i), sequences(i), training, dropout);
    }
    head.forward(parameters, batch, tape.top(), tape.head(), training, dropout);
  }

  /** Whether every step of layer {@code i} is read. */
  private boolean sequences(int i) {
    return i < layers.length - 1 || head.readsSequences();
  }

  /** From the derivative that the head has to the gradient, which is added, and the features'. */
  private void back(float[] parameters, PackedBatch batch, Tape tape, float[] gradient) {
    head.backward(parameters, batch, tape.top(), tape.head(), gradient);
    for (int i = layers.length - 1; i >= 0; i--) {
      if (i > 0) {
        tape.layer(i).input().clearGradient();
      }
      if (i < layers.length - 1) {
        Arrays.fill(tape.layer(i).dLast(), 0, batch.size() * layers[i].outputSize(), 0f);
      }
      layers[i].backward(parameters, batch, tape.layer(i), sequences(i), gradient);
    }
  }
}
