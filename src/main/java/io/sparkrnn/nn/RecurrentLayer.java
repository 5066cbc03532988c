package io.sparkrnn.nn;

import io.sparkrnn.kernel.Start;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One direction of one recurrent layer over a packed batch; the cell says what a step is.
 *
 * <p>The input is projected for all steps at once, and for each distinct token only once; a step
 * then adds the recurrent product and applies the gates. On the way back the derivatives by the
 * gates are kept for all steps, and the weight gradients are single products over all of them.
 */
final class RecurrentLayer implements SequenceLayer {
  private final LayerSpec.Recurrent spec;
  private final Cell cell;
  private final int inputSize;
  private final int units;
  private final int kernelOffset;
  private final int recurrentOffset;
  private final int biasOffset;
  private final int[] biasShape;

  /**
   * Creates a layer and appends its variables.
   *
   * @param path Keras path of the layer's variables, such as {@code lstm_0/lstm_cell}
   */
  RecurrentLayer(
      LayerSpec.Recurrent spec, int inputSize, String path, ParameterLayout.Builder layout) {
    this.spec = spec;
    this.inputSize = inputSize;
    this.units = spec.units();
    this.cell =
        switch (spec.cell()) {
          case SIMPLE_RNN -> new SimpleRnnCell(units);
          case LSTM -> new LstmCell(units);
          case GRU -> new GruCell(units, spec.resetAfter());
        };
    int columns = spec.cell().gates() * units;
    kernelOffset = layout.add(path + "/kernel", inputSize, columns);
    recurrentOffset = layout.add(path + "/recurrent_kernel", units, columns);
    biasShape = cell.biasShape();
    biasOffset = layout.add(path + "/bias", biasShape);
  }

  @Override
  public int outputSize() {
    return units;
  }

  @Override
  public RecurrentTape newTape(Features input) {
    return new RecurrentTape(input, units, cell.gateColumns());
  }

  @Override
  public void initialize(float[] parameters, SplittableRandom random) {
    int columns = spec.cell().gates() * units;
    Initializers.glorotUniform(parameters, kernelOffset, inputSize, columns, random);
    Initializers.orthogonal(parameters, recurrentOffset, units, columns, random);
    int biases = biasShape.length == 1 ? biasShape[0] : biasShape[0] * biasShape[1];
    Arrays.fill(parameters, biasOffset, biasOffset + biases, 0f);
    if (spec.cell() == CellType.LSTM) {
      Arrays.fill(parameters, biasOffset + units, biasOffset + 2 * units, 1f);
    }
  }

  @Override
  public void pack(float[] parameters, LayerTape layerTape) {
    RecurrentTape tape = (RecurrentTape) layerTape;
    int columns = cell.inputColumns();
    tape.projectedWhole = false;
    tape.input.pack(inputSize, columns, parameters, kernelOffset, columns);
    tape.inputTransposed.packTransposed(columns, inputSize, parameters, kernelOffset, columns);
    cell.inputBias(parameters, biasOffset, tape.bias);
    cell.pack(parameters, recurrentOffset, tape);
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
    tape.resizeLast(batch.size());
    tape.inputMask = mask(tape.inputMask, spec.dropout(), batch.size() * inputSize, dropout);
    tape.recurrentMask =
        mask(tape.recurrentMask, spec.recurrentDropout(), batch.size() * units, dropout);
    if (sequences) {
      tape.output().resize(batch.tokens(), null);
    }
    Start start = project(batch, tape, training);
    if (training) {
      train(batch, tape, start, sequences);
    } else {
      score(batch, tape, start, sequences);
    }
  }

  private static float[] mask(float[] old, double rate, int size, SplittableRandom random) {
    if (rate == 0 || random == null) {
      return null;
    }
    float[] mask = old != null && old.length >= size ? old : new float[size];
    float keep = (float) (1 / (1 - rate));
    for (int i = 0; i < size; i++) {
      mask[i] = random.nextDouble() < rate ? 0f : keep;
    }
    return mask;
  }

