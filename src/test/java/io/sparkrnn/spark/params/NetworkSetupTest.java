package io.sparkrnn.spark.params;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.spark.RnnClassifier;
import org.junit.jupiter.api.Test;

/** The network of a model becomes the options of another training. */
class NetworkSetupTest {
  private static NetworkSpec network(RnnClassifier classifier) {
    return classifier.trainingConfig(2).network();
  }

  private static void keepsNetwork(RnnClassifier first) {
    RnnClassifier second = new RnnClassifier();
    NetworkSetup.setDefaults(second, network(first));
    assertEquals(network(first), network(second));
  }

  @Test
  void networksOfAllKindsAreKept() {
    keepsNetwork(new RnnClassifier());
    keepsNetwork(
        new RnnClassifier()
            .setLayer("gru")
            .setUnits("8,4")
            .setBidirectional(true)
            .setMergeMode("sum")
            .setResetAfter(false)
            .setDropout(0.1)
            .setRecurrentDropout(0.2)
            .setEmbeddingSize(12)
            .setSpatialDropout(0.3)
            .setGoBackwards(true));
    keepsNetwork(
        new RnnClassifier()
            .setLayers(
                "bidirectional(gru:64, mergeMode=mul), lstm:32 dropout=0.2 recurrentDropout=0.1,"
                    + " gru:16 goBackwards resetAfter=false, simple_rnn:3"));
  }

  @Test
  void whatIsSetStays() {
    RnnClassifier second = new RnnClassifier().setUnits("5").setDropout(0.4);
    NetworkSetup.setDefaults(second, network(new RnnClassifier().setLayer("gru").setUnits("9")));
    assertEquals("gru", second.getLayer());
    assertEquals("5", second.getUnits());
    assertEquals(0.4, second.getDropout());
  }
}
