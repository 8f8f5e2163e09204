"""Points."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from eyepiece._colors import color_rule, rgba, rows_of_colors
from eyepiece._layer import ColorOf, ItemLayer, RuleOf, ValuesOf, each
from eyepiece._properties import Property, pair
from eyepiece._table import Column, Table, read_features
from eyepiece._text import TextOf, text_of

#: By their number in the table.
SYMBOLS = (
    "arrow", "clobber", "cross", "diamond", "disc", "hbar", "ring", "square", "star", "tailed_arrow", "triangle_down", "triangle_up",
    "vbar", "x",
)  # fmt: skip
_ALIASES = {
    "o": "disc", "*": "star", "+": "cross", "-": "hbar", "->": "tailed_arrow", ">": "arrow", "^": "triangle_up", "s": "square",
    "v": "triangle_down", "|": "vbar", "d": "diamond", "D": "diamond", "++": "cross", "@": "ring", "tri": "triangle_up",
    "triangle": "triangle_up",
}  # fmt: skip


def symbol_name(symbol: Any) -> str:
    """napari's name of a symbol or its alias. Raises ValueError."""
    word = str(getattr(symbol, "value", symbol))
    name = _ALIASES.get(word, word.lower().replace(" ", "_"))
    if name not in SYMBOLS:
        raise ValueError(f"There is no symbol {word!r}: {', '.join(SYMBOLS)} are.")
    return name


def symbols_of(symbol: Any, count: int) -> NDArray[np.uint8]:
    """Numbers of symbols, from one for all or one for each."""
    if isinstance(symbol, str) or np.ndim(symbol) == 0:
        return np.full(count, SYMBOLS.index(symbol_name(symbol)), np.uint8)
    known = {word: SYMBOLS.index(symbol_name(word)) for word in set(symbol)}
    return each(np.asarray([known[word] for word in symbol]), count, np.uint8, "symbol")


class Points(ItemLayer):
    """Points of any number of axes."""

    _type = "points"

    shading = Property[str]()
    antialiasing = Property[float]()
    canvas_size_limits = Property[tuple[float, float]](pair)
    projection_mode = Property[str]()
    out_of_slice_display = Property[bool]()
    border_width_is_relative = Property[bool]()
    current_size = Property[float]()
    current_symbol = Property[str](None, lambda value, ndim: symbol_name(value))
    current_face_color = Property[list[float]](None, lambda value, ndim: rgba(value))
    current_border_color = Property[list[float]](None, lambda value, ndim: rgba(value))
    current_border_width = Property[float]()
    text = TextOf()

    size = ValuesOf("size", np.float32, "current_size")
    border_width = ValuesOf("border_width", np.float32, "current_border_width")
    face_color = ColorOf("face_color", "face")
    border_color = ColorOf("border_color", "border")
    face_color_mode = RuleOf("face", "mode")
    face_color_cycle = RuleOf("face", "cycle")
    face_colormap = RuleOf("face", "colormap")
    face_contrast_limits = RuleOf("face", "contrast_limits")
    border_color_mode = RuleOf("border", "mode")
    border_color_cycle = RuleOf("border", "cycle")
    border_colormap = RuleOf("border", "colormap")
    border_contrast_limits = RuleOf("border", "contrast_limits")
    #: Indices of points that `remove_selected` takes out. Kept here: what people select in a page is theirs.
    selected_data: set[int] = set()

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.selected_data = set()

    @property
    def data(self) -> NDArray[np.float64]:
        """Coordinates, shape (points, axes). What is set replaces all: points that were there keep their looks."""
        return self._table().columns["position"].data

    @data.setter
    def data(self, data: ArrayLike) -> None:
        table = self._table()
        positions = positions_of(data, None)
        before, count = table.count, len(positions)
        new = max(0, count - before)
        current = {
            "size": self.current_size, "symbol": SYMBOLS.index(self.current_symbol), "shown": 1,
            "border_width": self.current_border_width, "face_color": self.current_face_color,
            "border_color": self.current_border_color,
        }  # fmt: skip
        for name, column in table.columns.items():
            if name == "position":
                table.columns[name] = Column(positions, positions.shape[1])
                continue
            kept = column.data[:count]
            more = np.broadcast_to(np.asarray(current[name], kept.dtype), (new, *kept.shape[1:]))
            table.columns[name] = Column(np.concatenate([kept, more]), column.width)
        table.features = {name: _resized(values, count) for name, values in table.features.items()}
        table.count = count
        self._put(table)
        self.selected_data = {index for index in self.selected_data if index < count}

    @property
    def symbol(self) -> NDArray[Any]:
        """napari's name of each point's symbol; set by one for all or one for each, also by aliases as `o` and `+`."""
        names: NDArray[Any] = np.asarray(SYMBOLS, dtype=object)[self._table().columns["symbol"].data]
        return names

    @symbol.setter
    def symbol(self, symbol: Any) -> None:
        self._change(symbol=symbols_of(symbol, len(self)))

    @property
    def shown(self) -> NDArray[np.bool_]:
        """Whether each point is shown; set by one for all or one for each."""
        return self._table().columns["shown"].data.astype(np.bool_)

    @shown.setter
    def shown(self, shown: Any) -> None:
        self._change(shown=each(shown, len(self), np.uint8, "shown"))

    def add(self, coordinates: ArrayLike) -> None:
        """Adds points of shape (points, axes), or one of shape (axes,), that look as the current values say."""
        positions = np.atleast_2d(np.asarray(coordinates, np.float64))
        if len(positions) > 20_000:
            self.data = np.concatenate([self.data, positions])
            return
        self._operate("items.insert", rows={"count": len(positions), "columns": {"position": positions.reshape(-1).tolist()}})

    def remove_selected(self) -> None:
        """Takes out the points in `selected_data`."""
        self._remove(self.selected_data)
        self.selected_data = set()


