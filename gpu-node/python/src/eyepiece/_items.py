"""Shapes, vectors, tracks and surfaces."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from eyepiece._arrays import value_range
from eyepiece._colors import color_rule, rgba, rows_of_colors
from eyepiece._layer import ColorOf, ItemLayer, RuleOf, ValuesOf, each
from eyepiece._properties import Property, colormap, named_colormap, pair
from eyepiece._shapes import SHAPE_TYPES, pack, shapes_of
from eyepiece._table import Column, Table, read_features
from eyepiece._text import TextOf, text_of


class Shapes(ItemLayer):
    """Rectangles, ellipses, lines, paths and polygons."""

    _type = "shapes"

    text = TextOf()
    current_edge_width = Property[float]()
    current_edge_color = Property[list[float]](None, lambda value, ndim: rgba(value))
    current_face_color = Property[list[float]](None, lambda value, ndim: rgba(value))

    edge_width = ValuesOf("edge_width", np.float32, "current_edge_width")
    z_index = ValuesOf("z_index", np.int32)
    face_color = ColorOf("face_color", "face")
    edge_color = ColorOf("edge_color", "edge")
    face_color_mode = RuleOf("face", "mode")
    face_color_cycle = RuleOf("face", "cycle")
    face_colormap = RuleOf("face", "colormap")
    face_contrast_limits = RuleOf("face", "contrast_limits")
    edge_color_mode = RuleOf("edge", "mode")
    edge_color_cycle = RuleOf("edge", "cycle")
    edge_colormap = RuleOf("edge", "colormap")
    edge_contrast_limits = RuleOf("edge", "contrast_limits")
    selected_data: set[int] = set()

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.selected_data = set()

    @property
    def data(self) -> list[NDArray[np.float64]]:
        """The vertices of each shape, each of shape (vertices, axes). What is set replaces all shapes."""
        column = self._table().columns["vertices"]
        offsets = column.offsets if column.offsets is not None else np.zeros(1, np.uint32)
        return [column.data[low:high] for low, high in zip(offsets[:-1], offsets[1:], strict=True)]

    @data.setter
    def data(self, data: Any) -> None:
        before = self._table()
        kinds = [SHAPE_TYPES[kind] for kind in before.columns["shape_type"].data]
        count = len(data[0]) if isinstance(data, tuple) and len(data) == 2 else len(data)
        types: Any = [kinds[at] if at < len(kinds) else "rectangle" for at in range(count)]
        table, _ = shapes_table(data, self.ndim, {"shape_type": types})
        kept = min(count, before.count)
        for name in ("edge_width", "edge_color", "face_color", "z_index"):
            old = before.columns[name]
            values = table.columns[name].data.copy()
            values[:kept] = old.data[:kept]
            table.columns[name] = Column(values, old.width)
        if count <= before.count:
            table.features = {name: values[:count] for name, values in before.features.items()}
        self._put(table)

    @property
    def shape_type(self) -> list[str]:
        """Of each shape: rectangle, ellipse, line, path or polygon."""
        return [SHAPE_TYPES[kind] for kind in self._table().columns["shape_type"].data]

    @property
    def nshapes(self) -> int:
        """How many shapes there are."""
        return len(self)

    def add(
        self,
        data: Any,
        *,
        shape_type: Any = "rectangle",
        edge_width: Any = None,
        edge_color: Any = None,
        face_color: Any = None,
        z_index: Any = 0,
    ) -> None:
        """Adds shapes, as `add_shapes` takes them; what is not said is as the current values say."""
        given = {
            "shape_type": shape_type,
            "z_index": z_index,
            "edge_width": self.current_edge_width if edge_width is None else edge_width,
            "edge_color": self.current_edge_color if edge_color is None else edge_color,
            "face_color": self.current_face_color if face_color is None else face_color,
        }
        table, _ = shapes_table(data, self.ndim, given)
        offsets = table.columns["vertices"].offsets
        assert offsets is not None
        columns = {name: column.data.reshape(-1).tolist() for name, column in table.columns.items()}
        rows = {"count": table.count, "columns": columns, "lengths": np.diff(offsets.astype(int)).tolist()}
        self._operate("items.insert", rows=rows)

    def add_rectangles(self, data: Any, **look: Any) -> None:
        """Adds rectangles of 4 corners, or of 2 opposite ones."""
        self.add(data, shape_type="rectangle", **look)

    def add_ellipses(self, data: Any, **look: Any) -> None:
        """Adds ellipses by the corners of their boxes, or by centre and radii."""
        self.add(data, shape_type="ellipse", **look)

    def add_lines(self, data: Any, **look: Any) -> None:
        """Adds lines of 2 ends."""
        self.add(data, shape_type="line", **look)

    def add_paths(self, data: Any, **look: Any) -> None:
        """Adds open paths."""
        self.add(data, shape_type="path", **look)

    def add_polygons(self, data: Any, **look: Any) -> None:
        """Adds closed polygons."""
        self.add(data, shape_type="polygon", **look)

    def remove_selected(self) -> None:
        """Takes out the shapes in `selected_data`."""
        self._remove(self.selected_data)
        self.selected_data = set()


def shapes_table(data: Any, ndim: int | None, given: dict[str, Any]) -> tuple[Table, dict[str, Any]]:
    """Items of a shapes layer, and how it looks. Takes its part out of `given`."""
    shapes, kinds = shapes_of(data, given.pop("shape_type", "rectangle"))
    count = len(shapes)
    vertices, offsets = pack(shapes, shapes[0].shape[1] if shapes else (ndim or 2))
    features = read_features(given.pop("features", None) or given.pop("properties", None), count)
    text = text_of(given.pop("text", None), features, count)
    look: dict[str, Any] = {} if text is None else {"text": text}
    columns = {
        "vertices": Column(vertices, vertices.shape[1], offsets),
        "shape_type": Column(np.asarray([SHAPE_TYPES.index(kind) for kind in kinds], np.uint8)),
    }
    width = given.pop("edge_width", 1)
    columns["edge_width"] = Column(each(width, count, np.float32, "edge_width"))
    if np.ndim(width) == 0:
        look["current_edge_width"] = float(width)
    columns["z_index"] = Column(each(given.pop("z_index", 0), count, np.int32, "z_index"))
    for side, default in (("face", "white"), ("edge", "#777777")):
        color = given.pop(f"{side}_color", default)
        rest = [given.pop(f"{side}_{name}", None) for name in ("color_cycle", "colormap", "contrast_limits")]
        rule = color_rule(color, features, *rest)
        if rule is not None:
            look[side] = rule
            color = default
        columns[f"{side}_color"] = Column(rows_of_colors(color, count), 4)
        if isinstance(color, str):
            look[f"current_{side}_color"] = rgba(color)
    return Table(count, columns, features), look


class Vectors(ItemLayer):
    """Starts, and the ways from them."""

    _type = "vectors"

    vector_style = Property[str]()
    edge_width = Property[float]()
    length = Property[float]()
    out_of_slice_display = Property[bool]()
    edge_color = ColorOf("edge_color", "edge")
    edge_color_mode = RuleOf("edge", "mode")
    edge_color_cycle = RuleOf("edge", "cycle")
    edge_colormap = RuleOf("edge", "colormap")
    edge_contrast_limits = RuleOf("edge", "contrast_limits")

    @property
    def data(self) -> NDArray[np.float64]:
        """Start and direction of each vector, shape (vectors, 2, axes). What is set replaces all."""
        table = self._table()
        return np.stack([table.columns["position"].data, table.columns["direction"].data], axis=1)

    @data.setter
    def data(self, data: ArrayLike) -> None:
        before = self._table()
        table, _ = vectors_table(data, self.ndim, {})
        kept = min(table.count, before.count)
        colors = table.columns["edge_color"].data.copy()
        colors[:kept] = before.columns["edge_color"].data[:kept]
        table.columns["edge_color"] = Column(colors, 4)
        if table.count <= before.count:
            table.features = {name: values[: table.count] for name, values in before.features.items()}
        self._put(table)


def vectors_table(data: Any, ndim: int | None, given: dict[str, Any]) -> tuple[Table, dict[str, Any]]:
    """Items of a vectors layer, and how it looks. Takes its part out of `given`."""
    if data is None or np.size(data) == 0:
        pairs = np.zeros((0, 2, ndim or 2))
    else:
        pairs = np.asarray(data, np.float64)
        if pairs.ndim != 3 or pairs.shape[1] != 2 or pairs.shape[2] < 2:
            # An image of directions: one vector for each pixel, that begins there.
            if pairs.ndim < 3 or pairs.shape[-1] != pairs.ndim - 1:
                raise ValueError(f"Vectors have the shape (vectors, 2, axes); this array has {pairs.shape}.")
            starts = np.stack(np.meshgrid(*(np.arange(size) for size in pairs.shape[:-1]), indexing="ij"), axis=-1)
            axes = pairs.shape[-1]
            pairs = np.stack([starts.reshape(-1, axes), pairs.reshape(-1, axes)], axis=1)
    count, _, axes = pairs.shape
    features = read_features(given.pop("features", None) or given.pop("properties", None), count)
    look: dict[str, Any] = {}
    color = given.pop("edge_color", "red")
    rest = [given.pop(f"edge_{name}", None) for name in ("color_cycle", "colormap", "contrast_limits")]
    rule = color_rule(color, features, *rest)
    if rule is not None:
        look["edge"] = rule
        color = "red"
    columns = {
        "position": Column(np.ascontiguousarray(pairs[:, 0]), axes),
        "direction": Column(np.ascontiguousarray(pairs[:, 1]), axes),
        "edge_color": Column(rows_of_colors(color, count), 4),
    }
    return Table(count, columns, features), look


class Tracks(ItemLayer):
    """Things that move in time."""

    _type = "tracks"

    tail_length = Property[float]()
    head_length = Property[float]()
    tail_width = Property[float]()
    hide_completed_tracks = Property[bool]()
    color_by = Property[str]()
    colormap = Property[str](named_colormap, colormap)
    display_id = Property[bool]()
    display_tail = Property[bool]()
    display_graph = Property[bool]()
    graph = Property[dict[int, list[int]]](
        lambda value: {int(child): list(parents) for child, parents in value}, lambda value, ndim: graph_of(value)
    )

    @property
    def data(self) -> NDArray[np.float64]:
        """Track, time and place of each vertex, shape (vertices, 1 + axes). What is set replaces all."""
        table = self._table()
        return np.concatenate([table.columns["id"].data.reshape(-1, 1), table.columns["position"].data], axis=1)

    @data.setter
    def data(self, data: ArrayLike) -> None:
        table, _ = tracks_table(data, {})
        self._put(table)


def graph_of(graph: Any) -> list[tuple[int, list[int]]]:
    """napari's graph: a track to the track, or tracks, that it came from."""
    return [(int(child), [int(one) for one in np.atleast_1d(parents)]) for child, parents in dict(graph or {}).items()]


