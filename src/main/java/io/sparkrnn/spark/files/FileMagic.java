package io.sparkrnn.spark.files;

import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/** Looks at the first and last bytes of files, which tell most damaged ones. */
final class FileMagic {
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** More files than this are not opened beforehand. */
  private static final int MAX_FILES = 256;

  private FileMagic() {}

  /**
   * Checks the files of an input.
   *
   * @throws InputException when one is not what its name says
   * @throws IOException when one cannot be read
   */
  static void check(FileSystem files, InputPath input) throws IOException {
    boolean parquet = input.format() == InputFormat.PARQUET;
    for (FileStatus file : input.files().subList(0, Math.min(MAX_FILES, input.files().size()))) {
      if (parquet && file.getPath().getName().contains(":")) {
        throw new InputException(
            "the name of "
                + file.getPath()
                + " has a colon, which Parquet's reader does not take;"
                + " rename the file");
      }
      if (parquet && !(has(files, file, 0, PARQUET) && has(files, file, -4, PARQUET))) {
        throw damaged(file, "Parquet");
      }
      if (InputFormat.isGzip(file.getPath().getName()) && !has(files, file, 0, GZIP)) {
        throw damaged(file, "gzip");
      }
    }
  }

  private static InputException damaged(FileStatus file, String format) {
    return new InputException(
        file.getPath() + " is no " + format + " file or is damaged; write it again");
  }

  /** Whether these bytes stand at the offset, a negative one counting from the end. */
  private static boolean has(FileSystem files, FileStatus file, int offset, byte[] magic)
      throws IOException {
    long position = offset < 0 ? file.getLen() + offset : offset;
    if (position < 0 || position + magic.length > file.getLen()) {
      return false;
    }
    byte[] found = new byte[magic.length];
    try (FSDataInputStream in = TextInput.open(files, file.getPath())) {
      in.readFully(position, found);
    }
    return Arrays.equals(magic, found);
  }
}
