"""A small grey picture of an array: what a saved notebook shows while no node draws the viewer."""

from __future__ import annotations

import base64
import struct
import zlib

import numpy as np
from numpy.typing import NDArray

_EDGE = 384
_SLICES = 24


def still(data: NDArray[np.generic], rgb: bool) -> str:
    """The maximum over some slices of the array, as a PNG in base64. Few of its elements are touched."""
    picture = data
    spatial = 3 if rgb else 2
    while picture.ndim > spatial + 1:
        picture = picture[picture.shape[0] // 2]
    steps = [max(1, -(-size // _EDGE)) for size in picture.shape]
    if rgb:
        steps[-1] = 1
    if picture.ndim > spatial:
        steps[0] = max(1, -(-picture.shape[0] // _SLICES))
    picture = picture[tuple(slice(None, None, step) for step in steps)]
    if picture.ndim > spatial:
        picture = picture.max(axis=0)
    if picture.ndim < 2:
        picture = picture.reshape(1, -1)
    if rgb:
        pixels = np.ascontiguousarray(picture[..., :3], dtype=np.uint8)
        return _png(pixels, 2)
    values = picture.astype(np.float64)
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    scaled = np.nan_to_num((values - low) / ((high - low) or 1.0)) * 255
    return _png(np.ascontiguousarray(scaled.clip(0, 255).astype(np.uint8)), 0)


def _png(pixels: NDArray[np.uint8], kind: int) -> str:
    return base64.b64encode(_encoded(pixels, kind, 6)).decode()


def png_bytes(pixels: NDArray[np.uint8], level: int = 6) -> bytes:
    """RGBA pixels of shape (height, width, 4) as a PNG."""
    return _encoded(np.ascontiguousarray(pixels), 6, level)


def _encoded(pixels: NDArray[np.uint8], kind: int, level: int) -> bytes:
    height, width = pixels.shape[:2]
    # Each row begins with its filter: none.
    rows = np.zeros((height, 1 + pixels[0].size), np.uint8)
    rows[:, 1:] = pixels.reshape(height, -1)

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows.data, level)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
