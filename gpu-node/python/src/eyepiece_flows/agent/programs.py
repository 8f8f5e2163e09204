"""Programs that stand beside runs and outlive a node, as Ray's cluster: started for the gateway, watched, ended with the agent."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import deque
from collections.abc import Callable

from ..lines import lines_of

_SAID = 30


class Program:
    """One of them. on_end: called with its last words when it is over, whoever ended it."""

    def __init__(self, name: str, on_end: Callable[[Program, str], None]) -> None:
        self.name = name
        self._on_end = on_end
        self._process: asyncio.subprocess.Process | None = None
        self._said: deque[str] = deque(maxlen=_SAID)

    async def run(self, argv: list[str], env: dict[str, str], cwd: str) -> None:
        """From its start to its end."""
        try:
            self._process = await asyncio.create_subprocess_exec(
                *argv,
                env=env,
                cwd=cwd,
                start_new_session=True,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                limit=64 * 1024,
            )
        except OSError as why:
            self._on_end(self, str(why))
            return
        await self._listen(self._process)
        await self._process.wait()
        # Its own session: what it left goes as well.
        self.stop()
        self._on_end(self, "\n".join(self._said)[-2000:])

    def stop(self) -> None:
        """Ends it, and all of its session."""
        if self._process is not None:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        async for line in lines_of(process):
            self._said.append(line)
