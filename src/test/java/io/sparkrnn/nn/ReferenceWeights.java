package io.sparkrnn.nn;

import org.ejml.data.DMatrixRMaj;

/**
 * The parameters of one recurrent layer, or their gradient.
 *
 * @param kernel I x (gates H)
 * @param recurrent H x (gates H)
 * @param bias 1 x (gates H); 2 x 3H for a GRU with reset_after: input row, recurrent row
 */
record ReferenceWeights(DMatrixRMaj kernel, DMatrixRMaj recurrent, DMatrixRMaj bias) {
  ReferenceWeights zerosLike() {
    return new ReferenceWeights(zeros(kernel), zeros(recurrent), zeros(bias));
  }

  private static DMatrixRMaj zeros(DMatrixRMaj like) {
    return new DMatrixRMaj(like.numRows, like.numCols);
  }
}
