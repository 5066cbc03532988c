package io.sparkrnn.io;

import java.io.IOException;
import java.nio.file.Path;

/** A program that scores its arguments with a model directory, on a class path without Spark. */
public final class ScoringExample {
  private ScoringExample() {}

  /** Prints a probability per text, exactly; the first argument is the model directory. */
  public static void main(String[] args) throws IOException {
    TextClassifier model = TextClassifier.load(Path.of(args[0]));
    for (int i = 1; i < args.length; i++) {
      double p = model.probability(args[i]);
      System.out.println(Double.toHexString(p));
    }
    refuseSpark();
  }

  private static void refuseSpark() {
    try {
      Class.forName("org.apache.spark.SparkContext");
    } catch (ClassNotFoundException expected) {
      return;
    }
    throw new IllegalStateException("Spark is on the class path");
  }
}
