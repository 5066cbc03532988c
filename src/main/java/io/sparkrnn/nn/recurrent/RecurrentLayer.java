package io.sparkrnn.nn.recurrent;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.Initializers;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.ParameterLayout;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One direction of one recurrent layer over a packed batch; the cell says what a step is.
 *
 * <p>The input is projected for all steps at once, and for each distinct token only once; a step
 * then adds the recurrent product and applies the gates. On the way back the derivatives by the
 * gates are kept for some steps, and the weight gradients are single products over all of them.
 */
final class RecurrentLayer implements SequenceLayer {
  private final LayerSpec.Recurrent spec;
  private final RecurrentVariables variables;
  private final RecurrentSize size;

  /**
   * Creates a layer and appends its variables.
   *
   * @param path Keras path of the layer's variables, such as {@code lstm_0/lstm_cell}
   */
  RecurrentLayer(
      LayerSpec.Recurrent spec, int inputSize, String path, ParameterLayout.Builder layout) {
    this.spec = spec;
    variables = RecurrentVariables.add(spec, inputSize, path, layout);
    size = new RecurrentSize(spec, variables);
  }

  @Override
  public int outputSize() {
    return spec.units();
  }

  @Override
  public RecurrentTape newTape(Features input) {
    return new RecurrentTape(input, variables);
  }

  @Override
  public void initialize(float[] parameters, SplittableRandom random) {
    int units = spec.units();
    WeightBlock kernel = variables.kernel();
    WeightBlock recurrent = variables.recurrent();
    int bias = variables.bias();
    int biases = Arrays.stream(variables.cell().biasShape()).reduce(1, Math::multiplyExact);
    Initializers.glorotUniform(
        parameters, kernel.offset(), kernel.rows(), kernel.columns(), random);
    Initializers.orthogonal(parameters, recurrent.offset(), units, recurrent.columns(), random);
    Arrays.fill(parameters, bias, bias + biases, 0f);
    if (spec.cell() == CellType.LSTM) {
      Arrays.fill(parameters, bias + units, bias + 2 * units, 1f);
    }
  }

  @Override
  public long trainingFloats(TapeShape shape, boolean tokens, boolean sequences) {
    return size.floats(shape, tokens && spec.dropout() == 0, sequences);
  }

  /** Packing waits for the forward pass, which knows what it needs. */
  @Override
  public void pack(float[] parameters, LayerTape tape) {
    ((RecurrentTape) tape).weights().forget();
  }

  @Override
  public void forward(
      float[] parameters,
      PackedBatch batch,
      LayerTape layerTape,
      boolean sequences,
      boolean training,
      SplittableRandom dropout) {
    RecurrentTape tape = (RecurrentTape) layerTape;
    tape.begin(training);
    tape.reserveLast(batch.size());
    tape.inputMask.draw(spec.dropout(), batch.size(), dropout);
    tape.recurrentMask.draw(spec.recurrentDropout(), batch.size(), dropout);
    if (sequences) {
      tape.output().resize(batch.tokens(), null);
    }
    InputProjection projection = tape.projection();
    if (tape.weights().mustPack(projection.concatenates(), training)) {
      projection.pack(parameters, training);
    }
    ForwardSweep sweep = new ForwardSweep(variables.cell(), tape, batch);
    if (training) {
      plan(batch, tape);
      projection.begin(batch, true);
      sweep.train(sequences);
    } else {
      projection.begin(batch, false);
      sweep.score(sequences);
    }
  }

  /** Decides which steps are on the tape at the same time. */
  private void plan(PackedBatch batch, RecurrentTape tape) {
    if (tape.recomputes()) {
      boolean concatenated = tape.projection().concatenates();
      int kept = size.keptPerRow(concatenated, tape.recurrentMask.drops());
      tape.segments.cut(batch, size.segmentRows(batch.tokens(), batch.size(), kept));
    } else {
      tape.segments.whole(batch);
    }
  }

  @Override
  public void backward(
      float[] parameters,
      PackedBatch batch,
      LayerTape layerTape,
      boolean sequences,
      float[] gradient) {
    RecurrentTape tape = (RecurrentTape) layerTape;
    new BackwardSweep(variables.cell(), tape, batch, sequences, gradient).run();
  }

  @Override
  public void finish(LayerTape layerTape, float[] gradient) {
    ((RecurrentTape) layerTape).projection().finish(gradient);
  }
}
