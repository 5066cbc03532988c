package io.sparkrnn.spark.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.spark.StubbornFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySwapTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeBoth() throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve("whole")).resolve("new"), "x");
    Files.writeString(Files.createDirectory(folder.resolve("place")).resolve("old"), "x");
  }

  private void replace() throws IOException {
    Configuration configuration = StubbornFileSystem.register(new Configuration());
    org.apache.hadoop.fs.Path whole = StubbornFileSystem.path(folder.resolve("whole"));
    FileSystem files = whole.getFileSystem(configuration);
    DirectorySwap.replace(files, whole, StubbornFileSystem.path(folder.resolve("place")));
  }

  private List<String> names(String of) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(of))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatWasThereIsReplaced() throws IOException {
    replace();
    assertEquals(List.of("place"), names(""));
    assertEquals(List.of("new"), names("place"));
  }

  @Test
  void namesMayHaveAColon() throws IOException {
    Files.move(folder.resolve("place"), folder.resolve("10:00"));
    FileSystem files = FileSystem.getLocal(new Configuration());
    org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path(folder + "/10:00");
    DirectorySwap.replace(files, DirectorySwap.beside(place, "whole"), place);
    assertEquals(List.of("10:00"), names(""));
    assertEquals(List.of("new"), names("10:00"));
  }

  @Test
  void whatWasThereIsPutBackWhenTheNewCannotBeMoved() throws IOException {
    Files.createFile(folder.resolve("whole/stay"));
    assertThrows(IOException.class, this::replace);
    assertEquals(List.of("place", "whole"), names(""));
    assertEquals(List.of("old"), names("place"));
  }

  @Test
  void whatWasThereStaysWhenItCannotBeMoved() throws IOException {
    Files.createFile(folder.resolve("place/stay"));
    assertThrows(IOException.class, this::replace);
    assertEquals(List.of("old", "stay"), names("place"));
    assertEquals(List.of("new"), names("whole"));
  }

  @Test
  void whatCannotBeDeletedIsNamed() throws IOException {
    Files.createFile(folder.resolve("place/keep"));
    String message = assertThrows(IOException.class, this::replace).getMessage();
    assertTrue(message.contains("place is written, but"), message);
    assertEquals(List.of("new"), names("place"));
  }
}
