"""A curve in a notebook: one picture, drawn in the place of the one before."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

_WIDTH, _HEIGHT = 560, 180
_LEFT, _BOTTOM, _TOP = 56, 24, 10
_MOST_POINTS = 500
#: Between two pictures: each is a message that the notebook keeps.
_EVERY_SECONDS = 3.0


class Plot:
    """The loss of a job. Draws nothing outside of a notebook."""

    def __init__(self) -> None:
        self._handle: Any = None
        self._drawn = 0.0

    def show(self, points: Callable[[], Sequence[dict[str, Any]]], *, last: bool) -> None:
        """Draws what `points` gives, `{step, value}` each, unless that was done a moment ago."""
        if not last and time.monotonic() - self._drawn < _EVERY_SECONDS:
            return
        self._drawn = time.monotonic()
        try:
            from IPython.display import HTML, display
        except ImportError:
            return
        values = [
            (float(one["step"]), float(one["value"])) for one in points() if isinstance(one.get("value"), (int, float))
        ]
        if len(values) < 2:
            return
        picture = HTML(curve(values, "loss"))  # type: ignore[no-untyped-call]
        if self._handle is None:
            self._handle = display(picture, display_id=True)  # type: ignore[no-untyped-call]
        else:
            self._handle.update(picture)


def curve(values: Sequence[tuple[float, float]], title: str) -> str:
    """An SVG of values over steps. The colours are the page's own, light or dark."""
    kept = values[:: max(1, len(values) // _MOST_POINTS)]
    if kept[-1] != values[-1]:
        kept = [*kept, values[-1]]
    (x0, x1), (y0, y1) = _range([x for x, _ in kept]), _range([y for _, y in kept])
    right, floor = _WIDTH - 8, _HEIGHT - _BOTTOM

    def at(x: float, y: float) -> str:
        across = _LEFT + (x - x0) / (x1 - x0) * (right - _LEFT)
        down = floor - (y - y0) / (y1 - y0) * (floor - _TOP)
        return f"{across:.1f},{down:.1f}"

    line = " ".join(at(x, y) for x, y in kept)
    label = f"{title} over steps {kept[0][0]:g} to {kept[-1][0]:g}: from {kept[0][1]:.4g} to {kept[-1][1]:.4g}"
    words = "font: 12px sans-serif; fill: currentColor"
    return (
        f'<svg role="img" aria-label="{escape(label)}" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
        f'style="max-width: 100%; height: auto">'
        f'<path d="M{_LEFT},{_TOP} V{floor} H{right}" fill="none" stroke="currentColor" stroke-opacity="0.4"/>'
        f'<polyline points="{line}" fill="none" stroke="currentColor" stroke-width="1.5"/>'
        f'<text x="{_LEFT - 6}" y="{_TOP + 10}" text-anchor="end" style="{words}">{y1:.3g}</text>'
        f'<text x="{_LEFT - 6}" y="{floor}" text-anchor="end" style="{words}">{y0:.3g}</text>'
        f'<text x="{_LEFT}" y="{_HEIGHT - 6}" style="{words}">{x0:g}</text>'
        f'<text x="{right}" y="{_HEIGHT - 6}" text-anchor="end" style="{words}">{x1:g} steps</text>'
        f'<text x="{right}" y="{_TOP + 10}" text-anchor="end" style="{words}">{escape(title)} {kept[-1][1]:.4g}</text>'
        "</svg>"
    )


def _range(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 0.5, high + 0.5)
