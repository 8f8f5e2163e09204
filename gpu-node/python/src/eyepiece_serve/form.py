"""Answers of a form: JSON, or JSON of a schema. At each step only tokens are let through with which the text can still become that; llguidance says which."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import torch

from .model import Refused

#: As most JSON is written that models learn from. Free space between tokens would let an untrained model write nothing else.
_JSON = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}


class Form:
    """What one choice may still write. It is told each of its tokens, whatever becomes of the model's caches meanwhile."""

    def __init__(self, matcher: Any) -> None:
        self._matcher = matcher

    @property
    def trouble(self) -> str:
        """Why it cannot go on, for who asked; empty as long as it can."""
        if not self._matcher.is_error():
            return ""
        return f"The answer cannot be held to its form any longer: {_line(self._matcher.get_error())}"

    def allowed(self, size: int, device: torch.device) -> torch.Tensor | None:
        """Which of `size` tokens may be next, as booleans; None where it cannot say."""
        biases = self._matcher.compute_logit_bias()
        if self._matcher.is_error():
            return None
        mask = torch.zeros(size, dtype=torch.bool)
        known = torch.frombuffer(bytearray(biases), dtype=torch.uint8)[:size]
        mask[: len(known)] = known != 0
        return mask.to(device)

    def take(self, token: int) -> None:
        """The token that was drawn."""
        self._matcher.consume_token(token)

    def copy(self) -> Form:
        """For another choice of the same request, before anything is written."""
        return Form(self._matcher.deep_copy())


class Forms:
    """Of one model's tokenizer."""

    def __init__(self, tokenizer: Any, ends: Sequence[int]) -> None:
        from llguidance.hf import from_tokenizer

        if not ends:
            raise Refused("This model has no token that ends an answer, so that no form can.", param="response_format")
        try:
            # With nothing said of slices it prepares what only large vocabularies gain from.
            self._tokens = from_tokenizer(tokenizer, eos_token=list(ends), slices=[])
        except Exception as failure:
            why = f"This model's tokenizer cannot be held to a form: {_line(str(failure))}"
            raise Refused(why, param="response_format") from failure

    def of(self, asked: dict[str, Any]) -> Form:
        """The form of an OpenAI `response_format` that is not text. Raises `Refused` for a schema that is not understood."""
        from llguidance import LLMatcher

        schema = asked["json_schema"]["schema"] if asked["type"] == "json_schema" else {"type": "object"}
        try:
            grammar = LLMatcher.grammar_from_json_schema(json.dumps(schema), overrides=_JSON)
            matcher = LLMatcher(self._tokens, grammar, log_level=0)
            wrong = matcher.get_error()
        except ValueError as failure:
            wrong = str(failure)
        if wrong:
            why = f"The schema cannot be used: {_line(wrong)}"
            raise Refused(why, param="response_format", code="invalid_json_schema")
        return Form(matcher)


def _line(text: str) -> str:
    first = text.strip().split("\n")[0][:400]
    return first if first.endswith(".") else first + "."
