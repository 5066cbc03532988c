package io.sparkrnn.io;

import io.sparkrnn.text.Ngrams;
import io.sparkrnn.train.wide.Combination;
import io.sparkrnn.train.wide.KeptNgrams;
import io.sparkrnn.train.wide.WideBranch;
import io.sparkrnn.train.wide.WideModel;

/** Wide branches for tests. */
final class WideBranches {
  private WideBranches() {}

  /** Returns one of two classes that knows three n-grams. */
  static WideBranch tiny() {
    WideModel model =
        new WideModel(
            new Ngrams(2, 1 << 24),
            new KeptNgrams(new int[] {3, 70, (1 << 24) - 1}, 1 << 24),
            new float[] {0.5f, -1.25f, 1e-3f},
            new float[] {0.125f});
    return new WideBranch(model, new Combination(0.7, 0.1 + 0.2, -0.05));
  }
}
