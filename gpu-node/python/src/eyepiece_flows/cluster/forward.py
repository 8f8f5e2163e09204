"""Ways into the network that the cluster is in: a unix socket each, in a folder that only the node's user can enter."""

from __future__ import annotations

import asyncio
from pathlib import Path

_PART = 64 * 1024
_MOST = 256


class Forwarder:
    """Bytes of a unix socket to a port of 127.0.0.1, and back."""

    def __init__(self, path: Path, port: int) -> None:
        self._path = path
        self._port = port
        self._server: asyncio.AbstractServer | None = None
        self._open = 0

    async def start(self) -> None:
        """Listens."""
        self._path.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(self._take, str(self._path))

    def close(self) -> None:
        """Takes no more."""
        if self._server is not None:
            self._server.close()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._open >= _MOST:
            writer.close()
            return
        self._open += 1
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            self._open -= 1
            writer.close()
            return
        try:
            ways = [asyncio.create_task(_pipe(reader, back)), asyncio.create_task(_pipe(there, writer))]
            await asyncio.wait(ways, return_when=asyncio.FIRST_EXCEPTION)
            for way in ways:
                way.cancel()
        finally:
            self._open -= 1
            back.close()
            writer.close()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while part := await reader.read(_PART):
            writer.write(part)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
    except (ConnectionError, OSError):
        # The other way ends with it.
        writer.close()
