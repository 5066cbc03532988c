package io.sparkrnn.nn;

import static io.sparkrnn.nn.ReferenceMath.addOuter;
import static io.sparkrnn.nn.ReferenceMath.addProduct;
import static io.sparkrnn.nn.ReferenceMath.addProductTransposed;
import static io.sparkrnn.nn.ReferenceMath.addToRow;
import static io.sparkrnn.nn.ReferenceMath.row;
import static io.sparkrnn.nn.ReferenceMath.scaled;
import static io.sparkrnn.nn.ReferenceMath.times;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The readable network that the engine is compared with: plain double, one sequence at a time.
 *
 * <p>Nothing is kept between forward and backward; every layer computes again what it needs.
 */
record ReferenceNetwork(NetworkSpec spec, ReferenceParameters parameters, int truncatedSteps) {
  ReferenceNetwork(NetworkSpec spec, ReferenceParameters parameters) {
    this(spec, parameters, 0);
  }

  /**
   * One example.
   *
   * @param ids token ids of the steps that count, or null with vectors
   * @param vectors the steps themselves, T x I, or null with ids
   * @param masks dropout masks by layer and direction, or null for none
   * @param inputMask multiplies the embedded steps, T x I, or null for none
   * @param stepLabels label of each step for a head at every step, T, or null
   */
  record Example(
      int[] ids,
      double[][] vectors,
      double label,
      double weight,
      List<List<DropoutMasks>> masks,
      double[][] inputMask,
      double[] stepLabels) {
    static Example of(int[] ids, double label, double weight) {
      return new Example(ids, null, label, weight, null, null, null);
    }

    static Example ofVectors(double[][] vectors, double label, double weight) {
      return new Example(null, vectors, label, weight, null, null, null);
    }

    Example withMasks(List<List<DropoutMasks>> newMasks) {
      return new Example(ids, vectors, label, weight, newMasks, inputMask, stepLabels);
    }

    Example withInputMask(double[][] mask) {
      return new Example(ids, vectors, label, weight, masks, mask, stepLabels);
    }

    Example withStepLabels(double[] labels) {
      return new Example(ids, vectors, label, weight, masks, inputMask, labels);
    }

    Example withLabel(double newLabel) {
      return new Example(ids, vectors, newLabel, weight, masks, inputMask, stepLabels);
    }

    /** Number of steps. */
    int steps() {
      return ids == null ? vectors.length : ids.length;
    }

    private double labelOf(int row) {
      return stepLabels == null ? label : stepLabels[row];
    }

    private double[] masked(int t, double[] step) {
      return inputMask == null ? step : times(inputMask[t], step);
    }
  }

  /** The outputs before their activation, K. */
  double[] logits(Example example) {
    return rowLogits(example)[0];
  }

  /** The same of each row: one, or one per step. */
  private double[][] rowLogits(Example example) {
    List<ReferenceLayer.Outputs> outputs = layers(example);
    return rowLogits(outputs.get(outputs.size() - 1));
  }

  private double[][] rowLogits(ReferenceLayer.Outputs top) {
    return Arrays.stream(pooled(top))
        .map(
            pooled -> {
              double[] z = row(parameters.bias(), 0);
              addProduct(z, pooled, parameters.kernel(), 0);
              return z;
            })
        .toArray(double[][]::new);
  }

  /** What the dense layer sees of a sequence, row by row. */
  private double[][] pooled(ReferenceLayer.Outputs top) {
    return everyStep() ? top.steps() : new double[][] {pooling().forward(top)};
  }

  /** Returns attention's weights in the order in which the last layer reads. */
  double[] attention(Example example) {
    List<ReferenceLayer.Outputs> outputs = layers(example);
    double[][] steps = outputs.get(outputs.size() - 1).steps();
    return new ReferenceAttention(parameters.attention()).weights(steps);
  }

  private boolean everyStep() {
    return spec.head().pooling() == Pooling.EVERY_STEP;
  }

  /** Returns the prediction, K, or those of all steps one after the other. */
  double[] prediction(Example example, Loss loss) {
    ReferenceLoss function = new ReferenceLoss(loss);
    return Arrays.stream(rowLogits(example))
        .flatMapToDouble(z -> Arrays.stream(function.prediction(z)))
        .toArray();
  }

