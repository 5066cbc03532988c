package io.sparkrnn.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The SHA-256 of parameters: equal exactly when every bit of every parameter is. */
public final class ParameterHash {
  private static final int CHUNK = 1 << 14;

  private ParameterHash() {}

  /**
   * Returns the hash in hexadecimal, over the values in storage order as little-endian floats.
   *
   * @param parameters all parameters. Not modified.
   */
  public static String sha256(float[] parameters) {
    MessageDigest digest = Checksums.sha256();
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < parameters.length; from += CHUNK) {
      int count = Math.min(CHUNK, parameters.length - from);
      buffer.asFloatBuffer().put(parameters, from, count);
      digest.update(buffer.array(), 0, count * Float.BYTES);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
