"""Writes a small LIF file, as Leica's programs lay them out: two times, three planes, two channels of 20 x 30, and a second image.

    make_lif.py PATH

A file is a description in XML and then blocks of memory, one for each image, each with its length and a name that the description uses.
"""

import struct
import sys

import numpy as np


def words(text):
    return text.encode("utf-16-le")


def dimension(kind, count, length, step):
    """kind: 1 x, 2 y, 3 z, 4 time. length: from the first to the last, in metres or seconds. step: bytes to the next."""
    unit = "s" if kind == 4 else "m"
    return f'<DimensionDescription DimID="{kind}" NumberOfElements="{count}" Origin="0" Length="{length}" Unit="{unit}" BitInc="0" BytesInc="{step}"/>'


def image(name, block, channels, dimensions, size):
    described = "".join(
        f'<ChannelDescription DataType="0" ChannelTag="0" Resolution="16" NameOfMeasuredQuantity="" Min="0" Max="65535" Unit="" LUTName="{color}" '
        f'IsLUTInverted="0" BytesInc="{step}" BitInc="0"/>'
        for color, step in channels
    )
    return (
        f'<Element Name="{name}" Visibility="1" UniqueID="{name}"><Data><Image TextDescription=""><ImageDescription><Channels>{described}</Channels>'
        f'<Dimensions>{"".join(dimensions)}</Dimensions></ImageDescription></Image></Data>'
        f'<Memory Size="{size}" MemoryBlockID="{block}"/><Children/></Element>'
    )


def main(path):
    t, z, c, y, x = np.ogrid[:2, :3, :2, :20, :30]
    first = (y * 30 + x + 1000 * t + 100 * z + 3000 * c).astype("<u2").tobytes()
    second = np.arange(600, dtype="<u2").tobytes()
    plane = 20 * 30 * 2
    flat = [dimension(1, 30, 29 * 0.25e-6, 2), dimension(2, 20, 19 * 0.5e-6, 60)]
    whole = [*flat, dimension(3, 3, 2 * 2e-6, 2 * plane), dimension(4, 2, 0.5, 6 * plane)]
    xml = (
        '<LMSDataContainerHeader Version="2"><Element Name="made" Visibility="1" UniqueID="made"><Data><Experiment Path="made"/></Data><Memory Size="0" MemoryBlockID=""/><Children>'
        + image("Series1", "MemBlock_1", [("Blue", 0), ("Green", plane)], whole, len(first))
        + image("Series2", "MemBlock_2", [("Gray", 0)], flat, len(second))
        + "</Children></Element></LMSDataContainerHeader>"
    )
    with open(path, "wb") as file:
        file.write(struct.pack("<IIBI", 0x70, 5 + 2 * len(xml), 0x2A, len(xml)) + words(xml))
        for name, data in (("MemBlock_1", first), ("MemBlock_2", second)):
            head = struct.pack("<BQBI", 0x2A, len(data), 0x2A, len(name)) + words(name)
            file.write(struct.pack("<II", 0x70, len(head)) + head + data)


main(sys.argv[1])
