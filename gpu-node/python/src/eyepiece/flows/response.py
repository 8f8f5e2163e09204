"""What a run shows: the results that a page knows how to draw."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


class _Shown(BaseModel):
    """`body=...`, or the parts, each of which is a line or a list of lines."""

    body: str

    def __init__(self, *parts: object, **fields: Any) -> None:
        if parts:
            lines = [str(line) for part in parts for line in (part if isinstance(part, list) else [part])]
            fields["body"] = "\n".join(lines)
        super().__init__(**fields)


class Text(_Shown):
    """Plain text."""


class HTML(_Shown):
    """HTML; a page shows it in a frame that reaches nothing."""


class Markdown(_Shown):
    """Text in Markdown."""
