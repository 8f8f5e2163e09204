"""Elements that are looked at, and the buttons."""

from __future__ import annotations

from typing import Any, ClassVar

from .base import Element, FormElement


class HTML(Element):
    """HTML as the author wrote it; a page shows it in a frame of its own."""

    type: ClassVar[str] = "html"


class Markdown(Element):
    """Text in Markdown."""

    type: ClassVar[str] = "markdown"

    def __init__(self, text: str | None = None) -> None:
        super().__init__(text or "")


class Break(Element):
    """Some room."""

    type: ClassVar[str] = "break"

    def __init__(self, *_: Any) -> None:
        super().__init__('<div class="space"></div>')


class HR(Element):
    """A line."""

    type: ClassVar[str] = "hr"

    def __init__(self, *_: Any) -> None:
        super().__init__('<hr class="medium"/>')


class Errors(FormElement):
    """Where messages for the form as a whole are shown."""

    type: ClassVar[str] = "errors"
    fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, error: list[str] | None = None) -> None:
        super().__init__(None, error=error)


class Submit(FormElement):
    """The button that hands the form in."""

    type: ClassVar[str] = "submit"
    fields: ClassVar[tuple[str, ...]] = ("text",)

    def __init__(self, text: str, error: list[str] | None = None) -> None:
        super().__init__(text=text, error=error)


class Cancel(FormElement):
    """The button that leaves the form."""

    type: ClassVar[str] = "cancel"
    fields: ClassVar[tuple[str, ...]] = ("text",)

    def __init__(self, text: str, error: list[str] | None = None) -> None:
        super().__init__(text=text, error=error)


class Action(FormElement):
    """A button that hands the form in with a value of its own."""

    type: ClassVar[str] = "action"
    fields: ClassVar[tuple[str, ...]] = ("name", "value", "text")

    def __init__(
        self,
        name: str | None = None,
        value: Any = None,
        required: bool = False,
        text: str | None = None,
        error: list[str] | None = None,
    ) -> None:
        super().__init__(name, None, value, False, text, error)
