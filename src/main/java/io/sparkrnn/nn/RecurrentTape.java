package io.sparkrnn.nn;

import io.sparkrnn.kernel.Addend;
import io.sparkrnn.kernel.Kernels;
import io.sparkrnn.kernel.PackedMatrix;
import io.sparkrnn.kernel.Scratch;
import java.util.Arrays;
import java.util.List;

/**
 * Scratch of one direction. The arrays over the steps are kept in packed order, all N rows or those
 * of one segment at a time, whose first is row {@link #base} of the N; {@code before} at a step is
 * h(t-1) of that step's rows, so that the gradient of the recurrent kernel is one product over all
 * steps.
 */
final class RecurrentTape extends LayerTape {
  final Kernels kernels = Kernels.best();
  final Scratch scratch = new Scratch();

  /** Input kernel I x columns, and its transpose. */
  PackedMatrix input = new PackedMatrix(kernels);

  final PackedMatrix inputTransposed = new PackedMatrix(kernels);

  /** Recurrent kernel, in two parts where the cell needs them apart, and the transposes. */
  PackedMatrix recurrent = new PackedMatrix(kernels);

  final PackedMatrix recurrentTransposed = new PackedMatrix(kernels);
  PackedMatrix candidate = new PackedMatrix(kernels);
  final PackedMatrix candidateTransposed = new PackedMatrix(kernels);

  /** Input biases as one table row, G. */
  float[] bias;

  /** Projected input: D x G when the input is indexed, else it is written to the gates at once. */
  float[] projected = new float[0];

  /** Where a step's gates start from; null when they hold the projected input already. */
  Addend start;

  /** Every row starts from the bias. */
  Addend fromBias;

  /** What the recurrent product reads, N x seenWidth: h(t-1), perhaps masked or beside x(t). */
  float[] seen = new float[0];

  int seenWidth;

  /** [x(t) h(t-1)], N x (I + H). */
  float[] joined = new float[0];

  private InputProjection packed;
  private boolean packedForTraining;

  static final int NOT_PROJECTED = -1;

  /** Version of the input's rows that {@code projected} is made of. */
  int projectedVersion = NOT_PROJECTED;

  float[] dProjected = new float[0];

  /** Gate activations, N x G. */
  float[] gates = new float[0];

  /**
   * Derivatives by the pre-activations, of the rows not yet used up: a few steps, so that they are
   * used while in the cache.
   */
  float[] dGates = new float[0];

  /** Row 0 of {@code dGates} among the N. */
  private int dFirst;

  /** h(t-1), N x H; and with recurrent dropout the same times its mask. */
  float[] before = new float[0];

  float[] dropped = new float[0];

  /** LSTM: c(t-1) and tanh(c(t)), N x H. */
  float[] cellBefore = new float[0];

  float[] cellTanh = new float[0];

  /** LSTM: c after the last step, B x H. */
  float[] lastCell = new float[0];

  /** Which steps are on the tape together, and the first row of those that are. */
  final Segments segments = new Segments();

  int base;

  /** Whether only the states between segments are kept from the forward pass. */
  private boolean checkpoints;

  /** h and c before each segment but the first, B x H each. */
  float[] hiddenBetween = new float[0];

  float[] cellBetween = new float[0];

  /** Derivatives carried from step to step, B x H. */
  float[] dHidden = new float[0];

  float[] dCell = new float[0];

  /** Derivative by {@code seen}, of one step. */
  float[] dSeen = new float[0];

  /** GRU that resets before the product: derivative by r * h(t-1), B x H. */
  float[] dReset = new float[0];

  /** Dropout masks, B x I and B x H, or null. */
  float[] inputMask;

  float[] recurrentMask;

  /** Input rows in the layer's own order, which may be the input itself. */
  float[] reading;

  /** Input rows in the layer's own order (reversed, or times the mask): N x I. */
  float[] arranged = new float[0];

  float[] dArranged = new float[0];

  /** Row of the projected table for each step. */
  int[] index = new int[0];

  /** As many zeros as there are steps: every row starts from table row 0, the bias. */
  int[] zeros = new int[0];

  StepNorms norms;

  /** Steps of a segment that gradients do not leave, 0 for no segments. */
  int truncatedSteps;

