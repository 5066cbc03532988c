package io.sparkrnn.nn.head;

import io.sparkrnn.nn.chain.Chain;
import io.sparkrnn.nn.chain.ChainSequence;
import java.util.Arrays;

/** Scratch of a conditional random field: values of all steps, and of one sequence at a time. */
final class CrfTape extends HeadTape {
  private final PoolTape pool;
  private final Dense.Tape dense = new Dense.Tape();
  private final ChainSequence sequence;
  private final double[] dChain;
  private Chain chain;
  private float[] logits = new float[0];

  CrfTape(PoolTape pool, int labels) {
    this.pool = pool;
    sequence = new ChainSequence(labels);
    dChain = new double[Chain.parameters(labels)];
  }

  PoolTape pool() {
    return pool;
  }

  Dense.Tape dense() {
    return dense;
  }

  ChainSequence sequence() {
    return sequence;
  }

  Chain chain() {
    return chain;
  }

  void setChain(Chain chain) {
    this.chain = chain;
  }

  /** Returns room for the derivative by the chain's parameters, all 0. */
  double[] clearedChainGradient() {
    Arrays.fill(dChain, 0);
    return dChain;
  }

  /** Returns the values of all steps, N x K, or the derivative by them. */
  float[] logits() {
    return logits;
  }

  void resize(int size) {
    if (logits.length < size) {
      logits = new float[size];
    }
  }

  @Override
  public float attention(int step) {
    throw new IllegalStateException("a tagger has no weights of steps");
  }

  @Override
  public void borrow(HeadTape other) {
    dense.borrow(((CrfTape) other).dense);
    chain = ((CrfTape) other).chain;
  }
}
