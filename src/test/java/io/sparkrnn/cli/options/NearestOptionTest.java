package io.sparkrnn.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.cli.Commands;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody meant, among the names that training has. */
class NearestOptionTest {
  private static Optional<String> nearest(String given) {
    return NearestOption.option(given, Commands.train());
  }

  @ParameterizedTest
  @CsvSource({
    "epoch, epochs",
    "poolings, pooling",
    "unts, units",
    "batchsize, batch-size",
    "batch-sise, batch-size",
    "recurrentdropout, recurrent-dropout",
    "learning-rates, learning-rate",
    "droput, dropout"
  })
  void aFewWrongLettersAreForgiven(String given, String meant) {
    assertEquals(Optional.of(meant), nearest(given));
  }

  @ParameterizedTest
  @CsvSource({
    "learning, learning-rate",
    "batch, batch-size",
    "vocab-size, vocabulary-size",
    "valid-split, validation-split",
    "epochs-max, epochs",
    "model-dir, model"
  })
  void abbreviationsAndAdditionsAreUnderstood(String given, String meant) {
    assertEquals(Optional.of(meant), nearest(given));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lr", "x", "temperature", "number-of-threads", ""})
  void nothingIsSuggestedForWhatIsFarFromAll(String given) {
    assertEquals(Optional.empty(), nearest(given));
  }

  @Test
  void theDistanceIsThatOfLevenshtein() {
    assertEquals(3, NearestOption.distance("kitten", "sitting"));
    assertEquals(4, NearestOption.distance("", "seed"));
    assertEquals(0, NearestOption.distance("seed", "seed"));
  }
}