def positions_of(data: Any, ndim: int | None) -> NDArray[np.float64]:
    """Coordinates of shape (points, axes)."""
    if data is None or np.size(data) == 0:
        shape: list[int] = list(np.shape(data)) if data is not None else []
        return np.zeros([0, ndim or (shape[1] if len(shape) == 2 and shape[1] >= 2 else 2)])
    positions = np.asarray(data, np.float64)
    if positions.ndim == 1:
        positions = positions[np.newaxis]
    if positions.ndim != 2 or positions.shape[1] < 2:
        raise ValueError(f"Points have the shape (points, axes), with at least two axes; this array has {positions.shape}.")
    if ndim is not None and positions.shape[1] < ndim:
        positions = np.pad(positions, ((0, 0), (ndim - positions.shape[1], 0)))
    return np.ascontiguousarray(positions)


def points_table(data: Any, ndim: int | None, given: dict[str, Any]) -> tuple[Table, dict[str, Any]]:
    """Items of a points layer, and how it looks. Takes its part out of `given`."""
    positions = positions_of(data, ndim)
    count = len(positions)
    features = read_features(given.pop("features", None) or given.pop("properties", None), count)
    text = text_of(given.pop("text", None), features, count)
    look: dict[str, Any] = {} if text is None else {"text": text}
    columns = {"position": Column(positions, positions.shape[1])}
    values = {"size": (10, np.float32), "border_width": (0.05, np.float32), "shown": (True, np.uint8)}
    for name, (usual, dtype) in values.items():
        value = given.pop(name, usual)
        columns[name] = Column(each(value, count, dtype, name))
        if name != "shown" and np.ndim(value) == 0:
            look[f"current_{name}"] = float(value)
    symbol = given.pop("symbol", "o")
    columns["symbol"] = Column(symbols_of(symbol, count))
    if isinstance(symbol, str):
        look["current_symbol"] = symbol_name(symbol)
    for side, default in (("face", "white"), ("border", "dimgray")):
        color = given.pop(f"{side}_color", default)
        rest = [given.pop(f"{side}_{name}", None) for name in ("color_cycle", "colormap", "contrast_limits")]
        rule = color_rule(color, features, *rest)
        if rule is not None:
            look[side] = rule
            color = default
        columns[f"{side}_color"] = Column(rows_of_colors(color, count), 4)
        if isinstance(color, str):
            look[f"current_{side}_color"] = rgba(color)
    if "n_dimensional" in given:
        given["out_of_slice_display"] = given.pop("n_dimensional")
    return Table(count, columns, features), look


def _resized(values: NDArray[Any], count: int) -> NDArray[Any]:
    if len(values) >= count:
        return values[:count]
    numbers = values.dtype.kind in "biuf"
    fill: Any = np.nan if numbers else ""
    more = np.full(count - len(values), fill, values.dtype)
    return np.concatenate([values, more])


