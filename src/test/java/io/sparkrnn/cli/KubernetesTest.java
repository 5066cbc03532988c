package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.spark.deploy.SparkSubmit;
import org.junit.jupiter.api.Test;

/**
 * The command of the manual for Kubernetes, as far as Spark's client takes it without a cluster.
 */
class KubernetesTest {
  private static final Path MANUAL = Path.of("src/site/markdown/spark.md");
  private static final Path IMAGE = Path.of("conf/Dockerfile");
  private static final Pattern COMMAND =
      Pattern.compile(
          "^\\$SPARK_HOME/bin/spark-submit (--master k8s://(?:.*\\\\\n)*.*)", Pattern.MULTILINE);

  @Test
  void theCommandOfTheManualMakesADriverOfTheImage() throws IOException {
    String[] example = example();
    JsonNode driver;
    try (KubernetesApi api = KubernetesApi.start()) {
      example[1] = "k8s://" + api.url();
      ChildJvm.plain()
          .with("-Dspark.kubernetes.submission.waitAppCompletion=false")
          .run(SparkSubmit.class, example);
      driver = new ObjectMapper().readTree(api.pod()).at("/spec/containers/0");
    }
    assertEquals("REGISTRY/spark-rnn", driver.get("image").asText());
    int jar = Arrays.asList(example).indexOf("local:///opt/spark-rnn/spark-rnn.jar");
    assertTrue(jar > 0, Arrays.toString(example));
    List<String> arguments = texts(driver.get("args"));
    assertEquals("driver", arguments.get(0));
    assertEquals("io.sparkrnn.cli.Main", arguments.get(arguments.indexOf("--class") + 1));
    assertEquals(
        Arrays.asList(example).subList(jar, example.length),
        arguments.subList(arguments.size() - (example.length - jar), arguments.size()));
  }

  @Test
  void theImageHoldsTheJarWhereTheCommandLooksForIt() throws IOException {
    String image = Files.readString(IMAGE);
    Matcher copied =
        Pattern.compile("^COPY target/spark-rnn.jar (\\S+)$", Pattern.MULTILINE).matcher(image);
    assertTrue(copied.find(), image);
    assertTrue(List.of(example()).contains("local://" + copied.group(1)));
  }

  /** Returns the arguments of spark-submit in the manual. */
  private static String[] example() throws IOException {
    Matcher command = COMMAND.matcher(Files.readString(MANUAL));
    assertTrue(command.find(), "no command for Kubernetes in " + MANUAL);
    return command.group(1).replace("\\\n", " ").strip().split("\\s+");
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