  /** Returns the sum of weight * loss. */
  double loss(List<Example> batch, Loss loss) {
    return batch.stream().mapToDouble(e -> loss(e, rowLogits(e), loss)).sum();
  }

  /** Returns the sum of weight * loss of one example whose last layer has these outputs. */
  double loss(Example example, ReferenceLayer.Outputs top, Loss loss) {
    return loss(example, rowLogits(top), loss);
  }

  private static double loss(Example example, double[][] logits, Loss loss) {
    ReferenceLoss function = new ReferenceLoss(loss);
    double sum = 0;
    for (int r = 0; r < logits.length; r++) {
      sum += example.weight() * function.value(logits[r], example.labelOf(r));
    }
    return sum;
  }

  /** Returns what the loss is divided by: examples, or real steps. */
  int divisor(List<Example> batch) {
    return everyStep() ? batch.stream().mapToInt(e -> inputs(e).length).sum() : batch.size();
  }

  /** Returns the gradient of (sum of weight * loss) / divisor. */
  ReferenceParameters gradient(List<Example> batch, Loss loss) {
    ReferenceParameters gradient = ReferenceParameters.zeros(spec);
    ReferenceLoss function = new ReferenceLoss(loss);
    for (Example example : batch) {
      double[][] dLogits = rowLogits(example);
      for (int r = 0; r < dLogits.length; r++) {
        double[] d = function.gradient(dLogits[r], example.labelOf(r));
        dLogits[r] = scaled(d, example.weight() / divisor(batch));
      }
      backward(example, dLogits, gradient);
    }
    return gradient;
  }

  private void backward(Example example, double[][] dLogits, ReferenceParameters gradient) {
    List<ReferenceLayer.Outputs> outputs = layers(example);
    int top = outputs.size() - 1;
    double[][] pooled = pooled(outputs.get(top));
    double[][] dPooled = new double[pooled.length][];
    for (int r = 0; r < pooled.length; r++) {
      addOuter(gradient.kernel(), pooled[r], dLogits[r], 0);
      addToRow(gradient.bias(), 0, dLogits[r], 0);
      dPooled[r] = new double[pooled[r].length];
      addProductTransposed(dPooled[r], dLogits[r], parameters.kernel(), 0);
    }
    ReferenceLayer.Outputs d =
        everyStep()
            ? new ReferenceLayer.Outputs(dPooled, new double[outputs.get(top).last().length])
            : pooling().backward(outputs.get(top), dPooled[0], gradient.attention());
    for (int layer = top; layer >= 0; layer--) {
      double[][] inputs = layer == 0 ? inputs(example) : outputs.get(layer - 1).steps();
      double[][] dInputs =
          layer(layer).backward(inputs, masks(example, layer), d, gradient.layers().get(layer));
      int size = layer == 0 ? spec.input().size() : spec.layers().get(layer - 1).outputSize();
      d = new ReferenceLayer.Outputs(dInputs, new double[size]);
    }
    for (int t = 0; example.ids() != null && t < example.ids().length; t++) {
      addToRow(gradient.embedding(), example.ids()[t], example.masked(t, d.steps()[t]), 0);
    }
  }

  /** The outputs of every layer of the stack. */
  private List<ReferenceLayer.Outputs> layers(Example example) {
    List<ReferenceLayer.Outputs> outputs = new ArrayList<>();
    double[][] inputs = inputs(example);
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      outputs.add(layer(layer).forward(inputs, masks(example, layer)));
      inputs = outputs.get(layer).steps();
    }
    return outputs;
  }

  /** The steps that the first layer reads. */
  double[][] inputs(Example example) {
    return example.ids() == null
        ? example.vectors()
        : IntStream.range(0, example.ids().length)
            .mapToObj(t -> example.masked(t, row(parameters.embedding(), example.ids()[t])))
            .toArray(double[][]::new);
  }

  /** The masks of a layer's directions. */
  List<DropoutMasks> masks(Example example, int layer) {
    return example.masks() == null
        ? parameters.layers().get(layer).stream().map(DropoutMasks::none).toList()
        : example.masks().get(layer);
  }

  private ReferenceLayer layer(int index) {
    return ReferenceLayer.of(
        spec.layers().get(index), parameters.layers().get(index), truncatedSteps);
  }

  private ReferencePooling pooling() {
    return new ReferencePooling(
        spec.head().pooling(), new ReferenceAttention(parameters.attention()));
  }
}