  /**
   * Projects the input; returns where a step's gates start from, or null if they already hold the
   * projection.
   */
  private Start project(PackedBatch batch, RecurrentTape tape, boolean training) {
    Features input = tape.input();
    int columns = cell.gateColumns();
    int n = batch.tokens();
    tape.zeros = RecurrentTape.grown(tape.zeros, Math.max(n, input.count()));
    Start bias = Start.gather(tape.bias, columns, tape.zeros);
    if (indexed(tape)) {
      if (!(input.isFixed() && tape.projectedWhole)) {
        tape.projected = RecurrentTape.grown(tape.projected, input.count() * columns);
        fillBias(tape, tape.projected, input.count());
        tape.kernels.multiply(
            input.count(),
            input.rows(),
            0,
            inputSize,
            tape.input,
            bias,
            tape.projected,
            0,
            columns,
            tape.scratch);
        tape.projectedWhole = input.isFixed();
      }
      return Start.gather(tape.projected, columns, order(batch, tape, input.index()));
    }
    float[] rows = arrange(batch, tape);
    tape.gates = RecurrentTape.grown(tape.gates, n * columns);
    fillBias(tape, tape.gates, n);
    tape.kernels.multiply(
        n, rows, 0, inputSize, tape.input, bias, tape.gates, 0, columns, tape.scratch);
    return null;
  }

  /** Gate columns that the input kernel does not produce hold a bias of their own. */
  private void fillBias(RecurrentTape tape, float[] gates, int rows) {
    int columns = cell.gateColumns();
    int from = cell.inputColumns();
    for (int r = 0; r < rows && from < columns; r++) {
      System.arraycopy(tape.bias, from, gates, r * columns + from, columns - from);
    }
  }

  /** Returns the index in the order in which this direction reads. */
  private int[] order(PackedBatch batch, RecurrentTape tape, int[] index) {
    if (!spec.goBackwards()) {
      return index;
    }
    int[] reversed = batch.reversed();
    tape.index = RecurrentTape.grown(tape.index, batch.tokens());
    for (int p = 0; p < batch.tokens(); p++) {
      tape.index[p] = index[reversed[p]];
    }
    return tape.index;
  }

  /** Returns the input of every step in reading order, times the dropout mask: N x I. */
  private float[] arrange(PackedBatch batch, RecurrentTape tape) {
    Features input = tape.input();
    if (input.index() == null && !spec.goBackwards() && tape.inputMask == null) {
      return input.rows();
    }
    tape.arranged = RecurrentTape.grown(tape.arranged, batch.tokens() * inputSize);
    for (int t = 0; t < batch.steps(); t++) {
      for (int b = 0; b < batch.live(t); b++) {
        int step = batch.offset(t) + b;
        int from = input.row(source(batch, step)) * inputSize;
        System.arraycopy(input.rows(), from, tape.arranged, step * inputSize, inputSize);
      }
      if (tape.inputMask != null) {
        int at = batch.offset(t) * inputSize;
        tape.kernels.multiplyElements(
            batch.live(t) * inputSize, tape.arranged, at, tape.inputMask, 0, tape.arranged, at);
      }
    }
    return tape.arranged;
  }

  private int source(PackedBatch batch, int step) {
    return spec.goBackwards() ? batch.reversed()[step] : step;
  }

  /** Forward with everything kept that the backward pass needs. */
  private void train(PackedBatch batch, RecurrentTape tape, Start start, boolean sequences) {
    int n = batch.tokens();
    tape.gates = RecurrentTape.grown(tape.gates, n * cell.gateColumns());
    tape.before = RecurrentTape.grown(tape.before, n * units);
    if (spec.cell() == CellType.LSTM) {
      tape.cellBefore = RecurrentTape.grown(tape.cellBefore, n * units);
      tape.cellTanh = RecurrentTape.grown(tape.cellTanh, n * units);
      tape.lastCell = RecurrentTape.grown(tape.lastCell, batch.size() * units);
      Arrays.fill(tape.cellBefore, 0, batch.live(0) * units, 0f);
    }
    if (tape.recurrentMask != null) {
      tape.dropped = RecurrentTape.grown(tape.dropped, n * units);
    }
    Arrays.fill(tape.before, 0, batch.live(0) * units, 0f);
    Arrays.fill(tape.last(), batch.live(0) * units, batch.size() * units, 0f);
    for (int t = 0; t < batch.steps(); t++) {
      int first = batch.offset(t);
      int live = batch.live(t);
      int going = batch.live(t + 1);
      int next = first + live;
      float[] hidden = hidden(tape, first, live);
      cell.product(
          tape, start == null ? null : start.at(first), live, hidden, first, tape.gates, first);
      cell.activate(
          tape,
          going,
          first,
          true,
          tape.before,
          tape.cellBefore,
          first,
          tape.before,
          next,
          tape.cellBefore,
          next);
      cell.activate(
          tape,
          live - going,
          first + going,
          true,
          tape.before,
          tape.cellBefore,
          first + going,
          tape.last(),
          going,
          tape.lastCell,
          going);
      if (sequences) {
        System.arraycopy(
            tape.before, next * units, tape.output().rows(), first * units, going * units);
        System.arraycopy(
            tape.last(),
            going * units,
            tape.output().rows(),
            (first + going) * units,
            (live - going) * units);
      }
    }
  }

