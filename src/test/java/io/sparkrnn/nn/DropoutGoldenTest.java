package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Dropout against vectors that Keras computed in float64, with masks that both draw from the file's
 * seed; see {@code keras_dropout.py} beside the files.
 */
class DropoutGoldenTest {
  @TestFactory
  Stream<DynamicTest> theMasksActAsInKeras() throws IOException, URISyntaxException {
    List<GoldenFile> files = GoldenFile.ofProject("golden-dropout");
    assertEquals(4, files.size());
    return files.stream().map(file -> dynamicTest(file.name(), () -> check(file)));
  }

  private static void check(GoldenFile file) {
    GoldenLayer golden = GoldenLayer.of(file);
    EngineLayer layer = new EngineLayer(golden);
    layer.run(new SplittableRandom(file.number("seed")));
    GoldenTest.checkRun(golden, layer);
  }
}
