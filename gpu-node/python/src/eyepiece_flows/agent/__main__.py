"""`python -m eyepiece_flows.agent SOCKET FOLDER`: dials the gateway's socket for ever, and keeps events in the folder meanwhile."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import time
from pathlib import Path

from websockets.asyncio.client import ClientConnection, unix_connect
from websockets.exceptions import InvalidHandshake, InvalidMessage, WebSocketException

from .agent import ALONE_S, Agent

_AGAIN_S = 0.1
_MAX_AGAIN_S = 1.0
# Of the folder's name that the sockets are in.
_RUNTIME = "eyepiece-f-"
_MAX_MESSAGE = 32 * 1024 * 1024


async def main(path: str, folder: Path) -> None:
    """Until the gateway has been away for long and nothing runs, or says that it is enough."""
    agent = Agent(folder)
    seen, wait = time.monotonic(), _AGAIN_S
    while not (agent.idle and (agent.stopping or time.monotonic() - seen > ALONE_S)):
        try:
            async with unix_connect(path, "ws://gateway/agent", max_size=_MAX_MESSAGE, compression=None) as line:
                wait = _AGAIN_S
                await _serve(agent, line)
            seen = time.monotonic()
        except (OSError, InvalidHandshake, InvalidMessage, WebSocketException):
            pass
        agent.disconnected()
        await asyncio.sleep(wait)
        wait = min(wait * 2, _MAX_AGAIN_S)
    agent.close()
    # Sockets only: who wants an agent again makes another folder.
    runtime = Path(path).parent
    if runtime.name.startswith(_RUNTIME):
        shutil.rmtree(runtime, ignore_errors=True)


async def _serve(agent: Agent, line: ClientConnection) -> None:
    queue: asyncio.Queue[str] = asyncio.Queue()
    greeting = agent.connected(queue.put_nowait)
    await line.send(json.dumps(greeting))

    async def send() -> None:
        while True:
            await line.send(await queue.get())

    async def rest() -> None:
        await agent.rested.wait()
        await line.close()

    tasks = [asyncio.create_task(send()), asyncio.create_task(rest())]
    try:
        async for text in line:
            agent.hear(json.loads(text))
    finally:
        for task in tasks:
            task.cancel()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
