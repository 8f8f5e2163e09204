"""Planes of microscopes' files, one at a time, for a program at the other end of a pipe.

Requests come as lines of JSON on standard input; answers go to standard output as a length (4 bytes, little-endian), that many
bytes of JSON, and, where it says "bytes", the values themselves.

    {"id": 1, "op": "open", "path": ...}                      -> {"id": 1, "scenes": [...]}
    {"id": 2, "op": "plane", "scene": 0, "level": 0, "t": 0, "c": 0, "z": 0} -> {"id": 2, "bytes": n}, then the values
    what went wrong                                            -> {"id": ..., "error": "..."}
"""

import json
import math
import os
import struct
import sys

# What libraries print must not be taken for an answer.
OUT = os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)

MAX_SCENES = 64


class Imaris:
    """An .ims file: HDF5 with a pyramid of chunks."""

    def __init__(self, path):
        import h5py

        self.file = h5py.File(path, "r")
        if "DataSet" not in self.file:
            raise ValueError("it is HDF5, but not an Imaris file")

    def scenes(self):
        data = self.file["DataSet"]
        levels = sorted((name for name in data if name.startswith("ResolutionLevel ")), key=number)
        if not levels:
            raise ValueError("it holds no images")
        times = sorted(data[levels[0]], key=number)
        channels = sorted(data[levels[0]][times[0]], key=number)
        finest = data[levels[0]][times[0]][channels[0]]["Data"]
        info = self.file["DataSetInfo"]
        image = info["Image"].attrs
        extent = [text(image[f"ExtMax{i}"], float) - text(image[f"ExtMin{i}"], float) for i in range(3)]
        self.shapes = []
        for level in levels:
            group = data[level][times[0]][channels[0]]
            # HDF5 pads to whole chunks: the group says how much is meant.
            size = [text(group.attrs.get(f"ImageSize{axis}"), int) for axis in "ZYX"]
            self.shapes.append([s or d for s, d in zip(size, group["Data"].shape)])
        names = []
        for index in range(len(channels)):
            attributes = info[f"Channel {index}"].attrs if f"Channel {index}" in info else {}
            color = text(attributes.get("Color"), str)
            names.append({"name": text(attributes.get("Name"), str), "color": hex_of(color)})
        z, y, x = self.shapes[0]
        return [
            {
                "name": text(image.get("Name"), str) or "",
                "dtype": str(finest.dtype),
                "t": len(times),
                "c": len(channels),
                "samples": 0,
                "shapes": self.shapes,
                "size": [extent[2] / z, extent[1] / y, extent[0] / x],
                "unit": {"um": "micrometer", "nm": "nanometer", "mm": "millimeter", "m": "meter"}.get(
                    text(image.get("Unit"), str) or "um", "micrometer"
                ),
                "channels": names,
            }
        ]

    def plane(self, scene, level, t, c, z):
        data = self.file["DataSet"][f"ResolutionLevel {level}"][f"TimePoint {t}"][f"Channel {c}"]["Data"]
        _, height, width = self.shapes[level]
        return data[z, :height, :width]


class BioIO:
    """Whatever bioio has a reader for."""

    def __init__(self, path):
        from bioio import BioImage

        self.image = BioImage(path)
        self.names = list(self.image.scenes)[:MAX_SCENES]
        self.at = None

    def scene(self, index):
        if self.at != index:
            self.image.set_scene(self.names[index])
            self.at = index
        return self.image

    def scenes(self):
        return [self.describe(index) for index in range(len(self.names))]

    def describe(self, index):
        image = self.scene(index)
        dims = image.dims
        sizes = image.physical_pixel_sizes
        names = image.channel_names or []
        samples = dims.S if "S" in dims.order else 0
        return {
            "name": str(self.names[index]),
            "dtype": str(image.dtype),
            "t": dims.T,
            "c": dims.C,
            "samples": samples,
            "shapes": [[dims.Z, dims.Y, dims.X]],
            "size": [finite(sizes.Z), finite(sizes.Y), finite(sizes.X)],
            "unit": "micrometer" if finite(sizes.X) else "pixel",
            "channels": [{"name": str(name), "color": None} for name in names],
        }

    def plane(self, scene, level, t, c, z):
        image = self.scene(scene)
        order = "YXS" if "S" in image.dims.order else "YX"
        return image.get_image_dask_data(order, T=t, C=c, Z=z).compute(scheduler="synchronous")


def number(name):
    return int(name.rsplit(" ", 1)[1])


def finite(value):
    return float(value) if value is not None and math.isfinite(value) and value > 0 else 0


def text(value, kind):
    """Imaris writes words as arrays of single bytes."""
    if value is None:
        return None
    joined = b"".join(value).decode("utf-8", "replace") if hasattr(value, "__iter__") and not isinstance(value, (str, bytes)) else str(value)
    return kind(joined)


def hex_of(color):
    try:
        parts = [round(255 * min(1, max(0, float(part)))) for part in color.split()]
        return "".join(f"{part:02X}" for part in parts[:3]) if len(parts) >= 3 else None
    except (AttributeError, ValueError):
        return None


def answer(header, values=b""):
    encoded = json.dumps(header).encode()
    OUT.write(struct.pack("<I", len(encoded)))
    OUT.write(encoded)
    OUT.write(values)
    OUT.flush()


def main():
    import numpy

    reader = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["op"] == "open":
                path = request["path"]
                reader = Imaris(path) if path.lower().endswith(".ims") else BioIO(path)
                answer({"id": request["id"], "scenes": reader.scenes()})
                continue
            plane = reader.plane(request["scene"], request["level"], request["t"], request["c"], request["z"])
            plane = numpy.ascontiguousarray(plane)
            little = plane.astype(plane.dtype.newbyteorder("<"), copy=False)
            answer({"id": request["id"], "bytes": little.nbytes}, little.tobytes())
        except Exception as error:
            answer({"id": request["id"], "error": f"{type(error).__name__}: {error}"[:2000]})


main()
