package io.sparkrnn.nn.recurrent;

import io.sparkrnn.kernel.Kernels;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.State;
import io.sparkrnn.nn.StepNorms;
import java.util.List;

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
  private final Products products = new Products();
  private final Segments segments = new Segments();
  private final Gates gates;
  private final Gates dGates;
  private final StateHistory states;
  private final StateRows dStates;
  private final Rows cellTanh;
  private final Rows dReset;
  private final DropoutMask inputMask;
  private final DropoutMask recurrentMask;
  private final DistinctProjection distinct;
  private final InputProjection everyStep;
  private PackedWeights weights;
  private boolean training;
  private boolean recompute;
  private StepNorms norms;
  private int truncatedSteps;

  RecurrentTape(Features input, RecurrentVariables variables) {
    super(input, variables.units());
    Cell cell = variables.cell();
    int units = variables.units();
    int cellUnits = cell.hasCellState() ? units : 0;
    weights = new PackedWeights(cell.gateColumns());
    gates = new Gates(cell.gateColumns(), units);
    dGates = new Gates(cell.gateColumns(), units);
    states = new StateHistory(units, cellUnits, lastRows());
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

  Kernels kernels() {
    return products.kernels();
  }

  Products products() {
    return products;
  }

  PackedWeights weights() {
    return weights;
  }

  /** Returns the gates, N x G. */
  Gates gates() {
    return gates;
  }

  /** Returns the derivatives by the pre-activations, of the rows not yet used. */
  Gates dGates() {
    return dGates;
  }

  StateHistory states() {
    return states;
  }

  /** Returns the derivatives carried from step to step, B rows. */
  StateRows dStates() {
    return dStates;
  }

  /** Returns tanh(c(t)) of an LSTM, N x H; kept in training. */
  Rows cellTanh() {
    return cellTanh;
  }

  /** Returns the derivative by r * h(t-1) of a GRU that resets before the product, B x H. */
  Rows dReset() {
    return dReset;
  }

  /** Returns the dropout of x(t), B x I. */
  DropoutMask inputMask() {
    return inputMask;
  }

  /** Returns the dropout of h(t-1), B x H. */
  DropoutMask recurrentMask() {
    return recurrentMask;
  }

  /** Returns which steps are on the tape together. */
  Segments segments() {
    return segments;
  }

  /** Rows that many steps see are projected once, unless a mask tells the steps apart. */
  InputProjection projection() {
    return input().isRepeated() && !inputMask.drops() ? distinct : everyStep;
  }

  /** Says what the pass that begins is for. */
  void begin(boolean training) {
    this.training = training;
  }

  /** Lets the arrays over the steps begin with row {@code first} of the N. */
  void startAt(int first) {
    gates.all().startAt(first);
    cellTanh.startAt(first);
  }

  /** Whether a backward pass may follow the forward pass at hand. */
  boolean isTraining() {
    return training;
  }

  /** Whether only the states between segments are kept from the forward pass. */
  boolean recomputes() {
    return recompute;
  }

  /** Returns where to record norms, or null. */
  StepNorms norms() {
    return norms;
  }

  /** Returns the steps of a segment that gradients do not leave, 0 for no truncation. */
  int truncatedSteps() {
    return truncatedSteps;
  }

  @Override
  public void borrow(LayerTape layerTape) {
    RecurrentTape other = (RecurrentTape) layerTape;
    weights = other.weights;
    distinct.borrow(other.distinct);
  }

  @Override
  public void startFrom(PackedBatch batch, List<State> initial) {
    states.startFrom(batch, initial.get(0));
  }

  @Override
  public void startFromZeros() {
    states.startFromZeros();
  }

  @Override
  public void readFinal(PackedBatch batch, List<State> states) {
    this.states.last().read(batch, states.get(0));
  }

  @Override
  public void readInitialGradient(PackedBatch batch, List<State> states) {
    dStates.read(batch, states.get(0));
  }

  @Override
  public void recompute(boolean recompute) {
    this.recompute = recompute;
  }

  @Override
  public void truncate(int steps) {
    truncatedSteps = steps;
  }

  @Override
  public void monitor(StepNorms norms) {
    this.norms = norms;
  }
}
