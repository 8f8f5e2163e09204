"""`Viewer`: a session of the node, shown live as a cell's output."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from eyepiece._arrays import arrays_folder, value_range, write_array
from eyepiece._events import Callback, Event, Loop
from eyepiece._image import Image, Labels, label_colormap, labels_array, shown_array
from eyepiece._items import Shapes, Surface, Tracks, Vectors, shapes_table, surface_table, tracks_table, vectors_table
from eyepiece._keys import Keys, key_name
from eyepiece._layer import ItemLayer, Layer, look_of, put_table
from eyepiece._layer_list import LayerList
from eyepiece._lazy import ChunkServer, LazyArray, is_lazy, stored_at
from eyepiece._looking import Camera, Dims, Grid, changes
from eyepiece._node import NodeError, headless, node
from eyepiece._overlays import Axes, BoundingBox, ColorBar, CurrentSlice, ScaleBar, TextOverlay
from eyepiece._points import Points, points_table
from eyepiece._still import png_bytes, still
from eyepiece._table import Table

L = TypeVar("L", bound=Layer)
_MIME = "application/vnd.eyepiece.viewer+json"
_MOST_PIXELS = 65_536
_PIECE = 8 << 20
_KINDS: dict[str, type[Layer]] = {
    "image": Image, "labels": Labels, "points": Points, "shapes": Shapes, "surface": Surface, "tracks": Tracks, "vectors": Vectors,
}  # fmt: skip


class Viewer:
    """A live viewer: as the last line of a cell it is shown, interactive, in the cell's output."""

    def __init__(self, title: str | None = None, *, ndisplay: int = 2) -> None:
        self._title = title or "Viewer"
        made = node().ask({"op": "create", "title": self._title})
        self.session: str = made["session"]
        self._objects: dict[str, Layer] = {}
        self._last_view: dict[str, Any] = {}
        self._keys = Keys(self)
        self._loop = Loop(self._listen, self._told)
        self.layers = LayerList(self)
        self.dims = Dims(self)
        self.camera = Camera(self)
        self.grid = Grid(self)
        self.scale_bar = ScaleBar(self)
        self.axes = Axes(self)
        self.text_overlay = TextOverlay(self)
        self.current_slice = CurrentSlice(self)
        self.color_bar = ColorBar(self)
        self.bounding_box = BoundingBox(self)
        self._still: str | None = None
        if ndisplay == 3:
            self.dims.ndisplay = 3

    @property
    def title(self) -> str:
        """The viewer's name, as lists of sessions show it."""
        return self._title

    @title.setter
    def title(self, title: str) -> None:
        self._operate([{"op": "scene.set", "set": {"title": str(title)}}])
        self._title = str(title)

    def add_image(self, data: ArrayLike, *, rgb: bool | None = None, **look: Any) -> Image:
        """Adds an image of any number of axes.

        `look` takes napari's keywords: name, colormap, contrast_limits, gamma, opacity, blending, scale, translate, rendering and
        the others. A NumPy array is copied once, into a file that the node reads chunk by chunk. What comes in chunks (Dask, Zarr,
        HDF5, xarray over them) or lies in a file (`numpy.memmap`) stays where it is: only the chunks that somebody looks at are
        computed, here, also while a cell runs.
        """
        look.setdefault("name", "Image")
        if is_lazy(data):
            ndim = np.ndim(data) - bool(rgb)
            return self._add_lazy(data, rgb, Image, look_of(look, ndim))
        array = shown_array(np.asanyarray(data))
        colours = array.ndim >= 3 and array.shape[-1] in (3, 4) and array.dtype == np.uint8 and min(array.shape[-3:-1]) > 30
        if rgb is not None and rgb != colours:
            raise ValueError("Colours are 3 or 4 values of uint8 along the last axis; other arrays are shown by a colormap.")
        plain = look_of(look, array.ndim - colours)
        name = "" if headless() else write_array(array, self.session)
        if "contrast_limits" not in plain and array.dtype != np.uint8:
            plain["contrast_limits"] = value_range(array)
        if headless():
            self._still = still(array, colours)
        return self._added(Image, self._ask_add(name, "image", plain))

    def add_labels(self, data: ArrayLike, *, features: Any = None, colormap: Any = None, **look: Any) -> Labels:
        """Adds labels: whole numbers of any number of axes; 0 is the background.

        `colormap` is a dict of label to colour (its key None: all others) or a list of colours to cycle through. `features` has a
        column `index` of labels, or a row for each of 0, 1, 2 and so on. `look` takes
        napari's keywords: name, opacity, contour, rendering, scale and the others. Arrays in chunks stay where they are, as in `add_image`.
        """
        look.setdefault("name", "Labels")
        plain = look_of(look, np.ndim(data))
        if colormap is not None:
            plain["colormap"] = label_colormap(colormap)
        if is_lazy(data):
            if np.dtype(getattr(data, "dtype", float)).kind not in "biu":
                raise TypeError(f"Labels are whole numbers, and this array has {getattr(data, 'dtype', None)}.")
            return self._with_features(self._add_lazy(data, False, Labels, plain), features)
        array = labels_array(np.asanyarray(data))
        name = "" if headless() else write_array(array, self.session)
        if headless():
            self._still = still(array, False)
        return self._with_features(self._added(Labels, self._ask_add(name, "labels", plain)), features)

    def _with_features(self, layer: Labels, features: Any) -> Labels:
        if features is not None and not headless():
            layer.features = features
        return layer

    def add_points(self, data: ArrayLike | None = None, *, ndim: int | None = None, **look: Any) -> Points:
        """Adds points.

        `data` has the shape (points, axes), in data coordinates. `look` takes napari's keywords: size (diameter in data units, one or
        one for each), symbol (names and aliases as `o` and `+`), face_color and border_color (a colour, one for each, or a feature's
        name) with _cycle, colormap and contrast_limits, border_width, features (dict or DataFrame), text, shown, shading,
        out_of_slice_display, name, opacity, scale and the others.
        """
        table, known = points_table(data, ndim, look)
        return self._add_items(Points, table, known, look)

    def add_shapes(self, data: Any = None, *, ndim: int | None = None, **look: Any) -> Shapes:
        """Adds shapes.

        `data` is a list of arrays of shape (vertices, axes), or of pairs (vertices, type). `look` takes napari's keywords: shape_type
        (rectangle, ellipse, line, path or polygon; one or one for each), edge_width, edge_color, face_color, z_index, features, text,
        name, opacity, scale and the others.
        """
        table, known = shapes_table(data, ndim, look)
        return self._add_items(Shapes, table, known, look)

    def add_vectors(self, data: ArrayLike | None = None, *, ndim: int | None = None, **look: Any) -> Vectors:
        """Adds vectors.

        `data` has the shape (vectors, 2, axes): a start and the way from it; or is an image of directions of shape (*axes, axes).
        `look` takes napari's keywords: edge_width (data units), length (multiplies all), vector_style, edge_color, features, name,
        opacity, scale and the others.
        """
        table, known = vectors_table(data, ndim, look)
        return self._add_items(Vectors, table, known, look)

    def add_tracks(self, data: ArrayLike, **look: Any) -> Tracks:
        """Adds tracks.

        `data` has rows of track, time, (z,) y, x. `look` takes napari's keywords: tail_length, tail_width, head_length, color_by (a
        feature's name), colormap, graph (a track to those that it came from), features, name, opacity, scale and the others.
        """
        table, known = tracks_table(data, look)
        return self._add_items(Tracks, table, known, look)

    def add_surface(self, data: Any, **look: Any) -> Surface:
        """Adds a mesh.

        `data` is (vertices (n, axes), faces (m, 3)), and values (n,) or (times, n) besides. `look` takes napari's keywords: colormap,
        contrast_limits, gamma, shading, wireframe, normals, vertex_colors, texture with texcoords, name, opacity, scale and the others.
        """
        table, known = surface_table(data, look)
        return self._add_items(Surface, table, known, look)

    def _add_items(self, kind: type[L], table: Table, known: dict[str, Any], look: dict[str, Any]) -> L:
        place = table.columns.get("position") or table.columns["vertices"]
        times = table.columns["values"].width if "values" in table.columns else 1
        look.setdefault("name", kind.__name__)
        plain = {**look_of(look, place.width + (times > 1)), **known}
        return self._added(kind, self._ask_add(put_table(table, self.session), kind._type, plain))

    def _ask_add(self, file: str, kind: str, look: dict[str, Any]) -> str:
        request = {"op": "add", "session": self.session, "file": file, "type": kind, "look": look}
        found: str = node().ask({**request, "viewer": id(self)})["layers"][0]
        return found

    def _add_lazy(self, data: Any, rgb: bool | None, kind: type[L], plain: dict[str, Any]) -> L:
        folder = None if headless() or rgb else stored_at(data)
        if folder is not None:
            # The very folder, not one of the same name that only this kernel sees.
            facts = Path(folder).stat()
            place = {"path": folder, "device": facts.st_dev, "inode": facts.st_ino, "type": kind._type}
            found = node().ask({"op": "place", "session": self.session, "look": plain, **place})["layers"]
            if found:
                return self._added(kind, found[0])
        array = LazyArray(data, rgb)
        if "contrast_limits" not in plain and kind._type == "image":
            plain["contrast_limits"] = array.limits()
        if headless():
            self._still = still(array.middle(), array.rgb)
            return self._added(kind, self._ask_add("", kind._type, plain))
        server = ChunkServer(array, arrays_folder(), self.session)
        try:
            return self._added(kind, self._ask_add(f"{server.name}.chunks", kind._type, plain))
        except NodeError:
            server.end()
            raise

    def _copy_of(self, layer: Layer) -> Layer:
        """A layer of another viewer, here. Arrays are read whole."""
        known = layer._viewer._layer(layer._id)
        own = ("id", "type", "data", "rgb", "features", "texture", "link", "locked")
        look = {name: value for name, value in known.items() if name not in own}
        if isinstance(layer, ItemLayer):
            file = put_table(layer._table(), self.session)
        else:
            file = write_array(np.asarray(layer.data), self.session)
        copy = self._added(type(layer), self._ask_add(file, known["type"], look))
        if isinstance(layer, Labels) and isinstance(copy, Labels) and known.get("features"):
            copy.features = layer.features
        return copy

    def _added(self, kind: type[L], identity: str) -> L:
        layer = kind(self, identity)
        self._objects[identity] = layer
        return layer

    def open(self, path: str | Path, **look: Any) -> list[Layer]:
        """Opens a file, a folder that is one dataset, an address (http, https, s3) or a scene (`.eyepiece.json`). Returns its layers."""
        text = str(path)
        request: dict[str, Any] = {"op": "open", "session": self.session, "look": look_of(look, 0) if look else {}}
        if "://" not in text:
            whole = Path(text).expanduser().resolve()
            facts = whole.stat()
            text = str(whole)
            request.update(device=facts.st_dev, inode=facts.st_ino)
        found = node().ask({**request, "path": text})["layers"]
        known = {layer["id"]: layer for layer in self._scene()["layers"]}
        return [self._object(known[identity]) for identity in found if identity in known]

    def save(self, path: str | Path, *, overwrite: bool = True) -> list[str]:
        """Saves all: as a scene that reopens exactly where the path ends in `.eyepiece.json`, else the layers' data in the format of
        the path's end. Returns what was written."""
        return self._save(path, None, overwrite)

    def _save(self, path: str | Path, layers: list[str] | None, overwrite: bool) -> list[str]:
        target = Path(path).expanduser().absolute()
        if target.exists() and not overwrite:
            raise FileExistsError(f"{target} is there already.")
        request: dict[str, Any] = {"op": "save", "session": self.session, "name": target.name}
        saved = node().ask({**request, **({} if layers is None else {"layers": layers})})
        part = target.parent / f".{target.name}.{secrets.token_hex(4)}.part"
        part.mkdir(parents=True)
        take = {"op": "take", "session": self.session, "token": saved["token"]}
        try:
            for file in saved["files"]:
                where = part / file["path"]
                where.parent.mkdir(parents=True, exist_ok=True)
                with where.open("xb") as out:
                    while out.tell() < file["size"]:
                        out.write(node().ask({**take, "path": file["path"], "offset": out.tell(), "length": _PIECE})["bytes"])
            written = []
            for one in sorted(part.iterdir(), key=lambda one: one.name.endswith(".json")):
                final = target.parent / one.name
                if final.is_dir() and not final.is_symlink():
                    shutil.rmtree(final)
                os.replace(one, final)
                written.append(str(final))
            return written
        finally:
            shutil.rmtree(part, ignore_errors=True)
            node().ask({**take, "op": "drop"})

    def reset_view(self, *, margin: float = 0.05, reset_camera_angle: bool = True) -> None:
        """Fits all layers into the canvas."""
        self._look({"reset": "zero" if reset_camera_angle else "keep", "margin": margin})

    def fit_to_view(self, *, margin: float = 0.05) -> None:
        """Fits all layers into the canvas, seen from where they are seen now."""
        self._look({"reset": "keep", "margin": margin})

    def screenshot(
        self,
        path: str | Path | None = None,
        *,
        size: tuple[int, int] | None = None,
        scale: float | None = None,
        canvas_only: bool = True,
        flash: bool = False,
    ) -> NDArray[np.uint8]:
        """The picture that the viewer draws at rest, as an RGBA array of shape (height, width, 4); also as a PNG at `path`.

        It is seen as by whoever looked last, or as the viewer first opens. `size` is height and width in pixels; `scale` multiplies
        them, and shows the same in more pixels.
        """
        if not canvas_only:
            raise ValueError("There is no window around the canvas here: canvas_only=False has nothing to show.")
        height, width = (int(side) for side in size) if size is not None else (0, 0)
        if size is not None and not (0 < height <= _MOST_PIXELS and 0 < width <= _MOST_PIXELS):
            raise ValueError(f"A picture has from 1 to {_MOST_PIXELS} pixels a side, not {height} x {width}.")
        return self._picture({"width": width, "height": height, "scale": float(scale or 1)}, path)

    def export_figure(self, path: str | Path | None = None, *, scale: float = 1, flash: bool = False) -> NDArray[np.uint8]:
        """All of the layers and nothing around them, with `scale` pixels for each of the finest voxels: an RGBA array; also as a PNG at
        `path`. In 3D the canvas is kept, and the layers fitted to it."""
        return self._picture({"width": 0, "height": 0, "scale": float(scale), "figure": True}, path)

    def _picture(self, wish: dict[str, Any], path: str | Path | None) -> NDArray[np.uint8]:
        taken = node().ask({"op": "screenshot", "session": self.session, **wish})
        pixels = np.frombuffer(taken["bytes"], dtype=np.uint8).reshape(taken["height"], taken["width"], 4)
        if path is not None:
            Path(path).write_bytes(png_bytes(pixels, 6))
        return pixels

    def undo(self) -> bool:
        """Takes back the last change, whoever made it. Returns whether there was one."""
        return bool(node().ask({"op": "undo", "session": self.session, "redo": False}).get("done"))

    def redo(self) -> bool:
        """Does again what was taken back. Returns whether there was anything."""
        return bool(node().ask({"op": "undo", "session": self.session, "redo": True}).get("done"))

    def bind_key(self, key: str, func: Callable[[Viewer], Any] | None = None, *, overwrite: bool = False) -> Any:
        """Calls a function with this viewer when a key is pressed over it, in any page: `@viewer.bind_key("Control-T")`.

        A generator function runs to its `yield` at the press and on from there at the release. `func` None makes a decorator.
        Returns the function. Raises ValueError for a key that is bound already, unless `overwrite`.
        """
        name = key_name(key)
        if func is None:
            return lambda one: self.bind_key(key, one, overwrite=overwrite)
        if name in self._keys and not overwrite:
            raise ValueError(f"{name} is bound already: overwrite=True binds it anew.")
        self._keys.set(name, func)
        self._loop.start()
        self._tell_keys()
        return func

    def unbind_key(self, key: str) -> Any:
        """A key does what it did before. Returns the function that it had."""
        found = self._keys.drop(key_name(key))
        self._tell_keys()
        return found

    def _tell_keys(self) -> None:
        if not headless():
            node().ask({"op": "keys", "session": self.session, "keys": sorted(self._keys)})

    def _listen(self) -> Any:
        file = node().listen(self.session)
        # A node that was started again knows of no keys.
        if any(True for _ in self._keys):
            self._tell_keys()
        return file

    def process_events(self) -> None:
        """Runs functions whose events have come, in a script without an event loop."""
        self._loop.process()

    def _scene(self) -> dict[str, Any]:
        scene: dict[str, Any] = node().ask({"op": "scene", "session": self.session, "viewer": id(self)})["scene"]
        return scene

    def _view(self) -> dict[str, Any]:
        answer = node().ask({"op": "scene", "session": self.session, "viewer": id(self)})
        if "view" not in answer:
            raise NodeError("This notebook runs without a node, so that nobody looks.")
        view: dict[str, Any] = answer["view"]
        return view

    def _look(self, wish: dict[str, Any]) -> None:
        if not headless():
            node().ask({"op": "look", "session": self.session, "wish": wish})

    def _layer(self, identity: str) -> dict[str, Any]:
        for known in self._scene()["layers"]:
            if known["id"] == identity:
                layer: dict[str, Any] = known
                return layer
        raise NodeError("This layer is not in the viewer any more.")

    def _object(self, known: dict[str, Any]) -> Layer:
        found = self._objects.get(known["id"])
        if found is None:
            found = self._added(_KINDS[known["type"]], known["id"])
        return found

    def _operate(self, ops: list[dict[str, Any]]) -> None:
        node().ask({"op": "operate", "session": self.session, "ops": ops})

    def _told(self, what: dict[str, Any]) -> None:
        """Called by the thread that hears the node."""
        if "key" in what:
            self._loop.call(lambda: self._keys.told(what["key"], bool(what.get("released"))), Event("key", self))
        if "view" in what:
            before, self._last_view = self._last_view, what["view"]
            if not before:
                return
            for part, name, value in changes(before, self._last_view):
                known = getattr(self, "text_overlay" if part == "text" else part, None)
                if known is not None:
                    known.events.emit(name, value)
        for operation in what.get("ops", []):
            kind, identity = operation["op"], operation.get("id", "")
            layer = self._objects.get(identity)
            if kind == "layer.add":
                index = operation.get("index")
                self.layers.events.emit("inserted", self._objects.get(identity) or identity, index)
            elif kind == "layer.remove":
                self.layers.events.emit("removed", layer)
            elif kind == "layer.move":
                self.layers.events.emit("reordered", layer, operation["index"])
            elif layer is not None and kind == "layer.set":
                for name, value in operation["set"].items():
                    layer.events.emit(name, value)
            elif layer is not None and kind == "layer.data":
                layer.events.emit("data")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/plain": repr(self)}
        if self.session:
            bundle[_MIME] = {"session": self.session, "title": self.title}
        if self._still is not None:
            bundle["image/png"] = self._still
        return bundle

    def __repr__(self) -> str:
        return f"<Viewer {self.title!r} with {len(self.layers)} layers>"


__all__ = ["Callback", "ItemLayer", "Viewer"]
