package io.sparkrnn.spark.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;

class InputFailuresTest {
  private static void assertSays(String expected, String file, Exception failure) {
    assertEquals(
        "cannot read " + file + ": " + expected, InputFailures.ofFile(failure, file).getMessage());
  }

  @Test
  void whatIsDamagedIsCalledSo() {
    assertSays("end of file; the file is damaged", "a.csv.gz", new EOFException());
    assertSays("bad block; the file is damaged", "a.json.gz", new IOException("bad block"));
    assertSays("bad page; the file is damaged", "a.parquet", new IllegalStateException("bad page"));
    assertSays("bad sum; the file is damaged", "a.csv", new ChecksumException("bad sum", 1));
  }

  @Test
  void whatIsNotDamagedIsNot() {
    assertSays("input/output error", "a.csv", new IOException("input/output error"));
    for (String file : new String[] {"a.csv", "a.csv.gz", "a.parquet"}) {
      assertSays("no permission", file, new AccessControlException("no permission"));
      assertSays("a is gone", file, new FileNotFoundException("a is gone"));
      assertSays(
          "there is no class x.Codec; add the jar that has it with --conf spark.jars=FILE",
          file,
          new IOException("codec", new ClassNotFoundException("x.Codec")));
      assertSays(
          "there is no class x.Codec; add the jar that has it with --conf spark.jars=FILE",
          file,
          new IOException("codec", new NoClassDefFoundError("x/Codec")));
    }
  }
}
