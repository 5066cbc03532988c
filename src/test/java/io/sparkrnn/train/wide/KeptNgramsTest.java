package io.sparkrnn.train.wide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptNgramsTest {
  private static final byte[] COUNTS = {3, 0, 1, (byte) 255, 2, 2, 1, 3, 2};

  private static int[] kept(int minCount, int most) {
    return KeptNgrams.of(COUNTS, minCount, most).buckets();
  }

  @Test
  void thoseOfEnoughRowsAreKept() {
    assertArrayEquals(new int[] {0, 3, 4, 5, 7, 8}, kept(2, 100));
    assertArrayEquals(new int[] {0, 3, 7}, kept(3, 100));
    assertArrayEquals(new int[] {3}, kept(255, 100));
    assertArrayEquals(new int[] {0, 2, 3, 4, 5, 6, 7, 8}, kept(1, 100));
  }

  @Test
  void ofTooManyThoseOfTheMostRowsAreKept() {
    assertArrayEquals(new int[] {0, 3, 4, 5, 7}, kept(2, 5));
    assertArrayEquals(new int[] {0, 3, 4, 5, 7, 8}, kept(2, 6));
    assertArrayEquals(new int[] {0, 3}, kept(2, 2));
    assertArrayEquals(new int[] {0, 3, 7}, kept(2, 3));
    assertArrayEquals(new int[] {3}, kept(1, 1));
  }

  @Test
  void everyBucketHasItsPlace() {
    Random random = new Random(7);
    int[] buckets = IntStream.range(0, 1000).filter(i -> random.nextInt(3) == 0).toArray();
    KeptNgrams kept = new KeptNgrams(buckets, 1001);
    for (int bucket = 0; bucket <= 1000; bucket++) {
      int place = Arrays.binarySearch(buckets, bucket);
      assertEquals(Math.max(-1, place), kept.place(bucket));
    }
  }

  @Test
  void bucketsOutOfOrderAreRefused() {
    assertEquals(
        "n-grams must be ascending buckets below 9, got 4 after 4",
        assertThrows(IllegalArgumentException.class, () -> new KeptNgrams(new int[] {2, 4, 4}, 9))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new KeptNgrams(new int[] {9}, 9));
    assertThrows(IllegalArgumentException.class, () -> new KeptNgrams(new int[] {-1}, 9));
  }
}
