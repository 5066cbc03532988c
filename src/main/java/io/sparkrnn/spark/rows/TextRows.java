package io.sparkrnn.spark.rows;

import io.sparkrnn.text.CountedTexts;
import io.sparkrnn.text.CountedTextsBuilder;
import io.sparkrnn.text.TextUnit;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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
  private final List<Row> unlabelled;
  private final CountedTexts texts;
  private final CountedTexts translations;
  private final long unlabelledRows;
  private final String[] labels;

  private TextRows(
      List<Row> training,
      List<Row> test,
      List<Row> unlabelled,
      CountedTexts texts,
      CountedTexts translations,
      long unlabelledRows,
      String[] labels) {
    this.training = training;
    this.test = test;
    this.unlabelled = unlabelled;
    this.texts = texts;
    this.translations = translations;
    this.unlabelledRows = unlabelledRows;
    this.labels = labels;
  }

  /**
   * Cuts the rows of a partition, some at a time; the words of training rows are counted, and those
   * of rows without a label when they are kept.
   */
  static Iterator<TextRows> cut(Iterator<Row> rows, TextCut cut) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public TextRows next() {
        return cutSome(rows, cut);
      }
    };
  }

  private static TextRows cutSome(Iterator<Row> rows, TextCut cut) {
    List<Row> training = new ArrayList<>();
    List<Row> test = new ArrayList<>();
    List<Row> unlabelled = new ArrayList<>();
    CountedTextsBuilder texts = new CountedTextsBuilder(cut.unit(), cut.padding(), cut.keepsAll());
    CountedTextsBuilder translations =
        new CountedTextsBuilder(cut.unit(), cut.padding(), cut.keepsAll());
    Set<String> labels = new TreeSet<>();
    long unlabelledRows = 0;
    while (rows.hasNext()
        && training.size() + test.size() + unlabelled.size() < MOST_ROWS
        && texts.keptWords() + translations.keptWords() < MOST_WORDS) {
      Row row = rows.next();
      if (!ExampleRows.isUnlabelled(row)) {
        boolean kept = row.getBoolean(TEST);
        Row numbered =
            row.get(ExampleRows.FEATURES) instanceof Row pair
                ? withCell(row, numbers(pair, texts, translations, !kept))
                : withNumber(row, texts, !kept, cut.unit());
        (kept ? test : training).add(numbered);
        if (!kept && cut.unit() == TextUnit.GIVEN && numbered.isNullAt(ExampleRows.REFUSED)) {
          addLabels(row.get(ExampleRows.LABEL), labels);
        }
      } else {
        unlabelledRows++;
        if (cut.keepsUnlabelled()) {
          unlabelled.add(withNumber(row, texts, true, cut.unit()));
        }
      }
    }
    return new TextRows(
        training,
        test,
        unlabelled,
        texts.build(),
        translations.build(),
        unlabelledRows,
        labels.toArray(new String[0]));
  }

  /** Adds the labels of steps that are not null. */
  private static void addLabels(Object cell, Set<String> labels) {
    List<String> names = TokenReader.words(cell);
    if (TokenReader.refusal(names) == null) {
      labels.addAll(names);
    }
  }

  private static Row withNumber(Row row, CountedTextsBuilder texts, boolean counts, TextUnit unit) {
    if (unit != TextUnit.GIVEN) {
      return withCell(row, number(row, ExampleRows.FEATURES, texts, counts));
    }
    List<String> words = TokenReader.words(row.get(ExampleRows.FEATURES));
    Refusal refusal = TokenReader.refusal(words);
    if (refusal == null) {
      Integer number = texts.texts();
      texts.add(words, counts);
      return withCell(row, number);
    }
    boolean known = !row.isNullAt(ExampleRows.REFUSED);
    return withCell(row, null, known ? row.get(ExampleRows.REFUSED) : refusal.reason());
  }

  private static Integer number(Row row, int place, CountedTextsBuilder texts, boolean counts) {
    Integer number = row.isNullAt(place) ? null : texts.texts();
    if (number != null) {
      texts.add(row.getString(place), counts);
    }
    return number;
  }

  /** The numbers of a text and its translation; of a pair for the final test, both too. */
  private static Row numbers(
      Row pair, CountedTextsBuilder texts, CountedTextsBuilder translations, boolean counts) {
    Integer text = number(pair, 0, texts, counts);
    Integer translation = number(pair, 1, translations, counts);
    return counts
        ? RowFactory.create(text, translation)
        : RowFactory.create(text, translation, pair.get(0), pair.get(1));
  }

  private static Row withCell(Row row, Object cell) {
    return withCell(row, cell, row.get(ExampleRows.REFUSED));
  }

  private static Row withCell(Row row, Object cell, Object refused) {
    return RowFactory.create(
        cell,
        row.get(ExampleRows.LABEL),
        row.get(ExampleRows.WEIGHT),
        row.get(ExampleRows.HELD_OUT),
        refused);
  }

  /** Returns the rows that are not kept for the final test. */
  List<Row> training() {
    return training;
  }

  /** Returns the rows that are trained on, and those without a label that are kept. */
  List<Row> learnt() {
    return Stream.concat(training.stream(), unlabelled.stream()).toList();
  }

  /** Returns the rows that are kept for the final test. */
  List<Row> test() {
    return test;
  }

  /** Returns the words of all rows. */
  CountedTexts texts() {
    return texts;
  }

  /** Returns the words of the translations of all rows; none when rows are no pairs. */
  CountedTexts translations() {
    return translations;
  }

  /** Returns the different labels of steps of the rows that are not kept for the final test. */
  String[] labels() {
    return labels;
  }

  /** Returns how many rows had neither label nor a reason of refusal. */
  long unlabelledRows() {
    return unlabelledRows;
  }
}
