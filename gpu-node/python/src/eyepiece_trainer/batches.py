"""Groups of completions with rewards, as tokens and advantages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eyepiece_trainer.data import messages_of

# TRL's: keeps a group of equal rewards from dividing by nothing.
EPSILON = 1e-4


@dataclass(frozen=True)
class Row:
    """One completion. `advantage` is its reward beside those of its group."""

    prompt: list[int]
    completion: list[int]
    reward: float
    advantage: float


def rows_of(groups: list[list[dict[str, Any]]], tokenizer: Any, fields: dict[str, Any]) -> list[Row]:
    """Rows of all groups."""
    rewards = [[float(one["reward"]) for one in group] for group in groups]
    scale = fields.get("scale_rewards", True)
    all_rewards = [reward for group in rewards for reward in group]
    rows = []
    for group, given in zip(groups, rewards, strict=True):
        middle = sum(given) / len(given)
        spread = 1.0
        if scale in (True, "group"):
            spread = _deviation(given) + EPSILON
        elif scale == "batch":
            spread = _deviation(all_rewards) + EPSILON
        for one, reward in zip(group, given, strict=True):
            prompt, completion = _tokens(one, tokenizer)
            limit = fields.get("max_prompt_length")
            rows.append(
                Row(
                    prompt[-limit:] if limit else prompt,
                    completion[: fields.get("max_completion_length") or None],
                    reward,
                    (reward - middle) / spread,
                )
            )
    return rows


def _deviation(values: list[float]) -> float:
    """As PyTorch computes it for a sample."""
    if len(values) < 2:
        return 0.0
    middle = sum(values) / len(values)
    return (sum((value - middle) ** 2 for value in values) / (len(values) - 1)) ** 0.5


def _tokens(one: dict[str, Any], tokenizer: Any) -> tuple[list[int], list[int]]:
    prompt = tokenizer.apply_chat_template(messages_of(one["messages"]), add_generation_prompt=True, tokenize=False)
    text = one["completion"]
    said = text if isinstance(text, str) else messages_of([text])[0]["content"]
    # What the model would have said: its words, and that it ends there.
    ids = tokenizer(said, add_special_tokens=False)["input_ids"]
    end = [tokenizer.eos_token_id] if tokenizer.eos_token_id is not None else []
    return tokenizer(prompt, add_special_tokens=False)["input_ids"], ids + end
