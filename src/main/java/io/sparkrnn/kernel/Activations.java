package io.sparkrnn.kernel;

/**
 * Rational approximation of tanh, the same in all implementations: x P(x^2) / Q(x^2) with P and Q
 * of degree four, |x| clamped to {@link #LIMIT}.
 *
 * <p>The coefficients are a minimax fit of the relative error on [0, LIMIT] (5.7e-9 before
 * rounding), made for this project by iteratively reweighted least squares. In float arithmetic the
 * error stays below 5 ulp everywhere; sigmoid(x) = 1/2 + tanh(x/2)/2 stays within 2 ulp of 1
 * (1.2e-7 absolute). NaN gives NaN.
 */
final class Activations {
  /** Beyond this tanh is 1 to within 4 ulp; the quotient stays at or below 1. */
  static final float LIMIT = 7.9f;

  static final float P1 = 0.13450661301612854f;
  static final float P2 = 0.0035790412221103907f;
  static final float P3 = 2.2024059944669716e-05f;
  static final float P4 = 1.542912286822684e-08f;
  static final float Q1 = 0.46783989667892456f;
  static final float Q2 = 0.026192424818873405f;
  static final float Q3 = 0.0003423730959184468f;
  static final float Q4 = 8.599245688856172e-07f;

  /** Below it exp would be subnormal. */
  static final float LEAST = -87f;

  /** Added to a small float it leaves its nearest integer in the lowest bits: 1.5 x 2^23. */
  static final float ROUND = 12582912f;

  static final float LOG2_E = 1.44269504088896341f;
  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;
  static final float E2 = 0.5f;
  static final float E3 = 1.6666665459e-1f;
  static final float E4 = 4.1665795894e-2f;
  static final float E5 = 8.3334519073e-3f;
  static final float E6 = 1.3981999507e-3f;
  static final float E7 = 1.9875691500e-4f;
  static final int BIAS = 127;
  static final int MANTISSA = 23;

  private Activations() {}

  static float tanh(float value) {
    float x = value > LIMIT ? LIMIT : value < -LIMIT ? -LIMIT : value;
    float s = x * x;
    float p = Math.fma(Math.fma(Math.fma(Math.fma(P4, s, P3), s, P2), s, P1), s, 1f);
    float q = Math.fma(Math.fma(Math.fma(Math.fma(Q4, s, Q3), s, Q2), s, Q1), s, 1f);
    return x * p / q;
  }

  /** exp for values of 0 and less: 2^k times a polynomial of what is left (Cephes, expf). */
  static float exp(float value) {
    float x = value < LEAST ? LEAST : value;
    float shifted = Math.fma(x, LOG2_E, ROUND);
    float k = shifted - ROUND;
    float r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, x));
    float p = Math.fma(Math.fma(Math.fma(E7, r, E6), r, E5), r, E4);
    p = Math.fma(Math.fma(p, r, E3), r, E2);
    p = Math.fma(p, r * r, r) + 1f;
    return p * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) + BIAS) << MANTISSA);
  }

  static float sigmoid(float value) {
    return Math.fma(0.5f, tanh(0.5f * value), 0.5f);
  }
}
