package io.sparkrnn.train.preflight;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * What a measurement reads.
 *
 * @param nanoTime counts nanoseconds
 * @param compilerMillis milliseconds that the JVM has compiled code for until now
 */
public record Clocks(LongSupplier nanoTime, LongSupplier compilerMillis) {

  /** Returns a clock with what this JVM tells of its compiler; one without a compiler tells 0. */
  public static Clocks of(LongSupplier nanoTime) {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    boolean isKnown = compiler != null && compiler.isCompilationTimeMonitoringSupported();
    return new Clocks(nanoTime, isKnown ? compiler::getTotalCompilationTime : () -> 0);
  }
}
