"""Items of a layer as bytes: the head as JSON, then arrays, each at a multiple of 8 bytes."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MAGIC = 0x31545945
_TYPES = {"f4": np.float32, "f8": np.float64, "i4": np.int32, "u4": np.uint32, "u1": np.uint8}
_MANY_WORDS = 1 << 20


@dataclass
class Column:
    """`width` numbers for each row; rows of unequal length have `offsets`."""

    data: NDArray[Any]
    width: int = 1
    offsets: NDArray[np.uint32] | None = None


@dataclass
class Table:
    """Columns by name, and one value of each feature for each item."""

    count: int
    columns: dict[str, Column]
    features: dict[str, NDArray[Any]] = field(default_factory=dict)


def write_table(path: Path, table: Table) -> None:
    """Writes a table; arrays go from their own memory to the file."""
    head: dict[str, Any] = {"count": table.count, "columns": [], "features": []}
    arrays: list[NDArray[Any]] = []
    for name, column in table.columns.items():
        data = np.ascontiguousarray(column.data).reshape(-1)
        kind = data.dtype.newbyteorder("=").str[1:]
        if kind not in _TYPES:
            raise TypeError(f"The column {name} has numbers of type {data.dtype}.")
        ragged = column.offsets is not None
        head["columns"].append(
            {"name": name, "width": column.width, "type": kind, "length": data.size, "ragged": ragged}
        )
        arrays.append(data)
        if column.offsets is not None:
            arrays.append(np.ascontiguousarray(column.offsets, np.uint32))
    for name, values in table.features.items():
        entry: dict[str, Any] = {"name": name, "length": len(values)}
        if values.dtype.kind in "biuf":
            arrays.append(np.ascontiguousarray(values, np.float64))
        else:
            words, places = np.unique([str(value) for value in values], return_inverse=True)
            if words.size > _MANY_WORDS:
                raise ValueError(f"The feature {name} has {words.size} different words, which is too many.")
            entry["categories"] = words.tolist()
            arrays.append(places.astype(np.uint32))
        head["features"].append(entry)
    text = json.dumps(head).encode()
    with path.open("xb", buffering=0) as file:
        file.write(struct.pack("<II", _MAGIC, len(text)) + text)
        at = 8 + len(text)
        for array in arrays:
            pad = -at % 8
            file.write(b"\0" * pad)
            rest = array.view(np.uint8).data if array.size else memoryview(b"")
            at += pad + len(rest)
            while rest:
                rest = rest[file.write(rest) :]


def read_table(data: bytearray) -> Table:
    """A table from its bytes; its arrays share their memory."""
    magic, length = struct.unpack_from("<II", data)
    if magic != _MAGIC:
        raise ValueError("These bytes are not a table.")
    head = json.loads(bytes(data[8 : 8 + length]))
    at = 8 + length

    def take(kind: str, size: int) -> NDArray[Any]:
        nonlocal at
        at += -at % 8
        array = np.frombuffer(data, np.dtype(_TYPES[kind]), size, at)
        at += array.nbytes
        return array

    columns: dict[str, Column] = {}
    for entry in head["columns"]:
        values = take(entry["type"], entry["length"])
        offsets = take("u4", head["count"] + 1) if entry.get("ragged") else None
        if entry["width"] > 1:
            values = values.reshape(-1, entry["width"])
        columns[entry["name"]] = Column(values, entry["width"], offsets)
    features: dict[str, NDArray[Any]] = {}
    for entry in head["features"]:
        words = entry.get("categories")
        if words is None:
            features[entry["name"]] = take("f8", entry["length"])
        else:
            places = take("u4", entry["length"])
            features[entry["name"]] = np.asarray(words, dtype=object)[places] if words else places.astype(object)
    return Table(head["count"], columns, features)


def read_features(features: Any, count: int) -> dict[str, NDArray[Any]]:
    """Features of `count` items from a dict, a DataFrame or nothing. Raises ValueError where the counts differ."""
    if features is None:
        return {}
    found: dict[str, NDArray[Any]] = {}
    for name in list(features):
        values = np.asarray(features[name])
        if values.ndim != 1 or len(values) != count:
            raise ValueError(f"The feature {name} has the shape {values.shape} for {count} items.")
        if values.dtype == object and all(isinstance(one, (int, float, bool, np.number)) for one in values):
            values = values.astype(np.float64)
        found[str(name)] = values
    return found


def label_features(features: Any) -> Table:
    """Features of labels: the column `index` says which label a row is of; without it rows are of 0, 1, 2 and so on."""
    names = [str(name) for name in features]
    count = len(features[names[0]]) if names else 0
    index = np.asarray(features["index"] if "index" in names else np.arange(count), np.float64)
    if index.shape != (count,):
        raise ValueError(f"The index has the shape {index.shape} for {count} labels.")
    known = read_features({name: features[name] for name in names if name != "index"}, count)
    return Table(count, {"index": Column(index, 1)}, known)


def as_frame(features: dict[str, NDArray[Any]]) -> Any:
    """Features as a pandas DataFrame where pandas is installed, else as a dict of arrays."""
    try:
        import pandas  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        return features
    return pandas.DataFrame(features)
