"""Rewards of reinforcement fine-tuning: OpenAI's graders, as functions that TRL calls."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable
from typing import Any

from eyepiece_trainer.trouble import Trouble

Grade = Callable[[str, dict[str, Any]], float]


def reward_of(grader: dict[str, Any]) -> Callable[..., list[float]]:
    """TRL's reward function for a grader: completions and columns in, one number each out."""
    grade = _grade(grader)

    def reward(completions: list[Any], item: list[str], **_: Any) -> list[float]:
        texts = [one if isinstance(one, str) else one[-1]["content"] for one in completions]
        return [float(grade(text, json.loads(row))) for text, row in zip(texts, item, strict=True)]

    reward.__name__ = str(grader.get("name") or grader["type"])
    return reward


def _grade(grader: dict[str, Any]) -> Grade:
    kind = grader["type"]
    if kind == "string_check":
        return _string_check(grader)
    if kind == "text_similarity":
        return _similarity(grader)
    if kind == "python":
        return _python(grader["source"])
    parts = {name: _grade(one) for name, one in grader["graders"].items()}
    return lambda text, item: sum(part(text, item) for part in parts.values()) / len(parts)


def _string_check(grader: dict[str, Any]) -> Grade:
    compare = {
        "eq": lambda left, right: left == right,
        "ne": lambda left, right: left != right,
        "like": lambda left, right: right in left,
        "ilike": lambda left, right: right.lower() in left.lower(),
    }[grader["operation"]]
    return lambda text, item: float(
        compare(_filled(grader["input"], text, item), _filled(grader["reference"], text, item))
    )


def _similarity(grader: dict[str, Any]) -> Grade:
    def grade(text: str, item: dict[str, Any]) -> float:
        left, right = (_filled(grader[name], text, item) for name in ("input", "reference"))
        return difflib.SequenceMatcher(None, left, right, autojunk=False).ratio()

    return grade


def _python(source: str) -> Grade:
    space: dict[str, Any] = {"__name__": "grader"}
    try:
        # The person's own code, in this job's own namespaces: that is what they are for.
        exec(compile(source, "grader.py", "exec"), space)  # noqa: S102
        function = space["grade"]
    except Exception as cause:
        raise Trouble(f"The grader's source cannot be used: {cause!r}. It must define grade(sample, item).") from cause

    def grade(text: str, item: dict[str, Any]) -> float:
        try:
            return float(function({"output_text": text}, item))
        except Exception as cause:
            raise Trouble(f"The grader failed: {cause!r}") from cause

    return grade


def _filled(template: str, text: str, item: dict[str, Any]) -> str:
    """`{{ sample.output_text }}` and `{{ item.answer }}` in their places."""

    def value(match: re.Match[str]) -> str:
        source, *path = match[1].split(".")
        found: Any = {"sample": {"output_text": text}, "item": item}.get(source)
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        if found is None:
            raise Trouble(f"The grader asks for {{{{{match[1]}}}}}, and a line of the training file has no such field.")
        return found if isinstance(found, str) else json.dumps(found)

    return re.sub(r"\{\{\s*([\w.]+)\s*\}\}", value, template)
