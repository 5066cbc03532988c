"""Loss and gradients of translators in PyTorch, float64: python reference_torch.py FOLDER writes FOLDER/*.json.

Bidirectional or stacked LSTM encoder, LSTM decoder taught by the target, attention, full softmax; the loss is the mean
over all target tokens and ends. Kernels are those of Keras, (inputs, 4 x units), gates i, f, c, o as in PyTorch.
"""
import json, sys
import torch

torch.set_default_dtype(torch.float64)
V, W, D, H, U = 9, 7, 4, 3, 5
SOURCES = [[1, 5, 3], [8, 2, 4, 6, 1], [7], [3, 3, 2, 8], [4, 6]]
TARGETS = [[2, 6], [1, 4, 3, 5], [6, 2, 2], [], [3]]


def lstm(x, h, c, kernel, recurrent, bias):
    outputs = []
    for t in range(x.shape[0]):
        i, f, g, o = (x[t] @ kernel + h @ recurrent + bias).chunk(4)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        h = o.sigmoid() * c.tanh()
        outputs.append(h)
    return torch.stack(outputs)


def encode(p, source, both, depth):
    x = p["embedding/embeddings"][torch.tensor(source)]
    zero = torch.zeros(H)
    for layer in range(depth):
        if both:
            path = f"bidirectional_{layer}/%s_lstm/lstm_cell/"
            parts = [[p[path % d + k] for k in ("kernel", "recurrent_kernel", "bias")] for d in ("forward", "backward")]
            a, b = lstm(x, zero, zero, *parts[0]), lstm(x.flip(0), zero, zero, *parts[1])
            x, last = torch.cat([a, b.flip(0)], 1), torch.cat([a[-1], b[-1]])
        else:
            path = f"lstm_{layer}/lstm_cell/"
            x = lstm(x, zero, zero, *(p[path + k] for k in ("kernel", "recurrent_kernel", "bias")))
            last = x[-1]
    return x, last


def loss(p, source, target, both, depth, additive, tied):
    memory, last = encode(p, source, both, depth)
    x = p["decoder/embedding/embeddings"][torch.tensor([0] + target)]
    for layer in range(depth):
        z = last @ p[f"decoder/bridge_{layer}/kernel"] + p[f"decoder/bridge_{layer}/bias"]
        path = f"decoder/lstm_{layer}/lstm_cell/"
        x = lstm(x, z.tanh(), z, *(p[path + k] for k in ("kernel", "recurrent_kernel", "bias")))
    keys = memory @ p["attention/memory_kernel"]
    if additive:
        query = x @ p["attention/query_kernel"]
        scores = torch.tanh(query[:, None] + keys[None]) @ p["attention/scale"]
    else:
        scores = x @ keys.T
    context = scores.softmax(1) @ memory
    q = torch.tanh(torch.cat([context, x], 1) @ p["attention/combine/kernel"] + p["attention/combine/bias"])
    table = p["decoder/embedding/embeddings"] if tied else p["output/embeddings"]
    logits = q @ table.T + p["output/bias"]
    return torch.nn.functional.cross_entropy(logits, torch.tensor(target + [0]), reduction="sum")


def shapes(both, depth, additive, tied):
    memory = 2 * H if both else H
    s = {"embedding/embeddings": (V, D)}
    size = D
    for layer in range(depth):
        paths = [f"bidirectional_{layer}/{d}_lstm/lstm_cell/" for d in ("forward", "backward")] if both else [f"lstm_{layer}/lstm_cell/"]
        for path in paths:
            s |= {path + "kernel": (size, 4 * H), path + "recurrent_kernel": (H, 4 * H), path + "bias": (4 * H,)}
        size = memory
    s["decoder/embedding/embeddings"] = (W, D)
    size = D
    for layer in range(depth):
        path = f"decoder/lstm_{layer}/lstm_cell/"
        s |= {f"decoder/bridge_{layer}/kernel": (memory, U), f"decoder/bridge_{layer}/bias": (U,)}
        s |= {path + "kernel": (size, 4 * U), path + "recurrent_kernel": (U, 4 * U), path + "bias": (4 * U,)}
        size = U
    s["attention/memory_kernel"] = (memory, U)
    if additive:
        s |= {"attention/query_kernel": (U, U), "attention/scale": (U,)}
    width = D if tied else U
    s |= {"attention/combine/kernel": (memory + U, width), "attention/combine/bias": (width,)}
    if not tied:
        s["output/embeddings"] = (W, U)
    return s | {"output/bias": (W,)}


def write(folder, name, both, depth, additive, tied):
    torch.manual_seed(7)
    p = {k: ((torch.rand(v) * 2 - 1) * 0.7).float().double().requires_grad_() for k, v in shapes(both, depth, additive, tied).items()}
    count = sum(len(t) + 1 for t in TARGETS)
    total = sum(loss(p, s, t, both, depth, additive, tied) for s, t in zip(SOURCES, TARGETS))
    (total / count).backward()
    flat = lambda x: [float(f"{v:.10g}") for v in x.flatten().tolist()]
    golden = {
        "torch": torch.__version__, "sourceVocabulary": V, "targetVocabulary": W, "embeddingSize": D,
        "units": H, "decoderUnits": U, "bidirectional": both, "depth": depth, "additive": additive, "tied": tied,
        "sources": SOURCES, "targets": TARGETS, "loss": total.item(),
        "parameters": {k: [float(f"{x:.9g}") for x in v.flatten().tolist()] for k, v in p.items()},
        "gradients": {k: flat(v.grad) for k, v in p.items()},
    }
    with open(f"{folder}/{name}.json", "w") as f:
        json.dump(golden, f)


write(sys.argv[1], "general", True, 1, False, False)
write(sys.argv[1], "additive", False, 2, True, True)
