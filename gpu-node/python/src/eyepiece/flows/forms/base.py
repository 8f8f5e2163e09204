"""What every element of a form is: what a page is told of it, and how what was typed becomes a value."""

from __future__ import annotations

from typing import Any, ClassVar

# Of one field, as text. Beyond, what comes is no form any more.
MAX_TEXT = 1024 * 1024


class Element:
    """Part of a form. `fields` are the attributes that a page is told, beside the type."""

    type: ClassVar[str]
    fields: ClassVar[tuple[str, ...]] = ("text",)

    def __init__(self, text: str | None = None) -> None:
        self.text = text

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {"type": self.type, **{field: getattr(self, field) for field in self.fields}}


class FormElement(Element):
    """An element with a name, under which its value is handed in.

    name: key of the value. label, text: for people. value: what the form opens with. required: nothing is refused.
    error: messages that the element opens with.
    """

    fields: ClassVar[tuple[str, ...]] = ("name", "label", "value", "required")

    def __init__(
        self,
        name: str | None = None,
        label: str | None = None,
        value: Any = None,
        required: bool = False,
        text: str | None = None,
        error: list[str] | None = None,
    ) -> None:
        super().__init__(text=text)
        self.name = name
        self.label = label
        self.value = value
        self.required = required
        self.error = error

    def parse_value(self, value: Any) -> Any:
        """The value of what was handed in; None where nothing was. Raises ValueError with a sentence for the person."""
        if value is None or value == "":
            if self.required:
                raise ValueError("This field is required.")
            return value
        return self.parse_given(value)

    def parse_given(self, value: Any) -> Any:
        """Of something that is there."""
        return self.as_text(value)

    def as_text(self, value: Any) -> str:
        """Text of bounded length. Raises ValueError."""
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise ValueError("This field takes text.")
        text = str(value)
        if len(text) > MAX_TEXT:
            raise ValueError(f"This is longer than {MAX_TEXT} characters.")
        return text
