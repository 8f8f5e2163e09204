"""Writes a small ND2 file, as Nikon's programs lay them out since version 3: two times, three planes, two channels of 20 x 30.

    make_nd2.py PATH

A file is chunks (magic number, length of the name, length of the data, name padded to where data begin, data) and at its end a map of them. What
describes the image is trees of typed values ("lite variant"), with names in UTF-16.
"""

import struct
import sys

import numpy as np

MAGIC = 0x0ABECEDA
# Names of images are padded so that pixels begin 4096 bytes on: header, name, and the time before them.
NAME = 4072


def typed(name, value):
    """One value of a tree."""
    encoded = (name + "\0").encode("utf-16-le")
    kind, data = {bool: (1, "B"), int: (3, "I"), float: (6, "d")}.get(type(value), (0, ""))
    if isinstance(value, dict):
        kind = 11
    elif isinstance(value, str):
        kind = 8
    head = struct.pack("BB", kind, len(encoded) // 2) + encoded
    if isinstance(value, str):
        return head + (value + "\0").encode("utf-16-le")
    if not isinstance(value, dict):
        return head + struct.pack("<" + data, value)
    items = [typed(key, item) for key, item in value.items()]
    start = len(head) + 12
    offsets = [start + sum(len(item) for item in items[:i]) for i in range(len(items))]
    length = start + sum(len(item) for item in items)
    return head + struct.pack("<IQ", len(items), length) + b"".join(items) + struct.pack(f"<{len(items)}Q", *offsets)


def chunk(name, data):
    padded = name.ljust(NAME if name.startswith(b"ImageData") else len(name), b"\0")
    return struct.pack("<IIQ", MAGIC, len(padded), len(data)) + padded + data


def main(path):
    plane = {"uiCompCount": 1, "uiModalityMask": 1, "pFluorescentProbe": {"m_sName": "a dye"}}
    described = {
        b"ImageAttributesLV!": {
            "SLxImageAttributes": {
                **{"uiWidth": 30, "uiHeight": 20, "uiWidthBytes": 30 * 2 * 2, "uiComp": 2, "uiBpcInMemory": 16},
                **{"uiBpcSignificant": 16, "uiSequenceCount": 6, "eCompression": 2},
            }
        },
        b"ImageMetadataLV!": {
            "SLxExperiment": {
                "eType": 1,
                "uLoopPars": {"uiCount": 2, "dStart": 0.0, "dPeriod": 500.0, "dDuration": 0.0},
                "ppNextLevelEx": {"": {"eType": 4, "uLoopPars": {"uiCount": 3, "dZLow": 0.0, "dZHigh": 4.0, "dZStep": 2.0}}},
            }
        },
        b"ImageMetadataSeqLV|0!": {
            "SLxPictureMetadata": {
                **{"bCalibrated": True, "dCalibration": 0.25},
                "sPicturePlanes": {
                    "uiCount": 2,
                    "sPlaneNew": {"a0": {**plane, "sDescription": "DAPI"}, "a1": {**plane, "sDescription": "GFP"}},
                },
            }
        },
    }
    chunks = {name: b"".join(typed(key, item) for key, item in tree.items()) for name, tree in described.items()}
    for frame in range(6):
        t, z = divmod(frame, 3)
        pixels = np.arange(600, dtype="<u2").reshape(20, 30, 1) + 1000 * t + 100 * z + np.array([0, 3000], "<u2")
        # Eight bytes of time, then rows of pixels with their channels side by side.
        chunks[f"ImageDataSeq|{frame}!".encode()] = struct.pack("<d", 500.0 * t) + pixels.astype("<u2").tobytes()
    # When each of them was taken, in milliseconds.
    chunks[b"CustomData|AcqTimesCache!"] = np.repeat([0.0, 500.0], 3).tobytes()
    with open(path, "wb") as file:
        file.write(struct.pack("<IIQ", MAGIC, 32, 64) + b"ND2 FILE SIGNATURE CHUNK NAME01!" + b"Ver3.0".ljust(64, b"\0"))
        found = b""
        for name, data in chunks.items():
            found += name + struct.pack("<QQ", file.tell(), len(data))
            file.write(chunk(name, data))
        at = file.tell()
        end = b"ND2 CHUNK MAP SIGNATURE 0000001!" + struct.pack("<Q", at)
        file.write(chunk(b"ND2 FILEMAP SIGNATURE NAME 0001!", found + end))


main(sys.argv[1])
