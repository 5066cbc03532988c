package io.sparkrnn.io.language;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.io.MemoryStorage;
import io.sparkrnn.io.ModelDirectory;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.TextClassifier;
import io.sparkrnn.io.TextSettings;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.TextEncoder;
import io.sparkrnn.text.TextUnit;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.LocalTrainer;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.batches.TokenStream;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LanguageModelTest {
  private static final Vocabulary WORDS =
      Vocabulary.ofWords(List.of("the", "film", "was", "good", "bad", "it", "and", "not"));
  private static final Padding WHOLE =
      new Padding(Integer.MAX_VALUE, Padding.Side.PRE, Padding.Side.POST);
  private static final SavedModel SAVED = trained();
  private static final LanguageModel MODEL = LanguageModel.of(SAVED);

  /** A model that has learned two sentences. */
  private static SavedModel trained() {
    NetworkSpec network =
        new NetworkSpec(
            new InputSpec.Tokens(WORDS.size(), 8, true),
            List.of(LayerSpec.Recurrent.of(CellType.GRU, 16)),
            new TokenHead(WORDS.size(), true, 0));
    TextEncoder encoder = new TextEncoder(WORDS, WHOLE, true);
    PackedShardBuilder texts = new PackedShardBuilder();
    for (int i = 0; i < 200; i++) {
      texts.add(encoder.ids("the film was good and it was not bad"), 36, 1);
      texts.add(encoder.ids("it was bad"), 10, 1);
    }
    TrainingConfig config =
        TrainingConfig.of(network, Loss.CATEGORICAL_CROSSENTROPY)
            .with(OptimizerSpec.Adam.defaults(), 0.01)
            .withBatches(8, 12);
    PackedShard segments = TokenStream.segments(config, texts.build(), 0);
    float[] parameters =
        LocalTrainer.sequential(config, TrainingListener.silent(), System::nanoTime)
            .train(List.of(segments), List.of())
            .parameters();
    return new SavedModel(network, parameters, TextSettings.of(WHOLE), WORDS, List.of(), null);
  }

  private static Generation at(double temperature, int topK, double topP, int beam, long seed) {
    return new Generation(20, temperature, topK, topP, beam, seed);
  }

  @Test
  void theMostProbableWordsAreThoseOfTheTextsAndTheTextEnds() {
    String expected = " was good and it was not bad";
    assertEquals(expected, MODEL.generate("The film", at(0, 0, 1, 1, 1)));
    assertEquals(expected, MODEL.generate("The film", at(1, 1, 1, 1, 7)));
    assertEquals(expected, MODEL.generate("The film", at(1, 0, 1e-9, 1, 7)));
    assertEquals(expected, MODEL.generate("The film", at(1, 0, 1, 4, 1)));
    assertEquals("film was", MODEL.generate("the ", new Generation(2, 0, 0, 1, 1, 1)));
  }

  @Test
  void theSameSeedGivesTheSameTextAndAnotherAnother() {
    Generation wild = at(5, 0, 1, 1, 3);
    assertEquals(MODEL.generate("it", wild), MODEL.generate("it", wild));
    assertNotEquals(MODEL.generate("it", wild), MODEL.generate("it", at(5, 0, 1, 1, 4)));
  }

  @Test
  void whatHasNoWordIsNeverSaid() {
    for (long seed = 0; seed < 50; seed++) {
      String text = MODEL.generate("", at(100, 0, 1, 1, seed));
      assertFalse(text.contains("["), text);
    }
  }

  @Test
  void frequenciesOfWhatIsDrawnAreTheProbabilities() {
    LanguageState state = MODEL.read(MODEL.start(), "the film was");
    float[] logP = state.logProbabilities();
    int good = WORDS.id("good");
    int hits = 0;
    SplittableRandom random = new SplittableRandom(5);
    Generation two = at(2, 0, 1, 1, 1);
    double total = 0;
    for (float one : logP) {
      total += Math.exp(one / 2);
    }
    for (int i = 0; i < 4000; i++) {
      hits += two.choose(logP, random) == good ? 1 : 0;
    }
    assertEquals(Math.exp(logP[good] / 2) / total, hits / 4000.0, 0.03);
  }

  @Test
  void piecesAreReadLikeTheWhole() {
    LanguageState whole = MODEL.read(MODEL.start(), "it was not bad");
    LanguageState first = MODEL.read(MODEL.start(), "it was");
    MODEL.read(first, "good");
    LanguageState second = MODEL.read(first, "not bad");
    assertArrayEquals(whole.logProbabilities(), second.logProbabilities());
    assertEquals(whole.logProbability(), second.logProbability());
    assertEquals(4, second.tokens());
    assertEquals(
        MODEL.logProbability("it was not bad"),
        second.logProbability() + second.logProbabilities()[TokenHead.BOUNDARY],
        1e-4);
  }

  @Test
  void aDirectoryKeepsIt() throws IOException {
    MemoryStorage storage = new MemoryStorage();
    ModelDirectory.write(storage, SAVED);
    SavedModel read = ModelDirectory.read(storage);
    assertEquals(SAVED.network(), read.network());
    assertArrayEquals(SAVED.parameters(), read.parameters());
    assertEquals(
        MODEL.generate("it", at(2, 3, 0.9, 1, 5)),
        LanguageModel.of(read).generate("it", at(2, 3, 0.9, 1, 5)));
  }

  @Test
  void whatIsNoLanguageModelIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> TextClassifier.of(SAVED));
    NetworkSpec classifier = NetworkSpec.binary(CellType.LSTM, WORDS.size(), 5, 3);
    SavedModel other =
        new SavedModel(
            classifier,
            new Network(classifier).initialParameters(1),
            TextSettings.of(WHOLE),
            WORDS,
            List.of(),
            null);
    assertThrows(IllegalArgumentException.class, () -> LanguageModel.of(other));
    assertThrows(IllegalArgumentException.class, () -> new Generation(0, 1, 0, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Generation(1, -1, 0, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Generation(1, 1, 0, 0, 1, 1));
    assertTrue(new TextSettings("characters", WHOLE).unit() == TextUnit.CHARACTER);
  }
}
