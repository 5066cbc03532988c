package io.sparkrnn.nn.head;

import io.sparkrnn.kernel.Kernels;
import io.sparkrnn.kernel.Scratch;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.Initializers;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.nn.State;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.nn.output.LossFunction;
import io.sparkrnn.nn.recurrent.DistinctIds;
import io.sparkrnn.nn.recurrent.Features;
import io.sparkrnn.nn.recurrent.LayerTape;
import io.sparkrnn.nn.recurrent.SequenceLayer;
import io.sparkrnn.nn.recurrent.TapeShape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The head of a {@link TranslationHead}: a decoder that attends to the outputs of the layers.
 *
 * <p>Source and target have packed orders of their own: attention and all that follows it read rows
 * by sentences, the steps of the first sentence of the batch, then those of the second. Predictions
 * of a batch with targets are logarithms of the probabilities of all target tokens and ends, by
 * sentences; of one without there are none, {@link Decoding} goes on from there.
 */
public final class DecoderHead implements Head {
  private final TranslationHead spec;
  private final int memorySize;
  private final int units;
  private final int width;
  private final int embeddingOffset;
  private final int outputOffset;
  private final Dense[] bridges;
  private final SequenceLayer[] layers;
  private final CrossAttention attention;
  private final Dense combine;
  private final TokenSoftmax softmax;

  /**
   * Creates the head and appends its variables.
   *
   * @param memorySize width of the encoder's outputs
   */
  DecoderHead(TranslationHead spec, int memorySize, ParameterLayout.Builder layout) {
    this.spec = spec;
    this.memorySize = memorySize;
    int count = spec.layers().size();
    units = spec.layers().get(count - 1).units();
    width = spec.querySize();
    embeddingOffset =
        layout.add("decoder/embedding/embeddings", spec.outputs(), spec.embeddingSize());
    bridges = new Dense[count];
    layers = new SequenceLayer[count];
    int size = spec.embeddingSize();
    for (int l = 0; l < count; l++) {
      LayerSpec.Recurrent layer = spec.layers().get(l);
      bridges[l] = new Dense("decoder/bridge_" + l, memorySize, layer.units(), layout);
      layers[l] = SequenceLayer.of(layer, "decoder/", l, size, layout);
      size = layer.units();
    }
    attention = new CrossAttention(spec.score(), memorySize, units, layout);
    combine = new Dense("attention/combine", memorySize + units, width, layout);
    int table =
        spec.tied() ? embeddingOffset : layout.add("output/embeddings", spec.outputs(), width);
    softmax =
        new TokenSoftmax(spec.outputs(), width, table, layout.add("output/bias", spec.outputs()));
    outputOffset = spec.tied() ? -1 : table;
  }

  @Override
  public boolean readsSequences() {
    return true;
  }

  /** The tokens of all translations and their ends. */
  @Override
  public int predictions(PackedBatch batch) {
    return batch.targets().start(batch.size()) + batch.size();
  }

  @Override
  public void check(LossFunction loss, PackedBatch batch) {
    spec.check(loss.loss());
    spec.checkTargets(batch.targets().kind(), "batch");
  }

  @Override
  public void initialize(float[] parameters, SplittableRandom random) {
    double limit = spec.tied() ? Math.sqrt(3.0 / spec.embeddingSize()) : Math.sqrt(3.0);
    Initializers.uniform(
        parameters, embeddingOffset, spec.outputs() * spec.embeddingSize(), limit, random.split());
    for (int l = 0; l < layers.length; l++) {
      bridges[l].initialize(parameters, random.split());
      layers[l].initialize(parameters, random.split());
    }
    attention.initialize(parameters, random.split());
    combine.initialize(parameters, random.split());
    if (!spec.tied()) {
      Initializers.glorotUniform(parameters, outputOffset, spec.outputs(), width, random.split());
    }
  }

  @Override
  public HeadTape newTape() {
    Features embedded = new Features(spec.embeddingSize());
    LayerTape[] tapes = new LayerTape[layers.length];
    Features from = embedded;
    for (int l = 0; l < layers.length; l++) {
      tapes[l] = layers[l].newTape(from);
      from = tapes[l].output();
    }
    return new DecoderTape(embedded, tapes, new LogUniformSample(spec.outputs(), 0));
  }