  /** Returns h(t-1) as the recurrent product sees it. */
  private float[] hidden(RecurrentTape tape, int first, int live) {
    if (tape.recurrentMask == null) {
      return tape.before;
    }
    tape.kernels.multiplyElements(
        live * units,
        tape.before,
        first * units,
        tape.recurrentMask,
        0,
        tape.dropped,
        first * units);
    return tape.dropped;
  }

  /** Forward in place: B rows of state, nothing kept. */
  private void score(PackedBatch batch, RecurrentTape tape, Start start, boolean sequences) {
    int columns = cell.gateColumns();
    Arrays.fill(tape.last(), 0, batch.size() * units, 0f);
    tape.lastCell = RecurrentTape.grown(tape.lastCell, batch.size() * units);
    Arrays.fill(tape.lastCell, 0, batch.size() * units, 0f);
    if (start != null) {
      tape.gates = RecurrentTape.grown(tape.gates, batch.size() * columns);
    }
    float[] state = tape.last();
    for (int t = 0; t < batch.steps(); t++) {
      int first = batch.offset(t);
      int live = batch.live(t);
      int gates = start == null ? first : 0;
      cell.product(tape, start == null ? null : start.at(first), live, state, 0, tape.gates, gates);
      cell.activate(tape, live, gates, false, state, tape.lastCell, 0, state, 0, tape.lastCell, 0);
      if (sequences) {
        System.arraycopy(state, 0, tape.output().rows(), first * units, live * units);
      }
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
    beginBackward(batch, tape);
    int capacity = pendingRows() + batch.size();
    int end = batch.tokens();
    tape.endGradients(end, capacity);
    for (int t = batch.steps() - 1; t >= 0; t--) {
      int first = batch.offset(t);
      int live = batch.live(t);
      int going = batch.live(t + 1);
      System.arraycopy(
          tape.dLast(), going * units, tape.dHidden, going * units, (live - going) * units);
      Arrays.fill(tape.dCell, going * units, live * units, 0f);
      if (sequences) {
        tape.kernels.add(live * units, tape.output().gradient(), first * units, tape.dHidden, 0);
      }
      if (tape.norms != null) {
        record(batch, tape, t);
      }
      boolean direct = cell.deactivate(tape, first, live);
      if (t > 0) {
        carry(tape, first, live, direct);
      }
      if (end - first >= pendingRows() || t == 0) {
        consume(batch, tape, first, end - first, gradient);
        end = first;
        tape.endGradients(end, capacity);
      }
    }
    endBackward(batch, tape, gradient);
  }

  /**
   * Rows whose gate derivatives are kept before they are used: as many as fit the second-level
   * cache.
   */
  private int pendingRows() {
    return Math.max(256, Math.min(1024, units * 4));
  }

  private void beginBackward(PackedBatch batch, RecurrentTape tape) {
    int columns = cell.gateColumns();
    tape.dHidden = RecurrentTape.grown(tape.dHidden, batch.size() * units);
    tape.dCell = RecurrentTape.grown(tape.dCell, batch.size() * units);
    tape.dGates = RecurrentTape.grown(tape.dGates, (pendingRows() + batch.size()) * columns);
    if (indexed(tape)) {
      int size = tape.input().count() * columns;
      tape.dProjected = RecurrentTape.grown(tape.dProjected, size);
      Arrays.fill(tape.dProjected, 0, size, 0f);
    }
  }

  /** Whether the input was projected once per distinct row. */
  private static boolean indexed(RecurrentTape tape) {
    return tape.input().index() != null && tape.inputMask == null;
  }

  /** From the gate derivatives of a step to dh of the step before. */
  private void carry(RecurrentTape tape, int first, int live, boolean direct) {
    if (tape.recurrentMask == null) {
      cell.productBackward(tape, first, live, direct, tape.dHidden);
      return;
    }
    int n = live * units;
    tape.dDropped = RecurrentTape.grown(tape.dDropped, n);
    cell.productBackward(tape, first, live, false, tape.dDropped);
    tape.kernels.multiplyElements(n, tape.dDropped, 0, tape.recurrentMask, 0, tape.dDropped, 0);
    if (!direct) {
      Arrays.fill(tape.dHidden, 0, n, 0f);
    }
    tape.kernels.add(n, tape.dDropped, 0, tape.dHidden, 0);
  }

  private void record(PackedBatch batch, RecurrentTape tape, int t) {
    for (int b = 0; b < batch.live(t); b++) {
      double sum = 0;
      for (int i = b * units; i < (b + 1) * units; i++) {
        sum += (double) tape.dHidden[i] * tape.dHidden[i];
      }
      tape.norms.add(batch.length(b) - 1 - t, sum, 1);
    }
  }

  /** Uses the gate derivatives of rows first .. first + count for all gradients they enter. */
  private void consume(
      PackedBatch batch, RecurrentTape tape, int first, int count, float[] gradient) {
    int columns = cell.gateColumns();
    int at = tape.dRow(first);
    float[] hidden = tape.recurrentMask == null ? tape.before : tape.dropped;
    cell.recurrentGradient(tape, first, count, hidden, gradient, recurrentOffset);
    if (indexed(tape)) {
      int[] index = spec.goBackwards() ? tape.index : tape.input().index();
      tape.kernels.scatterAdd(
          count, columns, tape.dGates, at * columns, index, first, tape.dProjected);
      return;
    }
    boolean asIs = !spec.goBackwards() && tape.inputMask == null;
    float[] seen = asIs ? tape.input().rows() : tape.arranged;
    kernelGradient(tape, count, seen, first, tape.dGates, at, gradient);
    if (asIs) {
      inputGradient(
          tape, count, tape.dGates, at, Start.accumulate(), tape.input().gradient(), first);
    } else {
      tape.dArranged = RecurrentTape.grown(tape.dArranged, batch.tokens() * inputSize);
      inputGradient(tape, count, tape.dGates, at, Start.zero(), tape.dArranged, first);
    }
  }

  /**
   * What is done once for all steps: the distinct rows' gradients, or bringing the input's back in
   * order.
   */
  private void endBackward(PackedBatch batch, RecurrentTape tape, float[] gradient) {
    Features input = tape.input();
    if (indexed(tape)) {
      kernelGradient(tape, input.count(), input.rows(), 0, tape.dProjected, 0, gradient);
      inputGradient(
          tape, input.count(), tape.dProjected, 0, Start.accumulate(), input.gradient(), 0);
    } else if (spec.goBackwards() || tape.inputMask != null) {
      disarrange(batch, tape);
    }
  }

  /** Adds the gradients of input kernel and bias: x' dGates and the column sums of dGates. */
  private void kernelGradient(
      RecurrentTape tape,
      int rows,
      float[] x,
      int xFirst,
      float[] dGates,
      int dFirst,
      float[] gradient) {
    int columns = cell.gateColumns();
    int kernelColumns = cell.inputColumns();
    cell.biasGradient(tape, rows, dGates, dFirst, gradient, biasOffset);
    tape.kernels.addTransposedProduct(
        rows,
        inputSize,
        kernelColumns,
        x,
        xFirst * inputSize,
        inputSize,
        dGates,
        dFirst * columns,
        columns,
        gradient,
        kernelOffset,
        kernelColumns,
        tape.scratch);
  }

  /** dx = dGates Wx'. */
  private void inputGradient(
      RecurrentTape tape,
      int rows,
      float[] dGates,
      int dFirst,
      Start start,
      float[] dx,
      int xFirst) {
    int columns = cell.gateColumns();
    tape.kernels.multiply(
        rows,
        dGates,
        dFirst * columns,
        columns,
        tape.inputTransposed,
        start,
        dx,
        xFirst * inputSize,
        inputSize,
        tape.scratch);
  }

  /** The way back of {@link #arrange}. */
  private void disarrange(PackedBatch batch, RecurrentTape tape) {
    Features input = tape.input();
    for (int t = 0; t < batch.steps(); t++) {
      int at = batch.offset(t) * inputSize;
      if (tape.inputMask != null) {
        tape.kernels.multiplyElements(
            batch.live(t) * inputSize, tape.dArranged, at, tape.inputMask, 0, tape.dArranged, at);
      }
      for (int b = 0; b < batch.live(t); b++) {
        int step = batch.offset(t) + b;
        int to = input.row(source(batch, step)) * inputSize;
        tape.kernels.add(inputSize, tape.dArranged, step * inputSize, input.gradient(), to);
      }
    }
  }
}
