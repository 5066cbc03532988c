package io.sparkrnn.nn;

import io.sparkrnn.kernel.Require;
import io.sparkrnn.nn.targets.TargetKind;
import java.util.List;
import java.util.Objects;

/**
 * A sequence of tokens for each sequence: a translation. The network's own layers are the encoder;
 * this is the decoder, which reads its own tokens and attends to all outputs of the encoder.
 *
 * <pre>
 *   s(0)  = tanh(r B + b), the cell's r B + b     r: last states of the encoder's last layer
 *   s(t)  = layers(embed(y(t-1)), s(t-1))         y(0) = {@link #BOUNDARY}
 *   a(t)  = softmax over j of score(s(t), h(j))   h(j): outputs of the encoder's last layer
 *   q(t)  = tanh([sum of a(t,j) h(j); s(t)] C + c)
 *   p(t)  = softmax(q(t) W' + d)                  tied: W is the decoder's embedding
 * </pre>
 *
 * <p>A translation ends with {@link #BOUNDARY}, which is the last thing to be predicted. While
 * training, y(t-1) is the target's own token.
 *
 * @param outputs number of ids of the translations, V
 * @param embeddingSize width of their embedding, D
 * @param layers the decoder's recurrent layers, forward, at least one
 * @param score how a state is compared with the encoder's outputs
 * @param tied whether outputs and embedding are one table; q has D values then, else the units of
 *     the last layer
 * @see <a href="https://aclanthology.org/D15-1166/">Luong, Pham and Manning, 2015</a>
 * @see <a href="https://arxiv.org/abs/1409.0473">Bahdanau, Cho and Bengio, 2015</a>
 */
public record TranslationHead(
    int outputs, int embeddingSize, List<LayerSpec.Recurrent> layers, Score score, boolean tied)
    implements HeadSpec {
  /**
   * The id that a translation begins with, and ends with: that of padding, which no text has, as
   * {@link TokenHead#BOUNDARY}.
   */
  public static final int BOUNDARY = TokenHead.BOUNDARY;

  /** How a state s of the decoder is compared with an output h of the encoder. */
  public enum Score {
    /** s . (h K), Luong's general score. */
    GENERAL,
    /** v . tanh(s Q + h K), Bahdanau's score. */
    ADDITIVE
  }

  public TranslationHead {
    Activation.SOFTMAX.check(outputs);
    Require.positive("embeddingSize", embeddingSize);
    Objects.requireNonNull(score, "score");
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a decoder must have at least one layer, got none");
    }
    for (LayerSpec.Recurrent layer : layers) {
      if (layer.goBackwards()) {
        throw new IllegalArgumentException("a decoder must read forward, got " + layer);
      }
    }
  }

  /** Checks that a network reads what can be translated. */
  void check(InputSpec input, List<LayerSpec> layers) {
    if (input instanceof InputSpec.Tokens tokens && !tokens.maskZero()) {
      throw new IllegalArgumentException(
          "a translator must skip padding, which attention would see; set maskZero to true");
    }
    for (LayerSpec layer : layers) {
      if (layer.goBackwards()) {
        throw new IllegalArgumentException(
            "a translator must read forward or both ways, got a layer that reads backwards: "
                + layer);
      }
    }
  }

  /** Returns the width of what the softmax reads. */
  public int querySize() {
    return tied ? embeddingSize : layers.get(layers.size() - 1).units();
  }

  /** Returns the rate at which values that the softmax reads are dropped while training. */
  public double outputDropout() {
    return layers.get(layers.size() - 1).dropout();
  }

  /** Returns the limit that gives an embedding unit variance, as PyTorch begins with. */
  @Override
  public double embeddingLimit(int embeddingSize) {
    return Math.sqrt(3.0);
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

  /** Unknown without the targets; as long as the sequence itself. */
  @Override
  public int predictions(int steps) {
    return steps + 1;
  }

  /** The tokens of the translation, and its end. */
  @Override
  public int predictions(int steps, int targets) {
    return targets + 1;
  }

  @Override
  public String need() {
    return "a translator needs a translation of each row";
  }
}
