package io.sparkrnn.nn.recurrent;

import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.ParameterLayout;
import java.util.SplittableRandom;

/**
 * One layer of the recurrent stack. Holds neither parameters nor scratch: one instance may serve
 * many threads.
 */
public interface SequenceLayer {

  /**
   * Creates a layer and appends its variables.
   *
   * @param place which layer of the stack it is, 0 for the first; it names the variables
   * @param inputSize width of what it reads at each step
   */
  static SequenceLayer of(
      LayerSpec spec, int place, int inputSize, ParameterLayout.Builder layout) {
    return of(spec, "", place, inputSize, layout);
  }

  /**
   * Creates a layer of a stack that has a name.
   *
   * @param stack what the names of the variables begin with
   */
  static SequenceLayer of(
      LayerSpec spec, String stack, int place, int inputSize, ParameterLayout.Builder layout) {
    if (spec instanceof LayerSpec.Recurrent recurrent) {
      String name = recurrent.cell().kerasName();
      String path = stack + name + "_" + place + "/" + name + "_cell";
      return new RecurrentLayer(recurrent, inputSize, path, layout);
    }
    LayerSpec.Bidirectional both = (LayerSpec.Bidirectional) spec;
    return new BidirectionalLayer(both, inputSize, stack + "bidirectional_" + place, layout);
  }

  /** Returns the width of the output at each step. */
  int outputSize();

  /** Returns scratch for one thread, reading from {@code input}. */
  LayerTape newTape(Features input);

  /**
   * Returns how many floats a tape of this layer takes in training.
   *
   * @param tokens whether the layer reads rows of the embedding by an index
   * @param sequences whether the output at every step is wanted
   */
  long trainingFloats(TapeShape shape, boolean tokens, boolean sequences);

  /** Fills the parameters of this layer with their initial values. */
  void initialize(float[] parameters, SplittableRandom random);

  /** Rearranges the parameters for the products; to be called whenever they have changed. */
  void pack(float[] parameters, LayerTape tape);

  /**
   * Runs over all steps of a block of a batch's rows, or of the batch as its only block.
   *
   * @param sequences whether the output at every step is wanted, besides the last
   * @param training whether a backward pass may follow
   * @param dropout source of the dropout masks, or null for none
   */
  void forward(
      float[] parameters,
      PackedBatch batch,
      LayerTape tape,
      boolean sequences,
      boolean training,
      SplittableRandom dropout);

  /**
   * Runs back over all steps of the block; adds to the gradient, and to that of the input.
   *
   * @param sequences whether {@code tape.output().gradient()} holds a gradient besides {@code
   *     tape.dLast()}
   * @param gradient derivative of the loss by all parameters. Modified.
   */
  void backward(
      float[] parameters, PackedBatch batch, LayerTape tape, boolean sequences, float[] gradient);

  /**
   * Adds what is computed once for all blocks of a batch.
   *
   * @param gradient derivative of the loss by all parameters. Modified.
   */
  void finish(LayerTape tape, float[] gradient);
}
