package io.sparkrnn.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.cli.output.MetricsFile;
import io.sparkrnn.kernel.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a figure was measured on. */
public final class Machine {
  private Machine() {}

  /** Returns processor, cores, JVM, system and kernels. */
  public static ObjectNode describe() {
    return MetricsFile.object()
        .put("cpu", processor())
        .put("cores", Runtime.getRuntime().availableProcessors())
        .put("jvm", System.getProperty("java.vm.name") + " " + Runtime.version())
        .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
        .put("kernels", Kernels.best().name());
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown"; // not Linux
    }
  }
}
