/**
 * The options of the commands: made from the parameters of stages, read from command line and
 * configuration files, and put into words.
 *
 * <p>Knows no command.
 */
package io.sparkrnn.cli.options;
