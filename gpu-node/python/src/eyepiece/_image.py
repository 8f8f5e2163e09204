"""Images and labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from eyepiece._arrays import write_array
from eyepiece._colors import rgba
from eyepiece._layer import Layer, put_table
from eyepiece._node import node
from eyepiece._properties import Property, array, colormap, named_colormap, pair
from eyepiece._table import as_frame, label_features, read_table

_SLAB = 64 << 20
_LABEL_TYPES = "biu"


class _ArrayLayer(Layer):
    """A layer whose data are an array."""

    depiction = Property[str]()
    plane = Property[dict[str, Any]]()
    projection_mode = Property[str]()
    locked_data_level = Property[int | None]()

    @property
    def data(self) -> NDArray[Any]:
        """The whole array at full resolution, as it is now. What is set replaces it."""
        about = self._known("data")
        shape = [int(size) for size in about["shape"]]
        dtype = np.dtype(about["dtype"])
        rgb = bool(self._viewer._layer(self._id).get("rgb", False))
        row = max(1, int(np.prod(shape[1:], dtype=np.int64)) * dtype.itemsize * 4)
        step = max(1, _SLAB // row)
        parts = []
        for at in range(0, shape[0], step):
            box = [min(step, shape[0] - at), *shape[1:]]
            start = [at, *(0 for _ in shape[1:])]
            request = {"op": "region", "session": self._viewer.session, "layer": self._id, "start": start, "shape": box}
            found = np.frombuffer(node().ask(request)["bytes"], dtype)
            parts.append(found.reshape((*box, -1)) if rgb else found.reshape(box))
        return np.concatenate(parts) if len(parts) > 1 else parts[0]

    @data.setter
    def data(self, data: ArrayLike) -> None:
        whole = self._as_data(np.asanyarray(data))
        if whole.ndim != self.ndim + bool(self._viewer._layer(self._id).get("rgb", False)):
            raise ValueError(f"This layer has {self.ndim} axes, and the array {whole.ndim}.")
        file = write_array(whole, self._viewer.session)
        request = {"op": "add", "session": self._viewer.session, "file": file, "type": self._type}
        node().ask({**request, "layer": self._id})

    def _as_data(self, whole: NDArray[Any]) -> NDArray[Any]:
        return shown_array(whole)


def shown_array(whole: NDArray[Any]) -> NDArray[Any]:
    """The array in a type that viewers show."""
    if whole.dtype.kind not in "biuf" or whole.dtype.itemsize > 8:
        raise TypeError(f"An image has numbers as its elements, not {whole.dtype}.")
    if whole.ndim < 2:
        raise ValueError(f"An image has at least two axes; this array has {whole.ndim}.")
    return whole.astype(np.float32) if whole.dtype == np.float16 else whole


class Image(_ArrayLayer):
    """An image of any number of axes."""

    _type = "image"

    contrast_limits = Property[tuple[float, float]](pair)
    contrast_limits_range = Property[tuple[float, float]](pair)
    gamma = Property[float]()
    colormap = Property[str](named_colormap, colormap)
    interpolation2d = Property[str]()
    interpolation3d = Property[str]()
    rendering = Property[str]()
    iso_threshold = Property[float]()
    attenuation = Property[float]()

    @property
    def rgb(self) -> bool:
        """Whether the last axis of the array is colours."""
        return bool(self._known("rgb"))


class Labels(_ArrayLayer):
    """Whole numbers that name regions."""

    _type = "labels"

    colormap = Property[dict[str, Any]](None, lambda value, ndim: label_colormap(value))
    rendering = Property[str]()
    iso_gradient_mode = Property[str]()
    contour = Property[int]()
    selected_label = Property[int]()
    show_selected_label = Property[bool]()
    brush_size = Property[float]()
    n_edit_dimensions = Property[int]()
    contiguous = Property[bool]()
    preserve_labels = Property[bool]()

    def _as_data(self, whole: NDArray[Any]) -> NDArray[Any]:
        return labels_array(whole)

    @property
    def features(self) -> Any:
        """What is known of the labels, a row each; its column `index` says which: a DataFrame where pandas is installed, else a dict."""
        if self._known("features") is None:
            return as_frame({"index": np.zeros(0, np.int64)})
        answer = node().ask({"op": "table", "session": self._viewer.session, "layer": self._id})
        table = read_table(answer["bytes"])
        return as_frame({"index": table.columns["index"].data.astype(np.int64), **table.features})

    @features.setter
    def features(self, features: Any) -> None:
        file = put_table(label_features(features), self._viewer.session)
        request = {"op": "add", "session": self._viewer.session, "file": file, "type": self._type}
        node().ask({**request, "layer": self._id})

    @property
    def properties(self) -> Any:
        """napari's older name of `features`."""
        return self.features

    @properties.setter
    def properties(self, features: Any) -> None:
        self.features = features

    def paint(self, coord: ArrayLike, new_label: int, refresh: bool = True) -> None:
        """Paints a disc, or a ball in more axes, of `brush_size` around data coordinates; a list of them is a stroke."""
        points = np.atleast_2d(array(coord)).tolist()
        self._edit("labels.paint", new_label, points=points, brush_size=max(1.0, float(self.brush_size)))

    def fill(self, coord: ArrayLike, new_label: int, refresh: bool = True) -> None:
        """Fills the region at data coordinates: what is connected of its label, or with `contiguous` off all of it."""
        self._edit("labels.fill", new_label, point=array(coord).tolist(), contiguous=self.contiguous)

    def paint_polygon(self, points: ArrayLike, new_label: int) -> None:
        """Fills a polygon in the last two axes."""
        self._edit("labels.polygon", new_label, points=array(points).tolist())

    def data_setitem(self, indices: tuple[Any, ...], value: Any, refresh: bool = True) -> None:
        """`data[indices] = value`, in the viewer."""
        whole = self.data.copy()
        whole[indices] = value
        self.data = whole

    def undo(self) -> None:
        """Takes back the viewer's last change."""
        self._viewer.undo()

    def redo(self) -> None:
        """Does it again."""
        self._viewer.redo()

    def _edit(self, operation: str, value: int, **rest: Any) -> None:
        ndim = self.ndim
        axes = list(range(ndim - max(1, min(ndim, self.n_edit_dimensions)), ndim))
        only = 0 if self.preserve_labels and value != 0 else None
        self._operate(operation, value=int(value), axes=axes, only=only, **rest)


def labels_array(whole: NDArray[Any]) -> NDArray[Any]:
    """The array as labels. Raises TypeError for fractions."""
    if whole.dtype.kind not in _LABEL_TYPES:
        raise TypeError(f"Labels are whole numbers, and this array has {whole.dtype}.")
    if whole.ndim < 2:
        raise ValueError(f"Labels have at least two axes; this array has {whole.ndim}.")
    return whole.astype(np.uint8) if whole.dtype.kind == "b" else whole


def label_colormap(value: Any) -> dict[str, Any]:
    """Colours of labels: a dict of label to colour (None: all others), a list of colours to cycle through, or as the scene has it."""
    if isinstance(value, Mapping) and "kind" in value:
        return dict(value)
    given = getattr(value, "color_dict", value)
    if isinstance(given, Mapping):
        colors = [[int(label), rgba(color)] for label, color in given.items() if label is not None]
        known: dict[str, Any] = {"kind": "direct", "colors": colors}
        if given.get(None) is not None:
            known["default"] = rgba(given[None])
        return known
    rows = getattr(value, "colors", value)
    return {"kind": "cyclic", "colors": [rgba(one) for one in rows]}


