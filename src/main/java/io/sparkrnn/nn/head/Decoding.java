package io.sparkrnn.nn.head;

import io.sparkrnn.kernel.Scratch;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.State;
import io.sparkrnn.nn.TranslationHead;

/**
 * Translations in the making: what the decoder finds probable next, for some hypotheses of each
 * sentence of a batch, step by step.
 *
 * <p>Valid until the next pass on its tape. Not for several threads. A row's figures do not depend
 * on the other rows.
 */
public final class Decoding {
  private final DecoderHead head;
  private final float[] parameters;
  private final DecoderTape tape;
  private final TranslationHead spec;
  private State[] states;
  private State[] next;

  Decoding(DecoderHead head, float[] parameters, DecoderTape tape, TranslationHead spec) {
    this.head = head;
    this.parameters = parameters;
    this.tape = tape;
    this.spec = spec;
    states = tape.initial.clone();
    next = new State[states.length];
    for (int l = 0; l < next.length; l++) {
      next[l] = new State(new float[0], new float[0]);
    }
  }

  /**
   * Reads a token for each hypothesis.
   *
   * @param rows number of hypotheses
   * @param starts where the hypotheses of each sentence of the batch, in packed order, begin; and
   *     their number. Not modified.
   * @param parents the row of the step before that each goes on from; before the first step there
   *     is a row for each sentence. Not modified.
   * @param ids what each reads, {@link TranslationHead#BOUNDARY} first. Not modified.
   */
  public void step(int rows, int[] starts, int[] parents, int[] ids) {
    for (int l = 0; l < states.length; l++) {
      LayerSpec.Recurrent layer = spec.layers().get(l);
      int units = layer.units();
      if (next[l].hidden().length < rows * units) {
        float[] cell = new float[layer.cell() == CellType.LSTM ? rows * units : 0];
        next[l] = new State(new float[rows * units], cell);
      }
      for (int r = 0; r < rows; r++) {
        int from = parents[r] * units;
        System.arraycopy(states[l].hidden(), from, next[l].hidden(), r * units, units);
        if (layer.cell() == CellType.LSTM) {
          System.arraycopy(states[l].cell(), from, next[l].cell(), r * units, units);
        }
      }
    }
    tape.inputs = Scratch.grown(tape.inputs, rows);
    System.arraycopy(ids, 0, tape.inputs, 0, rows);
    head.step(parameters, next, rows, starts, tape);
    State[] before = states;
    states = next;
    next = before;
  }

  /** Returns the number of tokens, V. */
  public int tokens() {
    return spec.outputs();
  }

  /** Returns the logarithms of the probabilities of all tokens, rows x V. Not to be modified. */
  public float[] logProbabilities() {
    return tape.predictions();
  }

  /**
   * Returns which step of the source the last step of a hypothesis attended to most, the first of
   * equals; -1 without any.
   *
   * @param sentence packed row of the batch
   * @param hypothesis which of the sentence's, 0 for the first
   */
  public int attended(int sentence, int hypothesis) {
    int best = -1;
    float most = -1;
    for (int j = 0; j < tape.attention.steps(sentence); j++) {
      float weight = tape.attention.weight(sentence, hypothesis, j);
      if (weight > most) {
        most = weight;
        best = j;
      }
    }
    return best;
  }
}
