package io.sparkrnn.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesTest {
  @TempDir private Path folder;

  private Places places() {
    return new Places(new Configuration()).reading("input", folder.resolve("data").toString());
  }

  private String refusal(Object written) {
    return assertThrows(InputException.class, () -> places().writing("output", written.toString()))
        .getMessage();
  }

  @Test
  void whatIsWrittenMustNotOverlapWhatIsRead() {
    Path data = folder.resolve("data");
    String rest = " the input " + data + "; give another";
    assertEquals("output " + data + " must not be" + rest, refusal(data));
    assertEquals("output " + data + "/a/b must not be inside" + rest, refusal(data + "/a/b"));
    assertEquals("output " + folder + " must not hold" + rest, refusal(folder));
  }

  @Test
  void pathsAreComparedByWhatTheyNameNotByTheirLetters() throws IOException {
    Files.createDirectory(folder.resolve("data"));
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("data"));
    for (String other : new String[] {"link", "link/inside", "x/../data", "data/"}) {
      refusal(folder + "/" + other);
    }
    refusal("file://" + folder + "/data");
  }

  @Test
  void namesWithAColonAreRefusedWhereTheyCannotBeWritten() {
    String time = folder + "/10:00";
    String rest = " has a colon, which is not possible; choose another";
    assertEquals("the name of output " + time + rest, refusal(time));
    assertEquals("the name of output 10:00" + rest, refusal("10:00"));
    places().reading("test input", time).writing("output", folder + "/a:b/inside");
  }

  @Test
  void neighboursMayHaveNamesThatBeginAlike() {
    places()
        .writing("output", folder.resolve("data2").toString())
        .writing("checkpoint", folder.resolve("dat").toString());
  }

  @Test
  void aFileMayBeInsideOfAPlaceButNotReplaceIt() {
    places().writingFile("metrics file", folder.resolve("data/metrics.json"));
    places().writingFile("metrics file", null);
    Path data = folder.resolve("data");
    assertEquals(
        "metrics file " + data + " must not be the input " + data + "; give another",
        assertThrows(InputException.class, () -> places().writingFile("metrics file", data))
            .getMessage());
  }

  @Test
  void placesThatDoNotExistAreNone() {
    new Places(new Configuration())
        .reading("input", null)
        .reading("vectors", "")
        .writing("output", folder.toString());
  }
}
