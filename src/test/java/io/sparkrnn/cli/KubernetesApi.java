package io.sparkrnn.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** A server of Kubernetes's API that takes whatever it is sent, and runs nothing. */
final class KubernetesApi implements AutoCloseable {
  private static final int CREATED = 201;

  private final AtomicReference<String> pod = new AtomicReference<>();
  private final HttpServer server;

  private KubernetesApi(HttpServer server) {
    this.server = server;
  }

  /** Starts a server on loopback. */
  static KubernetesApi start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    KubernetesApi api = new KubernetesApi(server);
    server.createContext("/", api::take);
    server.start();
    return api;
  }

  /** Returns the server's URL. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns the pod that was to be created, as JSON, or null when there was none. */
  String pod() {
    return pod.get();
  }

  /** Answers with what came, as a server that has made it so. */
  private void take(HttpExchange exchange) throws IOException {
    try (exchange;
        InputStream in = exchange.getRequestBody()) {
      byte[] body = in.readAllBytes();
      if (exchange.getRequestURI().getPath().endsWith("/pods")) {
        pod.set(new String(body, StandardCharsets.UTF_8));
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(CREATED, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
