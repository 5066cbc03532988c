package io.sparkrnn.nn.targets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TargetsBuilderTest {
  /** Rows of 0, 1, 2, 3, 0, 1 ... steps. */
  private static int[] offsets(int rows) {
    int[] offsets = new int[rows + 1];
    for (int row = 0; row < rows; row++) {
      offsets[row + 1] = offsets[row] + row % 4;
    }
    return offsets;
  }

  private static Targets targets(TargetKind kind, int rows) {
    TargetsBuilder builder = new TargetsBuilder();
    for (int row = 0; row < rows; row++) {
      int count = kind == TargetKind.STEP ? row % 4 : (row + 1) % 3;
      int[] ids = new int[count];
      float[] values = new float[count];
      Arrays.fill(ids, row);
      Arrays.fill(values, row);
      switch (kind) {
        case SEQUENCE -> builder.add(row);
        case STEP -> builder.addSteps(values, 0, count);
        case IDS -> builder.addIds(ids, 0, count);
      }
    }
    return builder.build(offsets(rows));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WINDOW")
  void rowsKeepTheirTargetsInOrder(TargetKind kind) {
    Targets targets = targets(kind, 3000);
    assertEquals(kind, targets.kind());
    assertEquals(3000, targets.rows());
    targets.check(offsets(3000));
    for (int row = 0; row < 3000; row++) {
      for (int i = targets.start(row); i < targets.start(row + 1); i++) {
        assertEquals(row, kind == TargetKind.IDS ? targets.ids()[i] : (int) targets.values()[i]);
      }
    }
    int count = targets.start(3000);
    assertEquals(count, targets.ids().length + targets.values().length);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WINDOW")
  void rowsOfOthersAreCopied(TargetKind kind) {
    Targets targets = targets(kind, 20);
    TargetsBuilder builder = new TargetsBuilder();
    for (int row : new int[] {7, 3, 7}) {
      builder.addRow(targets, row);
    }
    Targets some = builder.build(new int[] {0, 3, 6, 9});
    assertEquals(3, some.rows());
    for (int row = 0; row < 3; row++) {
      assertEquals(0, some.compareRows(row, targets, row == 1 ? 3 : 7));
    }
    assertEquals(kind == TargetKind.IDS ? 2 : kind == TargetKind.STEP ? 3 : 1, some.start(1));
    assertEquals(-1, Integer.signum(some.compareRows(1, some, 2)));
    assertEquals(1, Integer.signum(some.compareRows(0, some, 1)));
  }

  @Test
  void withoutRowsThereAreNoneOfAnyKind() {
    Targets none = new TargetsBuilder().build(new int[1]);
    assertEquals(0, none.rows());
    assertEquals(TargetKind.SEQUENCE, none.kind());
  }

  @Test
  void aRowOfAnotherKindIsRefusedAndLeavesNothingBehind() {
    TargetsBuilder builder = new TargetsBuilder();
    builder.add(5);
    assertRefused(
        "rows must have one label like those before, got a sequence of ids",
        () -> builder.addIds(new int[3], 0, 3));
    assertRefused(
        "rows must have one label like those before, got one for each step",
        () -> builder.addSteps(new float[0], 0, 0));
    assertArrayEquals(new float[] {5}, builder.build(new int[] {0, 0}).values());
  }

  @Test
  void targetsOfOtherSequencesAreRefused() {
    int[] offsets = {0, 2, 3};
    assertRefused("labels must have 2 rows, got 1", () -> targets(TargetKind.SEQUENCE, 1), offsets);
    assertRefused("targets must have 2 rows, got 1", () -> targets(TargetKind.IDS, 1), offsets);
    assertRefused(
        "stepLabels must have a label for each step of every sequence, got other lengths",
        () -> new StepTargets(new float[3], new int[] {0, 1, 3}),
        offsets);
    assertRefused(
        "stepLabels must have 3 steps, got 2", () -> new StepTargets(new float[2], offsets));
    assertRefused(
        "offsets of targets must run from 0 to 2, got 0 to 3",
        () -> new IdTargets(new int[2], offsets));
  }

  private static void assertRefused(
      String message, java.util.function.Supplier<Targets> targets, int[] offsets) {
    assertRefused(message, () -> targets.get().check(offsets));
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
