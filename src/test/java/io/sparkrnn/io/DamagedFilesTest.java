package io.sparkrnn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.MergeMode;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.RoundState;
import io.sparkrnn.train.TrainingProgress;
import io.sparkrnn.train.config.TrainingConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Models and checkpoints with random damages: what is read is what was written, or a line names the
 * file. Nothing else is thrown, and no other model is read unless somebody made it so, with
 * checksums that fit. {@code -Dseeds=10000} tries more of them.
 */
class DamagedFilesTest {
  private static final int SEEDS = Integer.getInteger("seeds", 500);
  private static final int LONGEST_LINE = 520;

  private static final NetworkSpec NETWORK =
      new NetworkSpec(
          new InputSpec.Tokens(5, 2, true),
          List.of(
              new LayerSpec.Bidirectional(
                  LayerSpec.Recurrent.of(CellType.LSTM, 2), MergeMode.CONCAT),
              LayerSpec.Recurrent.of(CellType.GRU, 2)),
          HeadSpec.binary());

  private static MemoryStorage model() throws IOException {
    MemoryStorage storage = new MemoryStorage();
    ModelDirectory.write(
        storage,
        new SavedModel(
            NETWORK,
            new Network(NETWORK).initialParameters(3),
            TextSettings.of(new Padding(500, Padding.Side.PRE, Padding.Side.POST)),
            Vocabulary.ofWords(List.of("the", "don't")),
            List.of("neg", "pos"),
            Histories.oneEvaluated(),
            WideBranches.tiny()));
    return storage;
  }

  /** Makes the checksums fit again, as one does who wants damaged files to be read. */
  private static void seal(MemoryStorage model) {
    String config = model.text("config.json");
    for (String file :
        List.of("weights.safetensors", "wide.safetensors", "vocabulary.txt", "history.json")) {
      byte[] hash = Checksums.sha256().digest(model.files.get(file));
      config =
          config.replaceFirst(
              "(\"" + file + "\" : )\"[0-9a-f]{64}\"",
              "$1\"" + HexFormat.of().formatHex(hash) + '"');
    }
    model.files.put("config.json", config.getBytes(StandardCharsets.UTF_8));
    model.seal("config.json");
  }

  /** A bit of every byte of the file whose checksum is its own; every bit in the long form. */
  @Test
  void noBitOfAConfigurationCanChange() throws IOException {
    Map<String, byte[]> whole = model().files;
    byte[] config = whole.get("config.json");
    int step = SEEDS < config.length ? 9 : 1;
    for (int bit = 0; bit < 8 * config.length; bit += step) {
      MemoryStorage storage = copy(whole);
      storage.files.get("config.json")[bit / 8] ^= (byte) (1 << bit % 8);
      assertEquals("refused", read(storage, "bit " + bit), "bit " + bit);
    }
  }

  @Test
  void aModelIsReadAsItWasWrittenOrRefused() throws IOException {
    Map<String, byte[]> whole = model().files;
    List<String> names = List.copyOf(whole.keySet());
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      MemoryStorage storage = copy(whole);
      String name = names.get(random.nextInt(names.size()));
      boolean meant = random.nextInt(3) == 0;
      byte[] file = whole.get(name);
      storage.files.put(name, meant ? Damage.lie(file, random) : Damage.accident(file, random));
      if (meant) {
        seal(storage);
      }
      boolean damaged = !same(whole, storage.files);
      String outcome = read(storage, "seed " + seed);
      if (!outcome.equals("refused") && !meant) {
        assertTrue(!damaged && outcome.equals(text(whole)), "seed " + seed + " read " + name);
      }
    }
  }

  /** Returns all that was read, or "refused". */
  private static String read(MemoryStorage storage, String place) {
    try {
      MemoryStorage again = new MemoryStorage();
      ModelDirectory.write(again, ModelDirectory.read(storage));
      return text(again.files);
    } catch (ModelFormatException e) {
      assertNames(storage, e, place);
      return "refused";
    } catch (Exception | Error e) {
      return fail(place, e);
    }
  }

  private static void assertNames(MemoryStorage storage, ModelFormatException e, String place) {
    String line = e.getMessage();
    assertTrue(
        storage.files.keySet().stream().anyMatch(name -> line.startsWith(name + ": ")),
        () -> place + ": " + line);
    assertTrue(line.length() < LONGEST_LINE && line.chars().noneMatch(c -> c < ' '), place);
  }

  private static Checkpoint checkpoint(int epoch) {
    TrainingConfig config =
        TrainingConfig.of(NETWORK, HeadSpec.binary().loss())
            .with(OptimizerSpec.Adam.defaults(), 0.01);
    RoundState state =
        RoundState.initial(config.optimization(), new Network(NETWORK).initialParameters(epoch));
    for (int i = 0; i < epoch; i++) {
      state = state.nextEpoch();
    }
    return new Checkpoint(
        new TrainingProgress(state, new float[0], Histories.oneEvaluated()),
        Fingerprint.of(config));
  }

  private static String written(Checkpoint checkpoint) throws IOException {
    MemoryStorage storage = new MemoryStorage();
    new CheckpointStore(storage).write(checkpoint);
    return text(storage.files);
  }

  @Test
  void aCheckpointIsReadAsItWasWrittenOrTheOneBeforeIt() throws IOException {
    MemoryStorage storage = new MemoryStorage();
    CheckpointStore store = new CheckpointStore(storage);
    store.write(checkpoint(1));
    store.write(checkpoint(2));
    String older = written(checkpoint(1));
    String newer = written(checkpoint(2));
    List<String> names = List.copyOf(storage.files.keySet());
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      MemoryStorage damaged = copy(storage.files);
      String name = names.get(random.nextInt(names.size()));
      boolean meant = random.nextInt(3) == 0;
      byte[] file = storage.files.get(name);
      damaged.files.put(name, meant ? Damage.lie(file, random) : Damage.accident(file, random));
      String outcome = resume(damaged, seed);
      boolean newest = same(storage.files, damaged.files) || name.startsWith("checkpoint-a");
      assertTrue(
          outcome.equals("refused") || outcome.equals(newest ? newer : older),
          "seed " + seed + " read another checkpoint after a damage of " + name);
      if (meant) {
        damaged.seal(name);
        resume(damaged, seed);
      }
    }
  }

  private static String resume(MemoryStorage storage, int seed) {
    String place = "seed " + seed;
    try {
      return written(new CheckpointStore(storage).read().orElseThrow());
    } catch (ModelFormatException e) {
      assertNames(storage, e, place);
      return "refused";
    } catch (Exception | Error e) {
      return fail(place, e);
    }
  }

  private static MemoryStorage copy(Map<String, byte[]> files) {
    MemoryStorage copy = new MemoryStorage();
    files.forEach((name, bytes) -> copy.files.put(name, bytes.clone()));
    return copy;
  }

  private static boolean same(Map<String, byte[]> a, Map<String, byte[]> b) {
    return a.keySet().stream().allMatch(name -> Arrays.equals(a.get(name), b.get(name)));
  }

  /** Returns names and hashes of files, which are equal when the files are. */
  private static String text(Map<String, byte[]> files) {
    StringBuilder text = new StringBuilder();
    MessageDigest digest = Checksums.sha256();
    files.forEach(
        (name, bytes) -> text.append(name).append(HexFormat.of().formatHex(digest.digest(bytes))));
    return text.toString();
  }
}
