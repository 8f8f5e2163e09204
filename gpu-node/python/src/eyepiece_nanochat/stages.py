"""The stages of the bundled engine, by their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def _dataset(job: Any) -> None:
    from eyepiece_nanochat.dataset import run

    run(job)


def _tokenizer(job: Any) -> None:
    from eyepiece_nanochat.tokenizer import run

    run(job)


def _base(job: Any) -> None:
    from eyepiece_nanochat.base import run

    run(job)


def _sft(job: Any) -> None:
    from eyepiece_nanochat.tuning import sft

    sft(job)


def _rl(job: Any) -> None:
    from eyepiece_nanochat.tuning import rl

    rl(job)


def _evaluation(job: Any) -> None:
    from eyepiece_nanochat.evaluation import run

    run(job)


# PyTorch and TRL take seconds to import: a stage imports what it needs.
STAGES: dict[str, Callable[[Any], None]] = {
    "dataset": _dataset,
    "tokenizer": _tokenizer,
    "base": _base,
    "sft": _sft,
    "rl": _rl,
    "evaluation": _evaluation,
}
