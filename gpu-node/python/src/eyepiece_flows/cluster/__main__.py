"""`python -m eyepiece_flows.cluster SETTINGS`: has a cluster until it is ended, or the cluster dies. SETTINGS is JSON."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

from websockets.asyncio.client import ClientConnection, unix_connect
from websockets.exceptions import InvalidHandshake, InvalidMessage, WebSocketException

from .. import reaper
from .cluster import Cluster, ClusterError, Settings

_AGAIN_S = 0.2
_MAX_MESSAGE = 32 * 1024 * 1024


async def main(settings: Settings) -> str:
    """Starts the cluster, then dials the gateway until the cluster is over. Returns why."""
    cluster = Cluster(settings)
    dialling = asyncio.create_task(_dial(settings.line, cluster))
    try:
        await cluster.start()
        return await cluster.over
    except ClusterError as why:
        return str(why)
    finally:
        dialling.cancel()
        await cluster.end()


async def _dial(path: Path, cluster: Cluster) -> None:
    while True:
        try:
            async with unix_connect(str(path), "ws://gateway/cluster", max_size=_MAX_MESSAGE, compression=None) as line:
                await _serve(cluster, line)
        except (OSError, InvalidHandshake, InvalidMessage, WebSocketException):
            pass
        cluster.disconnected()
        await asyncio.sleep(_AGAIN_S)


async def _serve(cluster: Cluster, line: ClientConnection) -> None:
    queue: asyncio.Queue[str] = asyncio.Queue()
    cluster.connected(queue.put_nowait)

    async def send() -> None:
        while True:
            await line.send(await queue.get())

    sending = asyncio.create_task(send())
    try:
        async for text in line:
            cluster.hear(json.loads(text))
    finally:
        sending.cancel()


async def _whole(settings: Settings) -> None:
    why = await main(settings)
    # Where no namespace ends what Ray has left, this does.
    reaper.end_all()
    # The agent tells the gateway the last line: what threads of Ray's say of the end as well does not come behind it.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    print(why.replace("\n", " | "), flush=True)
    # At once: a call to a head that is dead holds its thread for a minute, for which the end of the loop would wait.
    os._exit(1)


if __name__ == "__main__":
    reaper.adopt_orphans()
    asyncio.run(_whole(Settings.read(sys.argv[1])))
