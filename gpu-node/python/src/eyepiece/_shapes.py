"""What napari accepts as shapes, as the vertices that are drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

#: By their number in the table.
SHAPE_TYPES = ("rectangle", "ellipse", "line", "path", "polygon")


def shapes_of(data: Any, shape_type: Any) -> tuple[list[NDArray[np.float64]], list[str]]:
    """Vertices and type of each shape.

    `data` is one shape of shape (vertices, axes), a list of those, a list of pairs (vertices, type), or one such pair with a
    list of shapes.
    """
    types = shape_type
    if isinstance(data, tuple) and len(data) == 2 and _is_type(data[1]):
        data, types = data
    if isinstance(data, list) and data and all(isinstance(one, tuple) and len(one) == 2 and isinstance(one[1], str) for one in data):
        types = [one[1] for one in data]
        data = [one[0] for one in data]
    if data is None or len(data) == 0:
        return [], []
    if np.ndim(data[0]) == 1:
        data = [data]
    vertices = [np.asarray(one, np.float64) for one in data]
    names = [types] * len(vertices) if isinstance(types, str) else list(types)
    if len(names) != len(vertices):
        raise ValueError(f"There are {len(names)} shape types for {len(vertices)} shapes.")
    return [_corners(one, name) for one, name in zip(vertices, names, strict=True)], names


def _is_type(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value))


def _corners(points: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    if name not in SHAPE_TYPES:
        raise ValueError(f"There is no shape type {name!r}: {', '.join(SHAPE_TYPES)} are.")
    if points.ndim != 2 or points.shape[1] < 2:
        raise ValueError(f"The vertices of a shape have the shape (vertices, axes), not {points.shape}.")
    needed = {"rectangle": (2, 4), "ellipse": (2, 4), "line": (2, 2)}.get(name)
    if needed is not None and len(points) not in needed:
        raise ValueError(f"A {name} has {' or '.join(str(n) for n in sorted(set(needed)))} vertices, not {len(points)}.")
    if needed is None and len(points) < (3 if name == "polygon" else 2):
        raise ValueError(f"A {name} of {len(points)} vertices cannot be drawn.")
    if len(points) == 4 or name not in ("rectangle", "ellipse"):
        return np.ascontiguousarray(points)
    # Two corners of a rectangle, or the centre and radii of an ellipse, in the last two axes.
    low, high = points
    if name == "ellipse":
        low, high = points[0] - points[1], points[0] + points[1]
        low[:-2] = high[:-2] = points[0][:-2]
    corners = np.tile(low, (4, 1))
    corners[1, -1] = corners[2, -1] = high[-1]
    corners[2, -2] = corners[3, -2] = high[-2]
    return corners


def pack(shapes: list[NDArray[np.float64]], ndim: int) -> tuple[NDArray[np.float64], NDArray[np.uint32]]:
    """All vertices one after the other, and where each shape's begin."""
    for one in shapes:
        if one.shape[1] != ndim:
            raise ValueError(f"A shape has {one.shape[1]} axes where the others have {ndim}.")
    offsets = np.zeros(len(shapes) + 1, np.uint32)
    np.cumsum([len(one) for one in shapes], out=offsets[1:])
    data = np.concatenate(shapes) if shapes else np.zeros((0, ndim))
    return data, offsets
