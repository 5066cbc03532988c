package io.sparkrnn.cli.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.cli.output.AtomicOutput;
import io.sparkrnn.io.ModelFormatException;
import io.sparkrnn.io.json.Json;
import io.sparkrnn.io.json.SealedJson;
import io.sparkrnn.spark.input.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * How far a scoring is, in the directory that its output is written to:
 *
 * <pre>
 *   scoring.json       what the rows depend on, and how they are divided
 *   files.tsv          the files of the input
 *   portions/          what is written, a directory for each attempt at a portion
 *   finished/          a file for each portion that is whole: its counts, its files, their lengths
 *   table/             the files of portions that are whole, under the names they keep
 * </pre>
 *
 * <p>A portion counts when its file is there with a good checksum and all that it names has the
 * length it says; anything else is scored again. For several threads, each with its own portion.
 */
final class ScoringState {
  private static final String DIVISION = "scoring.json";
  private static final String INPUT_FILES = "files.tsv";
  private static final String TABLE = "table";
  private static final String SUCCESS = "_SUCCESS";
  private static final String JSON = ".json";
  private static final Pattern PART = Pattern.compile("part-(\\d+)(.*)");

  private final AtomicOutput output;
  private final FileSystem files;
  private final Path root;

  ScoringState(AtomicOutput output) {
    this.output = output;
    files = output.files();
    root = new Path(output.temporary());
  }

  /**
   * How rows are divided, which must be the same when a scoring goes on.
   *
   * @param parallelism what the readers were told
   * @param partitions how many they made of the rows; 0 when that is not known yet
   */
  record Division(int parallelism, int partitions) {}

  /**
   * Returns the division of a scoring that goes on.
   *
   * @throws InputException when it was of something else, or cannot be read
   */
  Division resumed(ScoringIdentity identity) throws IOException {
    try {
      JsonNode json = SealedJson.decode(read(new Path(root, DIVISION)), DIVISION);
      TreeMap<String, String> settings = new TreeMap<>();
      json.get("settings")
          .properties()
          .forEach(s -> settings.put(s.getKey(), s.getValue().asText()));
      List<String> lines =
          new String(read(new Path(root, INPUT_FILES)), StandardCharsets.UTF_8).lines().toList();
      String difference = identity.difference(new ScoringIdentity(settings, lines));
      if (difference != null) {
        throw cannot(difference + "; give what was given before");
      }
      return new Division(json.get("parallelism").asInt(), json.get("partitions").asInt());
    } catch (ModelFormatException | FileNotFoundException e) {
      throw cannot("what was kept of it is damaged (" + e.getMessage() + ")");
    }
  }

  /**
   * Checks that rows are divided as before.
   *
   * @throws InputException when they are not
   */
  void check(Division before, int partitions) {
    if (before.partitions() != partitions) {
      throw cannot(
          "the input had %d partitions and has %d".formatted(before.partitions(), partitions));
    }
  }

  private InputException cannot(String reason) {
    return new InputException(
        "output %s cannot be resumed: %s, or start over with --overwrite"
            .formatted(output.path(), reason));
  }

  /** Writes down what a scoring is of, before it begins. */
  void begin(ScoringIdentity identity, Division division) throws IOException {
    StringBuilder lines = new StringBuilder();
    identity.files().forEach(line -> lines.append(line).append('\n'));
    write(new Path(root, INPUT_FILES), lines.toString().getBytes(StandardCharsets.UTF_8));
    ObjectNode json = Json.object();
    ObjectNode settings = json.putObject("settings");
    identity.settings().forEach(settings::put);
    json.put("parallelism", division.parallelism()).put("partitions", division.partitions());
    write(new Path(root, DIVISION), SealedJson.encode(json));
  }

  /** Returns the portions that are whole, by their numbers. */
  Map<Integer, FinishedPortion> finished(List<Portion> portions) throws IOException {
    Map<Integer, FinishedPortion> finished = new TreeMap<>();
    for (Portion portion : portions) {
      FinishedPortion found = finished(portion);
      if (found != null) {
        finished.put(portion.number(), found);
      }
    }
    return finished;
  }

  private FinishedPortion finished(Portion portion) throws IOException {
    try {
      String name = name(portion) + JSON;
      byte[] json = read(new Path(new Path(root, AtomicOutput.FINISHED), name));
      FinishedPortion found = FinishedPortion.of(SealedJson.decode(json, name));
      for (FinishedPortion.Written file : found.files()) {
        if (!isThere(source(found, file), file) && !isThere(place(file), file)) {
          return null;
        }
      }
      return found;
    } catch (ModelFormatException | FileNotFoundException e) {
      return null; // cut off while it was written, or not written at all
    }
  }

