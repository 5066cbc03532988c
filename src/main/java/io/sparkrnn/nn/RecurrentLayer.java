package io.sparkrnn.nn;

import io.sparkrnn.kernel.Addend;
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
  private final int units;
  private final RecurrentVariables variables;
  private final InputProjection projected;
  private final InputProjection perStep;
  private final RecurrentSize size;

  /**
   * Creates a layer and appends its variables.
   *
   * @param path Keras path of the layer's variables, such as {@code lstm_0/lstm_cell}
   */
  RecurrentLayer(
      LayerSpec.Recurrent spec, int inputSize, String path, ParameterLayout.Builder layout) {
    this.spec = spec;
    this.units = spec.units();
    this.cell =
        switch (spec.cell()) {
          case SIMPLE_RNN -> new SimpleRnnCell(units);
          case LSTM -> new LstmCell(units);
          case GRU -> new GruCell(units, spec.resetAfter());
        };
    int columns = spec.cell().gates() * units;
    variables =
        new RecurrentVariables(
            cell,
            inputSize,
            units,
            layout.add(path + "/kernel", inputSize, columns),
            layout.add(path + "/recurrent_kernel", units, columns),
            layout.add(path + "/bias", cell.biasShape()),
            spec.goBackwards());
    size = new RecurrentSize(spec, variables);
    projected = new DistinctProjection(variables);
    perStep =
        cell.joins() ? new ConcatenatedProjection(variables) : new EveryStepProjection(variables);
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
    int bias = variables.bias();
    Initializers.glorotUniform(
        parameters, variables.kernel(), variables.inputSize(), columns, random);
    Initializers.orthogonal(parameters, variables.recurrent(), units, columns, random);
    Arrays.fill(
        parameters,
        bias,
        bias + Arrays.stream(cell.biasShape()).reduce(1, Math::multiplyExact),
        0f);
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
    ((RecurrentTape) tape).forgetPacked();
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
    tape.inputMask =
        mask(tape.inputMask, spec.dropout(), batch.size() * variables.inputSize(), dropout);
    tape.recurrentMask =
        mask(tape.recurrentMask, spec.recurrentDropout(), batch.size() * units, dropout);
    if (sequences) {
      tape.output().resize(batch.tokens(), null);
    }
    InputProjection path = path(tape);
    if (tape.needsPacking(path, training)) {
      path.pack(parameters, tape, training);
    }
    if (training) {
      plan(batch, tape, path);
    }
    path.begin(batch, tape, training);
    if (training) {
      train(batch, tape, path, sequences);
    } else {
      score(batch, tape, path, sequences);
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

  /** Rows that come with an index are worth projecting once, unless a mask tells them apart. */
  private InputProjection path(RecurrentTape tape) {
    return tape.input().isRepeated() && tape.inputMask == null ? projected : perStep;
  }

  /** Decides which steps are on the tape at the same time. */
  private void plan(PackedBatch batch, RecurrentTape tape, InputProjection path) {
    if (tape.checkpoints()) {
      int kept = size.keptPerRow(path == projected, tape.recurrentMask != null);
      tape.segments.cut(
          batch, size.pendingRows(), size.segmentRows(batch.tokens(), batch.size(), kept));
    } else {
      tape.segments.whole(batch);
    }
  }

  /** Forward with everything kept that the backward pass needs, or needs to compute it again. */
  private void train(
      PackedBatch batch, RecurrentTape tape, InputProjection path, boolean sequences) {
    Segments segments = tape.segments;
    boolean lstm = spec.cell() == CellType.LSTM;
    int between = (segments.count() - 1) * batch.size() * units;
    int states = (segments.rows() + (between > 0 ? batch.size() : 0)) * units;
    tape.gates = RecurrentTape.grown(tape.gates, segments.rows() * cell.gateColumns());
    tape.before = RecurrentTape.grown(tape.before, states);
    tape.hiddenBetween = RecurrentTape.grown(tape.hiddenBetween, between);
    if (lstm) {
      tape.cellBefore = RecurrentTape.grown(tape.cellBefore, states);
      tape.cellTanh = RecurrentTape.grown(tape.cellTanh, segments.rows() * units);
      tape.lastCell = RecurrentTape.grown(tape.lastCell, batch.size() * units);
      tape.cellBetween = RecurrentTape.grown(tape.cellBetween, between);
      tape.putInitialCell(batch.live(0), batch.size(), tape.lastCell);
    }
    tape.putInitialHidden(batch.live(0), batch.size(), tape.last());
    for (int s = 0; s < segments.count(); s++) {
      if (s > 0) {
        keepStates(batch, tape, s, lstm);
      }
      trainSegment(batch, tape, path, s, sequences);
    }
  }

  /** Keeps the states that the segment before {@code s} has left behind its last row. */
  private void keepStates(PackedBatch batch, RecurrentTape tape, int s, boolean lstm) {
    int t = tape.segments.start(s);
    int from = tape.row(batch.offset(t)) * units;
    int to = (s - 1) * batch.size() * units;
    System.arraycopy(tape.before, from, tape.hiddenBetween, to, batch.live(t) * units);
    if (lstm) {
      System.arraycopy(tape.cellBefore, from, tape.cellBetween, to, batch.live(t) * units);
    }
  }

  /** Brings the states before segment {@code s} to the tape's first rows. */
  private void takeStates(PackedBatch batch, RecurrentTape tape, int s) {
    boolean lstm = spec.cell() == CellType.LSTM;
    int live = batch.live(tape.segments.start(s));
    int n = live * units;
    int from = (s - 1) * batch.size() * units;
    if (s == 0) {
      tape.putInitialHidden(0, live, tape.before);
    } else {
      System.arraycopy(tape.hiddenBetween, from, tape.before, 0, n);
    }
    if (lstm && s == 0) {
      tape.putInitialCell(0, live, tape.cellBefore);
    } else if (lstm) {
      System.arraycopy(tape.cellBetween, from, tape.cellBefore, 0, n);
    }
  }

  /** Forward over one segment, whose rows become the tape's first. */
  private void trainSegment(
      PackedBatch batch, RecurrentTape tape, InputProjection path, int s, boolean sequences) {
    int end = tape.segments.start(s + 1);
    tape.base = batch.offset(tape.segments.start(s));
    takeStates(batch, tape, s);
    path.beginRows(tape, tape.base, batch.offset(end) - tape.base);
    for (int t = tape.segments.start(s); t < end; t++) {
      trainStep(batch, tape, path, t);
      if (sequences) {
        keepOutput(batch, tape, t);
      }
    }
  }

  private void trainStep(PackedBatch batch, RecurrentTape tape, InputProjection path, int t) {
    int first = batch.offset(t);
    int live = batch.live(t);
    int going = batch.live(t + 1);
    int row = tape.row(first);
    path.see(batch, tape, first, live, tape.before, row, row);
    cell.product(tape, start(tape, first), live, row, row);
    cell.activate(
        tape,
        going,
        row,
        true,
        tape.before,
        tape.cellBefore,
        row,
        tape.before,
        row + live,
        tape.cellBefore,
        row + live);
    cell.activate(
        tape,
        live - going,
        row + going,
        true,
        tape.before,
        tape.cellBefore,
        row + going,
        tape.last(),
        going,
        tape.lastCell,
        going);
  }

  private void keepOutput(PackedBatch batch, RecurrentTape tape, int t) {
    int first = batch.offset(t);
    int live = batch.live(t);
    int going = batch.live(t + 1);
    float[] output = tape.output().rows();
    int next = tape.row(first) + live;
    System.arraycopy(tape.before, next * units, output, first * units, going * units);
    System.arraycopy(
        tape.last(), going * units, output, (first + going) * units, (live - going) * units);
  }

  /** Where a step's gates start from, or null if they already hold the projected input. */
  private static Addend start(RecurrentTape tape, int first) {
    return tape.start == null ? null : tape.start.at(first);
  }

  /** Forward in place: B rows of state, nothing kept. */
  private void score(
      PackedBatch batch, RecurrentTape tape, InputProjection path, boolean sequences) {
    int columns = cell.gateColumns();
    path.beginRows(tape, 0, batch.tokens());
    tape.putInitialHidden(0, batch.size(), tape.last());
    tape.lastCell = RecurrentTape.grown(tape.lastCell, batch.size() * units);
    if (spec.cell() == CellType.LSTM) {
      tape.putInitialCell(0, batch.size(), tape.lastCell);
    }
    if (tape.start != null) {
      tape.gates = RecurrentTape.grown(tape.gates, batch.size() * columns);
    }
    float[] state = tape.last();
    for (int t = 0; t < batch.steps(); t++) {
      int first = batch.offset(t);
      int live = batch.live(t);
      int gates = tape.start == null ? first : 0;
      path.see(batch, tape, first, live, state, 0, 0);
      cell.product(tape, start(tape, first), live, 0, gates);
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
    InputProjection path = path(tape);
    beginBackward(batch, tape);
    path.beginBackward(tape);
    int capacity = size.pendingRows() + batch.size();
    int end = batch.tokens();
    int pending = end;
    tape.endGradients(end, capacity);
    int segment = tape.segments.count() - 1;
    for (int t = batch.steps() - 1; t >= 0; t--) {
      if (t < tape.segments.start(segment)) {
        trainSegment(batch, tape, path, --segment, false);
      }
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
      if (!sequences && isPast(batch, tape, t)) {
        consume(tape, path, first + live, pending, gradient);
        pending = first;
      } else {
        path.carry(batch, tape, t, cell.deactivate(tape, first, live));
        cut(batch, tape, t);
      }
      if (Segments.isUsedUp(end - first, size.pendingRows(), t)) {
        consume(tape, path, first, pending, gradient);
        end = first;
        pending = first;
        tape.endGradients(end, capacity);
      }
    }
    path.endBackward(batch, tape);
    endInitialGradient(batch, tape);
  }

  @Override
  public void finish(LayerTape layerTape, float[] gradient) {
    RecurrentTape tape = (RecurrentTape) layerTape;
    path(tape).finish(tape, gradient);
  }

  private static void consume(
      RecurrentTape tape, InputProjection path, int first, int end, float[] gradient) {
    if (first < end) {
      path.consume(tape, first, end - first, gradient);
    }
  }

  /** Whether truncation has left nothing to carry at a step that only the last states reach. */
  private static boolean isPast(PackedBatch batch, RecurrentTape tape, int t) {
    int shortest = batch.length(batch.live(t) - 1);
    return tape.truncatedSteps > 0 && shortest - t > tape.truncatedSteps;
  }

  /** Stops the derivatives of rows for which step {@code t} is the first of a segment. */
  private void cut(PackedBatch batch, RecurrentTape tape, int t) {
    for (int b = 0; tape.truncatedSteps > 0 && t > 0 && b < batch.live(t); b++) {
      if ((batch.length(b) - t) % tape.truncatedSteps == 0) {
        Arrays.fill(tape.dHidden, b * units, (b + 1) * units, 0f);
        Arrays.fill(tape.dCell, b * units, (b + 1) * units, 0f);
      }
    }
  }

  /** A sequence without steps ends where it starts. */
  private void endInitialGradient(PackedBatch batch, RecurrentTape tape) {
    int from = batch.live(0) * units;
    int count = batch.size() * units - from;
    System.arraycopy(tape.dLast(), from, tape.dHidden, from, count);
    Arrays.fill(tape.dCell, from, from + count, 0f);
  }

  private void beginBackward(PackedBatch batch, RecurrentTape tape) {
    int columns = cell.gateColumns();
    tape.dHidden = RecurrentTape.grown(tape.dHidden, batch.size() * units);
    tape.dCell = RecurrentTape.grown(tape.dCell, batch.size() * units);
    tape.dGates = RecurrentTape.grown(tape.dGates, (size.pendingRows() + batch.size()) * columns);
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
}
