package io.sparkrnn.nn.recurrent;

/** The two directions' tapes and the merged outputs. */
final class BidirectionalTape extends LayerTape {
  private final RecurrentTape[] directions;

  BidirectionalTape(Features input, int outputSize, RecurrentTape forward, RecurrentTape backward) {
    super(input, outputSize);
    directions = new RecurrentTape[] {forward, backward};
  }

  @Override
  RecurrentTape[] directions() {
    return directions;
  }

  RecurrentTape forward() {
    return directions[0];
  }

  RecurrentTape backward() {
    return directions[1];
  }
}
