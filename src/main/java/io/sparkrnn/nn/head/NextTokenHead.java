package io.sparkrnn.nn.head;

import io.sparkrnn.kernel.Addend;
import io.sparkrnn.kernel.Scratch;
import io.sparkrnn.nn.Initializers;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.nn.output.LossFunction;
import io.sparkrnn.nn.recurrent.LayerTape;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The head of a {@link TokenHead}: from the outputs at all steps to the tokens after them.
 *
 * <p>Logits exist for a block of steps at a time, never for all steps of a batch. Predictions are
 * logarithms of probabilities, always by the full softmax: of the target of each of the N steps
 * where the batch has targets, else of each token after the last step of each sequence, B x V.
 */
final class NextTokenHead implements Head {
  private final TokenHead spec;
  private final int inputSize;
  private final int tokens;
  private final int width;
  private final boolean isProjected;
  private final int tableOffset;
  private final int projectionOffset;
  private final TokenSoftmax softmax;

  /**
   * Creates the head and appends its variables.
   *
   * @param inputSize H
   * @param embeddingSize D
   * @param embeddingOffset where the embedding starts among the parameters
   */
  NextTokenHead(
      TokenHead spec,
      int inputSize,
      int embeddingSize,
      int embeddingOffset,
      ParameterLayout.Builder layout) {
    this.spec = spec;
    this.inputSize = inputSize;
    tokens = spec.outputs();
    width = spec.tied() ? embeddingSize : inputSize;
    isProjected = width != inputSize;
    projectionOffset = isProjected ? layout.add("projection/kernel", inputSize, width) : -1;
    tableOffset = spec.tied() ? embeddingOffset : layout.add("output/embeddings", tokens, width);
    softmax = new TokenSoftmax(tokens, width, tableOffset, layout.add("output/bias", tokens));
  }

  @Override
  public boolean readsSequences() {
    return true;
  }

  @Override
  public int predictions(PackedBatch batch) {
    return batch.tokens();
  }

  @Override
  public void check(LossFunction loss, PackedBatch batch) {
    spec.check(loss.loss());
    spec.checkTargets(batch.targets().kind(), "batch");
    if (loss.labelSmoothing() > 0) {
      throw new IllegalArgumentException(
          "labelSmoothing must be 0 for a language model, got " + loss.labelSmoothing());
    }
  }

  @Override
  public void initialize(float[] parameters, SplittableRandom random) {
    SplittableRandom own = random.split();
    if (isProjected) {
      Initializers.glorotUniform(parameters, projectionOffset, inputSize, width, own);
    }
    if (!spec.tied()) {
      Initializers.glorotUniform(parameters, tableOffset, tokens, width, own);
    }
  }

  @Override
  public HeadTape newTape() {
    return new NextTokenTape(new LogUniformSample(tokens, spec.samples()));
  }

  @Override
  public long trainingFloats(int tokens, int batchSize) {
    int compared = spec.samples() > 0 ? spec.samples() : this.tokens;
    return tokens * (2L * width + 2)
        + (long) TokenSoftmax.rows(compared) * compared
        + 4L * compared * width
        + Scratch.floats(compared);
  }

  @Override
  public void pack(float[] parameters, HeadTape headTape) {
    NextTokenTape tape = own(headTape);
    tape.parameters = parameters;
    tape.tableKnown = false;
    tape.transposedKnown = false;
    if (isProjected) {
      tape.projection.pack(inputSize, width, parameters, projectionOffset, width);
      tape.projectionTransposed.packTransposed(
          width, inputSize, parameters, projectionOffset, width);
    }
  }

  @Override
  public void forward(
      float[] parameters,
      PackedBatch batch,
      LayerTape top,
      HeadTape headTape,
      boolean training,
      SplittableRandom dropout) {
    NextTokenTape tape = own(headTape);
    tape.queries = top.output().rows();
    if (isProjected) {
      tape.projected = Scratch.grown(tape.projected, batch.tokens() * width);
      tape.kernels.multiply(
          batch.tokens(),
          top.output().rows(),
          0,
          inputSize,
          tape.projection,
          Addend.zero(),
          tape.projected,
          0,
          width,
          tape.scratch);
      tape.queries = tape.projected;
    }
  }

  @Override
  public void predict(PackedBatch batch, HeadTape headTape) {
    NextTokenTape tape = own(headTape);
    if (batch.targets().kind() == null) {
      tape.resizePredictions(batch.size() * tokens);
      tape.dQueries = Scratch.grown(tape.dQueries, batch.size() * width);
      for (int b = 0; b < batch.size(); b++) {
        int length = batch.length(b);
        if (length == 0) {
          Arrays.fill(tape.dQueries, b * width, (b + 1) * width, 0f);
        } else {
          int from = (batch.offset(length - 1) + b) * width;
          System.arraycopy(tape.queries, from, tape.dQueries, b * width, width);
        }
      }
      softmax.everyToken(batch.size(), tape.dQueries, tape);
    } else {
      gather(batch, tape);
      tape.resizePredictions(batch.tokens());
      softmax.targets(batch.tokens(), tape);
    }
  }

  /** Brings targets and weights into the order of the steps. */
  private static void gather(PackedBatch batch, NextTokenTape tape) {
    tape.targets = Scratch.grown(tape.targets, batch.tokens());
    tape.weights = Scratch.grown(tape.weights, batch.tokens());
    int[] ids = batch.targets().ids();
    for (int b = 0; b < batch.size(); b++) {
      int start = batch.targets().start(b);
      int count = batch.targets().start(b + 1) - start;
      if (count != batch.length(b)) {
        throw new IllegalArgumentException(
            "row %d must have a token after each of %d steps, got %d"
                .formatted(batch.position(b), batch.length(b), count));
      }
      for (int t = 0; t < count; t++) {
        tape.targets[batch.offset(t) + b] = ids[start + t];
        tape.weights[batch.offset(t) + b] = batch.targets().weight(b);
      }
    }
  }

  @Override
  public double lossAndGradient(
      PackedBatch batch, int count, LossFunction loss, HeadTape headTape, float[] gradient) {
    NextTokenTape tape = own(headTape);
    gather(batch, tape);
    tape.dQueries = Scratch.grown(tape.dQueries, batch.tokens() * width);
    if (spec.tied()) {
      tape.touched().reserve(tokens);
    }
    if (spec.samples() > 0) {
      return softmax.sampled(batch.tokens(), count, tape, gradient);
    }
    if (spec.tied()) {
      tape.touched().addAll(tokens);
    }
    return softmax.full(batch.tokens(), count, 0, tape, gradient);
  }

  @Override
  public void backward(
      float[] parameters, PackedBatch batch, LayerTape top, HeadTape headTape, float[] gradient) {
    NextTokenTape tape = own(headTape);
    int steps = batch.tokens();
    Arrays.fill(top.dLast(), 0, batch.size() * inputSize, 0f);
    top.output().clearGradient();
    float[] d = top.output().gradient();
    if (!isProjected) {
      System.arraycopy(tape.dQueries, 0, d, 0, steps * width);
      return;
    }
    tape.kernels.addTransposedProduct(
        steps,
        inputSize,
        width,
        top.output().rows(),
        0,
        inputSize,
        tape.dQueries,
        0,
        width,
        gradient,
        projectionOffset,
        width,
        tape.scratch);
    tape.kernels.multiply(
        steps,
        tape.dQueries,
        0,
        width,
        tape.projectionTransposed,
        Addend.zero(),
        d,
        0,
        inputSize,
        tape.scratch);
  }

  private static NextTokenTape own(HeadTape tape) {
    return (NextTokenTape) tape;
  }
}
