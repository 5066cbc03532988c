package io.sparkrnn.train.metrics;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * BLEU of a corpus, one reference each, as SacreBLEU computes it by default: {@code
 * nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp}.
 *
 * <pre>
 *   BLEU = 100 bp (p1 p2 p3 p4)^(1/4)     bp = min(1, exp(1 - reference length / length))
 * </pre>
 *
 * <p>p(n) is the fraction of n-grams that the reference has too; the k-th of those that would be 0
 * counts as 1 / 2^k of an n-gram.
 *
 * @see <a href="https://aclanthology.org/P02-1040/">Papineni et al., 2002</a>
 * @see <a href="https://aclanthology.org/W18-6319/">Post, 2018</a>
 */
final class Bleu implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ORDER = 4;

  /** What stands apart from words, wherever it is. */
  private static final Pattern MARK = Pattern.compile("([\\{-\\~\\[-\\` -\\&\\(-\\+\\:-\\@\\/])");

  private static final Pattern POINT_AFTER = Pattern.compile("([^0-9])([\\.,])");
  private static final Pattern POINT_BEFORE = Pattern.compile("([\\.,])([^0-9])");
  private static final Pattern DASH = Pattern.compile("([0-9])(-)");
  private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  private final long[] correct = new long[ORDER];
  private final long[] total = new long[ORDER];
  private long length;
  private long referenceLength;
  private long sentences;

  boolean any() {
    return sentences > 0;
  }

  void add(String translation, String reference) {
    List<String> made = tokens(translation);
    List<String> wanted = tokens(reference);
    for (int n = 1; n <= ORDER; n++) {
      Map<List<String>, Integer> left = new HashMap<>();
      for (int i = 0; i + n <= wanted.size(); i++) {
        left.merge(wanted.subList(i, i + n), 1, Integer::sum);
      }
      for (int i = 0; i + n <= made.size(); i++) {
        total[n - 1]++;
        Integer count = left.get(made.subList(i, i + n));
        if (count != null && count > 0) {
          correct[n - 1]++;
          left.put(made.subList(i, i + n), count - 1);
        }
      }
    }
    length += made.size();
    referenceLength += wanted.size();
    sentences++;
  }

  void merge(Bleu other) {
    for (int n = 0; n < ORDER; n++) {
      correct[n] += other.correct[n];
      total[n] += other.total[n];
    }
    length += other.length;
    referenceLength += other.referenceLength;
    sentences += other.sentences;
  }

  /** Returns BLEU, in [0, 100]. */
  double score() {
    if (Arrays.stream(correct).allMatch(n -> n == 0) || total[ORDER - 1] == 0) {
      return 0;
    }
    double logs = 0;
    double smoothing = 1;
    for (int n = 0; n < ORDER; n++) {
      if (correct[n] == 0) {
        smoothing *= 2;
      }
      double count = correct[n] == 0 ? 1 / smoothing : correct[n];
      logs += StrictMath.log(100 * count / total[n]);
    }
    double brevity =
        length < referenceLength ? StrictMath.exp(1 - (double) referenceLength / length) : 1;
    return brevity * StrictMath.exp(logs / ORDER);
  }

  /** The tokens of mteval-v13a, which machine translation is compared by. */
  static List<String> tokens(String text) {
    String line = text.replace("<skipped>", "").replace("-\n", "").replace("\n", " ");
    if (line.indexOf('&') >= 0) {
      line = line.replace("&quot;", "\"").replace("&amp;", "&");
      line = line.replace("&lt;", "<").replace("&gt;", ">");
    }
    line = MARK.matcher(" " + line + " ").replaceAll(" $1 ");
    line = POINT_AFTER.matcher(line).replaceAll("$1 $2 ");
    line = POINT_BEFORE.matcher(line).replaceAll(" $1 $2");
    line = DASH.matcher(line).replaceAll("$1 $2 ");
    return BLANKS.splitAsStream(line).filter(word -> !word.isEmpty()).toList();
  }
}
