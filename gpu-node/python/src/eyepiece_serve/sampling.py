"""The next token of each row from its logits: penalties, temperature, top-k, top-p, min-p, seeds, log probabilities."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from .form import Form

#: Below this a temperature means the most probable token.
GREEDY = 1e-5


@dataclass(frozen=True)
class Sampling:
    """How a request wants its tokens; names and meanings are OpenAI's, `top_k`, `min_p` and `repetition_penalty` vLLM's."""

    temperature: float = 1.0
    top_p: float = 1.0
    top_k: int = 0
    min_p: float = 0.0
    frequency_penalty: float = 0.0
    presence_penalty: float = 0.0
    repetition_penalty: float = 1.0
    seed: int | None = None
    #: How many of the most probable tokens are told of beside the chosen one; None: no log probabilities at all.
    logprobs: int | None = None
    logit_bias: dict[int, float] = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """Whether logits are used as the model gives them."""
        penalties = self.frequency_penalty or self.presence_penalty or self.repetition_penalty != 1.0
        return not (penalties or self.logit_bias)


class Choice:
    """What one row has drawn so far, and its source of chance."""

    def __init__(self, sampling: Sampling, index: int, prompt: Sequence[int], form: Form | None = None) -> None:
        self.sampling = sampling
        self.form = form
        self.counts: Counter[int] = Counter()
        self.prompt = frozenset(prompt) if sampling.repetition_penalty != 1.0 else frozenset()
        if sampling.seed is None:
            self.random = random.Random()
        else:
            # The choices of one request differ, and each is the same the next time.
            digest = hashlib.sha256(f"{sampling.seed}/{index}".encode()).digest()
            self.random = random.Random(int.from_bytes(digest[:8]))


@dataclass(frozen=True)
class Drawn:
    """One token. `logprob` is the model's own, before penalties and temperature; `top` is (token, logprob), best first."""

    token: int
    logprob: float | None
    top: tuple[tuple[int, float], ...]


def draw(logits: torch.Tensor, choices: Sequence[Choice]) -> list[Drawn]:
    """Draws a token for each row of `logits` (rows, vocabulary)."""
    raw = logits.float()
    scores = _adjusted(raw, choices)
    greedy = torch.argmax(scores, dim=-1)
    if all(choice.sampling.temperature < GREEDY for choice in choices):
        tokens = greedy.tolist()
    else:
        sampled = _sampled(scores, choices).tolist()
        tokens = [
            first if choice.sampling.temperature < GREEDY else other
            for choice, first, other in zip(choices, greedy.tolist(), sampled, strict=True)
        ]
    told = [choice.sampling.logprobs for choice in choices]
    drawn = [Drawn(token, None, ()) for token in tokens]
    wanted = [n for n, count in enumerate(told) if count is not None]
    if wanted:
        logprobs = torch.log_softmax(raw[wanted], dim=-1)
        for place, n in enumerate(wanted):
            best = torch.topk(logprobs[place], min(told[n] or 0, logprobs.shape[-1]))
            top = tuple(zip(best.indices.tolist(), best.values.tolist(), strict=True))
            drawn[n] = Drawn(tokens[n], float(logprobs[place, tokens[n]]), top)
    for choice, token in zip(choices, tokens, strict=True):
        choice.counts[token] += 1
        if choice.form is not None:
            choice.form.take(token)
    return drawn


def _adjusted(raw: torch.Tensor, choices: Sequence[Choice]) -> torch.Tensor:
    if all(choice.sampling.plain and choice.form is None for choice in choices):
        return raw
    scores = raw.clone()
    for row, choice in enumerate(choices):
        wanted = choice.sampling
        if wanted.repetition_penalty != 1.0:
            seen = torch.tensor(sorted(choice.prompt | choice.counts.keys()), device=raw.device)
            values = scores[row, seen]
            penalty = wanted.repetition_penalty
            scores[row, seen] = torch.where(values > 0, values / penalty, values * penalty)
        if choice.counts and (wanted.frequency_penalty or wanted.presence_penalty):
            seen = torch.tensor(list(choice.counts.keys()), device=raw.device)
            counts = torch.tensor(list(choice.counts.values()), device=raw.device, dtype=scores.dtype)
            scores[row, seen] -= wanted.frequency_penalty * counts + wanted.presence_penalty
        for token, bias in wanted.logit_bias.items():
            if 0 <= token < scores.shape[-1]:
                scores[row, token] += bias
        if choice.form is not None:
            # Last: no bias lets anything through that the form does not.
            allowed = choice.form.allowed(scores.shape[-1], scores.device)
            if allowed is not None:
                scores[row].masked_fill_(~allowed, float("-inf"))
    return scores


def _sampled(scores: torch.Tensor, choices: Sequence[Choice]) -> torch.Tensor:
    """By inverting the cumulative distribution at one number a row, so that a row's chance is its own."""

    def column(values: list[float]) -> torch.Tensor:
        return torch.tensor(values, dtype=torch.float64, device=scores.device).unsqueeze(1)

    wanted = [choice.sampling for choice in choices]
    temperatures = column([max(one.temperature, GREEDY) for one in wanted])
    # Greedy rows take no number: their source of chance stays where it is.
    numbers = column([c.random.random() if c.sampling.temperature >= GREEDY else 0.0 for c in choices])
    probabilities = torch.softmax(scores.double() / temperatures, dim=-1)
    vocabulary = scores.shape[-1]
    if all(one.top_p >= 1 and not one.top_k and not one.min_p for one in wanted):
        return _inverse(probabilities, numbers)
    ordered, tokens = torch.sort(probabilities, dim=-1, descending=True, stable=True)
    before = torch.cumsum(ordered, dim=-1) - ordered
    places = torch.arange(vocabulary, device=scores.device).unsqueeze(0)
    keep = before < column([one.top_p for one in wanted])
    keep &= places < column([float(one.top_k or vocabulary) for one in wanted])
    keep &= ordered >= ordered[:, :1] * column([one.min_p for one in wanted])
    keep[:, 0] = True
    return tokens.gather(1, _inverse(ordered * keep, numbers).unsqueeze(1)).squeeze(1)


def _inverse(weights: torch.Tensor, numbers: torch.Tensor) -> torch.Tensor:
    cumulative = torch.cumsum(weights, dim=-1)
    total = cumulative[:, -1:]
    places = torch.searchsorted(cumulative, numbers * total, right=True)
    # Rounding may lead past the end: the last token that has any weight.
    last = (cumulative < total).sum(dim=-1, keepdim=True)
    return torch.minimum(places, last).squeeze(1)
