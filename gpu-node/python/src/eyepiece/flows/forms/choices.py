"""Fields where one chooses: among options, yes or no, a colour, files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from .base import FormElement

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_TRUE = {"on", "true", "1", "yes"}
_FALSE = {"", "off", "false", "0", "no"}


class Checkbox(FormElement):
    """Yes or no. option: the text beside the box."""

    type: ClassVar[str] = "boolean"

    def __init__(
        self,
        name: str,
        option: str | None = None,
        label: str | None = None,
        value: bool = False,
        error: list[str] | None = None,
    ) -> None:
        super().__init__(name, label, value, text="on" if option is None else option, error=error)

    def to_dict(self) -> dict[str, Any]:
        told = {"type": self.type, "name": self.name, "label": self.label, "value": self.value}
        return {**told, "option": self.text}

    def parse_value(self, value: Any) -> Any:
        if value is None or isinstance(value, bool):
            return bool(value)
        if isinstance(value, str) and value.lower() in _TRUE | _FALSE:
            return value.lower() in _TRUE
        raise ValueError("This is yes or no: true or false.")


class InputOption(FormElement):
    """One option of a Select or an InputRadio. name: its value; label: its text; value: whether it is chosen."""

    type: ClassVar[str] = "option"
    fields: ClassVar[tuple[str, ...]] = ("name", "label", "value")

    def __init__(
        self,
        name: str | None = None,
        label: str | None = None,
        value: bool | None = False,
        error: list[str] | None = None,
    ) -> None:
        super().__init__(name, label, value, error=error)


class _Options(FormElement):
    fields: ClassVar[tuple[str, ...]] = FormElement.fields

    def __init__(
        self,
        name: str,
        option: Sequence[InputOption | dict[str, Any]],
        label: str | None = None,
        value: str | None = None,
        required: bool = False,
        error: list[str] | None = None,
    ) -> None:
        super().__init__(name, label, value, required, error=error)
        self.option = [
            InputOption(
                *(one.name, one.label) if isinstance(one, InputOption) else (one.get("name"), one.get("label"))
            )
            for one in option
        ]
        for one in self.option:
            one.value = bool(value) and one.name == value

    def to_dict(self) -> dict[str, Any]:
        return {**super().to_dict(), "option": [one.to_dict() for one in self.option]}

    def parse_given(self, value: Any) -> Any:
        # Of the form itself nothing changes: another person sees it next.
        if not any(one.name == value for one in self.option):
            raise ValueError("This is none of the options.")
        return value


class Select(_Options):
    """One of several options, in a list."""

    type: ClassVar[str] = "select"


class InputRadio(_Options):
    """One of several options, all in sight."""

    type: ClassVar[str] = "radio"


class InputColor(FormElement):
    """A colour, as #rrggbb."""

    type: ClassVar[str] = "color"

    def parse_given(self, value: Any) -> Any:
        text = self.as_text(value)
        if _COLOR.fullmatch(text) is None:
            raise ValueError("This is no colour: it is written like #20a0ff.")
        return text


class InputFiles(FormElement):
    """Files, which the page uploads before the form is handed in. The handler gets their names; the run finds them in `in/`."""

    type: ClassVar[str] = "file"
    fields: ClassVar[tuple[str, ...]] = (*FormElement.fields, "multiple", "directory")

    def __init__(
        self,
        name: str,
        label: str | None = None,
        value: Any = None,
        required: bool = False,
        multiple: bool = False,
        directory: bool = False,
        error: list[str] | None = None,
    ) -> None:
        super().__init__(name, label, value, required, error=error)
        self.multiple = multiple
        self.directory = directory

    def parse_given(self, value: Any) -> Any:
        # The gateway has put the files' names in the place of what the page sent.
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise ValueError("This field takes files.")
        if len(value) > 1 and not (self.multiple or self.directory):
            raise ValueError("This field takes one file.")
        if self.required and not value:
            raise ValueError("This field is required.")
        return value
