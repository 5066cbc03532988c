package io.sparkrnn.spark.options;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * A row of the {@link OptionTable}.
 *
 * @param type type of the values
 * @param name the parameter's name at Spark's surface
 * @param doc what the option is, a phrase without capital and full stop
 * @param traits what else is to be known, at most one of a kind but for marks
 */
public record OptionRow(OptionType type, String name, String doc, List<Trait> traits) {
  /** What is to be known of some options. */
  public sealed interface Trait permits OptionRule, At, Standard, ReadWith, Mark {}

  /**
   * Where the configuration has an option that it calls otherwise.
   *
   * @param path the end of the path in {@link io.sparkrnn.io.Fingerprint#settings}
   */
  public record At(String path) implements Trait {}

  /**
   * The default of an option that the configuration does not have.
   *
   * @param value a value of the option's type
   */
  public record Standard(Object value) implements Trait {}

  /** What can be said of an option in one word. */
  public enum Mark implements Trait {
    /** Set by commands, no option of theirs. */
    INTERNAL,
    /** Not read when the network reads vectors. */
    OF_TOKENS,
    /** Not read unless the network reads vectors. */
    OF_VECTORS,
    /** Not read when each layer is described by itself. */
    OF_ALL_LAYERS,
    /** A number that is 0 to be chosen by the training itself, for which commands say auto. */
    AUTO,
    /** Chosen by the number of shards unless set. */
    BY_SHARDS
  }

  /**
   * Says that an option is read only when another has certain values.
   *
   * @param other the other option's name
   * @param values the values, none for every one that is not empty
   */
  public record ReadWith(String other, List<String> values) implements Trait {
    /** Stands for all whole numbers above zero. */
    public static final String POSITIVE = "> 0";

    /** Returns whether a value of the other option is among those. */
    public boolean holds(String value) {
      return values.isEmpty()
          ? !value.isEmpty()
          : values.contains(value) || (values.contains(POSITIVE) && value.matches("[1-9]\\d*"));
    }

    /** Returns the values in words, each of them with a blank in front. */
    public String words() {
      return values.isEmpty() ? "" : " " + String.join(" or ", values);
    }
  }

  public static OptionRow whole(String name, String doc, Trait... traits) {
    return new OptionRow(OptionType.INTEGER, name, doc, List.of(traits));
  }

  public static OptionRow wholeLong(String name, String doc, Trait... traits) {
    return new OptionRow(OptionType.LONG, name, doc, List.of(traits));
  }

  public static OptionRow real(String name, String doc, Trait... traits) {
    return new OptionRow(OptionType.DOUBLE, name, doc, List.of(traits));
  }

  public static OptionRow flag(String name, String doc, Trait... traits) {
    return new OptionRow(OptionType.BOOLEAN, name, doc, List.of(traits));
  }

  public static OptionRow numbers(String name, String doc, Trait... traits) {
    return new OptionRow(OptionType.NUMBERS, name, doc, List.of(traits));
  }

  public static OptionRow text(String name, String doc, Trait... traits) {
    return new OptionRow(OptionType.TEXT, name, doc, List.of(traits));
  }

  public static Trait at(String path) {
    return new At(path);
  }

  public static Trait standard(Object value) {
    return new Standard(value);
  }

  public static Trait readWith(String other, String... values) {
    return new ReadWith(other, Arrays.asList(values));
  }

  /** Returns the trait of a kind, if the option has one. */
  public <T extends Trait> Optional<T> trait(Class<T> kind) {
    return traits.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** Returns the default of the option, of its type, if it has one. */
  public Optional<Object> defaultValue() {
    return traits.contains(Mark.BY_SHARDS) ? Optional.empty() : OptionDefaults.of(this);
  }

  /** Returns whether the option is one of the command line. */
  public boolean isOnCommandLine() {
    return !traits.contains(Mark.INTERNAL);
  }

  /** Returns what a value has to fulfil. */
  public OptionRule rule() {
    return trait(OptionRule.class).orElse(OptionRule.ANY);
  }

  /** Returns the parameter of a stage. */
  public Param<?> param(Params owner) {
    return switch (type) {
      case INTEGER -> new IntParam(owner, name, doc, rule().of(name));
      case LONG -> new LongParam(owner, name, doc, rule().of(name));
      case DOUBLE -> new DoubleParam(owner, name, doc, rule().of(name));
      case BOOLEAN -> new BooleanParam(owner, name, doc);
      case NUMBERS -> new DoubleArrayParam(owner, name, doc, rule().of(name));
      case TEXT -> new Param<String>(owner, name, doc, rule().of(name));
    };
  }
}
