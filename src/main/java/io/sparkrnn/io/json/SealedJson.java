package io.sparkrnn.io.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.io.Checksums;
import io.sparkrnn.io.ModelFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * JSON files that end with a checksum of themselves, so that no byte of them can change unseen.
 *
 * <pre>
 *   {
 *     ...
 *     "checksum" : "SHA-256, in hexadecimal, of all bytes before it"
 *   }
 * </pre>
 */
public final class SealedJson {
  private static final String FIELD = "checksum";
  private static final int DIGITS = 64;
  private static final String END = "\"\n}\n";

  private SealedJson() {}

  /** Returns the readable form with the checksum as its last field. Modified: the field is put. */
  public static byte[] encode(ObjectNode root) throws IOException {
    byte[] json = Json.pretty(root.put(FIELD, "0".repeat(DIGITS)));
    int begin = json.length - DIGITS - END.length();
    byte[] checksum = sha256(json, begin).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(checksum, 0, json, begin, DIGITS);
    return json;
  }

  /**
   * Returns what a file says that must have a checksum.
   *
   * @param json all of its bytes. Not modified.
   * @param file its name, for messages
   * @throws ModelFormatException if it is no such file, or its checksum is not that of the bytes
   */
  public static JsonNode decode(byte[] json, String file) throws ModelFormatException {
    JsonObject root = JsonObject.parse(json, file);
    check(json, root, true);
    return root.node();
  }

  /**
   * Checks a file that was read.
   *
   * @param json all of its bytes. Not modified.
   * @param root what they mean
   * @param required whether a file without a checksum is refused, as one from which it was taken
   * @throws ModelFormatException if the checksum is missing or is not that of the bytes
   */
  public static void check(byte[] json, JsonObject root, boolean required)
      throws ModelFormatException {
    if (!required && !root.has(FIELD)) {
      return;
    }
    String checksum = root.text(FIELD);
    int begin = json.length - DIGITS - END.length();
    String end =
        begin < 0
            ? ""
            : new String(json, begin, DIGITS + END.length(), StandardCharsets.ISO_8859_1);
    String actual = sha256(json, Math.max(0, begin));
    if (!end.equals(checksum + END) || !checksum.equals(actual)) {
      throw new ModelFormatException(
          "%s: is damaged: its checksum must be %s, got %s"
              .formatted(root.place(), actual, checksum));
    }
  }

  private static String sha256(byte[] bytes, int count) {
    MessageDigest digest = Checksums.sha256();
    digest.update(bytes, 0, count);
    return HexFormat.of().formatHex(digest.digest());
  }
}
