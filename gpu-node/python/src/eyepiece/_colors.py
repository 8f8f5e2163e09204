"""Colours as napari's users write them, as RGBA in 0..1."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from eyepiece._color_names import COLORS

#: napari's first colours of a cycle of two.
DEFAULT_CYCLE: list[list[float]] = [[1.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]]
_SHORT = {
    "r": "red", "g": "green", "b": "blue", "c": "cyan", "m": "magenta", "y": "yellow", "k": "black", "w": "white",
}  # fmt: skip
_MANY_VALUES = 16


def rgba(color: Any) -> list[float]:
    """One colour: a CSS name, `#rgb`, `#rrggbb`, `#rrggbbaa`, or 3 or 4 numbers in 0..1. Raises ValueError."""
    if isinstance(color, str):
        return _named(color)
    values = np.asarray(color, dtype=np.float64).reshape(-1)
    if values.size not in (3, 4):
        raise ValueError(f"A colour is a name or 3 or 4 numbers, not {color!r}.")
    full = values.tolist() + [1.0] * (4 - values.size)
    if not all(0 <= value <= 1 for value in full):
        raise ValueError(f"The numbers of a colour lie between 0 and 1; these are {values.tolist()}.")
    return full


def _named(name: str) -> list[float]:
    lower = name.strip().lower()
    if lower in ("transparent", "none"):
        return [0.0, 0.0, 0.0, 0.0]
    digits = lower[1:] if lower.startswith("#") else COLORS.get(_SHORT.get(lower, lower), "")
    if len(digits) in (3, 4):
        digits = "".join(digit * 2 for digit in digits)
    try:
        if len(digits) not in (6, 8):
            raise ValueError
        values = [int(digits[at : at + 2], 16) / 255 for at in range(0, len(digits), 2)]
    except ValueError:
        raise ValueError(f"There is no colour {name!r}: CSS names and #rrggbb are known.") from None
    return values + [1.0] * (4 - len(values))


def rows_of_colors(color: Any, count: int) -> NDArray[np.float32]:
    """Colours of `count` items, shape (count, 4): one for all, or one for each."""
    if isinstance(color, str):
        return np.tile(np.asarray(rgba(color), np.float32), (count, 1))
    if isinstance(color, (list, tuple)) and any(isinstance(one, (str, list, tuple, np.ndarray)) for one in color):
        return _each(np.asarray([rgba(one) for one in color], np.float32), count)
    values = np.asarray(color, dtype=np.float32)
    if values.dtype.kind not in "fiu" or values.ndim not in (1, 2) or values.shape[-1] not in (3, 4):
        raise ValueError("Colours are one colour for all items, or one for each.")
    if values.size and not (float(values.min()) >= 0 and float(values.max()) <= 1):
        raise ValueError("The numbers of a colour lie between 0 and 1.")
    if values.shape[-1] == 3:
        values = np.concatenate([values, np.ones((*values.shape[:-1], 1), np.float32)], axis=-1)
    if values.ndim == 1:
        return np.tile(values, (count, 1))
    return _each(values, count)


def _each(values: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    if len(values) != count:
        raise ValueError(f"There are {len(values)} colours for {count} items.")
    return np.ascontiguousarray(values, np.float32)


def color_rule(
    color: Any, features: dict[str, NDArray[Any]], cycle: Any, colormap: Any, limits: Any
) -> dict[str, Any] | None:
    """How a feature gives colours, as the scene says it; None where colours are given directly."""
    if not isinstance(color, str) or color not in features:
        return None
    rule: dict[str, Any] = {"feature": color, "mode": "colormap" if continuous(features[color]) else "cycle"}
    rule["cycle"] = [rgba(one) for one in cycle] if cycle is not None else DEFAULT_CYCLE
    rule["colormap"] = colormap if colormap is not None else "viridis"
    rule["contrast_limits"] = [float(limit) for limit in limits] if limits is not None else None
    return rule


def continuous(values: NDArray[Any]) -> bool:
    """Whether a feature is coloured by a colormap: fractions, or whole numbers of many values; as napari guesses."""
    if values.dtype.kind == "f":
        return True
    return values.dtype.kind in "iu" and len(np.unique(values)) > _MANY_VALUES


def rule_colors(rule: dict[str, Any], own: NDArray[np.float32], feature: NDArray[Any] | None) -> NDArray[np.float32]:
    """Colours of items as they are shown, shape (count, 4)."""
    if rule["mode"] == "direct" or feature is None:
        return own
    if rule["mode"] == "cycle":
        _, first, inverse = np.unique(feature, return_index=True, return_inverse=True)
        place = np.argsort(np.argsort(first))
        cycle = np.asarray(rule["cycle"], np.float32)
        return cycle[place[inverse] % len(cycle)]
    numbers = feature.astype(np.float64) if feature.dtype.kind in "biuf" else np.unique(feature, return_inverse=True)[1]
    finite = numbers[np.isfinite(numbers)]
    low, high = rule["contrast_limits"] or ((finite.min(), finite.max()) if finite.size else (0.0, 1.0))
    t = np.nan_to_num((numbers - low) / ((high - low) or 1.0)).clip(0, 1)
    colors = np.asarray(rule["colormap"]["colors"], np.float64)
    controls = np.asarray(rule["colormap"]["controls"], np.float64)[: len(colors)]
    return np.stack([np.interp(t, controls, colors[:, c]) for c in range(4)], axis=1).astype(np.float32)
