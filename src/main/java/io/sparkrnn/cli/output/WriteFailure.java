package io.sparkrnn.cli.output;

import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import org.apache.hadoop.fs.FSError;

/**
 * An output could not be written: the message names it, the cause says why, as file systems do who
 * do not name it.
 */
public final class WriteFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private WriteFailure(String what, Exception cause) {
    super(what + " cannot be written", cause);
  }

  /**
   * Writes.
   *
   * @param what what is written and where, such as {@code output scored}
   * @throws WriteFailure if that fails
   */
  static void naming(String what, AtomicOutput.Writing writing) {
    try {
      writing.write();
    } catch (InputException e) {
      throw e;
    } catch (Exception e) { // Spark throws checked exceptions without declaring them
      throw new WriteFailure(what, e);
    } catch (FSError e) { // what a full disk is to Hadoop
      throw new WriteFailure(what, new IOException(e));
    }
  }
}
