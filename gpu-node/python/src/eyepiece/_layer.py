"""What all layers have, and layers whose data are items."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from eyepiece._arrays import arrays_folder
from eyepiece._colors import color_rule, rows_of_colors, rule_colors
from eyepiece._events import EventGroup
from eyepiece._node import NodeError, headless, node
from eyepiece._properties import WRITES, Property, affine, array, colormap, padded, plain, rotation, words
from eyepiece._table import Column, Table, as_frame, read_features, read_table, write_table

if TYPE_CHECKING:
    from eyepiece._viewer import Viewer

_ROWS_AT_ONCE = 20_000


class Layer:
    """A layer of a viewer. Its properties are napari's: read from the scene, and set in it at once."""

    _type = ""

    name = Property[str]()
    visible = Property[bool]()
    opacity = Property[float]()
    blending = Property[str]()
    scale = Property[NDArray[np.float64]](array, padded(1.0))
    translate = Property[NDArray[np.float64]](array, padded(0.0))
    rotate = Property[NDArray[np.float64]](array, rotation)
    shear = Property[NDArray[np.float64]](array)
    affine = Property[NDArray[np.float64]](array, affine)
    units = Property[tuple[str, ...]](tuple, words)
    axis_labels = Property[tuple[str, ...]](tuple, words)
    metadata = Property[dict[str, Any]]()
    editable = Property[bool]()
    locked = Property[bool]()
    bounding_box = Property[bool]()
    name_overlay = Property[bool]()
    experimental_clipping_planes = Property[list[dict[str, Any]]]()

    def __init__(self, viewer: Viewer, identity: str) -> None:
        self._viewer = viewer
        self._id = identity
        self.events = EventGroup(viewer._loop, self)

    def __setattr__(self, name: str, value: Any) -> None:
        known = any(name in vars(one) for one in type(self).__mro__)
        if not name.startswith("_") and name != "events" and not known:
            raise AttributeError(f"A layer has no property {name}.")
        object.__setattr__(self, name, value)

    @property
    def ndim(self) -> int:
        """Axes of the data."""
        known = self._viewer._layer(self._id)
        return len(known["scale"]) if "scale" in known else 2

    @property
    def data(self) -> Any:
        """The data."""
        raise NotImplementedError

    def remove(self) -> None:
        """Takes the layer out of the viewer."""
        node().ask({"op": "remove", "session": self._viewer.session, "layer": self._id, "viewer": id(self._viewer)})

    def save(self, path: str | Path, *, overwrite: bool = True) -> list[str]:
        """Saves the layer in the format of the path's end. Returns what was written."""
        return self._viewer._save(path, [self._id], overwrite)

    def refresh(self) -> None:
        """Nothing: what is set is shown at once."""

    def _known(self, name: str) -> Any:
        known = self._viewer._layer(self._id)
        if name not in known:
            raise AttributeError(f"{name} of this layer is not known here.")
        return known[name]

    def _set(self, **look: Any) -> None:
        request = {"op": "set", "session": self._viewer.session, "layer": self._id, "type": self._type}
        node().ask({**request, "look": {key: plain(value) for key, value in look.items()}})

    def _operate(self, operation: str, **rest: Any) -> None:
        self._viewer._operate([{"op": operation, "id": self._id, **rest}])

    def __repr__(self) -> str:
        try:
            return f"<{type(self).__name__} layer {self.name!r}>"
        except (NodeError, AttributeError, KeyError):
            return f"<{type(self).__name__} layer that is gone>"


def look_of(given: dict[str, Any], ndim: int) -> dict[str, Any]:
    """napari's keywords as the scene has them. None stands for napari's default."""
    look: dict[str, Any] = {}
    for name, value in given.items():
        # Of napari's machinery, without a meaning here.
        if value is None or name == "cache":
            continue
        if name in WRITES:
            look[name] = WRITES[name](value, ndim)
        elif name == "colormap":
            look[name] = colormap(value)
        else:
            look[name] = plain(value)
    return look


