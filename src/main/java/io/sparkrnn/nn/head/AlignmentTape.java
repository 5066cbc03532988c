package io.sparkrnn.nn.head;

/** Scratch of {@link AlignmentHead}: packed kernel, logits or derivatives, paths. */
final class AlignmentTape extends HeadTape {
  final PoolTape pool = new PoolTape();
  final Dense.Tape dense = new Dense.Tape();
  final CtcLattice lattice = new CtcLattice();
  float[] logits = new float[0];

  @Override
  public float attention(int step) {
    throw new IllegalStateException("labels of steps have no weights of steps");
  }

  @Override
  public void borrow(HeadTape other) {
    dense.borrow(((AlignmentTape) other).dense);
  }
}