  /** Translations are taken to be as long as what they translate. */
  @Override
  public long trainingFloats(int tokens, int batchSize) {
    int rows = tokens + batchSize;
    int distinct = Math.min(rows, spec.outputs());
    long floats = 2L * distinct * spec.embeddingSize();
    TapeShape shape = new TapeShape(rows, distinct, batchSize, false);
    for (int l = 0; l < layers.length; l++) {
      floats += layers[l].trainingFloats(shape, l == 0, true);
    }
    return floats
        + attention.floats(rows)
        + rows * (4L * (memorySize + units) + 4L * width + 4)
        + (long) TokenSoftmax.rows(spec.outputs()) * spec.outputs()
        + 4L * spec.outputs() * width
        + Scratch.floats(spec.outputs());
  }

  @Override
  public void pack(float[] parameters, HeadTape headTape) {
    DecoderTape tape = own(headTape);
    tape.parameters = parameters;
    tape.tableKnown = false;
    tape.transposedKnown = false;
    for (int l = 0; l < layers.length; l++) {
      bridges[l].pack(parameters, tape.bridges[l]);
      layers[l].pack(parameters, tape.layers[l]);
    }
    attention.pack(parameters, tape.attention);
    combine.pack(parameters, tape.combine);
  }

  @Override
  public void forward(
      float[] parameters,
      PackedBatch batch,
      LayerTape top,
      HeadTape headTape,
      boolean training,
      SplittableRandom dropout) {
    DecoderTape tape = own(headTape);
    attention.remember(batch, top.output().rows(), tape.attention);
    begin(parameters, batch, top, tape);
    if (batch.targets().kind() == null) {
      tape.inputs = Scratch.grown(tape.inputs, 1);
      tape.starts = Scratch.grown(tape.starts, 1);
      tape.batch.assemble(tape.inputs, new int[1], tape.places(0), 0, 0);
    } else {
      gather(batch, tape);
      tape.batch.assemble(tape.inputs, tape.starts, tape.places(batch.size()), 0, batch.size());
    }
    run(parameters, tape, tape.initial, training, dropout);
    if (batch.targets().kind() != null) {
      int rows = tape.batch.tokens();
      tape.outputs = Scratch.grown(tape.outputs, rows * units);
      sentences(tape, tape.top().output().rows(), tape.outputs);
      queries(parameters, rows, tape.starts, tape.outputs, tape);
      drop(rows, dropout, tape);
    }
  }

  /** The states that the decoder starts from. */
  private void begin(float[] parameters, PackedBatch batch, LayerTape top, DecoderTape tape) {
    Kernels kernels = tape.kernels;
    for (int l = 0; l < layers.length; l++) {
      int size = batch.size() * spec.layers().get(l).units();
      boolean cell = spec.layers().get(l).cell() == CellType.LSTM;
      if (tape.initial[l].hidden().length < size) {
        int room = size + size / 4;
        tape.bridged[l] = new float[room];
        tape.initial[l] = new State(new float[room], new float[cell ? room : 0]);
        tape.dInitial[l] = new State(new float[room], new float[cell ? room : 0]);
      }
      float[] z = tape.bridged[l];
      bridges[l].forward(parameters, batch.size(), top.last(), z, tape.bridges[l]);
      System.arraycopy(z, 0, tape.initial[l].hidden(), 0, size);
      kernels.tanh(size, tape.initial[l].hidden(), 0);
      if (cell) {
        System.arraycopy(z, 0, tape.initial[l].cell(), 0, size);
      }
    }
  }

  /** Puts what the decoder reads, and what it should predict, together. */
  private static void gather(PackedBatch batch, DecoderTape tape) {
    int rows = batch.targets().start(batch.size()) + batch.size();
    tape.inputs = Scratch.grown(tape.inputs, rows);
    tape.targets = Scratch.grown(tape.targets, rows);
    tape.weights = Scratch.grown(tape.weights, rows);
    tape.starts = Scratch.grown(tape.starts, batch.size() + 1);
    int at = 0;
    for (int b = 0; b < batch.size(); b++) {
      int from = batch.targets().start(b);
      int count = batch.targets().start(b + 1) - from;
      tape.starts[b] = at;
      Arrays.fill(tape.weights, at, at + count + 1, batch.targets().weight(b));
      tape.inputs[at] = TranslationHead.BOUNDARY;
      System.arraycopy(batch.targets().ids(), from, tape.inputs, at + 1, count);
      System.arraycopy(batch.targets().ids(), from, tape.targets, at, count);
      tape.targets[at + count] = TranslationHead.BOUNDARY;
      at += count + 1;
    }
    tape.starts[batch.size()] = at;
  }

