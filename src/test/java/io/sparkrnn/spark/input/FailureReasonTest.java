package io.sparkrnn.spark.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureReasonTest {
  @Test
  void theRootIsWhatCounts() {
    IOException root = new IOException("No space left on device");
    Exception outer = new IllegalStateException("job 3 aborted", new UncheckedIOException(root));
    assertEquals("no space left on device", FailureReason.of(outer));
  }

  @Test
  void javasNamesAreLeftOut() {
    assertEquals("end of file", FailureReason.of(new EOFException()));
    assertEquals("buffer underflow", FailureReason.of(new BufferUnderflowException()));
    assertEquals(
        "unexpected end of input",
        FailureReason.of(new IOException("java.io.EOFException: Unexpected end of input\nmore")));
  }

  @Test
  void failuresThatNameAPathAloneSayWhatIsWrongWithIt() {
    assertEquals("Data/a does not exist", FailureReason.of(new NoSuchFileException("Data/a")));
    assertEquals("access to a is denied", FailureReason.of(new AccessDeniedException("a")));
    assertEquals("a exists already", FailureReason.of(new FileAlreadyExistsException("a")));
    assertEquals(
        "a: Too many links",
        FailureReason.of(new FileSystemException("a", null, "Too many links")));
    assertEquals(
        "Data (No such file or directory)",
        FailureReason.of(new FileNotFoundException("Data (No such file or directory)")));
    assertEquals("there is no class a.B", FailureReason.of(new ClassNotFoundException("a.B")));
    assertEquals(
        "there is no class a.B",
        FailureReason.of(new ClassNotFoundException("Class a.B not found")));
    assertEquals("unknown host nowhere", FailureReason.of(new UnknownHostException("nowhere")));
  }

  @Test
  void causesThatGoRoundInACircleEnd() {
    Exception first = new IOException("first");
    Exception second = new IOException("second", first);
    first.initCause(second);
    assertEquals("second", FailureReason.of(first));
  }
}
