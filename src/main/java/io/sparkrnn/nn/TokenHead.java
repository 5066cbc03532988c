package io.sparkrnn.nn;

import io.sparkrnn.kernel.Require;
import io.sparkrnn.nn.targets.TargetKind;
import java.util.List;

/**
 * The token that comes next, at each real step: a language model.
 *
 * <pre>
 *   z = q W' + b     y = softmax(z)
 *   tied:   W is the embedding, V x D; q = h, or q = h P with P (H x D) where H differs from D
 *   untied: W is a table of its own, V x H; q = h
 * </pre>
 *
 * <p>With {@code samples}, training compares the next token with so many others alone, drawn once a
 * batch; predictions are exact all the same.
 *
 * @param outputs number of ids, V; those of the network's vocabulary
 * @param tied whether outputs and inputs share the embedding
 * @param samples tokens of the sampled softmax, 0 for the full one; needs a tied embedding, of
 *     which it touches few rows
 * @see <a href="https://arxiv.org/abs/1608.05859">Press and Wolf, 2017</a> (tied embeddings)
 * @see <a href="https://arxiv.org/abs/1412.2007">Jean et al., 2015</a> (sampled softmax)
 */
public record TokenHead(int outputs, boolean tied, int samples) implements HeadSpec {
  /**
   * The id that stands between texts: it starts each and, as the last thing to be predicted, ends
   * it. That of padding, which no text has.
   */
  public static final int BOUNDARY = 0;

  public TokenHead {
    Activation.SOFTMAX.check(outputs);
    Require.atLeast(0, "samples", samples);
    if (samples > 0 && !tied) {
      throw new IllegalArgumentException(
          "samples must be 0 for outputs with a table of their own, got " + samples);
    }
    if (samples > outputs / 2) {
      throw new IllegalArgumentException(
          "samples must be <= half of the %d tokens, got %d; use 0 for the full softmax"
              .formatted(outputs, samples));
    }
  }

  /** Checks that a network can predict what it has not read yet. */
  void check(InputSpec input, List<LayerSpec> layers) {
    if (!(input instanceof InputSpec.Tokens tokens) || tokens.vocabularySize() != outputs) {
      throw new IllegalArgumentException(
          "a language model of %d tokens must read as many, got %s".formatted(outputs, input));
    }
    if (!tokens.maskZero()) {
      throw new IllegalArgumentException(
          "a language model must skip padding, whose id stands between texts; set maskZero to true");
    }
    for (LayerSpec layer : layers) {
      if (layer.goBackwards() || layer instanceof LayerSpec.Bidirectional) {
        throw new IllegalArgumentException(
            "a language model must read forward, got a layer that reads what comes later: "
                + layer);
      }
    }
  }

  /**
   * Returns the limit that gives an embedding of its own unit variance, as PyTorch begins with, and
   * a tied one, whose products with the states are logits, unit length.
   */
  @Override
  public double embeddingLimit(int embeddingSize) {
    return Math.sqrt(tied ? 3.0 / embeddingSize : 3.0);
  }

  @Override
  public Pooling pooling() {
    return Pooling.EVERY_STEP;
  }

  @Override
  public Activation activation() {
    return Activation.SOFTMAX;
  }

  /** Tokens are no classes of rows. */
  @Override
  public int classes() {
    return 0;
  }

  @Override
  public TargetKind targets() {
    return TargetKind.IDS;
  }

  @Override
  public int predictions(int steps) {
    return steps;
  }

  @Override
  public String need() {
    return "a language model needs the token after each step";
  }
}
