"""Arrays that are computed or read when they are looked at (Dask, Zarr, HDF5, memory maps), chunk by chunk."""

from __future__ import annotations

import json
import os
import secrets
import select
import socketserver
import threading
from collections import OrderedDict
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_CHUNK_BYTES = 256 << 20
_SLAB_BYTES = 2 << 20
_KEPT_BYTES = 256 << 20
_LOOK_CHUNKS = 16
_RGB = (3, 4)


def is_lazy(data: Any) -> bool:
    """Whether an array is better left where it is: it comes in chunks, or lies in a file."""
    if isinstance(data, np.memmap):
        return data.base is not None and data.size > 0
    if isinstance(data, np.ndarray):
        return False
    return getattr(data, "chunks", None) is not None and hasattr(data, "shape") and hasattr(data, "dtype")


def stored_at(data: Any) -> str | None:
    """The folder of a Zarr array that lies on a disk; None for every other array."""
    store = getattr(data, "store", None)
    root = getattr(store, "root", None) or getattr(store, "path", None) or getattr(store, "dir_path", None)
    if callable(root):
        root = root()
    inside = getattr(data, "path", "")
    if not isinstance(root, (str, os.PathLike)) or not isinstance(inside, str):
        return None
    path = Path(root, inside).resolve()
    return str(path) if path.is_dir() else None


