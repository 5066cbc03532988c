package io.sparkrnn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JVM of its own for a test: another JDK, other options, another class path.
 *
 * @param home the JDK's directory
 * @param options options of the java command
 * @param classPath class path
 */
public record ChildJvm(Path home, List<String> options, String classPath) {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";
  private static final Path OWN_HOME = Path.of(System.getProperty("java.home"));

  /** Returns a JVM like this one, without options, so without the vector module. */
  public static ChildJvm plain() {
    return new ChildJvm(OWN_HOME, List.of(), System.getProperty("java.class.path"));
  }

  /** Returns this JVM with the vector module and more options. */
  public ChildJvm withVectors(String... more) {
    return with(MODULE).with(more);
  }

  /** Returns this JVM with more options. */
  public ChildJvm with(String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return new ChildJvm(home, all, classPath);
  }

  /** Returns this JVM from another JDK. */
  public ChildJvm of(Path home) {
    return new ChildJvm(home, options, classPath);
  }

  /** Returns this JVM with only the project's classes and the jars of the named groups' folders. */
  public ChildJvm withJarsOf(String... folders) {
    return new ChildJvm(
        home,
        options,
        Arrays.stream(classPath.split(File.pathSeparator))
            .filter(entry -> belongs(entry, folders))
            .collect(Collectors.joining(File.pathSeparator)));
  }

  private static boolean belongs(String entry, String... folders) {
    String path = entry.replace('\\', '/');
    return Files.isDirectory(Path.of(entry))
        || Arrays.stream(folders).anyMatch(folder -> path.contains("/" + folder + "/"));
  }

  /** Runs a main class to its end and returns its output; fails if it fails. */
  public String run(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), () -> home + " " + String.join(" ", options));
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + main + " ran", e);
    }
  }

  /**
   * Returns the JDKs of this machine other than the one that runs, each once, by the name of its
   * directory: those of {@code JAVA_HOME}, {@code JAVA_HOME_...} and {@code /usr/lib/jvm}.
   */
  public static Map<String, Path> otherJdks() {
    Stream<Path> named =
        System.getenv().entrySet().stream()
            .filter(e -> e.getKey().startsWith("JAVA_HOME") && !e.getValue().isEmpty())
            .map(e -> Path.of(e.getValue()));
    Map<String, Path> homes = new LinkedHashMap<>();
    Stream.concat(named, installed())
        .filter(home -> Files.isExecutable(home.resolve("bin").resolve("java")))
        .filter(home -> atLeast(home, 17))
        .map(ChildJvm::real)
        .filter(home -> !home.equals(real(OWN_HOME)))
        .sorted()
        .forEach(home -> homes.put(home.getFileName().toString(), home));
    return homes;
  }

  private static Stream<Path> installed() {
    File[] homes = new File("/usr/lib/jvm").listFiles(File::isDirectory);
    return homes == null ? Stream.empty() : Arrays.stream(homes).map(File::toPath);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the version from the JDK's {@code release} file. */
  private static boolean atLeast(Path home, int least) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("[^0-9.]", "").split("\\.")[0])
          .anyMatch(version -> Integer.parseInt(version) >= least);
    } catch (IOException e) {
      return false;
    }
  }
}
