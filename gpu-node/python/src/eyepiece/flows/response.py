"""What a run shows: the results that a page knows how to draw."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel


class Text(BaseModel):
    """Plain text."""

    body: str


class HTML(BaseModel):
    """HTML; a page shows it in a frame that reaches nothing."""

    body: str


class Markdown(BaseModel):
    """Text in Markdown."""

    body: str


def _joined(parts: Iterable[object], between: str) -> str:
    lines: list[str] = []
    for part in parts:
        lines.extend(map(str, part) if isinstance(part, list) else [str(part)])
    return between.join(lines)


def text(*parts: object) -> Text:
    """The parts as lines."""
    return Text(body=_joined(parts, "\n"))


def html(*parts: object) -> HTML:
    """The parts, one after the other."""
    return HTML(body=_joined(parts, "\n"))


def markdown(*parts: object) -> Markdown:
    """The parts as paragraphs."""
    return Markdown(body=_joined(parts, "\n\n"))
