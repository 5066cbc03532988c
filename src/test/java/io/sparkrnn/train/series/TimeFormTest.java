package io.sparkrnn.train.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFormTest {
  @ParameterizedTest
  @CsvSource({
    "NUMBER, 17, 17",
    "NUMBER, -1.5, -1.5",
    "MONTH, 1970-02, 1",
    "MONTH, 1949-01, -252",
    "DATE, 1970-01-02, 1",
    "MINUTE, 1970-01-01 00:01, 60000000",
    "MINUTE_T, 1970-01-01T00:01, 60000000",
    "SECOND, 1969-12-31 23:59:59, -1000000",
    "SECOND_T, 1970-01-01T00:00:00.000001, 1",
    "OFFSET, 1970-01-01T00:00:01Z, 1000000"
  })
  void aTimeIsReadAndWrittenAsItWas(TimeForm form, String text, double number) {
    assertEquals(form, TimeForm.of(text));
    assertEquals(number, form.parse(text));
    assertEquals(text, form.write(number));
  }

  @Test
  void anOffsetIsTakenToUtc() {
    double time = TimeForm.OFFSET.parse("2010-01-31T13:05:00+02:00");
    assertEquals("2010-01-31T11:05:00Z", TimeForm.OFFSET.write(time));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "today", "2010-13", "2010-02-30", "2010-1-1", "0x1p3", "1d"})
  void whatIsNoTimeHasNoForm(String text) {
    assertNull(TimeForm.of(text));
    assertTrue(Double.isNaN(TimeForm.DATE.parse(text)));
  }
}
