package io.sparkrnn.nn.head;

import io.sparkrnn.nn.CtcHead;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.nn.TagHead;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.nn.output.LossFunction;
import io.sparkrnn.nn.recurrent.LayerTape;
import java.util.SplittableRandom;

/**
 * From the outputs of the last recurrent layer to predictions; in training, from targets to the
 * loss and back. Holds neither parameters nor scratch: one instance may serve many threads.
 *
 * <p>A pass is {@link #forward}, then {@link #predict}; or, in training, {@link #lossAndGradient}
 * and {@link #backward}.
 */
public sealed interface Head permits DenseHead, NextTokenHead, DecoderHead, AlignmentHead, CrfHead {

  /**
   * Creates the head of a description and appends its variables.
   *
   * @param network what to build
   * @param embeddingOffset where the embedding starts among the parameters, if there is one
   * @param inputSize H, width of the last layer's output
   * @param layout Modified.
   */
  static Head of(
      NetworkSpec network, int embeddingOffset, int inputSize, ParameterLayout.Builder layout) {
    if (network.head() instanceof TranslationHead translation) {
      return new DecoderHead(translation, inputSize, layout);
    } else if (network.head() instanceof CtcHead labels) {
      return new AlignmentHead(labels, inputSize, layout);
    }
    if (network.head() instanceof TagHead tags && tags.crf()) {
      return new CrfHead(tags, inputSize, layout);
    }
    return network.head() instanceof TokenHead tokens
        ? new NextTokenHead(tokens, inputSize, network.input().size(), embeddingOffset, layout)
        : new DenseHead(network.head(), inputSize, layout);
  }

  /** Returns whether the outputs at every step are read, not only the last. */
  boolean readsSequences();

  /** Returns how many predictions, each with a loss, a batch has. */
  int predictions(PackedBatch batch);

  /**
   * Checks that a batch can be trained on.
   *
   * @throws IllegalArgumentException if the loss does not fit, or the batch has other targets
   */
  void check(LossFunction loss, PackedBatch batch);

  /**
   * Fills the parameters with their initial values.
   *
   * @param parameters all parameters. Modified.
   * @param random split once for each part. Modified.
   */
  void initialize(float[] parameters, SplittableRandom random);

  /** Returns scratch for one thread. */
  HeadTape newTape();

  /** Returns how many floats a tape takes to train on a block of so many steps and sequences. */
  long trainingFloats(int tokens, int batchSize);

  /** Rearranges the parameters for the products; to be called whenever they have changed. */
  void pack(float[] parameters, HeadTape tape);

  /**
   * Computes what predictions and losses are made of, and leaves it on the tape.
   *
   * @param parameters all parameters. Not modified.
   * @param batch Not modified.
   * @param top tape of the last recurrent layer, after its forward pass. Not modified.
   * @param tape Modified.
   * @param training whether {@link #backward} may follow
   * @param dropout source of dropout masks, or null for none. Modified.
   */
  void forward(
      float[] parameters,
      PackedBatch batch,
      LayerTape top,
      HeadTape tape,
      boolean training,
      SplittableRandom dropout);

  /** From what {@link #forward} left to {@code tape.predictions()}. */
  void predict(PackedBatch batch, HeadTape tape);

  /**
   * From what {@link #forward} left to the loss, and to the derivative by it, which takes its place
   * on the tape.
   *
   * @param batch with targets. Not modified.
   * @param count number of predictions of the whole batch, of which this may be a part
   * @param loss fits the head
   * @param tape Modified.
   * @param gradient the derivative by the head's parameters is added where it is known before
   *     {@link #backward}. Modified.
   * @return sum(weight * loss)
   */
  double lossAndGradient(
      PackedBatch batch, int count, LossFunction loss, HeadTape tape, float[] gradient);

  /**
   * From what {@link #lossAndGradient} left to the layer's derivatives.
   *
   * @param parameters all parameters. Not modified.
   * @param batch Not modified.
   * @param top its {@code dLast} and the gradient of its output are overwritten. Modified.
   * @param tape Modified.
   * @param gradient the derivative by the head's parameters is added. Modified.
   */
  void backward(
      float[] parameters, PackedBatch batch, LayerTape top, HeadTape tape, float[] gradient);
}
