package io.sparkrnn.cli.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stages that Spark gave up because of an executor: it was lost, or short of memory. What a task
 * says in the words of this project is told by others.
 */
final class StageFailures {
  private static final Pattern LOST =
      Pattern.compile("ExecutorLostFailure \\(.*?\\)(?: Reason: ([^.\\n]*))?");

  /** A task of an executor and not of the driver, which is one in local mode. */
  private static final Pattern WITHOUT_MEMORY =
      Pattern.compile("executor (?!driver\\b)\\S+\\): java\\.lang\\.OutOfMemoryError: ([^\\n]*)");

  private static final Pattern EXIT = Pattern.compile("Command exited with code (\\d+)");

  /** Exit code of an executor in which a thread got no memory. */
  private static final String NO_MEMORY = "52";

  /** Exit code of a process killed with -9. */
  private static final String KILLED = "137";

  private static final String REMEDY =
      "give executors more memory, such as by --conf spark.executor.memory=4g";

  private StageFailures() {}

  /**
   * Returns the explanation of a failed stage, or null when no executor is to blame.
   *
   * @param message what Spark says of it, in several lines
   */
  static Explanation explain(String message) {
    Matcher memory = WITHOUT_MEMORY.matcher(message);
    if (memory.find()) {
      return failure("an executor is out of memory (%s); %s".formatted(memory.group(1), REMEDY));
    }
    Matcher lost = LOST.matcher(message);
    return lost.find() ? ofLost(lost.group(1)) : null;
  }

  private static Explanation ofLost(String reason) {
    Matcher exit = EXIT.matcher(reason == null ? "" : reason);
    String code = exit.find() ? exit.group(1) : "";
    if (code.equals(NO_MEMORY)) {
      return failure("executors ended for lack of memory; " + REMEDY);
    } else if (code.equals(KILLED)) {
      return failure(
          "executors were killed, as happens when the machine or the container has too little"
              + " memory; "
              + REMEDY
              + ", or fewer of them to a machine");
    }
    return failure(
        "executors were lost: %s; their logs say why, and spark.executor.memory gives them more memory"
            .formatted(reason == null ? "no reason given" : reason));
  }

  private static Explanation failure(String message) {
    return new Explanation(message, Explanation.FAILURE);
  }
}
