"""A replica of a service, as Ray Serve counts, places and replaces it. It is sent to the worker as it stands here, so it needs nothing but
Ray, what Ray itself needs, and the standard library.

The service's code is not in it: that is in a process of the agent's, boxed in as every other, which the replica has as long as it lives, and to
which it hands on what it is asked.
"""

from __future__ import annotations

import asyncio
import json
import os
import uuid
from pathlib import Path

import aiohttp
from ray import serve

# As the gateway waits for a form.
_TIMEOUT_S = 60.0
_MAX_LINE = 64 * 1024
_GIVE_UP_S = 5.0


class Replica:
    """One of them. desk: the socket of the program that has the cluster. app, version: whose replica it is."""

    # Serve waits for it before it counts the replica as there.
    async def __init__(self, desk: str, app: str, version: str) -> None:
        self._watch_raylet()
        try:
            reader, self._desk = await asyncio.open_unix_connection(desk, limit=_MAX_LINE)
        except OSError as why:
            await _give_up()
            raise RuntimeError(f"The node's program for Ray is not there: {why}") from None
        wish = {"id": uuid.uuid4().hex[:16], "app": app, "version": version}
        self._desk.write(json.dumps(wish).encode() + b"\n")
        told = json.loads(await reader.readline() or b'{"why": "The node\'s program for Ray has ended."}')
        if "socket" not in told:
            raise RuntimeError(told["why"])
        path = str(Path(desk).parent / told["socket"])
        host, self._host = await asyncio.open_unix_connection(path)
        self._watching = [asyncio.create_task(_end_with_desk(reader)), asyncio.create_task(_end_with(host))]
        self._session = aiohttp.ClientSession(
            connector=aiohttp.UnixConnector(path, limit=0),
            timeout=aiohttp.ClientTimeout(total=_TIMEOUT_S),
        )

    async def ask(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, str, bytes]:
        """Hands on a request. Returns status, type and body of the answer. Raises ConnectionError where the service has ended."""
        try:
            async with self._session.request(method, f"http://service{path}", headers=headers, data=body or None) as answer:
                return answer.status, answer.headers.get("content-type", ""), await answer.read()
        except aiohttp.ClientConnectionError as why:
            # Errors of aiohttp's own are not always whole on the other side.
            raise ConnectionError(f"The service has ended: {why}") from None

    def _watch_raylet(self) -> None:
        # Ray takes up to a quarter of a minute to notice that a raylet was killed.
        raylet = os.pidfd_open(os.getppid())
        asyncio.get_running_loop().add_reader(raylet, os._exit, 1)


async def _end_with_desk(reader: asyncio.StreamReader) -> None:
    await _ended(reader)
    await _give_up()
    os._exit(1)


async def _end_with(host: asyncio.StreamReader) -> None:
    """Without its process a replica is of no use: who waits for an answer hears of it at once, and Serve starts another."""
    await _ended(host)
    os._exit(1)


async def _ended(reader: asyncio.StreamReader) -> None:
    try:
        while await reader.read(_MAX_LINE):
            pass
    except OSError:
        pass


async def _give_up() -> None:
    """The node has left a cluster that goes on: nothing of its is kept there."""
    name = serve.get_replica_context().app_name
    await asyncio.wait([asyncio.ensure_future(asyncio.to_thread(serve.delete, name, _blocking=False))], timeout=_GIVE_UP_S)
