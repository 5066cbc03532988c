package io.sparkrnn.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Chooses the implementation once. */
final class KernelsHolder {
  static final Kernels BEST = choose();

  private KernelsHolder() {}

  private static Kernels choose() {
    Logger log = System.getLogger("io.sparkrnn.kernel");
    String reason;
    if (Boolean.getBoolean("io.sparkrnn.portableKernels")) {
      reason = "io.sparkrnn.portableKernels is set";
    } else if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      reason = "start java with --add-modules=jdk.incubator.vector for the fast ones";
    } else {
      try {
        Kernels vector =
            (Kernels)
                Class.forName("io.sparkrnn.kernel.VectorKernels")
                    .getDeclaredConstructor()
                    .newInstance();
        if (vector.panelWidth() >= 8) {
          log.log(Level.INFO, "kernels: {0}", vector.name());
          return vector;
        }
        reason = "this processor has no vectors of 4 or more floats";
      } catch (ReflectiveOperationException | LinkageError e) {
        reason = "the Vector API of this JVM does not fit: " + e;
      }
    }
    Kernels portable = new PortableKernels();
    log.log(Level.WARNING, "kernels: {0}; {1}", portable.name(), reason);
    return portable;
  }
}