  private boolean isThere(Path path, FinishedPortion.Written file) throws IOException {
    try {
      return files.getFileStatus(path).getLen() == file.bytes();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** Returns a directory for an attempt at a portion, which no other attempt has. */
  String directory(Portion portion) {
    return "portions/" + name(portion) + "-" + UUID.randomUUID();
  }

  /** Returns the path of a directory. */
  String path(String directory) {
    return new Path(root, directory).toString();
  }

  /** Returns the files of a portion that was written whole. */
  List<FinishedPortion.Written> written(Portion portion, String directory) throws IOException {
    List<FinishedPortion.Written> written = new ArrayList<>();
    collect(portion, new Path(root, directory), "", written);
    return written;
  }

  /** Adds the files of the table, which are named so, in a directory and those below. */
  private void collect(
      Portion portion, Path directory, String above, List<FinishedPortion.Written> written)
      throws IOException {
    for (FileStatus status : files.listStatus(directory)) {
      String name = status.getPath().getName();
      Matcher part = PART.matcher(name);
      if (status.isDirectory() && name.contains("=")) {
        collect(portion, status.getPath(), above + name + "/", written);
      } else if (part.matches()) {
        int partition = portion.from() + Integer.parseInt(part.group(1));
        String place = "%spart-%05d%s".formatted(above, partition, part.group(2));
        written.add(new FinishedPortion.Written(above + name, place, status.getLen()));
      }
    }
  }

  /** Writes down that a portion is whole. */
  void finish(Portion portion, FinishedPortion finished) throws IOException {
    write(
        new Path(new Path(root, AtomicOutput.FINISHED), name(portion) + JSON),
        SealedJson.encode(finished.json()));
  }

  /** Moves the files of a portion to where they stay, those that are not there yet. */
  void move(FinishedPortion portion) throws IOException {
    requireOurs();
    Path made = null;
    for (FinishedPortion.Written file : portion.files()) {
      Path source = source(portion, file);
      Path place = place(file);
      if (!place.getParent().equals(made)) {
        made = place.getParent();
        files.mkdirs(made);
      }
      if (isThere(source, file)) {
        files.delete(place, false);
        if (!files.rename(source, place)) {
          throw new IOException(source + " cannot be renamed to " + place);
        }
      }
    }
  }

  /** Deletes the files of the table that are of no finished portion: they are scored again. */
  void sweep(Collection<FinishedPortion> finished) throws IOException {
    Set<Path> wanted = new HashSet<>();
    for (FinishedPortion portion : finished) {
      portion.files().forEach(file -> wanted.add(files.makeQualified(place(file))));
    }
    sweep(new Path(root, TABLE), wanted);
  }

  private void sweep(Path directory, Set<Path> wanted) throws IOException {
    FileStatus[] all;
    try {
      all = files.listStatus(directory);
    } catch (FileNotFoundException e) {
      return;
    }
    for (FileStatus status : all) {
      if (status.isDirectory()) {
        sweep(status.getPath(), wanted);
      } else if (!wanted.contains(files.makeQualified(status.getPath()))) {
        files.delete(status.getPath(), false);
      }
    }
  }

  /** Returns the table, which is whole when all portions were moved. */
  Path table() throws IOException {
    requireOurs();
    Path table = new Path(root, TABLE);
    files.create(new Path(table, SUCCESS), true).close();
    return table;
  }

  /** Another process that goes on with this scoring has taken the directory away. */
  private void requireOurs() throws IOException {
    if (!files.exists(new Path(root, DIVISION))) {
      throw new IOException("another process has gone on with it meanwhile (--resume)");
    }
  }

  private Path source(FinishedPortion portion, FinishedPortion.Written file) {
    return new Path(new Path(root, portion.directory()), file.name());
  }

  private Path place(FinishedPortion.Written file) {
    return new Path(new Path(root, TABLE), file.place());
  }

  private static String name(Portion portion) {
    return "%05d".formatted(portion.number());
  }

  private byte[] read(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return in.readAllBytes();
    }
  }

  /** Writes a file that is there whole or not at all. */
  private void write(Path file, byte[] bytes) throws IOException {
    Path temporary = new Path(file.getParent(), "." + file.getName() + ".writing");
    try (OutputStream out = files.create(temporary, true)) {
      out.write(bytes);
    }
    files.delete(file, false);
    if (!files.rename(temporary, file)) {
      throw new IOException(temporary + " cannot be renamed to " + file);
    }
  }
}
