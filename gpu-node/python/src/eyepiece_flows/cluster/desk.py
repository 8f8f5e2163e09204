"""Where a replica of Ray Serve comes for its process: the gateway has the agent start one, which the replica has as long as it is here."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Desk:
    """A unix socket. tell: a message to the gateway."""

    def __init__(self, path: Path, tell: Callable[[dict[str, Any]], None]) -> None:
        self._path = path
        self._tell = tell
        self._server: asyncio.AbstractServer | None = None
        self._there: dict[str, tuple[dict[str, Any], asyncio.StreamWriter]] = {}

    @property
    def replicas(self) -> list[dict[str, Any]]:
        """All that are here: `{id, app, version}`."""
        return [wish for wish, _ in self._there.values()]

    async def start(self) -> None:
        """Opens."""
        self._path.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(self._take, str(self._path))

    def close(self) -> None:
        """Who is here sees it by the end of the line."""
        if self._server is not None:
            self._server.close()
        for _, writer in self._there.values():
            writer.close()

    def housed(self, message: dict[str, Any]) -> None:
        """The gateway's answer: `{id, socket}`, or `{id, why}` where there is no process for it."""
        _, writer = self._there.get(message["id"], (None, None))
        if writer is not None:
            writer.write(json.dumps({name: message[name] for name in ("socket", "why") if name in message}).encode() + b"\n")

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wish: dict[str, Any] = {}
        try:
            wish = json.loads(await reader.readline() or b"{}")
            if "id" not in wish:
                return
            self._there[wish["id"]] = (wish, writer)
            self._tell({"type": "replica", **wish})
            while await reader.read(1024):
                pass
        except (OSError, ValueError):
            pass
        finally:
            writer.close()
            if "id" in wish:
                del self._there[wish["id"]]
                self._tell({"type": "unhoused", "id": wish["id"]})
