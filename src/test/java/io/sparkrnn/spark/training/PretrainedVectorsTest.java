package io.sparkrnn.spark.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.Network;
import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.TinyRows;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.VectorCoverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words w2 to w11 stand for the ids of {@link TinyRows}; w2 and w7 have vectors. */
class PretrainedVectorsTest {
  private static final Vocabulary WORDS =
      Vocabulary.ofWords(IntStream.range(2, TinyRows.VOCABULARY).mapToObj(i -> "w" + i).toList());
  private static final float[] W2 = {1, 2, 3, 4, 5};

  @TempDir private Path folder;

  private final RnnClassifier classifier = TinyRows.classifier().setVocabulary(WORDS);

  @BeforeEach
  void nameTheFile() throws IOException {
    Path file = folder.resolve("v.vec");
    Files.writeString(file, "3 5\nw2 1 2 3 4 5\nthe 0 0 0 0 0\nw7 -1 -1 0.5 0.5 2\n");
    classifier.setPretrainedVectors(file.toUri().toString());
  }

  private static float[] train(RnnClassifier classifier) {
    return classifier.copy(ParamMap.empty()).fit(TinyRows.data(60)).parameters();
  }

  private static String message(RnnClassifier classifier) {
    return assertThrows(InputException.class, () -> train(classifier)).getMessage();
  }

  private static float[] row(float[] parameters, int id) {
    return Arrays.copyOfRange(parameters, 5 * id, 5 * id + 5);
  }

  @Test
  void aFrozenEmbeddingKeepsTheFilesVectorsAndRandomOthers() {
    float[] trained = train(classifier.setFreezeEmbedding(true));
    float[] initial = new Network(classifier.trainingConfig(2).network()).initialParameters(7);
    assertArrayEquals(W2, row(trained, 2));
    assertArrayEquals(new float[] {-1, -1, 0.5f, 0.5f, 2}, row(trained, 7));
    for (int id : new int[] {0, 1, 3, 11}) {
      assertArrayEquals(row(initial, id), row(trained, id), "id " + id);
    }
  }

  @Test
  void wordsWithoutVectorsMayStartAtZero() {
    float[] trained = train(classifier.setFreezeEmbedding(true).setMissingVectors("zero"));
    assertArrayEquals(W2, row(trained, 2));
    for (int id : new int[] {0, 1, 3, 11}) {
      assertArrayEquals(new float[5], row(trained, id), "id " + id);
    }
  }

  @Test
  void unlessFrozenTheVectorsAreWhereTrainingStarts() {
    float[] trained = train(classifier.setStepSize(1e-6));
    assertArrayEquals(W2, row(trained, 2), 1e-3f);
    assertFalse(Arrays.equals(W2, row(trained, 2)));
  }

  @Test
  void coverageIsCountedInWordsAndInTokensOfTheTrainingRows() {
    VectorCoverage coverage =
        classifier.setValidationSplit(0).fit(TinyRows.data(60)).summary().vectors();
    long tokens = 0;
    long found = 0;
    for (Row row : TinyRows.rows(60, 11)) {
      for (Object id : (Object[]) row.get(1)) {
        tokens++;
        found += id.equals(2) || id.equals(7) ? 1 : 0;
      }
    }
    VectorCoverage expected =
        new VectorCoverage(classifier.getPretrainedVectors(), 10, 2, tokens, found);
    assertEquals(expected, coverage);
    assertTrue(
        expected.toString().contains("v.vec has 2 of 10 words (20.0 %), "), expected::toString);
  }

  @Test
  void whatCannotBeUsedIsNamedBeforeTraining() {
    assertEquals(
        "embeddingSize must be 5, the width of the vectors in "
            + classifier.getPretrainedVectors()
            + ", got 4",
        message(classifier.setEmbeddingSize(4)));
    classifier.setEmbeddingSize(5);
    assertEquals(
        "vocabularySize must be 12, the number of ids of the vocabulary, got 13",
        message(classifier.setVocabularySize(13)));
    assertEquals(
        "pretrainedVectors needs the words of the ids; call setVocabulary",
        message(classifier.setVocabulary(null)));
    classifier.setVocabulary(WORDS).setVocabularySize(12);
    String missing = folder.resolve("none.txt").toString();
    assertEquals(
        "pretrainedVectors " + missing + " does not exist",
        message(classifier.setPretrainedVectors(missing)));
    assertTrue(
        message(classifier.setPretrainedVectors(folder.toString())).startsWith("cannot read"));
  }

  @Test
  void aTrainingWithOtherVectorsDoesNotGoOn() {
    classifier.setCheckpointDir(folder.resolve("checkpoint").toString()).setCheckpointInterval(1);
    train(classifier);
    String message = message(classifier.setResume(true).setMissingVectors("zero"));
    assertTrue(message.contains("missingVectors random"), message);
  }
}
