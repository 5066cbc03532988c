package io.sparkrnn.spark.params;

import io.sparkrnn.GeneratedFile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The interfaces of parameters are those of the table. */
class ParamsSourceTest {
  static List<ParamsSource> sources() {
    return OptionTable.groups().stream().map(ParamsSource::new).toList();
  }

  @ParameterizedTest
  @MethodSource("sources")
  void theInterfaceOfAGroupIsAsTheTableSays(ParamsSource source) throws IOException {
    GeneratedFile.check(source.path(), source.text());
  }
}
