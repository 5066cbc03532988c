package io.sparkrnn.kernel;

/**
 * The numbers of one step of RMSprop without momentum.
 *
 * @param rate learning rate
 * @param rho decay of the second moment
 * @param rest 1 - rho
 * @param epsilon added under the root
 */
public record RmsPropStep(float rate, float rho, float rest, float epsilon) {}
