package io.sparkrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class PaddingTest {
  @Test
  void everyModeEqualsKeras() throws IOException {
    JsonNode golden;
    try (InputStream in = PaddingTest.class.getResourceAsStream("/golden/pad_sequences.json")) {
      golden = new ObjectMapper().readTree(in);
    }
    for (JsonNode expected : golden.get("cases")) {
      assertEquals(0, expected.get("value").intValue());
      Padding padding =
          new Padding(
              expected.get("max_length").intValue(),
              side(expected.get("padding")),
              side(expected.get("truncating")));
      for (int i = 0; i < golden.get("input").size(); i++) {
        int[] padded = padding.pad(ids(golden.get("input").get(i)));
        assertArrayEquals(ids(expected.get("output").get(i)), padded, padding + ", row " + i);
      }
    }
  }

  @Test
  void lengthMustBePositive() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new Padding(0, Padding.Side.PRE, Padding.Side.PRE))
            .getMessage();
    assertEquals("maxLength must be > 0, got 0", message);
  }

  private static Padding.Side side(JsonNode name) {
    return Padding.Side.valueOf(name.textValue().toUpperCase(Locale.ROOT));
  }

  private static int[] ids(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::intValue).toArray();
  }
}
