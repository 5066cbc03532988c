package io.sparkrnn.report;

/**
 * A page in the making; the only place where text becomes markup.
 *
 * <p>Well-formed as XML: every element is closed, characters that XML forbids become U+FFFD.
 */
final class Html {
  private final StringBuilder page = new StringBuilder();

  /** Opens an element; attributes are name, value, name, value. */
  Html open(String element, String... attributes) {
    tag(element, attributes);
    page.append('>');
    return this;
  }

  Html close(String element) {
    page.append("</").append(element).append(">\n");
    return this;
  }

  /** An element without content. */
  Html empty(String element, String... attributes) {
    tag(element, attributes);
    page.append("/>");
    return this;
  }

  /** An element that holds a text. */
  Html element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close(element);
  }

  Html text(String text) {
    escape(text);
    return this;
  }

  /** Markup of this project's own, as it stands. */
  Html raw(String markup) {
    page.append(markup);
    return this;
  }

  @Override
  public String toString() {
    return page.toString();
  }

  private void tag(String element, String... attributes) {
    page.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      page.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      page.append('"');
    }
  }

  private void escape(String text) {
    text.codePoints().forEach(this::escape);
  }

  private void escape(int c) {
    switch (c) {
      case '<' -> page.append("&lt;");
      case '>' -> page.append("&gt;");
      case '&' -> page.append("&amp;");
      case '"' -> page.append("&quot;");
      case '\'' -> page.append("&#39;");
      default -> page.appendCodePoint(isAllowed(c) ? c : 0xfffd);
    }
  }

  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || c >= 0x20 && c < 0xd800
        || c >= 0xe000 && (c & 0xfffe) != 0xfffe;
  }
}
