"""`Viewer`: a session of the node, shown live as a cell's output."""

from __future__ import annotations

import base64
import os
import secrets
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from eyepiece._lazy import ChunkServer, LazyArray, is_lazy, stored_at
from eyepiece._node import NodeError, headless, node
from eyepiece._still import still

_MIME = "application/vnd.eyepiece.viewer+json"
_KINDS = "biuf"
_MANY = 10_000_000
_MOST_PIXELS = 4096


class ImageLayer:
    """An image layer. Setting one of napari's properties changes what is on the screen."""

    _own = ("_viewer", "_id", "_look")

    def __init__(self, viewer: Viewer, layer: str, look: dict[str, Any]) -> None:
        self._viewer = viewer
        self._id = layer
        self._look = look

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self._own:
            object.__setattr__(self, name, value)
            return
        look = {name: _plain(value)}
        node().ask({"op": "set", "session": self._viewer.session, "layer": self._id, "look": look})
        self._look[name] = value

    def __getattr__(self, name: str) -> Any:
        # Only asked for what is no attribute of the object.
        try:
            return object.__getattribute__(self, "_look")[name]
        except KeyError:
            raise AttributeError(f"{name} of this layer was not set from here") from None

    def remove(self) -> None:
        """Takes the layer out of the viewer."""
        node().ask({"op": "remove", "session": self._viewer.session, "layer": self._id})
        if self in self._viewer.layers:
            self._viewer.layers.remove(self)

    def __repr__(self) -> str:
        return f"<ImageLayer {self._look.get('name', self._id)!r}>"


class Viewer:
    """A live viewer: as the last line of a cell it is shown, interactive, in the cell's output."""

    def __init__(self, title: str | None = None) -> None:
        self.title = title or "Viewer"
        self.session: str = node().ask({"op": "create", "title": self.title})["session"]
        self.layers: list[ImageLayer] = []
        self._still: str | None = None

    def add_image(self, data: ArrayLike, *, rgb: bool | None = None, **look: Any) -> ImageLayer:
        """Adds an image of any number of axes.

        `look` takes napari's keywords: name, colormap, contrast_limits, gamma, opacity, blending, scale, translate, rendering and
        the others. A NumPy array is copied once, into a file that the node reads chunk by chunk. What comes in chunks (Dask, Zarr,
        HDF5, xarray over them) or lies in a file (`numpy.memmap`) stays where it is: only the chunks that somebody looks at are
        computed, here, also while a cell runs.
        """
        plain = {key: _plain(value) for key, value in look.items()}
        plain.setdefault("name", "Image")
        if is_lazy(data):
            return self._add_lazy(data, rgb, plain)
        array = np.asanyarray(data)
        if array.dtype.kind not in _KINDS or array.dtype.itemsize > 8:
            raise TypeError(f"An image has numbers as its elements, not {array.dtype}.")
        if array.dtype == np.float16:
            array = array.astype(np.float32)
        if array.ndim < 2:
            raise ValueError(f"An image has at least two axes; this array has {array.ndim}.")
        colours = array.ndim >= 3 and array.shape[-1] in (3, 4) and array.dtype == np.uint8 and min(array.shape[-3:-1]) > 30
        if rgb is not None and rgb != colours:
            raise ValueError("Colours are 3 or 4 values of uint8 along the last axis; other arrays are shown by a colormap.")
        name = "" if headless() else _write(array, self.session)
        if "contrast_limits" not in plain and array.dtype != np.uint8:
            plain["contrast_limits"] = _range(array)
        layers = node().ask({"op": "add", "session": self.session, "file": name, "look": plain})["layers"]
        if headless():
            self._still = still(array, colours)
        return self._added(layers[0], plain)

    def _add_lazy(self, data: Any, rgb: bool | None, plain: dict[str, Any]) -> ImageLayer:
        folder = None if headless() or rgb else stored_at(data)
        if folder is not None:
            # The very folder, not one of the same name that only this kernel sees.
            facts = Path(folder).stat()
            place = {"path": folder, "device": facts.st_dev, "inode": facts.st_ino}
            found = node().ask({"op": "place", "session": self.session, "look": plain, **place})["layers"]
            if found:
                return self._added(found[0], plain)
        array = LazyArray(data, rgb)
        if "contrast_limits" not in plain:
            plain["contrast_limits"] = array.limits()
        if headless():
            self._still = still(array.middle(), array.rgb)
            return self._added("", plain)
        server = ChunkServer(array, _arrays(), self.session)
        try:
            request = {"op": "add", "session": self.session, "file": f"{server.name}.chunks", "look": plain}
            layers = node().ask(request)["layers"]
        except NodeError:
            server.end()
            raise
        return self._added(layers[0], plain)

    def _added(self, identity: str, plain: dict[str, Any]) -> ImageLayer:
        layer = ImageLayer(self, identity, plain)
        self.layers.append(layer)
        return layer

    def screenshot(self, *, size: tuple[int, int] | None = None, canvas_only: bool = True) -> NDArray[np.uint8]:
        """The picture that the viewer draws at rest, as an RGBA array of shape (height, width, 4).

        It is seen as by whoever looked last, or as the viewer first opens. `size` is height and width in pixels.
        """
        if not canvas_only:
            raise ValueError("There is no window around the canvas here: canvas_only=False has nothing to show.")
        height, width = (int(side) for side in size) if size is not None else (0, 0)
        if size is not None and not (0 < height <= _MOST_PIXELS and 0 < width <= _MOST_PIXELS):
            raise ValueError(f"A picture has from 1 to {_MOST_PIXELS} pixels a side, not {height} x {width}.")
        taken = node().ask({"op": "screenshot", "session": self.session, "width": width, "height": height})
        if "pixels" not in taken:
            raise NodeError("This notebook runs without a node, so that there is no canvas to take a picture of.")
        pixels = np.frombuffer(zlib.decompress(base64.b64decode(taken["pixels"])), dtype=np.uint8)
        return pixels.reshape(taken["height"], taken["width"], 4).copy()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/plain": repr(self)}
        if self.session:
            bundle[_MIME] = {"session": self.session, "title": self.title}
        if self._still is not None:
            bundle["image/png"] = self._still
        return bundle

    def __repr__(self) -> str:
        return f"<Viewer {self.title!r} with {len(self.layers)} layers>"


