package io.sparkrnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages for people: short enough, wrapped, and with names and links that lead somewhere. */
class DocumentationTest {
  private static final Path README = Path.of("README.md");
  private static final Path PAGES = Path.of("src/site/markdown");
  private static final String GENERATED = "options.md";
  private static final int MOST_WORDS = 1_200;
  private static final int MOST_COLUMNS = 120;

  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern CLASS_NAME = Pattern.compile("\\b[A-Z]\\w*[a-z]\\w*");

  @Test
  void theReadmeIsReadInFiveMinutes() throws IOException {
    int words = Files.readString(README).strip().split("\\s+").length;
    assertTrue(words <= MOST_WORDS, "README.md must have at most 1,200 words, got " + words);
  }

  /** Rows of tables are the one exception, since Markdown cannot wrap them. */
  @Test
  void linesAreWrapped() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path page : pages()) {
      List<String> lines = Files.readAllLines(page);
      IntStream.range(0, page.endsWith(GENERATED) ? 0 : lines.size())
          .filter(i -> lines.get(i).length() > MOST_COLUMNS && !lines.get(i).startsWith("|"))
          .forEach(i -> tooLong.add(page + ":" + (i + 1)));
    }
    assertEquals(List.of(), tooLong, "lines of more than 120 characters");
  }

  @Test
  void linksLeadToFilesAndHeadings() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      matches(LINK, prose(page))
          .map(link -> link.group(1))
          .filter(target -> !target.contains("://"))
          .filter(target -> !leadsSomewhere(page, target))
          .forEach(target -> broken.add(page + ": " + target));
    }
    assertEquals(List.of(), broken, "links that lead nowhere");
  }

  @Test
  void everyClassOfTheArchitectureExists() throws IOException {
    Path page = PAGES.resolve("architecture.md");
    Set<String> classes = classes();
    List<String> named =
        Stream.concat(
                matches(CODE, prose(page))
                    .map(code -> code.group(1))
                    .filter(CLASS_NAME.asMatchPredicate()),
                matches(CLASS_NAME, fenced(page)).map(MatchResult::group))
            .toList();
    assertTrue(named.size() > 50, "architecture.md must name classes, got " + named.size());
    assertEquals(
        List.of(),
        named.stream().filter(name -> !classes.contains(name)).distinct().toList(),
        "names in architecture.md that are no classes");
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(PAGES)) {
      return Stream.concat(Stream.of(README), files.sorted()).toList();
    }
  }

  private static Set<String> classes() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }

  private static boolean leadsSomewhere(Path page, String target) {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    return Files.exists(file) && (parts.length == 1 || anchors(file).contains(parts[1]));
  }

  /** Anchors of headings as GitHub makes them. */
  private static Set<String> anchors(Path page) {
    return prose(page)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\w\\s-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static String prose(Path page) {
    return part(page, 0);
  }

  private static String fenced(Path page) {
    return part(page, 1);
  }

  /** Every second piece between the fences of code, which begin a line. */
  private static String part(Path page, int first) {
    try {
      String[] pieces = Files.readString(page).split("(?m)^```\\w*$", -1);
      return IntStream.range(0, pieces.length)
          .filter(i -> i % 2 == first)
          .mapToObj(i -> pieces[i])
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<MatchResult> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }
}
