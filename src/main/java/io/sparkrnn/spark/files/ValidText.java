package io.sparkrnn.spark.files;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Whether a text is UTF-8: what Spark's {@code is_valid_utf8} says, which takes every byte by
 * itself. Here those of ASCII go eight at a time, and nearly all of most texts are.
 */
public final class ValidText {
  private static final long NO_ASCII = 0x8080808080808080L;

  private ValidText() {}

  /** Returns whether the strings of a column are UTF-8, null where there is none. */
  public static Column of(Column text) {
    return ExpressionUtils.column(
        new StaticInvoke(
            ValidText.class,
            DataTypes.BooleanType,
            "isValid",
            seq(List.<Expression>of(ExpressionUtils.expression(text))),
            seq(List.<AbstractDataType>of()),
            true,
            false,
            true,
            Option.empty()));
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }

  /** Returns whether a text is UTF-8; called by the code that Spark generates. */
  public static boolean isValid(UTF8String text) {
    return isAscii(text.getBaseObject(), text.getBaseOffset(), text.numBytes()) || text.isValid();
  }

  private static boolean isAscii(Object base, long offset, int bytes) {
    int i = 0;
    for (; i + Long.BYTES <= bytes; i += Long.BYTES) {
      if ((Platform.getLong(base, offset + i) & NO_ASCII) != 0) {
        return false;
      }
    }
    for (; i < bytes; i++) {
      if (Platform.getByte(base, offset + i) < 0) {
        return false;
      }
    }
    return true;
  }
}
