package io.sparkrnn.cli.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;

/** Asks whether anybody listens at an address, before a client does that asks for minutes. */
final class Connection {
  private static final int TIMEOUT_MILLIS = 5_000;

  private Connection() {}

  /** Returns why no connection to an address could be had, or null when one could. */
  static String refusal(String host, int port) {
    InetSocketAddress target = new InetSocketAddress(host, port);
    if (target.isUnresolved()) {
      return "unknown host " + host;
    }
    try (Socket socket = new Socket()) {
      socket.connect(target, TIMEOUT_MILLIS);
      return null;
    } catch (IOException e) {
      return e.getMessage().toLowerCase(Locale.ROOT);
    }
  }
}