class ItemLayer(Layer):
    """A layer of items: points, shapes, vectors, tracks, triangles."""

    def _table(self) -> Table:
        answer = node().ask({"op": "table", "session": self._viewer.session, "layer": self._id})
        return read_table(answer["bytes"])

    def _put(self, table: Table) -> None:
        file = put_table(table, self._viewer.session)
        request = {"op": "add", "session": self._viewer.session, "file": file, "type": self._type}
        node().ask({**request, "layer": self._id})

    def _change(self, **columns: NDArray[Any]) -> None:
        table = self._table()
        for name, values in columns.items():
            table.columns[name] = Column(values, table.columns[name].width, table.columns[name].offsets)
        self._put(table)

    def _remove(self, indices: Iterable[int]) -> None:
        rows = sorted({int(index) for index in indices})
        # From the end: what is before keeps its place.
        for at in reversed(range(0, len(rows), _ROWS_AT_ONCE)):
            self._operate("items.remove", indices=rows[at : at + _ROWS_AT_ONCE])

    def __len__(self) -> int:
        return int(self._known("data")["count"])

    @property
    def features(self) -> Any:
        """What is known of each item: a pandas DataFrame where pandas is installed, else a dict of arrays."""
        return as_frame(self._table().features)

    @features.setter
    def features(self, features: Any) -> None:
        table = self._table()
        table.features = read_features(features, table.count)
        self._put(table)

    @property
    def properties(self) -> dict[str, NDArray[Any]]:
        """napari's older name of `features`: arrays by name."""
        return self._table().features

    @properties.setter
    def properties(self, features: Any) -> None:
        self.features = features

    def _colors(self, column: str, rule: str) -> NDArray[np.float32]:
        table = self._table()
        known = self._known(rule)
        return rule_colors(known, table.columns[column].data.reshape(-1, 4), table.features.get(known["feature"]))

    def _set_colors(self, column: str, rule: str, color: Any) -> None:
        table = self._table()
        known = self._known(rule)
        mapped = color_rule(color, table.features, None, known["colormap"], known["contrast_limits"])
        if mapped is not None:
            self._set(**{rule: {**mapped, "cycle": known["cycle"]}})
            return
        table.columns[column] = Column(rows_of_colors(color, table.count), 4)
        self._put(table)
        if known["mode"] != "direct":
            self._set(**{rule: {**known, "mode": "direct"}})


def put_table(table: Table, session: str) -> str:
    """Writes items where the node reads them; the file's name."""
    if headless():
        return ""
    name = f"{session}-{secrets.token_hex(8)}.table"
    path = arrays_folder() / name
    try:
        write_table(path, table)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise NodeError(f"There is no room for {table.count} items at the node: {error}.") from error
    return name


class ColorOf:
    """Colours of items: an array of shape (items, 4); set by a colour, by one for each item, or by a feature's name."""

    def __init__(self, column: str, rule: str) -> None:
        self._column = column
        self._rule = rule

    def __get__(self, layer: ItemLayer, owner: type) -> NDArray[np.float32]:
        return layer._colors(self._column, self._rule)

    def __set__(self, layer: ItemLayer, color: Any) -> None:
        layer._set_colors(self._column, self._rule, color)


class RuleOf:
    """One part of how a feature gives colours: mode, cycle, colormap or limits."""

    def __init__(self, rule: str, part: str) -> None:
        self._rule = rule
        self._part = part

    def __get__(self, layer: ItemLayer, owner: type) -> Any:
        return layer._known(self._rule)[self._part]

    def __set__(self, layer: ItemLayer, value: Any) -> None:
        if self._part == "cycle":
            from eyepiece._colors import rgba

            value = [rgba(one) for one in value]
        elif self._part == "colormap":
            value = colormap(value)
        layer._set(**{self._rule: {**layer._known(self._rule), self._part: plain(value)}})


class ValuesOf:
    """One number for each item: an array; set by one number for all, or by one for each."""

    def __init__(self, column: str, dtype: Any, current: str | None = None) -> None:
        self._column = column
        self._dtype = dtype
        self._current = current

    def __get__(self, layer: ItemLayer, owner: type) -> NDArray[Any]:
        return layer._table().columns[self._column].data.reshape(-1)

    def __set__(self, layer: ItemLayer, value: Any) -> None:
        layer._change(**{self._column: each(value, len(layer), self._dtype, self._column)})
        if self._current is not None and np.ndim(value) == 0:
            layer._set(**{self._current: value})


def each(value: Any, count: int, dtype: Any, name: str) -> NDArray[Any]:
    """One value for each item, from one for all or one for each."""
    values = np.asarray(value)
    if values.ndim == 2 and values.shape[0] == count:
        # napari's older points had a size for each axis.
        values = values.mean(axis=1)
    if values.ndim == 0:
        return np.full(count, values, dtype)
    if values.shape != (count,):
        raise ValueError(f"{name} has the shape {values.shape} for {count} items.")
    return np.ascontiguousarray(values, dtype)
