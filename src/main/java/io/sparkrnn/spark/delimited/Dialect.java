package io.sparkrnn.spark.delimited;

/** What a quote means in a delimited file; the earlier is taken when a file fits several. */
enum Dialect {
  /** A cell may stand in quotes, and a quote in it is doubled, as RFC 4180 says. */
  RFC,
  /** A cell may stand in quotes, and a quote in it has a backslash before it, as Spark writes. */
  BACKSLASH,
  /** A quote is a character like others, as in exports of databases. */
  NONE
}
