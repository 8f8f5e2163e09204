"""Fields into which text is typed."""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import urlsplit

from .base import FormElement

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)*")
# A pattern comes from the service's author, what it is matched with from anybody: long text is not.
_MAX_PATTERN_TEXT = 10_000


class InputText(FormElement):
    """A line of text. size: characters that the field shows; pattern: what the whole text must match."""

    type: ClassVar[str] = "text"
    fields: ClassVar[tuple[str, ...]] = (*FormElement.fields, "placeholder", "size", "pattern")

    def __init__(
        self,
        name: str,
        label: str | None = None,
        value: Any = None,
        required: bool = False,
        placeholder: str | None = None,
        size: int | None = None,
        pattern: str | None = None,
        error: list[str] | None = None,
    ) -> None:
        super().__init__(name, label, value, required, error=error)
        self.placeholder = placeholder
        self.size = size
        self.pattern = pattern

    def parse_given(self, value: Any) -> Any:
        text = self.as_text(value)
        if self.pattern is not None:
            if len(text) > _MAX_PATTERN_TEXT or re.fullmatch(self.pattern, text) is None:
                raise ValueError(f"This does not have the form that is asked for: {self.pattern}")
        return text


class _Bounded(InputText):
    """A line of text whose length has bounds."""

    fields: ClassVar[tuple[str, ...]] = (*InputText.fields, "min_length", "max_length")

    def __init__(
        self,
        name: str,
        label: str | None = None,
        value: Any = None,
        required: bool = False,
        placeholder: str | None = None,
        size: int | None = None,
        pattern: str | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
        error: list[str] | None = None,
    ) -> None:
        super().__init__(name, label, value, required, placeholder, size, pattern, error)
        self.min_length = min_length
        self.max_length = max_length

    def parse_given(self, value: Any) -> Any:
        text = super().parse_given(value)
        if self.min_length is not None and len(text) < self.min_length:
            raise ValueError(f"This needs at least {self.min_length} characters.")
        if self.max_length is not None and len(text) > self.max_length:
            raise ValueError(f"This may have at most {self.max_length} characters.")
        return text


class InputPassword(_Bounded):
    """Text that is not shown. A page never gets back what was typed."""

    type: ClassVar[str] = "password"


class InputEmail(_Bounded):
    """An e-mail address."""

    type: ClassVar[str] = "email"

    def parse_given(self, value: Any) -> Any:
        text = super().parse_given(value)
        if _EMAIL.fullmatch(text) is None:
            raise ValueError("This is no e-mail address.")
        return text


class InputUrl(_Bounded):
    """An address of the web, with its scheme."""

    type: ClassVar[str] = "url"

    def parse_given(self, value: Any) -> Any:
        text = super().parse_given(value)
        try:
            parts = urlsplit(text)
        except ValueError:
            parts = None
        if parts is None or parts.scheme not in ("http", "https", "ftp") or not parts.netloc:
            raise ValueError("This is no address: it begins with https:// or http://.")
        return text


class InputTel(_Bounded):
    """A telephone number; what one looks like differs by country, so the pattern is the author's."""

    type: ClassVar[str] = "tel"


class InputSearch(_Bounded):
    """Words to search for."""

    type: ClassVar[str] = "search"


class InputArea(FormElement):
    """Text of several lines."""

    type: ClassVar[str] = "textarea"
    fields: ClassVar[tuple[str, ...]] = (*FormElement.fields, "placeholder", "rows", "cols", "max_length")

    def __init__(
        self,
        name: str,
        label: str | None = None,
        value: Any = None,
        required: bool = False,
        placeholder: str | None = None,
        rows: int | None = None,
        cols: int | None = None,
        max_length: int | None = None,
        error: list[str] | None = None,
    ) -> None:
        super().__init__(name, label, value, required, error=error)
        self.placeholder = placeholder
        self.rows = rows
        self.cols = cols
        self.max_length = max_length

    def parse_given(self, value: Any) -> Any:
        text = self.as_text(value)
        if self.max_length is not None and len(text) > self.max_length:
            raise ValueError(f"This may have at most {self.max_length} characters.")
        return text


class InputHidden(FormElement):
    """A value that the form carries along. Whoever calls can change it: it is no secret and no proof."""

    type: ClassVar[str] = "hidden"
    fields: ClassVar[tuple[str, ...]] = ("name", "value")

    def __init__(self, name: str, value: Any = None, error: list[str] | None = None) -> None:
        super().__init__(name, None, value, error=error)
