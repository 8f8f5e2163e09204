"""Small benchmarks that need no network: each says how many items it has and what guessing would score."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from eyepiece_nanochat import samples, text
from eyepiece_nanochat.measures import bits_per_byte

# Examples that are kept of each benchmark.
SHOWN = 8


@dataclass(frozen=True)
class Score:
    """What a model came to: `score` is a share of right answers, or bits per byte."""

    score: float
    items: int
    examples: list[dict[str, Any]]
    # Half of Wilson's interval of 95%; None where items are no yes or no.
    margin: float | None = None


def bits(model: Any, tokenizer: Any) -> Score:
    """Bits per byte on stories that no stage has read."""
    some = text.held_out_stories()
    length = min(512, getattr(model.config, "max_position_embeddings", 512) - 1)
    return Score(bits_per_byte(model, tokenizer, some, length), len(some), [])


def arithmetic(model: Any, tokenizer: Any) -> Score:
    """Sums of two digits that no stage has asked."""
    return _exact(model, tokenizer, [text.sum_of(a, b) for a, b in text.sums(held_out=True)])


def spelling(model: Any, tokenizer: Any) -> Score:
    """Words letter by letter, that no stage has spelled."""
    return _exact(model, tokenizer, [text.spelling_of(word) for word in text.words(held_out=True)])


def facts(model: Any, tokenizer: Any) -> Score:
    """What animals say: stories and conversations tell it."""
    return _exact(model, tokenizer, [text.sound_of(animal) for animal in text.ANIMALS])


@torch.no_grad()
def multiple_choice(model: Any, tokenizer: Any) -> Score:
    """Which of four answers the model finds likeliest. Conversations ask the same of the same animals."""
    rng = random.Random(text.HELD_OUT)
    model.eval()
    right, shown = [], []
    for animal in [*text.ANIMALS] * 4:
        asked, answers, answer = text.choices_of(animal, rng)
        begun = samples.ids_of(tokenizer, asked, chat=True)
        likely = [_likelihood(model, tokenizer, begun, f"{letter}: {one}") for letter, one in zip("ABCD", answers)]
        chosen = max(range(len(answers)), key=likely.__getitem__)
        right.append(chosen == answer)
        shown.append({"prompt": asked, "text": "ABCD"[chosen], "right": "ABCD"[answer]})
    return _score(right, shown)


@dataclass(frozen=True)
class Benchmark:
    """One benchmark."""

    title: str
    run: Callable[[Any, Any], Score]


BENCHMARKS: dict[str, Benchmark] = {
    "bits_per_byte": Benchmark("Bits per byte", bits),
    "arithmetic": Benchmark("Arithmetic", arithmetic),
    "spelling": Benchmark("Spelling", spelling),
    "facts": Benchmark("Animals", facts),
    "multiple_choice": Benchmark("Multiple choice", multiple_choice),
}


def _exact(model: Any, tokenizer: Any, pairs: list[tuple[str, str]]) -> Score:
    """The likeliest answer to each question, which must be the right one letter by letter."""
    written = samples.write(model, tokenizer, [asked for asked, _ in pairs], chat=True, most=24)
    shown = [{**one, "right": answer} for one, (_, answer) in zip(written, pairs)]
    return _score([one["text"].strip() == one["right"] for one in shown], shown)


def _likelihood(model: Any, tokenizer: Any, begun: list[int], answer: str) -> float:
    """The mean log probability of a token of an answer: a longer one is not less likely for being long."""
    ids = tokenizer(answer, add_special_tokens=False)["input_ids"]
    row = torch.tensor([[*begun, *ids]], device=next(model.parameters()).device)
    logprobs = model(input_ids=row).logits[0, len(begun) - 1 : -1].float().log_softmax(-1)
    return float(logprobs.gather(1, row[0, len(begun) :, None]).mean())


def _score(right: list[bool], shown: list[dict[str, Any]]) -> Score:
    count = len(right)
    share = sum(right) / count
    # Also of none or all right, which the plain formula would take for certain.
    square = 1.96**2 / count
    margin = 1.96 / (1 + square) * math.sqrt(share * (1 - share) / count + square / (4 * count))
    return Score(share, count, shown[:SHOWN], margin)
