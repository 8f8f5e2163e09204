"""A checkpoint in the layout of a nanochat checkout, as small as it makes sense. The tests' own: it needs nothing but PyTorch."""

import json
import pickle
import sys
import types
from pathlib import Path
from typing import Any
from unittest.mock import patch

import torch

SPECIAL = ["<|bos|>", "<|user_start|>", "<|user_end|>", "<|assistant_start|>", "<|assistant_end|>"]
PATTERN = r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,2}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"
MERGES = [b"th", b"the", b" c", b"at", b" cat", b"in", b"ing", b"12", b"caf", "é".encode()]
RANKS = {**{bytes([one]): one for one in range(256)}, **{token: 256 + rank for rank, token in enumerate(MERGES)}}
SIZE = len(RANKS) + len(SPECIAL)
WIDTH, DEPTH, HEADS, SHARED, LENGTH = 32, 4, 4, 2, 1024


class Encoding:
    """As tiktoken's leaves itself in a pickle."""

    def __getstate__(self) -> Any:
        special = {name: len(RANKS) + at for at, name in enumerate(SPECIAL)}
        return {"name": "rustbpe", "pat_str": PATTERN, "mergeable_ranks": RANKS, "special_tokens": special}


Encoding.__module__, Encoding.__qualname__ = "tiktoken.core", "Encoding"


def checkpoint(folder: Path, recent: bool, **more: Any) -> dict[str, torch.Tensor]:
    """Writes one; weights are what they are by chance. Answers them."""
    torch.manual_seed(7)
    padded = -(-SIZE // 64) * 64
    kv = SHARED * WIDTH // HEADS
    shapes: dict[str, tuple[int, ...]] = {"transformer.wte.weight": (padded, WIDTH), "lm_head.weight": (padded, WIDTH)}
    for layer in range(DEPTH):
        at = f"transformer.h.{layer}."
        shapes |= {f"{at}attn.c_q.weight": (WIDTH, WIDTH), f"{at}attn.c_proj.weight": (WIDTH, WIDTH)}
        shapes |= {f"{at}attn.c_k.weight": (kv, WIDTH), f"{at}attn.c_v.weight": (kv, WIDTH)}
        shapes |= {f"{at}mlp.c_fc.weight": (4 * WIDTH, WIDTH), f"{at}mlp.c_proj.weight": (WIDTH, 4 * WIDTH)}
        if recent and layer % 2 == (DEPTH - 1) % 2:
            shapes |= {f"{at}attn.ve_gate.weight": (SHARED, 12), f"value_embeds.{layer}.weight": (padded, kv)}
    if recent:
        shapes |= {"resid_lambdas": (DEPTH,), "x0_lambdas": (DEPTH,), "smear_gate.weight": (1, 24)}
        shapes |= {"smear_lambda": (1,), "backout_lambda": (1,)}
    weights = {name: torch.randn(shape) * 0.3 for name, shape in shapes.items()}
    # As on a GPU, and as what is compiled is named.
    weights["transformer.wte.weight"] = weights["transformer.wte.weight"].bfloat16()
    torch.save({f"_orig_mod.{name}": value for name, value in weights.items()}, folder / "model_000040.pt")
    config = {"sequence_len": LENGTH, "vocab_size": SIZE, "n_layer": DEPTH, "n_head": HEADS, "n_kv_head": SHARED}
    config |= {"n_embd": WIDTH, **({"window_pattern": "SSSL"} if recent else {}), **more}
    (folder / "meta_000040.json").write_text(json.dumps({"step": 40, "model_config": config}))
    module = types.ModuleType("tiktoken.core")
    module.Encoding = Encoding  # type: ignore[attr-defined]
    with patch.dict(sys.modules, {"tiktoken": types.ModuleType("tiktoken"), "tiktoken.core": module}):
        (folder / "tokenizer.pkl").write_bytes(pickle.dumps(Encoding()))
    return {name: value.float() for name, value in weights.items()}
