package io.sparkrnn.io;

/** Name and version of this product, as files say who wrote them. */
public final class Product {
  private Product() {}

  /** Returns both, as in {@code spark-rnn 1.0}. */
  public static String name() {
    String version = Product.class.getPackage().getImplementationVersion();
    return version == null ? "spark-rnn (development)" : "spark-rnn " + version;
  }
}