  /** h and c before the first step in packed order, B x H; read when {@code started}. */
  private float[] initialHidden = new float[0];

  private float[] initialCell = new float[0];
  private boolean started;

  RecurrentTape(Features features, int units, int gateColumns) {
    super(features, units);
    bias = new float[gateColumns];
  }

  /** Says that the parameters have changed. */
  void forgetPacked() {
    packed = null;
  }

  /** Whether the parameters must be packed for this path, and notes that they will be. */
  boolean needsPacking(InputProjection path, boolean training) {
    if (packed == path && (packedForTraining || !training)) {
      return false;
    }
    packed = path;
    packedForTraining = training;
    return true;
  }

  /** Returns where row {@code p} of the N stands in the arrays over the steps of a segment. */
  int row(int p) {
    return p - base;
  }

  /** Returns where row {@code p} of the N stands in {@code dGates}. */
  int dRow(int p) {
    return p - dFirst;
  }

  /** Lets {@code dGates} end before row {@code end} of the N. */
  void endGradients(int end, int capacity) {
    dFirst = end - capacity;
  }

  @Override
  void borrow(LayerTape layerTape) {
    RecurrentTape other = (RecurrentTape) layerTape;
    input = other.input;
    recurrent = other.recurrent;
    candidate = other.candidate;
    bias = other.bias;
    seenWidth = other.seenWidth;
    packed = other.packed;
    projectedVersion = NOT_PROJECTED;
    if (other.input().isFixed()) {
      projectedVersion = other.projectedVersion;
      projected = other.projected;
    }
  }

  /** Writes h before the first step of rows from .. to. */
  void putInitialHidden(int from, int to, float[] target) {
    put(initialHidden, from, to, target);
  }

  /** Writes c before the first step of rows from .. to. */
  void putInitialCell(int from, int to, float[] target) {
    put(initialCell, from, to, target);
  }

  private void put(float[] initial, int from, int to, float[] target) {
    int units = output().width();
    if (started) {
      System.arraycopy(initial, from * units, target, from * units, (to - from) * units);
    } else {
      Arrays.fill(target, from * units, to * units, 0f);
    }
  }

  /** Whether the derivative by the initial state is wanted. */
  boolean started() {
    return started;
  }

  @Override
  void start(PackedBatch batch, List<State> initial) {
    State state = initial.get(0);
    started = true;
    initialHidden = grown(initialHidden, state.hidden().length);
    initialCell = grown(initialCell, state.cell().length);
    int units = output().width();
    for (int b = 0; b < batch.size(); b++) {
      int from = batch.position(b) * units;
      System.arraycopy(state.hidden(), from, initialHidden, b * units, units);
      if (state.cell().length > 0) {
        System.arraycopy(state.cell(), from, initialCell, b * units, units);
      }
    }
  }

  @Override
  void startFromZeros() {
    started = false;
  }

  @Override
  void readFinal(PackedBatch batch, List<State> states) {
    read(batch, last(), lastCell, states.get(0));
  }

  @Override
  void readInitialGradient(PackedBatch batch, List<State> states) {
    read(batch, dHidden, dCell, states.get(0));
  }

  /** Brings B rows into the caller's order. */
  private void read(PackedBatch batch, float[] hidden, float[] cell, State to) {
    int units = output().width();
    for (int b = 0; b < batch.size(); b++) {
      int at = batch.position(b) * units;
      System.arraycopy(hidden, b * units, to.hidden(), at, units);
      if (to.cell().length > 0) {
        System.arraycopy(cell, b * units, to.cell(), at, units);
      }
    }
  }

  @Override
  void setCheckpoints(boolean checkpoints) {
    this.checkpoints = checkpoints;
  }

  boolean checkpoints() {
    return checkpoints;
  }

  @Override
  void truncate(int steps) {
    truncatedSteps = steps;
  }

  @Override
  void monitor(StepNorms norms) {
    this.norms = norms;
  }

  static float[] grown(float[] array, int size) {
    return array.length >= size ? array : new float[size + size / 4];
  }

  static int[] grown(int[] array, int size) {
    return array.length >= size ? array : new int[size + size / 4];
  }
}
