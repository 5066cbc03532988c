/**
 * What an option is: its row in the table, its type, its rule and default, and values that are
 * written as text.
 *
 * <p>The table of all options is {@link io.sparkrnn.spark.params.OptionTable}, which uses this room
 * and is not known here.
 */
package io.sparkrnn.spark.options;
