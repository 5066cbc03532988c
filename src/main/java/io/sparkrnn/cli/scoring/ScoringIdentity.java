package io.sparkrnn.cli.scoring;

import io.sparkrnn.io.Fingerprint;
import io.sparkrnn.io.Product;
import io.sparkrnn.spark.RnnModel;
import io.sparkrnn.spark.files.InputPath;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.SparkSession;

/**
 * Everything that the rows of a scoring depend on: only what is the same goes on with what was
 * begun.
 *
 * @param settings options and settings by their names, the model under {@value #MODEL}
 * @param files the files of the input, see {@link #file}
 */
record ScoringIdentity(SortedMap<String, String> settings, List<String> files) {
  static final String MODEL = "model";
  private static final String VERSION = "version";
  private static final String SQL = "spark.sql.";
  private static final String TIME_ZONE = "spark.sql.session.timeZone";

  /** Where Spark would keep tables, which are none of this. */
  private static final String WAREHOUSE = "spark.sql.warehouse.dir";

  /**
   * Returns the identity of a scoring.
   *
   * @param options the options of the command that rows depend on, with their values
   */
  static ScoringIdentity of(
      SparkSession spark, RnnModel<?> model, InputPath input, Map<String, String> options) {
    SortedMap<String, String> settings = new TreeMap<>(options);
    scala.jdk.javaapi.CollectionConverters.asJava(spark.conf().getAll())
        .forEach(
            (name, value) -> {
              if (name.startsWith(SQL) && !name.equals(WAREHOUSE)) {
                settings.put(name, value);
              }
            });
    settings.put(TIME_ZONE, spark.conf().get(TIME_ZONE));
    settings.put(MODEL, sha256(model));
    settings.put(VERSION, Product.name());
    return new ScoringIdentity(
        settings, input.files().stream().map(ScoringIdentity::file).toList());
  }

  /**
   * A file as one line: bytes, time of its last change in milliseconds, path; with tabs between.
   */
  private static String file(FileStatus file) {
    return file.getLen() + "\t" + file.getModificationTime() + "\t" + file.getPath().toUri();
  }

  private static String sha256(RnnModel<?> model) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.putAll(Fingerprint.settings(model.network()));
    if (model.text() != null) {
      all.putAll(Fingerprint.settings(model.text()));
    }
    all.put("features", model.toLocal().features());
    all.put("parameters", model.parametersSha256());
    all.put("words", model.vocabulary() == null ? "none" : model.vocabulary().tokens());
    all.put("labels", model.toLocal().labels());
    boolean chosen = model.isDefined(model.thresholds());
    all.put("thresholds", chosen ? Arrays.toString(model.getThresholds()) : "none");
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(all.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Returns in what this identity differs from one of before, in a few words, or null when it does
   * not.
   */
  String difference(ScoringIdentity before) {
    if (!settings.get(MODEL).equals(before.settings.get(MODEL))) {
      return "the model is another";
    }
    SortedMap<String, String> all = new TreeMap<>(before.settings);
    all.putAll(settings);
    for (String name : all.keySet()) {
      String was = before.settings.get(name);
      String is = settings.get(name);
      if (!Objects.equals(was, is)) {
        return "%s was %s and is %s".formatted(name, shown(was), shown(is));
      }
    }
    return files.equals(before.files) ? null : difference(before.files, files);
  }

  private static String shown(String value) {
    return value == null || value.isEmpty() ? "not given" : "'" + value + "'";
  }

  private static String difference(List<String> before, List<String> now) {
    Map<String, String> was = new HashMap<>();
    before.forEach(file -> was.put(path(file), file));
    for (String file : now) {
      String other = was.remove(path(file));
      if (other == null) {
        return "input file " + path(file) + " is new";
      } else if (!other.equals(file)) {
        return "input file %s had %s, and has %s".formatted(path(file), state(other), state(file));
      }
    }
    return was.isEmpty()
        ? "the input files have another order"
        : "input file " + was.keySet().iterator().next() + " is gone";
  }

  private static String path(String file) {
    return file.split("\t", 3)[2];
  }

  private static String state(String file) {
    String[] parts = file.split("\t", 3);
    return parts[0] + " bytes of " + Instant.ofEpochMilli(Long.parseLong(parts[1]));
  }
}
