package io.sparkrnn.spark.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.spark.RnnClassificationModel;
import io.sparkrnn.spark.TinyRows;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What fit says in the log of rows that it leaves out. */
class RefusalWarningTest {
  private final Logger log = Logger.getLogger("io.sparkrnn.spark");
  private final List<String> warnings = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          if (record.getLevel() == Level.WARNING) {
            warnings.add(record.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    log.addHandler(handler);
  }

  @AfterEach
  void leave() {
    log.removeHandler(handler);
  }

  @Test
  void fitWarnsOfRowsThatItLeavesOut() {
    List<Row> rows = new ArrayList<>(TinyRows.rows(45, 3));
    rows.add(RowFactory.create(45, new Integer[] {1}, null));
    rows.add(RowFactory.create(46, new Integer[] {1}, null));
    rows.add(RowFactory.create(47, new Integer[] {1}, 0.5));
    RnnClassificationModel model = TinyRows.classifier().setMaxIter(1).fit(TinyRows.data(rows));
    assertEquals(
        List.of(
            "3 of 48 rows (6.3 %) refused: label is null (2), label 0.5 is no class index (1);"
                + " summary() of the model counts them, and maxRefusedFraction limits them"),
        warnings);
    assertEquals(3, model.summary().refusals().rows());
    assertEquals(2, model.summary().refusals().byReason().get("label is null"));
  }

  @Test
  void goodRowsAreNoWarning() {
    TinyRows.classifier().setMaxIter(1).fit(TinyRows.data(30));
    assertEquals(List.of(), warnings);
  }
}