def tracks_table(data: Any, given: dict[str, Any]) -> tuple[Table, dict[str, Any]]:
    """Items of a tracks layer, and how it looks. Takes its part out of `given`."""
    rows = np.asarray(data, np.float64)
    if rows.ndim != 2 or rows.shape[1] not in (4, 5):
        raise ValueError(f"Tracks have rows of track, time, (z,) y and x; this array has the shape {rows.shape}.")
    if rows.size and (rows[:, 0].min() < 0 or not np.array_equal(rows[:, 0], np.floor(rows[:, 0]))):
        raise ValueError("The tracks' numbers are whole and not negative.")
    order = np.lexsort((rows[:, 1], rows[:, 0]))
    features = read_features(given.pop("features", None) or given.pop("properties", None), len(rows))
    sorted_rows = rows[order]
    columns = {
        "id": Column(sorted_rows[:, 0].astype(np.uint32)),
        "position": Column(np.ascontiguousarray(sorted_rows[:, 1:]), rows.shape[1] - 1),
    }
    look: dict[str, Any] = {}
    graph = given.pop("graph", None)
    if graph is not None:
        look["graph"] = graph_of(graph)
    given.pop("colormaps_dict", None)
    return Table(len(rows), columns, {name: values[order] for name, values in features.items()}), look


