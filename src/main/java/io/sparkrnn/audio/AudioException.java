package io.sparkrnn.audio;

/** Audio that cannot be used; the message is the reason, for whoever gave the audio. */
public final class AudioException extends Exception {
  private static final long serialVersionUID = 1L;

  AudioException(String reason) {
    super(reason);
  }
}
