/**
 * Model directories, checkpoints and the file formats they are made of; versioned, and validated
 * when they are read.
 *
 * <p>Sixth in the order of packages. Files are reached through {@link io.sparkrnn.io.ModelStorage},
 * so that this package knows neither Spark nor Hadoop: a model can be read in plain Java, and its
 * files by any language that reads JSON and safetensors. Whatever cannot be trusted in a file is
 * refused with a {@link io.sparkrnn.io.ModelFormatException} that names the file.
 *
 * <p>A Java program that uses a model begins at {@link io.sparkrnn.io.TextClassifier}. It stands
 * here because it joins files, text, networks and scoring, which are all before this package.
 */
package io.sparkrnn.io;
