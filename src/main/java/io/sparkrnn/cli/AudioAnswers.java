package io.sparkrnn.cli;

import io.sparkrnn.audio.AudioException;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.sequence.SequenceClassifier;
import io.sparkrnn.io.sequence.Transcriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** What {@code submit/predict} answers for the path of a WAV file. */
final class AudioAnswers {
  private final SequenceClassifier classifier; // one of the two, by what the model does
  private final Transcriber transcriber;

  /**
   * Creates the answers of a model.
   *
   * @param beam of a model that transcribes
   */
  AudioAnswers(SavedModel model, int beam) {
    boolean transcribes = model.alphabet() != null;
    transcriber = transcribes ? Transcriber.of(model, beam) : null;
    classifier = transcribes ? null : SequenceClassifier.of(model);
  }

  /** Returns the answer, or why there is none. */
  String answer(String path) {
    byte[] wav;
    try {
      wav = Files.readAllBytes(Path.of(path));
    } catch (IOException | InvalidPathException e) {
      return "-\taudio file '" + path + "' cannot be read";
    }
    try {
      return answer(wav);
    } catch (AudioException e) {
      return "-\t" + e.getMessage();
    }
  }

  private String answer(byte[] wav) throws AudioException {
    if (transcriber != null) {
      return transcriber.transcript(wav);
    }
    if (classifier.model().network().head().classes() == 0) {
      return String.format(Locale.ROOT, "%.6g", classifier.value(wav));
    }
    return PredictCommand.answer(classifier.probabilities(wav), classifier.model().labels());
  }
}
