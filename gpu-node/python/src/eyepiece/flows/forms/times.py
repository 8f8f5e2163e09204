"""Fields of dates and times. What is handed in, and what the handler gets, is text as ISO 8601 writes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, ClassVar

from .base import FormElement


class _Moment(FormElement):
    """Text of one form, between two bounds of the same form, which sort as text does."""

    low: ClassVar[str]
    high: ClassVar[str]
    example: ClassVar[str]
    @staticmethod
    def check(text: str) -> None:
        """Raises ValueError for text of another form."""
        raise NotImplementedError

    def parse_given(self, value: Any) -> Any:
        text = self.as_text(value)
        try:
            if len(text) > 40:
                raise ValueError
            self.check(text)
        except ValueError:
            raise ValueError(f"This is written like {self.example}.") from None
        low, high = getattr(self, self.low), getattr(self, self.high)
        if low is not None and text < low:
            raise ValueError(f"This must not be before {low}.")
        if high is not None and text > high:
            raise ValueError(f"This must not be after {high}.")
        return text


def _matches(pattern: str) -> Callable[[str], None]:
    compiled = re.compile(pattern)

    def check(text: str) -> None:
        if compiled.fullmatch(text) is None:
            raise ValueError

    return check


def _day(text: str) -> None:
    _matches(r"\d{4}-\d\d-\d\d")(text)
    date.fromisoformat(text)


def _clock(text: str) -> None:
    _matches(r"\d\d:\d\d(:\d\d(\.\d{1,6})?)?")(text)
    time.fromisoformat(text)


def _day_and_clock(text: str) -> None:
    _matches(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?")(text)
    datetime.fromisoformat(text)


def _month(text: str) -> None:
    _matches(r"\d{4}-(0[1-9]|1[0-2])")(text)


def _week(text: str) -> None:
    _matches(r"\d{4}-W(0[1-9]|[1-4]\d|5[0-3])")(text)


class InputDate(_Moment):
    """A day."""

    type: ClassVar[str] = "date"
    fields: ClassVar[tuple[str, ...]] = (*FormElement.fields, "placeholder", "min_date", "max_date")
    low, high, example = "min_date", "max_date", "2026-01-31"
    check = staticmethod(_day)

    def __init__(
        self,
        name: str,
        label: str | None = None,
        value: str | None = None,
        required: bool = False,
        placeholder: str | None = None,
        min_date: str | None = None,
        max_date: str | None = None,
        error: list[str] | None = None,
    ) -> None:
        super().__init__(name, label, value, required, error=error)
        self.placeholder = placeholder
        self.min_date = min_date
        self.max_date = max_date


class InputTime(_Moment):
    """A time of day. step: seconds."""

    type: ClassVar[str] = "time"
    fields: ClassVar[tuple[str, ...]] = (*FormElement.fields, "placeholder", "min_time", "max_time", "step")
    low, high, example = "min_time", "max_time", "14:30"
    check = staticmethod(_clock)

    def __init__(
        self,
        name: str,
        label: str | None = None,
        value: str | None = None,
        required: bool = False,
        placeholder: str | None = None,
        min_time: str | None = None,
        max_time: str | None = None,
        step: int | None = None,
        error: list[str] | None = None,
    ) -> None:
        super().__init__(name, label, value, required, error=error)
        self.placeholder = placeholder
        self.min_time = min_time
        self.max_time = max_time
        self.step = step


class InputDateTime(_Moment):
    """A day and a time of day, of no time zone. step: seconds."""

    type: ClassVar[str] = "datetime-local"
    fields: ClassVar[tuple[str, ...]] = (
        *FormElement.fields,
        *("placeholder", "min_datetime", "max_datetime", "step"),
    )
    low, high, example = "min_datetime", "max_datetime", "2026-01-31T14:30"
    check = staticmethod(_day_and_clock)

    def __init__(
        self,
        name: str,
        label: str | None = None,
        value: str | None = None,
        required: bool = False,
        placeholder: str | None = None,
        min_datetime: str | None = None,
        max_datetime: str | None = None,
        step: int | None = None,
        error: list[str] | None = None,
    ) -> None:
        super().__init__(name, label, value, required, error=error)
        self.placeholder = placeholder
        self.min_datetime = min_datetime
        self.max_datetime = max_datetime
        self.step = step


class InputMonth(_Moment):
    """A month of a year."""

    type: ClassVar[str] = "month"
    fields: ClassVar[tuple[str, ...]] = (*FormElement.fields, "min_month", "max_month")
    low, high, example = "min_month", "max_month", "2026-01"
    check = staticmethod(_month)

    def __init__(
        self,
        name: str,
        label: str | None = None,
        value: str | None = None,
        required: bool = False,
        min_month: str | None = None,
        max_month: str | None = None,
        error: list[str] | None = None,
    ) -> None:
        super().__init__(name, label, value, required, error=error)
        self.min_month = min_month
        self.max_month = max_month


class InputWeek(_Moment):
    """A week of a year."""

    type: ClassVar[str] = "week"
    fields: ClassVar[tuple[str, ...]] = (*FormElement.fields, "min_week", "max_week")
    low, high, example = "min_week", "max_week", "2026-W05"
    check = staticmethod(_week)

    def __init__(
        self,
        name: str,
        label: str | None = None,
        value: str | None = None,
        required: bool = False,
        min_week: str | None = None,
        max_week: str | None = None,
        error: list[str] | None = None,
    ) -> None:
        super().__init__(name, label, value, required, error=error)
        self.min_week = min_week
        self.max_week = max_week
