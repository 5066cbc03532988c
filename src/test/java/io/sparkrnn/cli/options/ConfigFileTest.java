package io.sparkrnn.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ConfigFileTest {
  @TempDir private Path home;

  private static CommandLine command() {
    CommandSpec spec = CommandSpec.create();
    new ParamOptions().add(spec, new RnnClassifier());
    return new CommandLine(spec);
  }

  private ConfigFile file(String text) throws IOException {
    Path file = Files.createDirectories(home.resolve("conf")).resolve("mine.properties");
    Files.writeString(file, text);
    return ConfigFile.find("mine.properties", home);
  }

  @Test
  void linesBecomeArgumentsInAnySpelling() throws IOException {
    ConfigFile file = file("# a comment\nbatch-size=8 \nmaxIter = 2\nrecurrent_dropout=0\n");
    assertEquals(
        List.of("--batch-size=8", "--epochs=2", "--recurrent-dropout=0"),
        file.arguments(command()));
    assertEquals("mine", file.name());
  }

  @Test
  void anUnknownKeyIsRefusedWithFileKeyAndNearest() throws IOException {
    ConfigFile file = file("batchsize=8\n");
    assertEquals(
        "unknown key 'batchsize' in "
            + home.resolve("conf/mine.properties")
            + "; the nearest is 'batch-size'",
        assertThrows(InputException.class, () -> file.arguments(command())).getMessage());
  }

  @Test
  void aMarkOfTheEncodingIsSkipped() throws IOException {
    assertEquals(List.of("--epochs=2"), file("\uFEFFepochs=2\n").arguments(command()));
  }

  @Test
  void aKeyGivenTwiceIsRefused() throws IOException {
    for (String text : List.of("epochs=2\nseed=1\nmaxIter=3\n", "maxIter=2\nmaxIter=2\n")) {
      ConfigFile file = file(text);
      assertEquals(
          "key 'maxIter' is given twice in "
              + home.resolve("conf/mine.properties")
              + "; remove one",
          assertThrows(InputException.class, () -> file.arguments(command())).getMessage());
    }
  }

  @Test
  void aFileCannotNameAnother() throws IOException {
    ConfigFile file = file("config=other.properties\n");
    assertEquals(
        "key 'config' in "
            + home.resolve("conf/mine.properties")
            + " belongs on the command line; remove it",
        assertThrows(InputException.class, () -> file.arguments(command())).getMessage());
  }

  @Test
  void aMissingFileIsRefused() {
    assertEquals(
        "no configuration file at none.properties",
        assertThrows(InputException.class, () -> ConfigFile.find("none.properties", home))
            .getMessage());
  }

  @Test
  void aFileThatIsNoTextIsRefused() throws IOException {
    Path file = home.resolve("binary.properties");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    ConfigFile config = ConfigFile.find(file.toString(), null);
    assertEquals(
        file + " is no properties file in UTF-8",
        assertThrows(InputException.class, () -> config.arguments(command())).getMessage());
  }
}
