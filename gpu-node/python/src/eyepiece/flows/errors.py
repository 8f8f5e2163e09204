"""What a form is refused with."""

from __future__ import annotations

from typing import Any

GLOBAL = "_global_"


class FlowsError(Exception):
    """Something in a service that its author can mend; the sentence says what."""


class InputsError(FlowsError):
    """Raised by a handler that does not take what was typed: by field, or for the form as a whole.

    `raise InputsError("Nothing was found.", city="There is no such city.")`
    """

    def __init__(self, *messages: Any, **fields: str) -> None:
        super().__init__(*messages)
        self.errors: dict[str, list[str]] = {}
        self.add(**fields)

    def add(self, **fields: str) -> None:
        """One more message for each of these fields."""
        for field, message in fields.items():
            self.errors.setdefault(field, []).append(message)

    def flash(self, message: str) -> None:
        """A message for the form as a whole."""
        self.errors.setdefault(GLOBAL, []).append(message)

    def has_errors(self) -> bool:
        """Whether anything was added; so is the truth of the error itself, for `if error: raise error`."""
        return bool(self.errors)

    def __bool__(self) -> bool:
        return self.has_errors()

    def answer(self) -> dict[str, list[str]]:
        """By field, and `_global_` always, as a client reads it."""
        told = {field: list(messages) for field, messages in self.errors.items()}
        told[GLOBAL] = [*told.get(GLOBAL, []), *(str(message) for message in self.args)]
        return told
