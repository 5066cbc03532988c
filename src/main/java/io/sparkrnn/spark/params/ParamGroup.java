package io.sparkrnn.spark.params;

import io.sparkrnn.spark.options.OptionRow;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Options that belong together, as in a record of the configuration, and the parameters made of
 * them.
 *
 * @param name the record's name; the interface of the parameters has {@code Params} behind it
 * @param ofTask whether one task alone has the options
 * @param title what the group is about
 * @param rows the options, in the order of the help
 */
public record ParamGroup(String name, boolean ofTask, String title, List<OptionRow> rows) {
  static ParamGroup group(String name, String title, OptionRow... rows) {
    return new ParamGroup(name, false, title, List.of(rows));
  }

  /** Returns a group of options that one task alone has. */
  static ParamGroup task(String name, String title, OptionRow... rows) {
    return new ParamGroup(name, true, title, List.of(rows));
  }

  /** Returns the package of the interface. */
  String room() {
    return ParamGroup.class.getPackageName() + (ofTask ? ".task" : "");
  }

  /** Returns whether the options are parameters of a stage. */
  boolean isOf(Params stage) {
    String type = room() + "." + name + "Params";
    try {
      return Class.forName(type).isInstance(stage);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("group " + name + " of options must have its " + type, e);
    }
  }

  /**
   * Makes a parameter.
   *
   * @param owner the stage that has it
   * @param name name of one of the options
   * @param <P> the class of parameters of the option's type
   */
  @SuppressWarnings("unchecked")
  public <P extends Param<?>> P param(Params owner, String name) {
    for (OptionRow row : rows) {
      if (row.name().equals(name)) {
        return (P) row.param(owner);
      }
    }
    throw new IllegalArgumentException(
        "an option of group %s must be in the table, got %s".formatted(this.name, name));
  }
}
