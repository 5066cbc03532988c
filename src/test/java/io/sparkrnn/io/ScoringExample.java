package io.sparkrnn.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A program that scores its arguments with a model directory, on a class path without Spark: texts,
 * or token ids as in {@code "ids 3 1 4"}.
 */
public final class ScoringExample {
  private ScoringExample() {}

  /** Prints a probability per argument, exactly; the first argument is the model directory. */
  public static void main(String[] args) throws IOException {
    TextClassifier model = TextClassifier.load(Path.of(args[0]));
    for (int i = 1; i < args.length; i++) {
      System.out.println(Double.toHexString(probability(model, args[i])));
    }
    refuseSpark();
  }

  private static double probability(TextClassifier model, String argument) {
    if (!argument.startsWith("ids ")) {
      return model.probability(argument);
    }
    int[] ids = Arrays.stream(argument.split(" ")).skip(1).mapToInt(Integer::parseInt).toArray();
    return model.probability(ids);
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
