package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sparkrnn.cli.session.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of conf/ against the real options: a training gets as far as its master's URL. */
class ConfigurationsTest {
  private static final String NO_MASTER =
      "error: --master must be local[N], spark://HOST:PORT, yarn or k8s://URL, got 'none'";
  private static final List<String> OTHERS =
      List.of("log4j2.properties", "log4j2-cluster.properties", "spark.properties");

  private final PrintStream console = System.err;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(console);
  }

  static List<String> configurations() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("conf"))) {
      List<String> names =
          files
              .filter(Files::isRegularFile)
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".properties") && !OTHERS.contains(name))
              .sorted()
              .toList();
      assertFalse(names.isEmpty());
      return names;
    }
  }

  private String train(String... options) {
    List<String> all = new ArrayList<>(List.of("train", "--master", "none"));
    all.addAll(List.of(options));
    assertEquals(2, Main.run(all.toArray(String[]::new), new Environment(Path.of(""), false)));
    return errors
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("error: "))
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void everyKeyIsAnOptionAndEveryValueIsAllowed(String name) {
    assertEquals(NO_MASTER, train("--config", name, "--input", "reviews"));
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void onlyTheSamplesConfigurationTrainsWithoutAnInput(String name) {
    String expected = name.equals("sample.properties") ? NO_MASTER : "error: --input is missing";
    String printed = train("--config", name);
    assertEquals(expected, printed.substring(0, Math.min(expected.length(), printed.length())));
  }

  @Test
  void withoutAnyOptionTheSampleIsTrainedOn() {
    assertEquals(NO_MASTER, train());
  }
}
