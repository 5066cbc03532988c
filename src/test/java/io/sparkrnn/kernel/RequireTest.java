package io.sparkrnn.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RequireTest {
  @Test
  void valuesWithinTheRulesPass() {
    Require.positive("n", 1);
    Require.positive("x", Double.MIN_VALUE);
    Require.notNegative("x", 0.0);
    Require.atLeast(2, "n", 2);
    Require.atMost(2, "n", 2);
    Require.rate("x", 0);
    Require.fraction("x", 1);
  }

  @Test
  void messagesNameSubjectRuleAndValue() {
    refuses("n must be > 0, got 0", () -> Require.positive("n", 0));
    refuses("x must be > 0 and finite, got 0.0", () -> Require.positive("x", 0.0));
    refuses("x must be >= 0 and finite, got -1.0", () -> Require.notNegative("x", -1));
    refuses("n must be >= 2, got 1", () -> Require.atLeast(2, "n", 1));
    refuses("n must be <= 2, got 3", () -> Require.atMost(2, "n", 3));
    refuses("x must be in [0, 1), got 1.0", () -> Require.rate("x", 1));
    refuses("x must be in [0, 1], got 1.5", () -> Require.fraction("x", 1.5));
  }

  @Test
  void whatIsNoFiniteNumberIsRefused() {
    refuses("x must be > 0 and finite, got NaN", () -> Require.positive("x", Double.NaN));
    refuses("x must be in [0, 1), got NaN", () -> Require.rate("x", Double.NaN));
    refuses("x must be in [0, 1], got NaN", () -> Require.fraction("x", Double.NaN));
    double infinity = Double.POSITIVE_INFINITY;
    refuses("x must be > 0 and finite, got Infinity", () -> Require.positive("x", infinity));
    refuses("x must be >= 0 and finite, got Infinity", () -> Require.notNegative("x", infinity));
  }

  private static void refuses(String message, Executable check) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, check).getMessage());
  }
}
