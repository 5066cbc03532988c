package io.sparkrnn.nn;

import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholder_FDRM;

/** Initial values, by the distributions of the Keras initializers of the same names. */
public final class Initializers {
  private Initializers() {}

  /** Uniform on [-limit, limit], limit = sqrt(6 / (fanIn + fanOut)) (Glorot and Bengio, 2010). */
  public static void glorotUniform(
      float[] parameters, int offset, int fanIn, int fanOut, SplittableRandom random) {
    uniform(parameters, offset, fanIn * fanOut, Math.sqrt(6.0 / (fanIn + fanOut)), random);
  }

  /** Uniform on [-limit, limit]. */
  public static void uniform(
      float[] parameters, int offset, int size, double limit, SplittableRandom random) {
    for (int i = offset; i < offset + size; i++) {
      parameters[i] = (float) ((2 * random.nextDouble() - 1) * limit);
    }
  }

  /**
   * A rows x columns matrix with orthonormal rows or columns, whichever are fewer: Q of the QR
   * decomposition of a Gaussian matrix, columns multiplied by the signs of R's diagonal (Saxe et
   * al., 2014).
   */
  public static void orthogonal(
      float[] parameters, int offset, int rows, int columns, SplittableRandom random) {
    int tall = Math.max(rows, columns);
    int thin = Math.min(rows, columns);
    FMatrixRMaj gaussian = new FMatrixRMaj(tall, thin);
    for (int i = 0; i < gaussian.data.length; i++) {
      gaussian.data[i] = (float) gaussian(random);
    }
    QRDecompositionHouseholder_FDRM qr = new QRDecompositionHouseholder_FDRM();
    qr.decompose(gaussian);
    FMatrixRMaj q = qr.getQ(null, true);
    FMatrixRMaj r = qr.getR(null, true);
    for (int j = 0; j < thin; j++) {
      float sign = Math.signum(r.get(j, j));
      for (int i = 0; i < tall; i++) {
        q.set(i, j, q.get(i, j) * sign);
      }
    }
    if (rows < columns) {
      q = CommonOps_FDRM.transpose(q, null);
    }
    System.arraycopy(q.data, 0, parameters, offset, rows * columns);
  }

  /**
   * A standard normal value by the polar method of Marsaglia; StrictMath, so that all JVMs agree.
   */
  private static double gaussian(SplittableRandom random) {
    while (true) {
      double x = 2 * random.nextDouble() - 1;
      double y = 2 * random.nextDouble() - 1;
      double s = x * x + y * y;
      if (s > 0 && s < 1) {
        return x * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
      }
    }
  }
}
