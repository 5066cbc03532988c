package io.sparkrnn.text;

/**
 * What a model reads of a text.
 *
 * @param ids the ids that the network reads. Not copied.
 * @param ngrams buckets of the n-grams, ascending, each once; of all words, also those that
 *     truncating drops and those outside the vocabulary. Not copied.
 */
public record EncodedText(int[] ids, int[] ngrams) {}
