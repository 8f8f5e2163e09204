"""napari's properties as attributes: read from the scene, and set in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from eyepiece._layer import Layer

T = TypeVar("T")


class Property(Generic[T]):
    """A property of a layer that the scene holds under the same name."""

    def __init__(self, read: Callable[[Any], T] | None = None, write: Callable[[Any, int], Any] | None = None) -> None:
        self._read = read
        self._write = write

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, layer: None, owner: type) -> Property[T]: ...
    @overload
    def __get__(self, layer: Layer, owner: type) -> T: ...
    def __get__(self, layer: Layer | None, owner: type) -> Any:
        if layer is None:
            return self
        value = layer._known(self._name)
        return self._read(value) if self._read is not None else value

    def __set__(self, layer: Layer, value: Any) -> None:
        layer._set(**{self._name: self._write(value, layer.ndim) if self._write is not None else plain(value)})


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, range)):
        return [plain(one) for one in value]
    return value


def padded(fill: float) -> Callable[[Any, int], list[float]]:
    """One number for each axis; those that lack in front are `fill`, as in napari."""

    def write(value: Any, ndim: int) -> list[float]:
        numbers = [float(one) for one in np.atleast_1d(np.asarray(value, np.float64))]
        if len(numbers) > ndim:
            raise ValueError(f"There are {len(numbers)} numbers for {ndim} axes.")
        return [fill] * (ndim - len(numbers)) + numbers

    return write


def words(value: Any, ndim: int) -> list[str]:
    """One word for each axis; one for all may be given."""
    return [str(value)] * ndim if isinstance(value, str) else [str(one) for one in value]


def rotation(value: Any, ndim: int) -> list[list[float]]:
    """A rotation as a matrix: from degrees in the last two axes, three Euler angles in degrees, or a matrix."""
    given = np.asarray(value, np.float64)
    if given.ndim == 0 or given.shape == (1,):
        (a,) = np.deg2rad(given.reshape(1))
        matrix = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    elif given.shape == (3,):
        a, b, c = np.deg2rad(given)
        first = np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])
        second = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
        third = np.array([[1, 0, 0], [0, np.cos(c), -np.sin(c)], [0, np.sin(c), np.cos(c)]])
        matrix = first @ second @ third
    else:
        matrix = given
    rows: list[list[float]] = embedded(matrix, ndim).tolist()
    return rows


def affine(value: Any, ndim: int) -> list[list[float]]:
    """An affine matrix of all axes, from one of some: (n + 1, n + 1), or linear (n, n)."""
    matrix = np.asarray(getattr(value, "affine_matrix", value), np.float64)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"An affine is a square matrix, not of shape {matrix.shape}.")
    rows: list[list[float]] = embedded(matrix, ndim + 1).tolist()
    return rows


def embedded(matrix: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """The matrix as that of the last axes."""
    if len(matrix) > size:
        raise ValueError(f"A matrix of {len(matrix)} rows is too large for {size}.")
    full = np.eye(size)
    at = size - len(matrix)
    full[at:, at:] = matrix
    return full


#: How values are written that several ways are known to say.
WRITES: dict[str, Callable[[Any, int], Any]] = {
    "scale": padded(1.0),
    "translate": padded(0.0),
    "rotate": rotation,
    "affine": affine,
    "units": words,
    "axis_labels": words,
}


def array(value: Any) -> NDArray[np.float64]:
    """A property as an array."""
    return np.asarray(value, np.float64)


def pair(value: Any) -> tuple[float, float]:
    """Two limits."""
    return (value[0], value[1])


def named_colormap(value: Any) -> str:
    """A colormap is read as its name."""
    return str(value.get("name", "")) if isinstance(value, dict) else str(value)


def colormap(value: Any, ndim: int = 0) -> Any:
    """A colormap: napari's name, a dict as the scene has it, colours in a list, or an object with colors and controls."""
    if isinstance(value, (str, dict)):
        return plain(value)
    if hasattr(value, "colors"):
        colors = np.asarray(value.colors, np.float64)
        controls = getattr(value, "controls", None)
        name = str(getattr(value, "name", "custom"))
    else:
        from eyepiece._colors import rgba

        colors, controls, name = np.asarray([rgba(one) for one in value]), None, "custom"
    if colors.shape[1] == 3:
        colors = np.concatenate([colors, np.ones((len(colors), 1))], axis=1)
    places = np.linspace(0, 1, len(colors)) if controls is None else np.asarray(controls, np.float64)
    return {"name": name, "colors": colors.tolist(), "controls": places.tolist()}
