/**
 * The training report: one self-contained HTML page, without scripts and without anything fetched
 * from elsewhere.
 *
 * <p>Seventh in the order of packages; it reads what {@code train} recorded and knows nothing of
 * Spark. The page is well-formed XML too, and everything it shows of names and texts is escaped in
 * one class, {@link io.sparkrnn.report.Html}.
 */
package io.sparkrnn.report;
