"""Folders that the gateway sends to an agent on another machine: a service's code. Each is named by what is in it, and checked by that name."""

from __future__ import annotations

import base64
import hashlib
import shutil
import time
from pathlib import Path
from typing import Any

# Those that nobody has asked for in so long go.
_KEPT_S = 7 * 24 * 3600.0


class ShippedFolders:
    """Below a folder; each has its digest as its name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._at = folder / "coming"

    def has(self, digest: str) -> bool:
        """Whether it is here, whole. It is used then."""
        place = self._folder / digest
        if not place.is_dir():
            return False
        (self._folder / f"{digest}.used").touch()
        return True

    def begin(self) -> None:
        """A new one comes; what was left of one that did not come whole goes."""
        shutil.rmtree(self._at, ignore_errors=True)
        self._at.mkdir(parents=True, mode=0o700)
        for mark in self._folder.glob("*.used"):
            if time.time() - mark.stat().st_mtime > _KEPT_S:
                shutil.rmtree(mark.with_suffix(""), ignore_errors=True)
                mark.unlink(missing_ok=True)

    def file(self, message: dict[str, Any]) -> None:
        """A file, or the next part of one. Raises OSError, ValueError for a path that leads elsewhere."""
        path = self._at / message["path"]
        if ".." in Path(message["path"]).parts or not path.is_relative_to(self._at):
            raise ValueError(f"{message['path']} is no path within a service's folder.")
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "ab") as file:
            file.write(base64.b64decode(message["data"]))
        if message["executable"]:
            path.chmod(0o755)

    def end(self, digest: str) -> None:
        """It is whole. Raises OSError, ValueError where it is not what its name says."""
        found = digest_of(self._at)
        if found != digest:
            raise ValueError(f"The service's folder came as {found}, and {digest} was sent.")
        self._at.rename(self._folder / digest)
        self.has(digest)


def digest_of(folder: Path) -> str:
    """Of paths, rights to execute, and contents, as the gateway reckons it."""
    whole = hashlib.sha256()
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    for name in sorted(files, key=lambda one: one.encode()):
        path = files[name]
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        executable = "x" if path.stat().st_mode & 0o100 else "-"
        whole.update(f"{name}\0{executable}\0{content}\n".encode())
    return whole.hexdigest()[:32]
