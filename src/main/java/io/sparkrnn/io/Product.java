package io.sparkrnn.io;

/** Name and version of this product, as files say who wrote them. */
final class Product {
  private Product() {}

  static String name() {
    String version = Product.class.getPackage().getImplementationVersion();
    return version == null ? "spark-rnn (development)" : "spark-rnn " + version;
  }
}
