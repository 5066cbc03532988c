package io.sparkrnn.io;

import io.sparkrnn.optim.OptimizerState;
import io.sparkrnn.train.RoundState;
import io.sparkrnn.train.TrainingProgress;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Keeps the last few checkpoints of a training in one directory.
 *
 * <p>A checkpoint is a safetensors file and, written after it, a JSON file with the hash of both.
 * Such pairs, a, b and so on, are written in turn. Whatever moment the machine dies at, the pairs
 * that were not being written are whole; a pair whose hash does not fit was being written and does
 * not count.
 *
 * <p>Owned by one thread.
 */
public final class CheckpointStore {
  private static final String PARAMETERS = "parameters";
  private static final String BEST = "best";
  private static final String VELOCITY = "velocity";
  private static final String AVERAGE = "average";
  private static final String SLOT = "slot_";

  /** Most checkpoints that can be kept. */
  public static final int MOST = CheckpointFiles.MOST;

  private final ModelStorage storage;
  private final int toKeep;
  private CheckpointFiles written;
  private String writtenHash;

  /** Creates the store of one training that keeps two checkpoints. */
  CheckpointStore(ModelStorage storage) {
    this(storage, 2);
  }

  /**
   * Creates the store of one training; nothing is read or written yet.
   *
   * @param toKeep how many checkpoints stay, 2 to {@link #MOST}
   */
  public CheckpointStore(ModelStorage storage, int toKeep) {
    this.storage = storage;
    this.toKeep = toKeep;
  }

  /**
   * Writes a checkpoint in place of the oldest, once there are as many as stay.
   *
   * @param checkpoint what to keep. Not modified.
   * @throws IOException if writing fails; the others are untouched then
   */
  public void write(Checkpoint checkpoint) throws IOException {
    CheckpointFiles before = written == null ? latestOrNull() : written;
    CheckpointFiles next =
        CheckpointFiles.numbered(before == null ? 0 : before.number() + 1, toKeep);
    String hash =
        Checksums.write(
            storage,
            next.tensorsFile(),
            out -> Safetensors.write(out, tensors(checkpoint), Map.of()));
    byte[] json = next.encode(checkpoint, hash);
    Checksums.write(storage, next.jsonFile(), out -> out.write(json));
    written = next;
    writtenHash = hash;
  }

  /**
   * Returns whether what was written last is there as it was written, or was deleted, and nothing
   * newer is: else somebody else writes here too.
   *
   * @throws IOException if reading fails
   */
  public boolean isOurs() throws IOException {
    if (written == null) {
      return true;
    }
    for (String pair : CheckpointFiles.pairs(toKeep)) {
      if (storage.exists(CheckpointFiles.jsonFile(pair)) && !isOurs(pair)) {
        return false;
      }
    }
    return true;
  }

  private boolean isOurs(String pair) throws IOException {
    boolean last = pair.equals(written.pair());
    try {
      CheckpointFiles found = CheckpointFiles.read(storage, pair);
      return last
          ? found.number() == written.number() && found.sha256().equals(writtenHash)
          : found.number() < written.number();
    } catch (ModelFormatException e) {
      return !last;
    }
  }

  /**
   * Reads the latest whole checkpoint.
   *
   * @return the checkpoint, or empty when there is none
   * @throws ModelFormatException if there are only damaged ones, or one of a newer version
   * @throws IOException if reading fails
   */
  public Optional<Checkpoint> read() throws IOException {
    CheckpointFiles latest = latest();
    return latest == null ? Optional.empty() : Optional.of(decode(latest));
  }

  /** Damaged pairs may be written over; those of a newer version may not. */
  private CheckpointFiles latestOrNull() throws IOException {
    try {
      return latest();
    } catch (NewerVersionException e) {
      throw e;
    } catch (ModelFormatException e) {
      return null;
    }
  }

  private CheckpointFiles latest() throws IOException {
    List<CheckpointFiles> whole = new ArrayList<>();
    ModelFormatException damage = null;
    for (String pair : CheckpointFiles.pairs(MOST)) {
      if (storage.exists(CheckpointFiles.jsonFile(pair))) {
        try {
          whole.add(check(CheckpointFiles.read(storage, pair)));
        } catch (NewerVersionException e) {
          throw e;
        } catch (ModelFormatException e) {
          damage = e;
        }
      }
    }
    if (whole.isEmpty() && damage != null) {
      throw damage;
    }
    return whole.stream().max(Comparator.comparingLong(CheckpointFiles::number)).orElse(null);
  }

  private CheckpointFiles check(CheckpointFiles files) throws IOException {
    return Checksums.read(storage, files.tensorsFile(), files.sha256(), in -> files);
  }

  private static List<NamedTensor> tensors(Checkpoint checkpoint) {
    RoundState state = checkpoint.progress().state();
    List<NamedTensor> tensors = new ArrayList<>();
    tensors.add(flat(PARAMETERS, state.parameters()));
    tensors.add(flat(BEST, checkpoint.progress().bestParameters()));
    tensors.add(flat(VELOCITY, state.velocity()));
    if (state.optimizer().average().length > 0) {
      tensors.add(flat(AVERAGE, state.optimizer().average()));
    }
    IntFunction<NamedTensor> slot = i -> flat(SLOT + i, state.optimizer().slot(i));
    IntStream.range(0, state.optimizer().slots()).mapToObj(slot).forEach(tensors::add);
    return tensors;
  }

  private static NamedTensor flat(String name, float[] values) {
    return new NamedTensor(name, new int[] {values.length}, values);
  }

  private Checkpoint decode(CheckpointFiles files) throws IOException {
    String file = files.tensorsFile();
    try (InputStream in = storage.open(file)) {
      Map<String, NamedTensor> tensors = Safetensors.read(in, file).tensors();
      float[] parameters = values(tensors, PARAMETERS, file);
      ParameterTensors.checkFinite(tensors.get(PARAMETERS), file);
      List<float[]> slots = new ArrayList<>();
      while (tensors.containsKey(SLOT + slots.size())) {
        slots.add(values(tensors, SLOT + slots.size(), file));
      }
      float[] average =
          tensors.containsKey(AVERAGE) ? values(tensors, AVERAGE, file) : new float[0];
      RoundState state =
          new RoundState(
              parameters,
              OptimizerState.of(slots, parameters.length, files.steps()).withAverage(average),
              values(tensors, VELOCITY, file),
              files.epoch(),
              files.round());
      return new Checkpoint(
          new TrainingProgress(state, values(tensors, BEST, file), files.history(), files.sums()),
          files.fingerprint());
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(file + ": " + e.getMessage(), e);
    }
  }

  private static float[] values(Map<String, NamedTensor> tensors, String name, String file)
      throws ModelFormatException {
    NamedTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new ModelFormatException(file + ": tensor '" + name + "' is missing");
    }
    return tensor.values();
  }
}
