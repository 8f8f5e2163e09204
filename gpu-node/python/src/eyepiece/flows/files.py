"""A run's files, wherever it runs: they lie with the gateway, and come and go through the agent."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from .channel import Channel

# Bytes that travel at once.
PART = 256 * 1024


class SyncFile:
    """A file that is read in parts."""

    def __init__(self, channel: Channel, path: str) -> None:
        self._channel = channel
        self.path = path

    def __iter__(self) -> Iterator[bytes]:
        return self.read()

    def read(self) -> Iterator[bytes]:
        """The parts, in order. Raises FileNotFoundError."""
        offset = 0
        while True:
            part = self._part(offset)
            if part:
                yield part
            if len(part) < PART:
                return
            offset += len(part)

    def read_all(self) -> bytes:
        """The whole file."""
        return b"".join(self.read())

    def close(self) -> None:
        """Nothing is held open."""

    def __enter__(self) -> SyncFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _part(self, offset: int) -> bytes:
        asked = {"what": "read", "path": self.path, "offset": offset, "length": PART}
        return base64.b64decode(self._channel.ask(asked).result())


class SyncFileSystem:
    """Paths begin with `in/` or `out/`; a run writes to `out/` only. Everything else is refused."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def ls(self, path: str = "in") -> list[dict[str, Any]]:
        """All files below: path, size in bytes, last_modified in seconds. Raises FileNotFoundError."""
        return list(self._channel.ask({"what": "ls", "path": path}).result())

    def open(self, path: str) -> SyncFile:
        """A file to read."""
        return SyncFile(self._channel, path)

    def remove(self, path: str) -> bool:
        """Removes a file or folder of `out/`. Raises FileNotFoundError."""
        return bool(self._channel.ask({"what": "remove", "path": path}).result())

    def download(self, path: str = "in") -> Iterator[str]:
        """Copies files into the run's own folder, under the same paths, and tells the path of each."""
        for entry in self.ls(path):
            target = Path(*PurePosixPath(entry["path"]).parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                for part in self.open(entry["path"]).read():
                    file.write(part)
            yield str(target)

    def upload(self, path: str) -> str:
        """Puts a file, or all files of a folder, of the run's own into `out/`; the path that it has there."""
        source = Path(path)
        if not source.exists():
            raise FileNotFoundError(f"{path} does not exist.")
        files = [source] if source.is_file() else sorted(one for one in source.rglob("*") if one.is_file())
        for file in files:
            name = file.name if source.is_file() else file.relative_to(source.parent).as_posix()
            self._put(file, f"out/{name}")
        return f"out/{source.name}"

    def close(self) -> None:
        """Nothing is held open."""

    def __enter__(self) -> SyncFileSystem:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _put(self, file: Path, target: str) -> None:
        with file.open("rb") as opened:
            offset = 0
            while True:
                part = opened.read(PART)
                last = len(part) < PART
                data = base64.b64encode(part).decode()
                asked = {"what": "write", "path": target, "offset": offset, "data": data, "last": last}
                self._channel.ask(asked).result()
                offset += len(part)
                if last:
                    return


class AsyncFile:
    """As SyncFile, for async code."""

    def __init__(self, file: SyncFile) -> None:
        self._file = file

    async def read(self) -> AsyncIterator[bytes]:
        """The parts, in order. Raises FileNotFoundError."""
        parts = self._file.read()
        while (part := await asyncio.to_thread(next, parts, None)) is not None:
            yield part

    async def read_all(self) -> bytes:
        """The whole file."""
        return await asyncio.to_thread(self._file.read_all)

    async def close(self) -> None:
        """Nothing is held open."""

    async def __aenter__(self) -> AsyncFile:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class AsyncFileSystem:
    """As SyncFileSystem, for async code."""

    def __init__(self, channel: Channel) -> None:
        self._fs = SyncFileSystem(channel)

    async def ls(self, path: str = "in") -> list[dict[str, Any]]:
        """As there."""
        return await asyncio.to_thread(self._fs.ls, path)

    def open(self, path: str) -> AsyncFile:
        """As there."""
        return AsyncFile(self._fs.open(path))

    async def remove(self, path: str) -> bool:
        """As there."""
        return await asyncio.to_thread(self._fs.remove, path)

    async def download(self, path: str = "in") -> AsyncIterator[str]:
        """As there."""
        copied = self._fs.download(path)
        while (one := await asyncio.to_thread(next, copied, None)) is not None:
            yield one

    async def upload(self, path: str) -> str:
        """As there."""
        return await asyncio.to_thread(self._fs.upload, path)

    async def close(self) -> None:
        """Nothing is held open."""

    async def __aenter__(self) -> AsyncFileSystem:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
