"""Language models in PyTorch, float64: loss and gradients of two segments of a stream, the second from the first one's states.

Written as the engine keeps its parameters: kernel I x 4H (i f c o), recurrent kernel H x 4H, one bias, tables V x width.
Run: python reference_torch.py, which writes full_tied.json, full_projected.json and full_untied.json beside it.
"""
import json, pathlib

import torch
from torch import nn

HERE = pathlib.Path(__file__).parent
B, S, V, H = 3, 5, 13, 6

def write(name, tied, D, seed):
    torch.manual_seed(seed); torch.set_default_dtype(torch.float64)
    embedding, lstm = nn.Embedding(V, D), nn.LSTM(D, H, batch_first=True)
    nn.init.zeros_(lstm.bias_hh_l0); lstm.bias_hh_l0.requires_grad = False
    projection = nn.Linear(H, D, bias=False) if tied and D != H else None
    bias = nn.Parameter(torch.randn(V) / 3); table = embedding.weight if tied else nn.Parameter(torch.randn(V, H) / 2)
    ids = torch.randint(0, V, (B, 2 * S + 1)); state, segments = None, []
    names = {"embedding/embeddings": (embedding.weight, False), "lstm_0/lstm_cell/kernel": (lstm.weight_ih_l0, True),
             "lstm_0/lstm_cell/recurrent_kernel": (lstm.weight_hh_l0, True), "lstm_0/lstm_cell/bias": (lstm.bias_ih_l0, False),
             **({"projection/kernel": (projection.weight, True)} if projection else {}), **({} if tied else {"output/embeddings": (table, False)}), "output/bias": (bias, False)}
    flat = lambda t, transposed: (t.t() if transposed else t).flatten().tolist()
    for s in range(2):
        h, state = lstm(embedding(ids[:, s * S:(s + 1) * S]), state); state = tuple(x.detach() for x in state)
        logits = (projection(h) if projection else h) @ table.t() + bias
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), ids[:, s * S + 1:(s + 1) * S + 1].flatten())
        for p, _ in names.values(): p.grad = None
        loss.backward()
        segments.append({"loss": loss.item(), "gradients": {n: flat(p.grad, t) for n, (p, t) in names.items()}})
    json.dump({"torch": torch.__version__, "tied": tied, "vocabularySize": V, "embeddingSize": D, "units": H, "segmentLength": S, "ids": ids.tolist(),
               "parameters": {n: flat(p.detach(), t) for n, (p, t) in names.items()}, "segments": segments}, open(HERE / (name + ".json"), "w"))

write("full_tied", True, H, 1); write("full_projected", True, 4, 2); write("full_untied", False, 4, 3)
