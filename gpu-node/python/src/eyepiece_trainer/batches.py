"""Groups of completions with rewards, as tokens and advantages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from eyepiece_trainer.data import messages_of
from eyepiece_trainer.images import parts_of
from eyepiece_trainer.loading import words_of

# TRL's: keeps a group of equal rewards from dividing by nothing.
EPSILON = 1e-4


@dataclass(frozen=True)
class Row:
    """One completion. `advantage` is its reward beside those of its group."""

    prompt: list[int]
    completion: list[int]
    reward: float
    advantage: float
    # What the model is shown beside the tokens, and how many images that is.
    seen: dict[str, Any] = field(default_factory=dict)
    images: int = 0


def rows_of(groups: list[list[dict[str, Any]]], processor: Any, fields: dict[str, Any]) -> list[Row]:
    """Rows of all groups. Raises ValueError for what cannot be read."""
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
            prompt, seen, images = _prompt(one["messages"], processor)
            completion = _completion(one["completion"], words_of(processor))
            limit = fields.get("max_prompt_length")
            if seen and limit and len(prompt) > limit:
                raise ValueError(f"a prompt with images has {len(prompt)} tokens, and is not cut to {limit}")
            rows.append(
                Row(
                    prompt[-limit:] if limit else prompt,
                    completion[: fields.get("max_completion_length") or None],
                    reward,
                    (reward - middle) / spread,
                    seen,
                    images,
                )
            )
    return rows


def _deviation(values: list[float]) -> float:
    """As PyTorch computes it for a sample."""
    if len(values) < 2:
        return 0.0
    middle = sum(values) / len(values)
    return (sum((value - middle) ** 2 for value in values) / (len(values) - 1)) ** 0.5


def _prompt(messages: list[dict[str, Any]], processor: Any) -> tuple[list[int], dict[str, Any], int]:
    words = words_of(processor)
    if processor is words:
        text = words.apply_chat_template(messages_of(messages), add_generation_prompt=True, tokenize=False)
        return words(text, add_special_tokens=False)["input_ids"], {}, 0
    parts, images = parts_of(messages)
    text = processor.apply_chat_template(parts, add_generation_prompt=True, tokenize=False)
    if not images:
        return words(text, add_special_tokens=False)["input_ids"], {}, 0
    made = dict(processor(text=[text], images=images, add_special_tokens=False, return_tensors="pt"))
    prompt = made.pop("input_ids")[0].tolist()
    made.pop("attention_mask", None)
    return prompt, made, len(images)


def _completion(given: Any, words: Any) -> list[int]:
    said = given if isinstance(given, str) else messages_of([given])[0]["content"]
    # What the model would have said: its words, and that it ends there.
    end = [words.eos_token_id] if words.eos_token_id is not None else []
    return words(said, add_special_tokens=False)["input_ids"] + end
