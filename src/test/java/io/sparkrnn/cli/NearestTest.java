package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.cli.session.Environment;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody meant, among the names that training has. */
class NearestTest {
  private static Optional<String> nearest(String given) {
    return Nearest.option(given, TrainCommand.line(new Environment(Path.of(""), false)));
  }

  @ParameterizedTest
  @CsvSource({
    "epoch, epochs",
    "poolings, pooling",
    "unit, units",
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
    assertEquals(3, Nearest.distance("kitten", "sitting"));
    assertEquals(4, Nearest.distance("", "seed"));
    assertEquals(0, Nearest.distance("seed", "seed"));
  }
}
