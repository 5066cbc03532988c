package io.sparkrnn.spark.params;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.LayerSpec.Bidirectional;
import io.sparkrnn.nn.LayerSpec.Recurrent;
import io.sparkrnn.nn.MergeMode;
import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.options.LayerText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerTextTest {
  @Test
  void aMixIsReadFirstLayerFirst() {
    List<LayerSpec> expected =
        List.of(
            new Bidirectional(Recurrent.of(CellType.GRU, 64), MergeMode.SUM),
            new Recurrent(CellType.LSTM, 32, 0.2, 0.3, true, false),
            new Recurrent(CellType.SIMPLE_RNN, 16, 0, 0, true, true));
    assertEquals(
        expected,
        LayerText.parse(
            "bidirectional(gru:64, mergeMode=sum), lstm:32 dropout=0.2 recurrentDropout=0.3,"
                + " simple_rnn:16 goBackwards"));
    assertEquals(
        expected,
        LayerText.parse(
            "  bidirectional ( gru : 64 ,mergeMode = sum ),lstm:32 recurrentDropout = .3"
                + " dropout=2e-1 goBackwards=false,\tsimple_rnn:016   goBackwards=true "));
  }

  @Test
  void whatIsNotSaidIsAsInOneLayer() {
    assertEquals(List.of(), LayerText.parse(" "));
    assertEquals(List.of(Recurrent.of(CellType.LSTM, 3)), LayerText.parse("lstm:3"));
    assertEquals(
        List.of(
            new Bidirectional(
                new Recurrent(CellType.GRU, 3, 0.5, 0, false, true), MergeMode.CONCAT)),
        LayerText.parse("bidirectional(gru:3 dropout=0.5 resetAfter=false goBackwards)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "lstm|layer 1 must be such as lstm:32 or bidirectional(gru:64), got 'lstm'",
        "lstm:3,|layer 2 must be such as lstm:32 or bidirectional(gru:64), got ''",
        "lstm:3, gruu:4|cell of layer 2 must be one of simple_rnn, lstm, gru, got 'gruu'",
        "LSTM:3|cell of layer 1 must be one of simple_rnn, lstm, gru, got 'LSTM'",
        "gru:0|units of layer 1 must be a whole number > 0, got '0'",
        "gru:3.5|units of layer 1 must be a whole number > 0, got '3.5'",
        "gru:99999999|units of layer 1 must be a whole number > 0, got '99999999'",
        "gru:3)|units of layer 1 must be a whole number > 0, got '3)'",
        "gru:3 drop=0.2|option of layer 1 must be one of 'dropout', 'recurrentDropout',"
            + " 'resetAfter', 'goBackwards', got 'drop'",
        "gru:3 dropout=1|'dropout' of layer 1 must be in [0, 1), got '1'",
        "gru:3 dropout=x|'dropout' of layer 1 must be in [0, 1), got 'x'",
        "gru:3 recurrentDropout|'recurrentDropout' of layer 1 must be in [0, 1), got no value",
        "gru:3 goBackwards=yes|'goBackwards' of layer 1 must be true or false, got 'yes'",
        "lstm:3 resetAfter|'resetAfter' of layer 1 must be an option of gru, got 'lstm'",
        "gru:3 dropout=0 dropout=0|layer 1 must have 'dropout' once, got"
            + " 'gru:3 dropout=0 dropout=0'",
        "bidirectional gru:3|layer 1 must be such as bidirectional(gru:64), got"
            + " 'bidirectional gru:3'",
        "bidirectional(gru:3, lstm:4|layer 1 must be such as bidirectional(gru:64), got"
            + " 'bidirectional(gru:3, lstm:4'",
        "bidirectional(gru:3) dropout=0.2|layer 1 must be such as bidirectional(gru:64), got"
            + " 'bidirectional(gru:3) dropout=0.2'",
        "bidirectional(gru:3, sum)|option after the comma of layer 1 must be 'mergeMode=' and"
            + " concat, sum, mul or ave, got 'sum'",
        "bidirectional(gru:3, mergeMode=max)|'mergeMode' of layer 1 must be one of concat, sum,"
            + " mul, ave, got 'max'"
      })
  void whatIsWrongIsNamedWithItsLayer(String text, String message) {
    Throwable refused = assertThrows(IllegalArgumentException.class, () -> LayerText.parse(text));
    assertEquals(message, refused.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new RnnClassifier().setLayers(text));
  }
}
