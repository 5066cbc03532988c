package io.sparkrnn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.StepNorms;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.optim.OptimizerState;
import io.sparkrnn.train.EpochSums;
import io.sparkrnn.train.RoundState;
import io.sparkrnn.train.TrainingProgress;
import io.sparkrnn.train.config.TrainingConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CheckpointStoreTest {
  private static final TrainingConfig CONFIG =
      TrainingConfig.defaults().with(OptimizerSpec.Adam.defaults(), 0.01);

  private final MemoryStorage storage = new MemoryStorage();

  @Test
  void nothingIsReadWhereNothingWasWritten() throws IOException {
    assertTrue(new CheckpointStore(storage).read().isEmpty());
  }

  @Test
  void aCheckpointComesBackBitForBit() throws IOException {
    Checkpoint checkpoint = checkpoint(3);
    new CheckpointStore(storage).write(checkpoint);
    TrainingProgress written = checkpoint.progress();
    TrainingProgress read = read();
    assertArrayEquals(written.state().parameters(), read.state().parameters());
    assertArrayEquals(written.state().velocity(), read.state().velocity());
    assertArrayEquals(written.bestParameters(), read.bestParameters());
    assertEquals(2, read.state().optimizer().slots());
    for (int slot = 0; slot < 2; slot++) {
      assertArrayEquals(
          written.state().optimizer().slot(slot), read.state().optimizer().slot(slot));
    }
    assertArrayEquals(written.state().optimizer().average(), read.state().optimizer().average());
    assertEquals(30, read.state().optimizer().steps());
    assertEquals(3, read.state().epoch());
    assertEquals(6, read.state().round());
    assertEquals(written.history(), read.history());
    assertEquals(
        checkpoint.fingerprint(), new CheckpointStore(storage).read().orElseThrow().fingerprint());
  }

  @Test
  void aSecondWriterIsFoundWhicheverWroteLast() throws IOException {
    CheckpointStore first = new CheckpointStore(storage);
    assertTrue(first.isOurs());
    first.write(checkpoint(1));
    first.write(checkpoint(2));
    assertTrue(first.isOurs());
    CheckpointStore second = new CheckpointStore(storage);
    assertTrue(second.isOurs());
    second.write(checkpoint(1));
    assertTrue(second.isOurs());
    assertFalse(first.isOurs());
    first.write(checkpoint(3));
    assertFalse(second.isOurs());
  }

  @Test
  void whatASecondWriterHasHalfWrittenIsNotOurs() throws IOException {
    CheckpointStore store = new CheckpointStore(storage);
    store.write(checkpoint(1));
    storage.files.put("checkpoint-b.json", new byte[0]);
    assertTrue(store.isOurs());
    storage.files.put("checkpoint-a.json", new byte[0]);
    assertFalse(store.isOurs());
    storage.files.clear();
    assertTrue(store.isOurs());
  }

  private TrainingProgress read() throws IOException {
    return new CheckpointStore(storage).read().orElseThrow().progress();
  }

  @Test
  void theSumsOfABegunEpochComeBackBitForBit() throws IOException {
    new CheckpointStore(storage).write(checkpoint(3));
    EpochSums written = checkpoint(3).progress().sums();
    EpochSums read = read().sums();
    assertEquals(written.lossSum(), read.lossSum());
    assertEquals(written.weight(), read.weight());
    assertEquals(written.nanos(), read.nanos());
    assertArrayEquals(written.norms().sumsOfSquares(), read.norms().sumsOfSquares());
    assertArrayEquals(written.norms().rows(), read.norms().rows());
    storage.replace("checkpoint-a.json", "lossSum", "lossSums");
    assertThrows(ModelFormatException.class, this::read);
  }

  @Test
  void betweenEpochsThereAreNoSums() throws IOException {
    new CheckpointStore(storage).write(checkpoint(0));
    assertFalse(json().contains("sums"), json());
    assertFalse(read().isWithinEpoch());
    assertEquals(0, read().sums().weight());
  }

  private String json() {
    return new String(storage.files.get("checkpoint-a.json"), StandardCharsets.UTF_8);
  }

  @Test
  void withoutAMovingAverageNoneIsWrittenAndNoneIsRead() throws IOException {
    RoundState state = RoundState.initial(CONFIG.optimization(), new float[] {1, 2, 3});
    new CheckpointStore(storage)
        .write(
            new Checkpoint(
                new TrainingProgress(state, new float[0], Histories.oneEvaluated()),
                new TreeMap<>()));
    assertFalse(
        new String(storage.files.get("checkpoint-a.safetensors"), StandardCharsets.ISO_8859_1)
            .contains("average"));
    assertEquals(0, read().state().optimizer().average().length);
  }

  @Test
  void theLatestOfManyIsReadAndTwoAreKept() throws IOException {
    CheckpointStore store = new CheckpointStore(storage);
    for (int epoch = 0; epoch < 5; epoch++) {
      store.write(checkpoint(epoch));
      assertEquals(epoch, store.read().orElseThrow().progress().state().epoch());
    }
    new CheckpointStore(storage).write(checkpoint(5));
    assertEquals(5, new CheckpointStore(storage).read().orElseThrow().progress().state().epoch());
    assertEquals(4, storage.files.size());
  }

  @Test
  void aCrashAtAnyByteLeavesAWholeCheckpoint() throws IOException {
    CheckpointStore first = new CheckpointStore(storage);
    first.write(checkpoint(1));
    first.write(checkpoint(2));
    MemoryStorage living = new MemoryStorage();
    living.files.putAll(storage.files);
    new CheckpointStore(living).write(checkpoint(3));
    long whole = Long.MAX_VALUE - living.bytesLeft;
    for (long survived = 0; survived <= whole; survived += survived > whole - 40 ? 1 : 37) {
      MemoryStorage dying = new MemoryStorage();
      dying.files.putAll(storage.files);
      dying.bytesLeft = survived;
      try {
        new CheckpointStore(dying).write(checkpoint(3));
      } catch (IOException e) {
        assertTrue(survived < whole, e::getMessage);
      }
      int epoch = new CheckpointStore(dying).read().orElseThrow().progress().state().epoch();
      assertEquals(survived < whole ? 2 : 3, epoch, "after " + survived + " bytes");
    }
  }

  @Test
  void onlyDamagedCheckpointsAreAnErrorAndMayBeReplaced() throws IOException {
    new CheckpointStore(storage).write(checkpoint(1));
    storage.files.get("checkpoint-a.safetensors")[200] ^= 1;
    ModelFormatException e =
        assertThrows(ModelFormatException.class, () -> new CheckpointStore(storage).read());
    assertTrue(e.getMessage().contains("checkpoint-a.safetensors: is damaged"), e.getMessage());
    new CheckpointStore(storage).write(checkpoint(2));
    assertEquals(2, new CheckpointStore(storage).read().orElseThrow().progress().state().epoch());
  }

  /** Epoch 3 changed to 6, and what else a JSON file says. */
  @Test
  void aNumberThatWasChangedIsFound() throws IOException {
    new CheckpointStore(storage).write(checkpoint(3));
    for (String change :
        new String[] {"\"epoch\" : 3,|\"epoch\" : 6,", "\"steps\" : 30|\"steps\" : 31"}) {
      byte[] whole = storage.files.get("checkpoint-a.json");
      String[] fromAndTo = change.split("\\|");
      String changed = json().replace(fromAndTo[0], fromAndTo[1]);
      storage.files.put("checkpoint-a.json", changed.getBytes(StandardCharsets.UTF_8));
      String message = assertThrows(ModelFormatException.class, this::read).getMessage();
      assertTrue(message.startsWith("checkpoint-a.json: is damaged: its checksum"), message);
      storage.files.put("checkpoint-a.json", whole);
    }
    storage.replace("checkpoint-a.json", "\"checksum\"", "\"other\"");
    String message = assertThrows(ModelFormatException.class, this::read).getMessage();
    assertEquals("checkpoint-a.json: checksum must be a string, got nothing", message);
  }

  @Test
  void checkpointsOfBeforeHaveNoChecksum() throws IOException {
    new CheckpointStore(storage).write(checkpoint(3));
    storage.replace("checkpoint-a.json", "\"checksum\"", "\"other\"");
    storage.replace("checkpoint-a.json", "\"formatVersion\" : 3", "\"formatVersion\" : 2");
    assertEquals(3, read().state().epoch());
  }

  @Test
  void aPairTheFileSystemCannotReadDoesNotCount() throws IOException {
    CheckpointStore store = new CheckpointStore(storage);
    store.write(checkpoint(1));
    store.write(checkpoint(2));
    storage.unreadable.add("checkpoint-b.safetensors");
    assertEquals(1, store.read().orElseThrow().progress().state().epoch());
    storage.unreadable.add("checkpoint-a.json");
    assertThrows(ModelFormatException.class, store::read);
  }

  @Test
  void aNumberThatIsNoneOfACheckpointIsRefused() throws IOException {
    for (String number : new String[] {"-2", "9223372036854775807"}) {
      storage.files.clear();
      new CheckpointStore(storage).write(checkpoint(1));
      String found = new String(storage.files.get("checkpoint-a.json"), StandardCharsets.UTF_8);
      String written = found.replaceFirst("(?s).*\"number\" : (\\d+).*", "$1");
      storage.replace("checkpoint-a.json", "\"number\" : " + written, "\"number\" : " + number);
      CheckpointStore store = new CheckpointStore(storage);
      ModelFormatException e = assertThrows(ModelFormatException.class, store::read);
      assertTrue(e.getMessage().contains("number must be in"), e.getMessage());
    }
  }

  @Test
  void aNewerFormatIsNeitherReadNorReplaced() throws IOException {
    new CheckpointStore(storage).write(checkpoint(1));
    storage.replace("checkpoint-a.json", "\"formatVersion\" : 3", "\"formatVersion\" : 9");
    CheckpointStore store = new CheckpointStore(storage);
    assertThrows(NewerVersionException.class, store::read);
    assertThrows(NewerVersionException.class, () -> store.write(checkpoint(2)));
  }

  @Test
  void aTrainingWithOtherSettingsMayNotContinue() {
    Checkpoint checkpoint = checkpoint(1);
    checkpoint.checkContinuedBy(Fingerprint.of(CONFIG));
    checkpoint.checkContinuedBy(Fingerprint.of(CONFIG.withPatience(7)));
    checkpoint.checkContinuedBy(
        Fingerprint.of(CONFIG.withBatches(CONFIG.batching().batchSize(), 99)));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> checkpoint.checkContinuedBy(Fingerprint.of(CONFIG.withBatches(64, 10))));
    assertEquals(
        "the checkpoint was made with batchSize 32, this training has batchSize 64; train anew or"
            + " use the same settings",
        e.getMessage());
  }

  @Test
  void whatDiffersIsToldWithItsCauseFirst() {
    SortedMap<String, String> before = new TreeMap<>(Fingerprint.of(CONFIG));
    before.put("rows", "1344");
    before.put("optimizer.kind", "Sgd");
    before.keySet().removeIf(name -> name.startsWith("optimizer.") && !name.endsWith("kind"));
    SortedMap<String, String> now = new TreeMap<>(Fingerprint.of(CONFIG));
    now.put("rows", "1339");
    assertEquals("made with optimizer.kind Sgd, this training has", told(before, now));
    now.put("seed", "5");
    assertEquals("made with optimizer.kind Sgd, seed 1, this training has", told(before, now));
    now = new TreeMap<>(before);
    now.put("rows", "1339");
    assertEquals("made with rows 1344, this training has", told(before, now));
    now = new TreeMap<>(before);
    now.put("new", "1");
    assertEquals("made with no new, this training has", told(before, now));
  }

  private static String told(SortedMap<String, String> before, SortedMap<String, String> now) {
    Checkpoint checkpoint = new Checkpoint(checkpoint(1).progress(), before);
    String message =
        assertThrows(IllegalArgumentException.class, () -> checkpoint.checkContinuedBy(now))
            .getMessage();
    return message.substring(message.indexOf("made"), message.indexOf("has") + 3);
  }

  @Test
  void asManyCheckpointsStayAsAreToBeKept() throws IOException {
    CheckpointStore store = new CheckpointStore(storage, 3);
    for (int epoch = 1; epoch <= 5; epoch++) {
      store.write(checkpoint(epoch));
    }
    for (int epoch = 5; epoch >= 3; epoch--) {
      assertEquals(epoch, read().state().epoch());
      storage.files.put("checkpoint-" + "abc".charAt((epoch - 1) % 3) + ".json", new byte[0]);
    }
    assertThrows(ModelFormatException.class, () -> new CheckpointStore(storage).read());
    new CheckpointStore(storage, 2).write(checkpoint(9));
    assertEquals(9, read().state().epoch());
  }

  @Test
  void fingerprintsNameTheKindsAndDepths() {
    assertEquals("Adam", Fingerprint.of(CONFIG).get("optimizer.kind"));
    assertEquals("Constant", Fingerprint.of(CONFIG).get("schedule.kind"));
    assertEquals("32", Fingerprint.of(CONFIG).get("network.layers[0].units"));
    assertFalse(Fingerprint.of(CONFIG).containsKey("epochs"));
    assertEquals(10, Fingerprint.settings(CONFIG).get("epochs"));
  }

  private static Checkpoint checkpoint(int epoch) {
    float[] m = {1e-40f, 2, 3};
    float[] v = {0.5f, epoch, 0};
    OptimizerState optimizer =
        OptimizerState.of(List.of(m, v), 3, 10L * epoch).withAverage(new float[] {epoch, 7, -2});
    RoundState state =
        new RoundState(
            new float[] {epoch, -0f, 0.25f}, optimizer, new float[] {9, 8, 7}, epoch, 2 * epoch);
    StepNorms norms = StepNorms.of(new double[] {1e-300, 0.1, 7}, new long[] {1L << 40, 3, 0});
    return new Checkpoint(
        new TrainingProgress(
            state,
            new float[] {4, 5, epoch},
            Histories.oneEvaluated(),
            new EpochSums(0.1 + 0.2, 1.0 / 3, norms, 123_456_789_012L)),
        Fingerprint.of(CONFIG));
  }
}
