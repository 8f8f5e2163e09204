"""The stages of the bundled engine, by their names."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

# Where each is: module and function. PyTorch and TRL take seconds to import, and a stage imports what it needs.
_STAGES = {
    "dataset": ("dataset", "run"),
    "tokenizer": ("tokenizer", "run"),
    "base": ("base", "run"),
    "sft": ("tuning", "sft"),
    "rl": ("tuning", "rl"),
    "evaluation": ("evaluation", "run"),
}


def stage_of(name: str) -> Callable[[Any], None]:
    """What does a stage, for its job; all that it needs is imported then."""
    module, function = _STAGES[name]
    stage: Callable[[Any], None] = getattr(import_module(f"eyepiece_nanochat.{module}"), function)
    return stage
