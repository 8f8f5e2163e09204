"""Models that a notebook made, given to its node to keep."""

from __future__ import annotations

import secrets
import shutil
from os import PathLike
from pathlib import Path

from eyepiece._arrays import arrays_folder
from eyepiece._node import headless, node

#: What transformers' `save_pretrained` writes.
_ENDINGS = {".json", ".txt", ".model", ".jinja", ".safetensors"}


def keep_model(folder: str | PathLike[str], name: str) -> None:
    """Keeps a model under a name: it is on the Models page, can be chatted with, and trained further.

    `folder` is as transformers' `save_pretrained` writes it: config.json, weights as safetensors, a tokenizer. A model of yours
    with the same name is replaced. Nothing happens where a notebook runs without a node. Raises NodeError, and OSError where there
    is no such folder.
    """
    found = sorted(path for path in Path(folder).iterdir() if path.is_file() and path.suffix in _ENDINGS)
    if headless():
        return
    token = secrets.token_hex(8)
    places = [(path, f"{token}-{index}.part") for index, path in enumerate(found)]
    try:
        for path, place in places:
            shutil.copyfile(path, arrays_folder() / place)
        files = [{"name": path.name, "file": place} for path, place in places]
        node().ask({"op": "keep", "name": name, "files": files})
    finally:
        for _, place in places:
            (arrays_folder() / place).unlink(missing_ok=True)
