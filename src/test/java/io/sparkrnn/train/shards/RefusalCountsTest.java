package io.sparkrnn.train.shards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RefusalCountsTest {
  private static RefusalCounts counts(List<String> reasons) {
    RefusalCounts counts = new RefusalCounts();
    reasons.forEach(counts::add);
    return counts;
  }

  private static List<String> reasons(int different) {
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < different; i++) {
      reasons.addAll(Collections.nCopies(1 + i % 3, "label '" + i + "' is unknown"));
    }
    return reasons;
  }

  @Test
  void reasonsStandByFallingCountAndEqualOnesByName() {
    List<String> reasons = List.of("c", "b", "a", "b", "a", "d", "b");
    assertEquals("b (3), a (2), c (1), d (1)", counts(reasons).build().toString());
    assertEquals("", counts(List.of()).build().toString());
    assertEquals(0, counts(List.of()).build().rows());
  }

  @Test
  void theRestIsCountedTogether() {
    List<String> reasons = reasons(30);
    Refusals refusals = counts(reasons).build();
    assertEquals(RefusalCounts.SHOWN_REASONS + 1, refusals.byReason().size());
    assertEquals(reasons.size(), refusals.rows());
    assertEquals(reasons.size() - 8 * 3, refusals.byReason().get(RefusalCounts.OTHERS));
  }

  @Test
  void neitherOrderNorPartsShowHoweverManyReasonsThereAre() {
    List<String> reasons = reasons(5000);
    RefusalCounts whole = counts(reasons);
    long seed = 7;
    Collections.shuffle(reasons, new Random(seed));
    RefusalCounts merged = new RefusalCounts();
    merged.merge(new RefusalCounts());
    for (int from = 0; from < reasons.size(); from += 1234) {
      merged.merge(counts(reasons.subList(from, Math.min(reasons.size(), from + 1234))));
    }
    assertEquals(reasons.size(), merged.rows());
    assertEquals(whole.build().toString(), merged.build().toString(), "seed " + seed);
    assertEquals(reasons.size(), merged.build().rows());
  }

  @Test
  void countsAreInEnglishWhateverTheLocale() {
    assertEquals("text is null (1,234)", new Refusals(Map.of("text is null", 1234L)).toString());
    assertThrows(IllegalArgumentException.class, () -> new Refusals(Map.of("text is null", 0L)));
  }
}
