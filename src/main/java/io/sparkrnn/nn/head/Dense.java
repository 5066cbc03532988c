package io.sparkrnn.nn.head;

import io.sparkrnn.kernel.Addend;
import io.sparkrnn.kernel.Kernels;
import io.sparkrnn.kernel.PackedMatrix;
import io.sparkrnn.kernel.Scratch;
import io.sparkrnn.nn.Initializers;
import io.sparkrnn.nn.ParameterLayout;
import java.util.SplittableRandom;

/** A dense layer without activation: z = x W + b (Keras layer {@code Dense}). */
final class Dense {
  private final int inputs;
  private final int outputs;
  private final int kernelOffset;
  private final int biasOffset;

  Dense(String name, int inputs, int outputs, ParameterLayout.Builder layout) {
    this.inputs = inputs;
    this.outputs = outputs;
    kernelOffset = layout.add(name + "/kernel", inputs, outputs);
    biasOffset = layout.add(name + "/bias", outputs);
  }

  void initialize(float[] parameters, SplittableRandom random) {
    Initializers.glorotUniform(parameters, kernelOffset, inputs, outputs, random);
  }

  void pack(float[] parameters, Tape tape) {
    tape.kernel.pack(inputs, outputs, parameters, kernelOffset, outputs);
    tape.kernelTransposed.packTransposed(outputs, inputs, parameters, kernelOffset, outputs);
  }

  /**
   * Forward for rows of inputs.
   *
   * @param x rows x inputs. Not modified.
   * @param z rows x outputs. Modified.
   */
  void forward(float[] parameters, int rows, float[] x, float[] z, Tape tape) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(parameters, biasOffset, z, r * outputs, outputs);
    }
    tape.kernels.multiply(
        rows, x, 0, inputs, tape.kernel, Addend.target(), z, 0, outputs, tape.scratch);
  }

  /**
   * Backward: adds the gradients of kernel and bias, writes or adds that of the input.
   *
   * @param dz rows x outputs. Not modified.
   * @param dx rows x inputs. Modified.
   */
  void backward(
      int rows,
      float[] x,
      float[] dz,
      float[] dx,
      boolean accumulate,
      float[] gradient,
      Tape tape) {
    tape.kernels.addColumnSums(rows, outputs, dz, 0, gradient, biasOffset);
    tape.kernels.addTransposedProduct(
        rows,
        inputs,
        outputs,
        x,
        0,
        inputs,
        dz,
        0,
        outputs,
        gradient,
        kernelOffset,
        outputs,
        tape.scratch);
    tape.kernels.multiply(
        rows,
        dz,
        0,
        outputs,
        tape.kernelTransposed,
        accumulate ? Addend.target() : Addend.zero(),
        dx,
        0,
        inputs,
        tape.scratch);
  }

  /** Scratch of one dense layer. */
  static final class Tape {
    private final Kernels kernels = Kernels.best();
    private final Scratch scratch = new Scratch();
    private final PackedMatrix kernelTransposed = new PackedMatrix(kernels);
    private PackedMatrix kernel = new PackedMatrix(kernels);

    void borrow(Tape other) {
      kernel = other.kernel;
    }
  }
}
