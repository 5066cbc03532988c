package io.sparkrnn.cli.options;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.GeneratedFile;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OptionsPageTest {
  @Test
  void thePageIsAsTheTableSays() throws IOException {
    GeneratedFile.check(OptionsPage.PATH, new OptionsPage().text());
  }

  @Test
  void everyRowOfATableHasItsCells() {
    int cells = 0;
    for (String line : new OptionsPage().text().split("\n")) {
      int found = line.startsWith("|") ? line.split("(?<!\\\\)\\|").length : 0;
      assertTrue(cells == 0 || found == 0 || found == cells, line);
      cells = found;
    }
  }
}