class Surface(ItemLayer):
    """A mesh of triangles with a value, a colour or a picture."""

    _type = "surface"

    shading = Property[str]()
    contrast_limits = Property[tuple[float, float]](pair)
    contrast_limits_range = Property[tuple[float, float]](pair)
    gamma = Property[float]()
    colormap = Property[str](named_colormap, colormap)
    wireframe = Property[dict[str, Any]](None, lambda value, ndim: _whole(value, _WIREFRAME))
    normals = Property[dict[str, Any]](
        None,
        lambda value, ndim: {part: _whole(value.get(part, {}), _NORMALS[part]) for part in _NORMALS},
    )

    @property
    def data(self) -> tuple[NDArray[np.float64], NDArray[np.uint32], NDArray[np.float32]]:
        """Vertices (n, axes), faces (m, 3) and values (n,) or (times, n). What is set replaces all."""
        columns = self._table().columns
        values = columns["values"].data
        return columns["vertices"].data, columns["faces"].data, values.T if values.ndim == 2 else values

    @data.setter
    def data(self, data: Any) -> None:
        table, _ = surface_table(data, {})
        self._put(table)

    @property
    def vertices(self) -> NDArray[np.float64]:
        """Coordinates, shape (n, axes)."""
        return self.data[0]

    @property
    def faces(self) -> NDArray[np.uint32]:
        """Three vertices of each triangle, shape (m, 3)."""
        return self.data[1]

    @property
    def vertex_values(self) -> NDArray[np.float32]:
        """One value for each vertex."""
        return self.data[2]


