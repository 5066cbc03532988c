package io.sparkrnn.spark.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.spark.RnnClassificationModel;
import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.TinyRows;
import io.sparkrnn.train.TrainingException;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TaskFailuresTest {
  private static Dataset<Row> rowsThatFail() {
    MapFunction<Row, Row> fail =
        row -> {
          throw new NullPointerException("as this test wants it");
        };
    return TinyRows.data(10).map(fail, Encoders.row(TinyRows.SCHEMA));
  }

  private static void assertIsABug(Throwable failure) {
    assertFalse(failure instanceof TrainingException, failure.toString());
    List<Throwable> causes = FailureReason.causes(failure);
    assertInstanceOf(NullPointerException.class, causes.get(causes.size() - 1));
  }

  @Test
  void aBugInATaskStaysABug() {
    Dataset<Row> rows = rowsThatFail();
    RnnClassifier classifier = TinyRows.classifier();
    assertIsABug(assertThrows(Throwable.class, () -> classifier.fit(rows)));
    RnnClassificationModel model = classifier.setMaxIter(1).fit(TinyRows.data(30));
    assertIsABug(assertThrows(Throwable.class, () -> model.evaluate(rows)));
  }

  @Test
  void whatATaskSaysToTheUserIsSaidByTheDriver() {
    TrainingException said = new TrainingException("loss is NaN");
    RuntimeException explained =
        TaskFailures.explained(new IllegalStateException("job aborted", said));
    assertInstanceOf(TrainingException.class, explained);
    assertEquals("loss is NaN", explained.getMessage());
    InputException bad = new InputException("cannot read a");
    assertSame(bad, TaskFailures.explained(new IllegalStateException("job aborted", bad)));
  }
}
