package io.sparkrnn.train.course;

/**
 * What the rounds of an epoch add up to, as far as they ran since the last start.
 *
 * @param epoch number of the epoch, from 1; 0 before its first round
 * @param rounds how many ran
 * @param times where their time went
 * @param evaluating time of the evaluation after them, in nanoseconds
 * @param divergenceSum sum of their divergences
 * @param largestDivergence the largest of these
 */
public record EpochCourse(
    int epoch,
    int rounds,
    RoundTimes times,
    long evaluating,
    double divergenceSum,
    double largestDivergence) {
  /** Returns an epoch before its first round. */
  public static EpochCourse begun() {
    return new EpochCourse(0, 0, RoundTimes.none(), 0, 0, 0);
  }

  /** Returns this epoch after one more round. */
  public EpochCourse plus(RoundRecord round) {
    return new EpochCourse(
        round.epoch(),
        rounds + 1,
        times.plus(round.times()),
        evaluating,
        divergenceSum + round.divergence(),
        Math.max(largestDivergence, round.divergence()));
  }

  /** Returns this epoch after so much more time of evaluation. */
  public EpochCourse plusEvaluating(long nanos) {
    return new EpochCourse(
        epoch, rounds, times, evaluating + nanos, divergenceSum, largestDivergence);
  }

  /** Returns the mean divergence of the rounds, 0 without any. */
  public double meanDivergence() {
    return rounds == 0 ? 0 : divergenceSum / rounds;
  }

  /** Returns the wall clock of rounds and evaluation, in nanoseconds. */
  public long wall() {
    return times.wall() + evaluating;
  }

  /** Returns the part of the wall clock that was neither computing nor evaluation. */
  public long overhead() {
    return times.wall() - times.computing();
  }
}
