"""A form as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import InputsError
from . import choices, content, numbers, text, times
from .base import Element, FormElement

_TYPES: dict[str, type[Element]] = {
    kind.type: kind
    for module in (choices, content, numbers, text, times)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Element) and "type" in vars(kind)
}


class Model:
    """The elements of a form, in the order in which they are shown."""

    def __init__(self, *children: Element) -> None:
        self.children = children
        names = [child.name for child in children if isinstance(child, FormElement) and child.name]
        for name in names:
            if names.count(name) > 1 and not all(
                isinstance(child, content.Action) for child in children if getattr(child, "name", None) == name
            ):
                raise ValueError(f"Two fields of the form are called {name}.")

    def get_model(self) -> list[dict[str, Any]]:
        """All elements as JSON."""
        return [child.to_dict() for child in self.children]

    def parse(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The values of what was handed in, by name; what no element is called is left out. Raises InputsError."""
        values: dict[str, Any] = {}
        refused = InputsError()
        for child in self.children:
            if not isinstance(child, FormElement) or not child.name:
                continue
            if isinstance(child, content.Action) and child.name not in given:
                continue
            try:
                values[child.name] = child.parse_value(given.get(child.name))
            except ValueError as why:
                refused.add(**{child.name: str(why)})
        if refused:
            raise refused
        return values

    @classmethod
    def model_validate(cls, elements: list[dict[str, Any]]) -> Model:
        """The form whose JSON this is. Raises ValueError for what is no element."""
        children = []
        for told in elements:
            kind = _TYPES.get(str(told.get("type")))
            if kind is None or kind is choices.InputOption:
                raise ValueError(f"There is no element of the type {told.get('type')}.")
            rest = {key: value for key, value in told.items() if key != "type"}
            children.append(kind() if kind in (content.Break, content.HR, content.Errors) else kind(**rest))
        return cls(*children)
