"""Fields of numbers."""

from __future__ import annotations

import math
from typing import Any, ClassVar

from .base import FormElement
from .text import InputText


def _number(value: Any) -> int | float:
    """An int where it is written as one."""
    if isinstance(value, str) and len(value) <= 100:
        text = value.strip()
        try:
            value = int(text)
        except ValueError:
            try:
                value = float(text)
            except ValueError:
                value = None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError("This is no number.")
    return value


def _within(value: int | float, low: float | None, high: float | None, step: float | None) -> int | float:
    if low is not None and value < low:
        raise ValueError(f"This must be at least {low:g}.")
    if high is not None and value > high:
        raise ValueError(f"This must be at most {high:g}.")
    if step:
        steps = (value - (low or 0)) / step
        # Steps as 0.1 are no exact numbers.
        if abs(steps - round(steps)) > 1e-6 * max(1.0, abs(steps)):
            raise ValueError(f"This must be in steps of {step:g} from {low or 0:g}.")
    return value


class InputNumber(InputText):
    """A number. The handler gets an int or a float."""

    type: ClassVar[str] = "number"
    fields: ClassVar[tuple[str, ...]] = (*InputText.fields, "min_value", "max_value", "step")

    def __init__(
        self,
        name: str,
        label: str | None = None,
        value: Any = None,
        required: bool = False,
        placeholder: str | None = None,
        size: int | None = None,
        pattern: str | None = None,
        min_value: float | None = None,
        max_value: float | None = None,
        step: float | None = None,
        error: list[str] | None = None,
    ) -> None:
        super().__init__(name, label, value, required, placeholder, size, pattern, error)
        self.min_value = min_value
        self.max_value = max_value
        self.step = step

    def parse_value(self, value: Any) -> Any:
        # An empty field is no number, not the text "".
        return super().parse_value(None if value == "" else value)

    def parse_given(self, value: Any) -> Any:
        return _within(_number(value), self.min_value, self.max_value, self.step)


class InputRange(FormElement):
    """A number on a slider, from 0 to 100 unless told otherwise."""

    type: ClassVar[str] = "range"
    fields: ClassVar[tuple[str, ...]] = (*FormElement.fields, "min_value", "max_value", "step")

    def __init__(
        self,
        name: str,
        label: str | None = None,
        value: float | None = None,
        required: bool = False,
        min_value: float | None = None,
        max_value: float | None = None,
        step: float | None = None,
        error: list[str] | None = None,
    ) -> None:
        super().__init__(name, label, value, required, error=error)
        self.min_value = 0 if min_value is None else min_value
        self.max_value = 100 if max_value is None else max_value
        self.step = step

    def parse_given(self, value: Any) -> Any:
        return float(_within(_number(value), self.min_value, self.max_value, self.step))
