package io.sparkrnn.nn.recurrent;

import io.sparkrnn.kernel.Kernels;

/**
 * Scratch of one direction: what its parts are and who writes them.
 *
 * <pre>
 *   weights        the weights, packed                  InputProjection.pack and Cell.pack
 *   states         h and c over the steps               Cell.forward
 *   gates          activations over the steps           Cell.multiply and Cell.forward
 *   dGates         derivatives by the pre-activations   Cell.backward
 *   dStates        dh and dc of the step at hand        BackwardSweep
 *   masks          dropout of x(t) and h(t-1)           RecurrentLayer.forward
 *   projections    what they keep is theirs
 * </pre>
 *
 * <p>Arrays over the steps hold all N rows, or those of one segment at a time; {@code dGates} those
 * not yet used for the gradient of the weights, so that they are used while in the cache.
 */
final class RecurrentTape extends LayerTape {
  final Kernels kernels = Kernels.best();
  final Products products = new Products(kernels);
  final Segments segments = new Segments();

  /** Gates, N x G, and the derivatives by the pre-activations, of the rows not yet used. */
  final Rows gates;

  final Rows dGates;
  final StateHistory states;

  /** States before each step of the segment at hand, h(t-1) and c(t-1); of {@code states}. */
  final StateRows before;

  /** Derivatives carried from step to step, B rows. */
  final StateRows dStates;

  /** LSTM: tanh(c(t)), N x H; kept in training. */
  final Rows cellTanh;

  /** GRU that resets before the product: derivative by r * h(t-1), B x H. */
  final Rows dReset;

  /** Dropout of x(t), B x I, and of h(t-1), B x H. */
  final DropoutMask inputMask;

  final DropoutMask recurrentMask;
  private final DistinctProjection distinct;
  private final InputProjection everyStep;
  private PackedWeights weights;
  private final RecurrentTape[] directions = {this};
  private boolean training;

  RecurrentTape(Features input, RecurrentVariables variables) {
    super(input, variables.units());
    Cell cell = variables.cell();
    int units = variables.units();
    int cellUnits = cell.hasCellState() ? units : 0;
    weights = new PackedWeights(cell.gateColumns());
    gates = new Rows(cell.gateColumns(), units);
    dGates = new Rows(cell.gateColumns(), units);
    states = new StateHistory(units, cellUnits, ends().all());
    before = states.before();
    dStates = new StateRows(new Rows(units), new Rows(cellUnits));
    cellTanh = new Rows(cellUnits);
    dReset = new Rows(units);
    inputMask = new DropoutMask(variables.inputSize());
    recurrentMask = new DropoutMask(units);
    distinct = new DistinctProjection(variables, this);
    everyStep =
        cell.concatenates()
            ? new ConcatenatedProjection(variables, this)
            : new EveryStepProjection(variables, this);
  }

  @Override
  RecurrentTape[] directions() {
    return directions;
  }

  PackedWeights weights() {
    return weights;
  }

  /** Rows that many steps see are projected once, unless a mask tells the steps apart. */
  InputProjection projection() {
    return input().isRepeated() && !inputMask.drops() ? distinct : everyStep;
  }

  /** Says what the pass that begins is for. */
  void begin(boolean training) {
    this.training = training;
  }

  /** Whether a backward pass may follow the forward pass at hand. */
  boolean isTraining() {
    return training;
  }

  /** Lets the arrays over the steps begin with row {@code first} of the N. */
  void startAt(int first) {
    gates.startAt(first);
    cellTanh.startAt(first);
  }

  /** Reads from now on what another tape of the same direction has packed and projected. */
  void share(RecurrentTape other) {
    weights = other.weights;
    distinct.share(other.distinct);
  }
}