class LazyArray:
    """The array as boxes of one size, in a type that viewers show. A few of the last ones are kept."""

    def __init__(self, data: Any, rgb: bool | None) -> None:
        self._data = data
        self.shape = tuple(int(size) for size in data.shape)
        source = np.dtype(data.dtype)
        self.dtype = _shown_type(source)
        if len(self.shape) < 2:
            raise ValueError(f"An image has at least two axes; this array has {len(self.shape)}.")
        if 0 in self.shape:
            raise ValueError(f"An image has elements; this array's shape is {self.shape}.")
        colours = self.shape[-1] in _RGB and len(self.shape) >= 3
        if rgb and not colours:
            raise ValueError("An rgb image has 3 or 4 values along its last axis.")
        guessed = colours and source == np.uint8 and min(self.shape[-3:-1]) > 30
        self.rgb = guessed if rgb is None else rgb
        self.chunk = self._box()
        self._kept: OrderedDict[tuple[int, ...], NDArray[Any]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._making: dict[tuple[int, ...], threading.Lock] = {}

    def _box(self) -> tuple[int, ...]:
        given = getattr(self._data, "chunks", None)
        if given is None:
            box = [1] * len(self.shape)
            size = self.dtype.itemsize
            for axis in reversed(range(len(box))):
                box[axis] = max(1, min(self.shape[axis], _SLAB_BYTES // size))
                size *= self.shape[axis]
                if box[axis] < self.shape[axis]:
                    break
        else:
            firsts = [sizes[0] if isinstance(sizes, tuple) else sizes for sizes in given]
            box = [max(1, min(int(size), whole)) for size, whole in zip(firsts, self.shape, strict=True)]
        while int(np.prod(box, dtype=np.int64)) * self.dtype.itemsize > _CHUNK_BYTES:
            largest = box.index(max(box))
            box[largest] = -(-box[largest] // 2)
        if self.rgb:
            box[-1] = self.shape[-1]
        return tuple(box)

    def read(self, index: tuple[int, ...]) -> NDArray[Any]:
        """One box, cropped at the array's edge. Two who ask for the same one at a time share the work."""
        with self._lock:
            making = self._making.setdefault(index, threading.Lock())
        with making:
            with self._lock:
                kept = self._kept.get(index)
                if kept is not None:
                    self._kept.move_to_end(index)
                    self._making.pop(index, None)
                    return kept
            spans = zip(index, self.chunk, self.shape, strict=True)
            where = tuple(slice(at * size, min((at + 1) * size, whole)) for at, size, whole in spans)
            box = np.ascontiguousarray(np.asarray(self._data[where]), dtype=self.dtype)
            with self._lock:
                self._kept[index] = box
                self._bytes += box.nbytes
                while self._bytes > _KEPT_BYTES and len(self._kept) > 1:
                    _, oldest = self._kept.popitem(last=False)
                    self._bytes -= oldest.nbytes
                self._making.pop(index, None)
            return box

    def whole(self, index: tuple[int, ...]) -> NDArray[Any]:
        """One box at its full size: nothing is at the places beyond the array's edge."""
        counts = tuple(-(-whole // size) for whole, size in zip(self.shape, self.chunk, strict=True))
        if len(index) != len(counts) or not all(0 <= at < count for at, count in zip(index, counts, strict=True)):
            raise IndexError(f"There is no chunk {index}.")
        box = self.read(index)
        if box.shape == self.chunk:
            return box
        full = np.zeros(self.chunk, self.dtype)
        full[tuple(slice(0, size) for size in box.shape)] = box
        return full

    def limits(self) -> list[float]:
        """The least and the greatest finite value of the plane that is shown first, or of chunks spread over it."""
        if self.dtype == np.uint8:
            return [0.0, 255.0]
        plane = 3 if self.rgb else 2
        counts = [-(-whole // size) for whole, size in zip(self.shape, self.chunk, strict=True)]
        fixed = [((whole - 1) // 2) // size for whole, size in zip(self.shape, self.chunk, strict=True)][:-plane]
        across = list(product(*(range(count) for count in counts[-plane:])))
        step = max(1, -(-len(across) // _LOOK_CHUNKS))
        low, high = np.inf, -np.inf
        for rest in across[::step]:
            box = self.read((*fixed, *rest))
            finite = box[np.isfinite(box)] if box.dtype.kind == "f" else box
            if finite.size:
                low, high = min(low, float(finite.min())), max(high, float(finite.max()))
        if not low <= high:
            return [0.0, 1.0]
        return [low, high] if low < high else [low, low + 1.0]

    def middle(self) -> NDArray[Any]:
        """A box of the plane that is shown first: for the still of a run without a node."""
        spans = zip(self.shape, self.chunk, strict=True)
        return self.read(tuple(((whole - 1) // 2) // size for whole, size in spans))


class ChunkServer(socketserver.ThreadingUnixStreamServer):
    """Answers the viewer while cells run and after they have ended, until its array's file is removed."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, array: LazyArray, folder: Path, session: str) -> None:
        self.array = array
        self.name = f"{session}-{secrets.token_hex(8)}"
        self._path = folder / f"{self.name}.chunks"
        # By a handle: the path of a unix socket must not be long.
        handle = os.open(folder, os.O_PATH | os.O_DIRECTORY)
        try:
            super().__init__(f"/proc/self/fd/{handle}/{self.name}.sock", _Answer)
        finally:
            os.close(handle)
        about = {"shape": array.shape, "chunk": array.chunk, "dtype": array.dtype.name, "rgb": array.rgb}
        with self._path.open("x") as file:
            json.dump(about, file)
        threading.Thread(target=self.serve_forever, args=(1.0,), name="eyepiece chunks", daemon=True).start()

    def service_actions(self) -> None:
        """The node removes the file when no layer can show the array any more."""
        if not self._path.exists():
            threading.Thread(target=self.end, daemon=True).start()

    def end(self) -> None:
        """Lets go of the array."""
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A viewer that does not wait for its chunk any more is no error."""


class _Answer(socketserver.StreamRequestHandler):
    server: ChunkServer

    def handle(self) -> None:
        line = self.rfile.readline(4096)
        if not line or _gone(self.connection):
            return
        try:
            index = tuple(int(at) for at in json.loads(line)["index"])
            box = self.server.array.whole(index)
        except BaseException as error:  # noqa: BLE001  The code is a person's, and may raise anything.
            sentence = f"A chunk of this array could not be computed: {type(error).__name__}: {error}"
            self.wfile.write(b"\1" + sentence.encode()[:4000])
            return
        self.wfile.write(b"\0")
        self.wfile.write(box.reshape(-1).view(np.uint8).data)


def _gone(connection: Any) -> bool:
    """Whether the other side has hung up: it asks nothing more, so that anything to read is its end."""
    return bool(select.select([connection], [], [], 0)[0])


def _shown_type(source: np.dtype[Any]) -> np.dtype[Any]:
    if source.kind == "b":
        return np.dtype(np.uint8)
    if source == np.float16:
        return np.dtype(np.float32)
    if source.kind not in "iuf" or source.itemsize > 8:
        raise TypeError(f"An image has numbers as its elements, not {source}.")
    return source.newbyteorder("<")