def _arrays() -> Path:
    """The folder in which the node finds arrays."""
    folder = os.environ.get("EYEPIECE_ARRAYS")
    if not folder:
        raise NodeError("A viewer needs an Eyepiece node: run this in a notebook of Eyepiece.")
    return Path(folder)


def _write(array: NDArray[np.generic], session: str) -> str:
    """Writes an array where the node reads it; the file's name."""
    name = f"{session}-{secrets.token_hex(8)}.npy"
    whole = np.ascontiguousarray(array)
    path = _arrays() / name
    try:
        with path.open("xb", buffering=0) as file:
            header = np.lib.format.header_data_from_array_1_0(whole)
            np.lib.format.write_array_header_1_0(file, header)
            # One write() after the other from the array's own memory: nothing is copied on the way.
            rest = whole.reshape(-1).view(np.uint8).data
            while rest:
                rest = rest[file.write(rest) :]
    except OSError as error:
        path.unlink(missing_ok=True)
        raise NodeError(f"There is no room for an array of {whole.nbytes / 1e6:.0f} MB at the node: {error}.") from error
    return name


def _range(array: NDArray[Any]) -> list[float]:
    """The least and the greatest finite value: NumPy finds them in memory faster than the node in a file."""
    if array.size == 0:
        return [0.0, 1.0]
    if array.size > _MANY and array.ndim > 2:
        # As napari does: of a large array the first, the middle and the last plane tell.
        sizes = array.shape[:-2]
        planes = [tuple(0 for _ in sizes), tuple(size // 2 for size in sizes), tuple(size - 1 for size in sizes)]
        array = np.stack([array[plane] for plane in planes])
    low, high = float(array.min()), float(array.max())
    if not (np.isfinite(low) and np.isfinite(high)):
        finite = array[np.isfinite(array)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    return [low, high] if low < high else [low, low + 1.0]


def _plain(value: Any) -> Any:
    """A property's value as JSON has it."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value