_WIREFRAME: dict[str, Any] = {"visible": False, "color": "black", "width": 1}
_NORMALS: dict[str, dict[str, Any]] = {
    "face": {"visible": False, "color": "orange", "width": 1, "length": 5},
    "vertex": {"visible": False, "color": [0, 0.5, 1, 1], "width": 1, "length": 5},
}


def _whole(given: Any, defaults: dict[str, Any]) -> dict[str, Any]:
    whole = {**defaults, **(given if isinstance(given, dict) else {"visible": bool(given)})}
    return {**whole, "color": rgba(whole["color"])}


def surface_table(data: Any, given: dict[str, Any]) -> tuple[Table, dict[str, Any]]:
    """Items of a surface layer, and how it looks. Takes its part out of `given`."""
    if not isinstance(data, (tuple, list)) or len(data) not in (2, 3):
        raise ValueError("A surface is (vertices, faces) or (vertices, faces, values).")
    vertices = np.ascontiguousarray(data[0], np.float64)
    faces = np.asarray(data[1])
    if vertices.ndim != 2 or vertices.shape[1] not in (2, 3):
        raise ValueError(f"Vertices have the shape (n, 2) or (n, 3), not {vertices.shape}.")
    if faces.ndim != 2 or faces.shape[1] != 3 or (faces.size and not 0 <= faces.min() <= faces.max() < len(vertices)):
        raise ValueError(f"Faces have the shape (m, 3) and name vertices from 0 to {len(vertices) - 1}.")
    values = np.asarray(data[2], np.float32) if len(data) == 3 else np.ones(len(vertices), np.float32)
    if values.shape[-1:] != (len(vertices),):
        raise ValueError(f"There are values of shape {values.shape} for {len(vertices)} vertices.")
    times = values.reshape(-1, len(vertices))
    columns = {
        "vertices": Column(vertices, vertices.shape[1]),
        "faces": Column(faces.astype(np.uint32), 3),
        "values": Column(np.ascontiguousarray(times.T), len(times)),
    }
    look: dict[str, Any] = {"contrast_limits": given.pop("contrast_limits", None) or value_range(values)}
    colors = given.pop("vertex_colors", None)
    if colors is not None:
        columns["vertex_colors"] = Column(rows_of_colors(colors, len(vertices)), 4)
    texture, places = given.pop("texture", None), given.pop("texcoords", None)
    if (texture is None) != (places is None):
        raise ValueError("A texture needs texcoords, one pair for each vertex, and they need it.")
    if texture is not None:
        picture = _texels(np.asarray(texture))
        columns["texture"] = Column(picture, picture.shape[1] * 4)
        columns["texcoords"] = Column(np.ascontiguousarray(places, np.float32).reshape(len(vertices), 2), 2)
    if given.get("wireframe") is not None:
        look["wireframe"] = _whole(given.pop("wireframe"), _WIREFRAME)
    if given.get("normals") is not None:
        normals = given.pop("normals")
        look["normals"] = {part: _whole(normals.get(part, {}), _NORMALS[part]) for part in _NORMALS}
    features = read_features(given.pop("features", None), len(faces))
    return Table(len(faces), columns, features), look


def _texels(picture: NDArray[Any]) -> NDArray[np.uint8]:
    if picture.ndim == 2:
        picture = np.repeat(picture[..., np.newaxis], 3, axis=2)
    if picture.ndim != 3 or picture.shape[2] not in (3, 4):
        raise ValueError(f"A texture has the shape (height, width), or 3 or 4 colours besides, not {picture.shape}.")
    scaled = picture if picture.dtype == np.uint8 else np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8)
    if scaled.shape[2] == 3:
        scaled = np.concatenate([scaled, np.full((*scaled.shape[:2], 1), 255, np.uint8)], axis=2)
    return np.ascontiguousarray(scaled)
