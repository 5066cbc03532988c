package io.sparkrnn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class ParameterHashTest {

  @Test
  void theHashIsThatOfLittleEndianFloats() {
    // python: hashlib.sha256(struct.pack('<3f', 1, -2.5, 0.1)).hexdigest()
    assertEquals(
        "2f9cc761bc2594fa578868daeedc59b0fc115513fae3e5dc09c4e86e50b8aaf6",
        ParameterHash.sha256(new float[] {1, -2.5f, 0.1f}));
  }

  @Test
  void theHashOfNothingIsThatOfNoBytes() {
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ParameterHash.sha256(new float[0]));
  }

  @Test
  void everyBitCountsInArraysLongerThanTheBuffer() {
    float[] values = new float[40_000];
    String before = ParameterHash.sha256(values);
    values[39_999] = -0f;
    assertNotEquals(before, ParameterHash.sha256(values));
  }
}
