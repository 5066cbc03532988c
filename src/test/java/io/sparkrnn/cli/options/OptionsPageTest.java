package io.sparkrnn.cli.options;

import io.sparkrnn.GeneratedFile;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OptionsPageTest {
  @Test
  void thePageIsAsTheTableSays() throws IOException {
    GeneratedFile.check(OptionsPage.PATH, new OptionsPage().text());
  }
}