  /** Runs the layers over the decoder's batch. */
  private void run(
      float[] parameters,
      DecoderTape tape,
      State[] initial,
      boolean training,
      SplittableRandom dropout) {
    embed(parameters, tape);
    for (int l = 0; l < layers.length; l++) {
      tape.layers[l].startFrom(tape.batch, List.of(initial[l]));
      layers[l].forward(parameters, tape.batch, tape.layers[l], true, training, dropout);
    }
  }

  private void embed(float[] parameters, DecoderTape tape) {
    int size = spec.embeddingSize();
    DistinctIds distinct = tape.batch.distinct();
    tape.embedded.resize(distinct.count(), distinct.index());
    for (int d = 0; d < distinct.count(); d++) {
      int id = distinct.id(d);
      if (id < 0 || id >= spec.outputs()) {
        throw new IllegalArgumentException(
            "token id %d of a translation is outside [0, %d); the vocabulary does not fit the model"
                .formatted(id, spec.outputs()));
      }
      System.arraycopy(
          parameters, embeddingOffset + id * size, tape.embedded.rows(), d * size, size);
    }
  }

  /** Brings rows from the packed order of the decoder's batch to that by sentences. */
  private void sentences(DecoderTape tape, float[] packed, float[] rows) {
    for (int b = 0; b < tape.batch.size(); b++) {
      int to = tape.starts[tape.batch.position(b)] * units;
      for (int t = 0; t < tape.batch.length(b); t++, to += units) {
        System.arraycopy(packed, (tape.batch.offset(t) + b) * units, rows, to, units);
      }
    }
  }

