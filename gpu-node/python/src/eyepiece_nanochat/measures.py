"""Figures of training: bits per byte, FLOPs, the machine's peak, memory."""

from __future__ import annotations

import math
import resource
import time
from dataclasses import dataclass
from typing import Any

import torch

from eyepiece_trainer.crew import Crew

# Dense bf16 FLOP/s as NVIDIA's data sheets state them, by parts of the device's name.
DATA_SHEETS = {
    "H200": 989e12,
    "H100 PCIe": 756e12,
    "H100": 989e12,
    "A100": 312e12,
    "L40S": 362e12,
    "L4": 121e12,
    "RTX 4090": 165.2e12,
    "RTX 3090": 71e12,
}
# A product of matrices of this many rows and columns keeps any CPU busy for milliseconds.
SIDE = 768


@torch.no_grad()
def bits_per_byte(
    model: Any, tokenizer: Any, texts: list[str], length: int, batch: int = 16, crew: Crew | None = None
) -> float:
    """How many bits the model needs for each byte of texts: what it makes of any tokenizer can be compared.

    Each text follows the token that begins one. A text of more than `length` tokens is read in windows. A crew shares them out,
    and all of it has to ask.
    """
    crew = crew or Crew()
    # Some tokenizers have neither: then any token stands before the first.
    begin = next((one for one in (tokenizer.bos_token_id, tokenizer.eos_token_id) if one is not None), 0)
    windows: list[list[int]] = []
    size = 0
    for ids, one in zip(tokenizer(texts, add_special_tokens=False)["input_ids"], texts):
        size += len(one.encode())
        row = [begin, *ids]
        # The last token of a window is the first one's context in the next.
        windows += [row[at : at + length + 1] for at in range(0, len(row) - 1, length)]
    windows = sorted(windows, key=len)[crew.rank :: crew.size]
    device = next(model.parameters()).device
    was = model.training
    model.eval()
    nats = 0.0
    for at in range(0, len(windows), batch):
        part = windows[at : at + batch]
        longest = max(map(len, part))
        ids = torch.tensor([[*row, *[begin] * (longest - len(row))] for row in part], device=device)
        wanted = torch.tensor([[*row[1:], *[-100] * (longest - len(row))] for row in part], device=device)
        logits = model(input_ids=ids[:, :-1]).logits.float()
        nats += float(torch.nn.functional.cross_entropy(logits.flatten(0, 1), wanted.flatten(), reduction="sum"))
    model.train(was)
    return crew.sum(nats) / math.log(2) / max(1, size)


def flops_per_token(model: Any, length: int) -> float:
    """FLOPs of learning from one token, forward and backward: six for each weight of a product, and attention's own.

    Embeddings are looked up, not multiplied.
    """
    config = model.config
    weights = sum(one.numel() for one in model.parameters()) - model.get_input_embeddings().weight.numel()
    return 6 * weights + 12 * config.num_hidden_layers * config.hidden_size * length


@dataclass(frozen=True)
class Peak:
    """What the device could do at most, and where that figure is from."""

    flops: float
    source: str


def peak_of(device: torch.device, count: int = 1) -> Peak:
    """That of `count` devices like this: a GPU's by its data sheet, where it is known; else the fastest product of matrices that is
    measured now."""
    one = _peak(device)
    return one if count == 1 else Peak(count * one.flops, f"{count} times {one.source}")


def _peak(device: torch.device) -> Peak:
    if device.type == "cuda":
        name = torch.cuda.get_device_name(device)
        for part, flops in DATA_SHEETS.items():
            if all(word in name for word in part.split()):
                return Peak(flops, f"the data sheet of {part}, dense bf16")
    return Peak(measured(device), f"measured: the fastest of some products of {SIDE} × {SIDE} matrices on this {device.type}")


def measured(device: torch.device, tries: int = 8) -> float:
    """FLOP/s of the fastest of some products."""
    kind = torch.bfloat16 if device.type == "cuda" else torch.float32
    side = SIDE if device.type == "cpu" else 8 * SIDE
    a = torch.randn(side, side, dtype=kind, device=device)
    best = math.inf
    for _ in range(tries):
        began = time.perf_counter()
        a @ a
        if device.type == "cuda":
            torch.cuda.synchronize()
        best = min(best, time.perf_counter() - began)
    return 2 * side**3 / best


def memory_bytes(device: torch.device) -> int:
    """The most memory that was taken: of the GPU, or of this process."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


class Meter:
    """Counts what training has cost so far, also across starts."""

    def __init__(self, each: float, peak: Peak, device: torch.device, before: dict[str, float] | None = None) -> None:
        """@param each FLOPs of a token"""
        self._each, self._peak, self._device = each, peak, device
        before = before or {}
        self.tokens = int(before.get("tokens", 0))
        self._seconds = before.get("seconds", 0.0)
        # None while no training happens.
        self._began: float | None = time.perf_counter()
        self._last = (self.seconds, self.tokens)

    @property
    def seconds(self) -> float:
        """Of training, over all starts."""
        return self._seconds + (0.0 if self._began is None else time.perf_counter() - self._began)

    def state(self) -> dict[str, float]:
        """What a later start is given as `before`."""
        return {"tokens": self.tokens, "seconds": self.seconds}

    def pause(self) -> None:
        """What follows, evaluations and samples, is no training: `go` ends it."""
        self._seconds, self._began = self.seconds, None

    def go(self) -> None:
        """Training goes on."""
        self._began = time.perf_counter()

    def figures(self) -> dict[str, float]:
        """Since the last time: speed. So far: tokens, FLOPs, seconds, memory."""
        now = self.seconds
        then, tokens = self._last
        self._last = (now, self.tokens)
        speed = (self.tokens - tokens) / max(1e-9, now - then)
        return {
            "tokens": self.tokens,
            "tokens_per_second": speed,
            "mfu": speed * self._each / self._peak.flops,
            "flops": self.tokens * self._each,
            "seconds": now,
            "memory_bytes": memory_bytes(self._device),
        }
