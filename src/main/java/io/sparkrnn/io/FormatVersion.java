package io.sparkrnn.io;

/** The version a file says it has, against the newest this code can read. */
final class FormatVersion {
  private FormatVersion() {}

  /** Returns the version of a file that can be read. */
  static int check(JsonObject root, int newest) throws ModelFormatException {
    int version = root.integer("formatVersion");
    if (version > newest) {
      String writer = root.has("createdBy") ? root.text("createdBy") : "a newer version";
      throw new NewerVersionException(
          "%s: formatVersion %d was written by %s; this is %s, which reads up to %d; use the newer one"
              .formatted(root.place(), version, writer, Product.name(), newest));
    }
    if (version < 1) {
      throw root.wrong("formatVersion", "must be >= 1", version);
    }
    return version;
  }
}