  /**
   * From outputs of the last layer, by sentences, to what the softmax reads.
   *
   * @param starts where those of each sentence begin
   */
  private void queries(
      float[] parameters, int rows, int[] starts, float[] outputs, DecoderTape tape) {
    tape.contexts = Scratch.grown(tape.contexts, rows * memorySize);
    attention.attend(starts, outputs, tape.contexts, tape.attention);
    int joined = memorySize + units;
    tape.joined = Scratch.grown(tape.joined, rows * joined);
    tape.combined = Scratch.grown(tape.combined, rows * width);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(tape.contexts, r * memorySize, tape.joined, r * joined, memorySize);
      System.arraycopy(outputs, r * units, tape.joined, r * joined + memorySize, units);
    }
    combine.forward(parameters, rows, tape.joined, tape.combined, tape.combine);
    tape.kernels.tanh(rows * width, tape.combined, 0);
    tape.queries = tape.combined;
  }

  private void drop(int rows, SplittableRandom random, DecoderTape tape) {
    double rate = spec.outputDropout();
    tape.drops = random != null && rate > 0;
    if (tape.drops) {
      int size = rows * width;
      tape.mask = Scratch.grown(tape.mask, size);
      tape.dropped = Scratch.grown(tape.dropped, size);
      float keep = (float) (1 / (1 - rate));
      for (int i = 0; i < size; i++) {
        tape.mask[i] = random.nextDouble() < rate ? 0f : keep;
      }
      tape.kernels.multiplyElements(size, tape.combined, 0, tape.mask, 0, tape.dropped, 0);
      tape.queries = tape.dropped;
    }
  }

  @Override
  public void predict(PackedBatch batch, HeadTape headTape) {
    DecoderTape tape = own(headTape);
    if (batch.targets().kind() == null) {
      softmax.everyToken(0, tape.combined, tape);
    } else {
      int rows = tape.batch.tokens();
      tape.resizePredictions(rows);
      softmax.targets(rows, tape);
    }
  }

  @Override
  public double lossAndGradient(
      PackedBatch batch, int count, LossFunction loss, HeadTape headTape, float[] gradient) {
    DecoderTape tape = own(headTape);
    int rows = tape.batch.tokens();
    tape.dQueries = Scratch.grown(tape.dQueries, rows * width);
    return softmax.full(rows, count, loss.labelSmoothing(), tape, gradient);
  }

  @Override
  public void backward(
      float[] parameters, PackedBatch batch, LayerTape top, HeadTape headTape, float[] gradient) {
    DecoderTape tape = own(headTape);
    queriesBackward(tape, gradient);
    layersBackward(parameters, tape, gradient);
    Arrays.fill(top.dLast(), 0, batch.size() * memorySize, 0f);
    beginBackward(batch, top, tape, gradient);
    top.output().clearGradient();
    attention.addToOutputs(batch, top.output().gradient(), tape.attention);
  }

  /** From dq to the derivatives by contexts and outputs. */
  private void queriesBackward(DecoderTape tape, float[] gradient) {
    int rows = tape.batch.tokens();
    int size = rows * width;
    if (tape.drops) {
      tape.kernels.multiplyElements(size, tape.dQueries, 0, tape.mask, 0, tape.dQueries, 0);
    }
    tape.kernels.tanhBackward(size, tape.combined, 0, tape.dQueries, 0);
    int joined = memorySize + units;
    tape.dJoined = Scratch.grown(tape.dJoined, rows * joined);
    combine.backward(rows, tape.joined, tape.dQueries, tape.dJoined, false, gradient, tape.combine);
    tape.dContexts = Scratch.grown(tape.dContexts, rows * memorySize);
    tape.dOutputs = Scratch.grown(tape.dOutputs, rows * units);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(tape.dJoined, r * joined, tape.dContexts, r * memorySize, memorySize);
      System.arraycopy(tape.dJoined, r * joined + memorySize, tape.dOutputs, r * units, units);
    }
    attention.backward(tape.dContexts, tape.dOutputs, gradient, tape.attention);
  }

  private void layersBackward(float[] parameters, DecoderTape tape, float[] gradient) {
    tape.top().output().clearGradient();
    float[] d = tape.top().output().gradient();
    for (int b = 0; b < tape.batch.size(); b++) {
      int from = tape.starts[tape.batch.position(b)] * units;
      for (int t = 0; t < tape.batch.length(b); t++, from += units) {
        System.arraycopy(tape.dOutputs, from, d, (tape.batch.offset(t) + b) * units, units);
      }
    }
    for (int l = layers.length - 1; l >= 0; l--) {
      tape.layers[l].input().clearGradient();
      layers[l].backward(parameters, tape.batch, tape.layers[l], true, gradient);
      layers[l].finish(tape.layers[l], gradient);
    }
    int size = spec.embeddingSize();
    DistinctIds distinct = tape.batch.distinct();
    for (int k = 0; k < distinct.count(); k++) {
      int to = embeddingOffset + distinct.id(k) * size;
      tape.kernels.add(size, tape.embedded.gradient(), k * size, gradient, to);
    }
  }

  /** From the derivatives by the first states to those by the encoder's last. */
  private void beginBackward(PackedBatch batch, LayerTape top, DecoderTape tape, float[] gradient) {
    for (int l = 0; l < layers.length; l++) {
      int size = batch.size() * spec.layers().get(l).units();
      State d = tape.dInitial[l];
      tape.layers[l].readInitialGradient(tape.batch, List.of(d));
      tape.kernels.tanhBackward(size, tape.initial[l].hidden(), 0, d.hidden(), 0);
      if (d.cell().length > 0) {
        tape.kernels.add(size, d.cell(), 0, d.hidden(), 0);
      }
      bridges[l].backward(
          batch.size(), top.last(), d.hidden(), top.dLast(), true, gradient, tape.bridges[l]);
    }
  }

  /**
   * Goes on by hand from a forward pass over a batch without targets.
   *
   * @param parameters those of the pass. Not modified.
   * @param tape of that pass. Modified.
   */
  public Decoding decode(float[] parameters, HeadTape tape) {
    return new Decoding(this, parameters, own(tape), spec);
  }

  /**
   * One step for some rows.
   *
   * @param initial states before it, a row each. Replaced by those after it. Modified.
   * @param rows how many
   * @param starts where the rows of each sentence begin, and their number
   */
  void step(float[] parameters, State[] initial, int rows, int[] starts, DecoderTape tape) {
    tape.batch.assemble(tape.inputs, tape.places(rows + 1), tape.places(rows + 1), 0, rows);
    run(parameters, tape, initial, false, null);
    for (int l = 0; l < layers.length; l++) {
      tape.layers[l].readFinal(tape.batch, List.of(initial[l]));
    }
    queries(parameters, rows, starts, tape.top().output().rows(), tape);
    tape.resizePredictions(rows * spec.outputs());
    softmax.everyToken(rows, tape.combined, tape);
  }

  private static DecoderTape own(HeadTape tape) {
    return (DecoderTape) tape;
  }
}
