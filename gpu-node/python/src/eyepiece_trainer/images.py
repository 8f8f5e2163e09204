"""Images in messages, as vision-language models read them."""

from __future__ import annotations

import base64
import io
import struct
from typing import Any

import torch
from PIL import Image, UnidentifiedImageError

# Of an image, before anything is allocated for it.
MOST_PIXELS = 32_000_000
# What processors make of images, in the order of the images or of the rows.
PER_IMAGE = ("pixel_values", "image_grid_thw", "image_sizes", "pixel_attention_mask")
# What they say of each token of a prompt.
PER_TOKEN = ("token_type_ids", "mm_token_type_ids")


def parts_of(messages: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[Image.Image]]:
    """Messages as chat templates of such models want them, and their images in order."""
    images: list[Image.Image] = []

    def part(one: dict[str, Any]) -> dict[str, Any]:
        if one["type"] == "text":
            return {"type": "text", "text": one["text"]}
        if one["type"] != "image_url":
            raise ValueError(f"a part of type {one['type']} is neither text nor image_url")
        images.append(_image(one["image_url"]))
        return {"type": "image"}

    made = []
    for message in messages:
        content = message.get("content") or ""
        given = [{"type": "text", "text": content}] if isinstance(content, str) else content
        made.append({"role": message["role"], "content": [part(one) for one in given]})
    return made, images


def _image(address: Any) -> Image.Image:
    url = address["url"] if isinstance(address, dict) else address
    head, _, data = str(url).partition(",")
    if not head.startswith("data:image/") or not head.endswith(";base64"):
        raise ValueError("images are sent as data:image/...;base64,...: no address is fetched here")
    packed = base64.b64decode(data, validate=True)
    try:
        image = Image.open(io.BytesIO(packed))
        if image.width * image.height <= MOST_PIXELS:
            return image.convert("RGB")
        size = f"{image.width}x{image.height}"
    except Image.DecompressionBombError as bomb:
        # Pillow's own bound, which is above ours.
        raise ValueError(f"an image is more than {MOST_PIXELS} pixels") from bomb
    except UnidentifiedImageError as none:
        raise ValueError("an image is of no format that is read here") from none
    except (SyntaxError, struct.error) as broken:
        # What its readers raise for some of what is no image.
        raise ValueError(f"an image cannot be read: {broken}") from broken
    raise ValueError(f"an image of {size} pixels is more than {MOST_PIXELS}")


def joined(rows: list[dict[str, Any]], counts: list[int], prompt: int, completion: int) -> dict[str, Any]:
    """The images of several rows as one input. `prompt` and `completion` are the padded lengths."""
    made: dict[str, Any] = {}
    for name in PER_IMAGE:
        found = [row[name] for row in rows if name in row]
        if found:
            made[name] = torch.cat(found)
    for name in PER_TOKEN:
        if any(name in row for row in rows):
            table = torch.zeros(len(rows), prompt + completion, dtype=torch.long)
            for index, row in enumerate(rows):
                kinds = row.get(name)
                if kinds is not None:
                    table[index, prompt - kinds.size(1) : prompt] = kinds[0]
            made[name] = table
    if made:
        made["num_images"] = counts
    return made
