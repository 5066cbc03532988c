"""Writes vectors of layers with dropout, computed by Keras 3 on TensorFlow in float64.

usage: keras_dropout.py OUT_DIR

The masks are those that java.util.SplittableRandom draws from the file's seed: all rows' inputs,
then all rows' states; one mask for all gates and all steps of a sequence. Sequences are padded at
the end and stand in the order of their lengths, longest first.
"""

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf

B, T, I, H = 3, 6, 4, 5
LENGTHS = [6, 4, 1]
DROPOUT, RECURRENT_DROPOUT = 0.5, 0.2  # 1 / (1 - rate) is exact in float


class SplittableRandom:
    def __init__(self, seed):
        self.state = seed

    def next_double(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) % 2**64
        z = self.state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ z >> 27) * 0x94D049BB133111EB % 2**64
        return ((z ^ z >> 31) >> 11) * 2.0**-53

    def mask(self, size, rate):
        values = [0 if self.next_double() < rate else 1 / (1 - rate) for _ in range(B * size)]
        return np.array(values).reshape(B, size)


def flat(array):
    return np.asarray(array).ravel().tolist()


def tensor(array):
    return {"shape": list(array.shape), "values": flat(array)}


def vectors(kind, make, seed, **extra):
    layer = make(H, return_sequences=True, dropout=DROPOUT, recurrent_dropout=RECURRENT_DROPOUT, **extra)
    layer.build((B, T, I))
    rng = np.random.default_rng(seed)
    layer.set_weights([rng.normal(0, 0.6, w.shape) for w in layer.get_weights()])
    random = SplittableRandom(seed)
    masks = {DROPOUT: random.mask(I, DROPOUT), RECURRENT_DROPOUT: random.mask(H, RECURRENT_DROPOUT)}
    assert all(0 < np.count_nonzero(mask[:2]) < mask[:2].size for mask in masks.values())
    count = getattr(layer.cell, "dropout_mask_count", None)
    layer.cell._create_dropout_mask = lambda _, rate: (
        masks[rate] if count is None else [masks[rate]] * count
    )
    real = np.arange(T) < np.array(LENGTHS)[:, None]
    x = tf.Variable(rng.normal(0, 1, (B, T, I)))
    probe = rng.normal(0, 1, (B, T, H)) * real[:, :, None]
    with tf.GradientTape() as tape:
        y = layer(x, mask=tf.constant(real), training=True)
        loss = tf.reduce_sum(y * probe)
    dx, *dw = tape.gradient(loss, [x] + layer.trainable_weights)
    names = [w.path.split("/", 1)[-1] for w in layer.weights]
    return {
        "layer": kind,
        "batch": B,
        "time": T,
        "input_size": I,
        "units": H,
        "return_sequences": True,
        "mask": "post",
        "lengths": LENGTHS,
        "reset_after": extra.get("reset_after"),
        "dropout": DROPOUT,
        "recurrent_dropout": RECURRENT_DROPOUT,
        "seed": seed,
        "input_mask": tensor(masks[DROPOUT]),
        "recurrent_mask": tensor(masks[RECURRENT_DROPOUT]),
        "input": tensor(x),
        "weights": {name: tensor(w) for name, w in zip(names, layer.get_weights())},
        "output": tensor(y),
        "probe": tensor(probe),
        "d_input": flat(dx),
        "d_weights": {name: flat(d) for name, d in zip(names, dw)},
    }


keras.backend.set_floatx("float64")
os.makedirs(sys.argv[1], exist_ok=True)
for name, kind, make, seed, extra in (
    ("simple_rnn", "simple_rnn", keras.layers.SimpleRNN, 1, {}),
    ("lstm", "lstm", keras.layers.LSTM, 2, {}),
    ("gru_reset_after", "gru", keras.layers.GRU, 3, {"reset_after": True}),
    ("gru_reset_before", "gru", keras.layers.GRU, 4, {"reset_after": False}),
):
    with open(f"{sys.argv[1]}/{name}.json", "w") as file:
        json.dump(vectors(kind, make, seed, **extra), file)
