package io.sparkrnn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the project that is made of something else in it, and lies beside it. */
public final class GeneratedFile {
  private static final String RENEW = "mvn test -Drenew -Dtest='ParamsSourceTest,OptionsPageTest'";

  private GeneratedFile() {}

  /**
   * Checks that a file has the text it would get today; with {@code -Drenew} writes it instead.
   *
   * @param path from the project's directory
   */
  public static void check(String path, String text) throws IOException {
    Path file = Path.of(path);
    if (System.getProperty("renew") != null) {
      Files.writeString(file, text);
    }
    String found = Files.exists(file) ? Files.readString(file) : "";
    assertEquals(text, found, path + " is stale; renew it: " + RENEW);
  }
}
