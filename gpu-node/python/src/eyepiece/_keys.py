"""Functions of the person's that run when a key is pressed over the viewer, in any page that shows it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator
from typing import Any

_MODIFIERS = {
    "ctrl": "Control", "control": "Control", "alt": "Alt", "option": "Alt", "shift": "Shift", "meta": "Meta", "cmd": "Meta", "super": "Meta",
}  # fmt: skip
_ORDER = ("Control", "Alt", "Shift", "Meta")
_NAMED = {
    name.lower(): name
    for name in (
        *("Up", "Down", "Left", "Right", "Space", "Escape", "Enter", "Tab", "Backspace", "Delete", "Home", "End"),
        *("PageUp", "PageDown", "Insert"), *(f"F{number}" for number in range(1, 13)),
    )
} | {"esc": "Escape", "return": "Enter", "del": "Delete"}  # fmt: skip


def key_name(key: str) -> str:
    """A key as pages name it: `Control-Shift-A`, `Up`, `t`. Raises ValueError."""
    *modifiers, last = key.replace("+", "-").split("-") if len(key) > 1 else [key]
    found = [_MODIFIERS.get(one.strip().lower(), "") for one in modifiers]
    name = last.strip() if len(last.strip()) == 1 else _NAMED.get(last.strip().lower(), "")
    if "" in found or name == "":
        raise ValueError(f"{key!r} is no key: name one as Control-Shift-A, t, Up, Space or F2.")
    return "-".join([*(one for one in _ORDER if one in found), name.upper() if len(name) == 1 else name])


class Keys:
    """What keys of one viewer do. A generator function runs to its first `yield` at the press, and on from there at the release."""

    def __init__(self, viewer: Any) -> None:
        self._viewer = viewer
        self._functions: dict[str, Callable[[Any], Any]] = {}
        self._held: dict[str, Generator[Any, Any, Any]] = {}

    def __iter__(self) -> Any:
        return iter(self._functions)

    def set(self, name: str, function: Callable[[Any], Any]) -> None:
        """Gives a key its function."""
        self._functions[name] = function

    def drop(self, name: str) -> Callable[[Any], Any] | None:
        """Takes a key's function away, and returns it."""
        return self._functions.pop(name, None)

    def told(self, name: str, released: bool) -> None:
        """Runs a key's function, where the person's code runs."""
        function = self._functions.get(name)
        if released:
            held = self._held.pop(name, None)
            if held is not None:
                next(held, None)
        elif function is not None:
            made = function(self._viewer)
            if inspect.isgenerator(made):
                next(made, None)
                self._held[name] = made
