"""Rows that are computed together: their key-value caches as one, with what is missing padded on the left."""

from __future__ import annotations

from typing import Any

import torch
from transformers.cache_utils import Cache, DynamicLayer, DynamicSlidingWindowLayer


def joinable(cache: Cache) -> bool:
    """Whether rows with such caches can be computed together; those with recurrent states and the like stay alone."""
    return all(type(layer) in (DynamicLayer, DynamicSlidingWindowLayer) for layer in cache.layers)


class Batch:
    """Several rows' caches as one, (rows, heads, tokens, size): each row's last token is the last of all."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self.cache: Cache | None = None
        #: Tokens in the cache, a row.
        self.lengths: list[int] = []
        #: Tokens of the longest row.
        self.width = 0

    @property
    def tokens(self) -> int:
        """Tokens' worth of memory that the cache takes, padding included."""
        return self.width * len(self.lengths)

    def join(self, cache: Cache, length: int) -> None:
        """Takes in one more row of `length` tokens; its cache is this batch's from now on."""
        if self.cache is None or not self.lengths:
            self.cache, self.lengths, self.width = cache, [length], length
            return
        width = max(self.width, length)
        for ours, theirs in zip(self.cache.layers, cache.layers, strict=True):
            _join(ours, theirs, width - self.width, width - length)
        self.lengths.append(length)
        self.width = width

    def keep(self, rows: list[int]) -> None:
        """Lets go of all rows but these, and of padding that is common to all."""
        if self.cache is None or len(rows) == len(self.lengths):
            return
        self.lengths = [self.lengths[row] for row in rows]
        if not rows:
            self.cache, self.width = None, 0
            return
        indices = torch.tensor(rows, device=self._device)
        width = max(self.lengths)
        for layer in self.cache.layers:
            _select(layer, indices)
            _trim(layer, self.width - width)
        self.width = width

    def inputs(self, tokens: list[int]) -> dict[str, Any]:
        """What `forward` takes so that each row goes on with its token. The rows are one longer afterwards."""
        ids = torch.tensor(tokens, device=self._device).unsqueeze(1)
        inputs: dict[str, Any] = {"input_ids": ids, "past_key_values": self.cache, "use_cache": True}
        inputs["position_ids"] = torch.tensor(self.lengths, device=self._device).unsqueeze(1)
        self.lengths = [length + 1 for length in self.lengths]
        self.width += 1
        if any(length != self.width for length in self.lengths):
            places = torch.arange(self.width, device=self._device).unsqueeze(0)
            lengths = torch.tensor(self.lengths, device=self._device).unsqueeze(1)
            inputs["attention_mask"] = (places >= self.width - lengths).long()
        return inputs


def _join(ours: Any, theirs: Any, pad_ours: int, pad_theirs: int) -> None:
    for name in ("keys", "values"):
        mine, other = getattr(ours, name), getattr(theirs, name)
        if isinstance(ours, DynamicSlidingWindowLayer):
            # Only the window is kept: pad the shorter to the longer, right ends together.
            length = max(mine.shape[-2], other.shape[-2])
            pads = (length - mine.shape[-2], length - other.shape[-2])
        else:
            pads = (pad_ours, pad_theirs)
        setattr(ours, name, torch.cat([_padded(mine, pads[0]), _padded(other, pads[1])]))
    if isinstance(ours, DynamicSlidingWindowLayer):
        ours.cumulative_length = max(ours.cumulative_length, theirs.cumulative_length)


def _padded(states: torch.Tensor, pad: int) -> torch.Tensor:
    return torch.nn.functional.pad(states, (0, 0, pad, 0)) if pad > 0 else states


def _select(layer: Any, rows: torch.Tensor) -> None:
    layer.keys, layer.values = layer.keys[rows], layer.values[rows]


def _trim(layer: Any, tokens: int) -> None:
    if tokens <= 0:
        return
    first = tokens
    if isinstance(layer, DynamicSlidingWindowLayer):
        layer.cumulative_length -= tokens
        first = max(0, _width(layer) - layer.cumulative_length)
    layer.keys, layer.values = layer.keys[..., first:, :], layer.values[..., first:, :]


def _width(layer: Any) -> int:
    return int(layer.keys.shape[-2])
