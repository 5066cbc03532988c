package io.sparkrnn.text;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.GZIPInputStream;

/**
 * Reads pretrained vectors of a vocabulary's words from the text files of word2vec, GloVe and
 * fastText.
 *
 * <p>A line holds a word and its numbers, separated by spaces or tabs. A first line of two whole
 * numbers is a header: how many vectors follow, and their width. Gzip is recognized by its first
 * bytes. The file is streamed: of words outside the vocabulary only the number of columns is
 * checked. Blank lines are skipped.
 *
 * <p>Immutable; one instance may read several streams.
 *
 * @see <a href="https://nlp.stanford.edu/projects/glove/">Pennington, Socher and Manning, 2014</a>
 * @see <a href="https://fasttext.cc/docs/en/english-vectors.html">Mikolov et al., 2018</a>
 */
public final class WordVectorReader {
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  private final String file;
  private final int width;

  /**
   * Creates a reader.
   *
   * @param file name of the file for messages
   * @param width numbers that a vector must have: the embedding's size
   */
  public WordVectorReader(String file, int width) {
    this.file = file;
    this.width = width;
  }

  /**
   * Reads the vectors of a vocabulary's words.
   *
   * @param in the file's bytes; stays open
   * @param vocabulary the words. Not modified.
   * @param table V x width values from {@code offset} on: rows whose words have vectors are
   *     replaced, no others. Modified.
   * @param offset start of the embedding
   * @return the ids whose words have vectors
   * @throws IOException if the stream fails
   * @throws IllegalArgumentException if the file is no such file or its vectors have another width;
   *     the message names file and line
   */
  public BitSet read(InputStream in, Vocabulary vocabulary, float[] table, int offset)
      throws IOException {
    BitSet found = new BitSet(vocabulary.size());
    int[] lines = new int[vocabulary.size()];
    VectorFile vectors = open(in);
    while (vectors.advance()) {
      int id = vocabulary.id(vectors.word());
      if (id != Vocabulary.UNKNOWN_ID) {
        if (found.get(id)) {
          throw vectors.wrong(
              "must have a new word, got '%s' of line %d again"
                  .formatted(vectors.word(), lines[id]));
        }
        found.set(id);
        lines[id] = vectors.lineNumber();
        vectors.copy(table, offset + id * width);
      }
    }
    return found;
  }

  /**
   * Reads the beginning of a file, to tell early whether it can be used.
   *
   * @param in the file's bytes; stays open
   * @throws IOException if the stream fails
   * @throws IllegalArgumentException if the file is no such file or its vectors have another width
   */
  public void check(InputStream in) throws IOException {
    open(in).advance();
  }

  private VectorFile open(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
    buffered.mark(ZIP.length);
    byte[] magic = buffered.readNBytes(ZIP.length);
    buffered.reset();
    if (Arrays.equals(magic, ZIP)) {
      throw new IllegalArgumentException(file + " must be text or gzip, got a zip archive");
    }
    boolean gzip = Arrays.equals(Arrays.copyOf(magic, GZIP.length), GZIP);
    return new VectorFile(gzip ? unzipped(buffered) : buffered, file, width);
  }

  /** Java looks for a further member only where the stream says that there is more. */
  private static InputStream unzipped(InputStream in) throws IOException {
    InputStream withMore =
        new FilterInputStream(in) {
          @Override
          public int available() {
            return 1;
          }
        };
    return new GZIPInputStream(withMore, 1 << 16);
  }
}
