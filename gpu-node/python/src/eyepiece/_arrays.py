"""The folder through which arrays and items go to the node."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eyepiece._node import NodeError

_MANY = 10_000_000


def arrays_folder() -> Path:
    """The folder in which the node finds arrays."""
    folder = os.environ.get("EYEPIECE_ARRAYS")
    if not folder:
        raise NodeError("A viewer needs an Eyepiece node: run this in a notebook of Eyepiece.")
    return Path(folder)


def write_array(array: NDArray[Any], session: str) -> str:
    """Writes an array where the node reads it; the file's name."""
    name = f"{session}-{secrets.token_hex(8)}.npy"
    whole = np.ascontiguousarray(array)
    path = arrays_folder() / name
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


def value_range(array: NDArray[Any]) -> list[float]:
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
