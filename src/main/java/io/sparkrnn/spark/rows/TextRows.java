package io.sparkrnn.spark.rows;

import io.sparkrnn.text.CountedTexts;
import io.sparkrnn.text.CountedTextsBuilder;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.TextUnit;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Some rows of one input partition, in their order, whose texts are cut into words; rows that
 * nobody labelled are counted and left out.
 *
 * <p>The rows are laid out as in {@link ExampleRows}, the number of a text in place of the text. A
 * class and not a record, because Spark's Kryo serializer cannot write records.
 */
final class TextRows implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_ROWS = 1 << 14;
  private static final int MOST_WORDS = 1 << 20;

  /** Where a row that is cut says whether it is kept for the final test. */
  private static final int TEST = 5;

  /** One side of the rows: those for training, or those for the final test. */
  interface Side extends Serializable {
    List<Row> of(TextRows rows);
  }

  private final List<Row> training;
  private final List<Row> test;
  private final CountedTexts texts;
  private final long unlabelled;

  private TextRows(List<Row> training, List<Row> test, CountedTexts texts, long unlabelled) {
    this.training = training;
    this.test = test;
    this.texts = texts;
    this.unlabelled = unlabelled;
  }

  /**
   * Cuts the rows of a partition, some at a time; the words of training rows are counted.
   *
   * @param unit what words are
   * @param keepsAll whether the words that padding drops are kept, for n-grams
   */
  static Iterator<TextRows> cut(
      Iterator<Row> rows, TextUnit unit, Padding padding, boolean keepsAll) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public TextRows next() {
        return cutSome(rows, unit, padding, keepsAll);
      }
    };
  }

  private static TextRows cutSome(
      Iterator<Row> rows, TextUnit unit, Padding padding, boolean keepsAll) {
    List<Row> training = new ArrayList<>();
    List<Row> test = new ArrayList<>();
    CountedTextsBuilder texts = new CountedTextsBuilder(unit, padding, keepsAll);
    long unlabelled = 0;
    while (rows.hasNext()
        && training.size() + test.size() < MOST_ROWS
        && texts.keptWords() < MOST_WORDS) {
      Row row = rows.next();
      if (row.isNullAt(ExampleRows.LABEL) && row.isNullAt(ExampleRows.REFUSED)) {
        unlabelled++;
      } else {
        boolean kept = row.getBoolean(TEST);
        (kept ? test : training).add(withNumber(row, texts, !kept));
      }
    }
    return new TextRows(training, test, texts.build(), unlabelled);
  }

  private static Row withNumber(Row row, CountedTextsBuilder texts, boolean counts) {
    Integer number = row.isNullAt(ExampleRows.FEATURES) ? null : texts.texts();
    if (number != null) {
      texts.add(row.getString(ExampleRows.FEATURES), counts);
    }
    return RowFactory.create(
        number,
        row.get(ExampleRows.LABEL),
        row.get(ExampleRows.WEIGHT),
        row.get(ExampleRows.HELD_OUT),
        row.get(ExampleRows.REFUSED));
  }

  /** Returns the rows that are not kept for the final test. */
  List<Row> training() {
    return training;
  }

  /** Returns the rows that are kept for the final test. */
  List<Row> test() {
    return test;
  }

  /** Returns the words of all rows. */
  CountedTexts texts() {
    return texts;
  }

  /** Returns how many rows had neither label nor a reason of refusal. */
  long unlabelled() {
    return unlabelled;
  }
}
