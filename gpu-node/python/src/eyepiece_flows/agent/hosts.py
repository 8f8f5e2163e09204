"""Hosts: the processes that have imported a service and fork its runs. One a service and person, so that runs of two people share nothing."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
from collections import deque
from collections.abc import Callable
from typing import Any

from ..lines import lines_of

_MAX_PACKET = 64 * 1024
_SAID = 100


class HostProcess:
    """One of them, as the agent sees it."""

    def __init__(self, name: str, on_exit: Callable[[str, int], None], on_gone: Callable[[HostProcess], None]) -> None:
        self.name = name
        self._on_exit = on_exit
        self._on_gone = on_gone
        self._control: socket.socket | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._said: deque[str] = deque(maxlen=_SAID)
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.gone = False
        # It takes no more runs, and goes with the last.
        self.leaving = False

    async def start(self, argv: list[str], env: dict[str, str], cwd: str) -> None:
        """Starts it; `ready` is done when it forks. The launcher's words come from the gateway, which knows this machine."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        argv = [word.replace("{control}", str(theirs.fileno())) for word in argv]
        env = {name: value.replace("{control}", str(theirs.fileno())) for name, value in env.items()}
        try:
            self._process = await asyncio.create_subprocess_exec(
                *argv,
                env=env,
                cwd=cwd,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                limit=64 * 1024,
            )
        except OSError as why:
            ours.close()
            self._end(f"The service cannot be started: {why}")
            return
        finally:
            theirs.close()
        ours.setblocking(False)
        self._control = ours
        asyncio.get_running_loop().add_reader(ours, self._readable)
        self._reading = asyncio.create_task(self._listen())

    def fork(self, fid: str, limits: dict[str, Any], work: str, fds: list[int]) -> None:
        """A run. Raises OSError where the host is gone."""
        if self._control is None:
            raise OSError("The service has ended.")
        packet = json.dumps({"fork": fid, "limits": limits, "work": work}).encode()
        socket.send_fds(self._control, [packet], fds)

    def end(self, fid: str) -> None:
        """Ends a run at once; `on_exit` tells when it is over."""
        if self._control is not None:
            try:
                self._control.send(json.dumps({"end": fid}).encode())
            except OSError:
                pass

    def stop(self) -> None:
        """Ends the host and all that it has started."""
        if self._process is not None and self._process.returncode is None:
            # Its own session: what the launcher put between goes as well.
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def _readable(self) -> None:
        assert self._control is not None
        try:
            data = self._control.recv(_MAX_PACKET)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._end("")
            return
        told = json.loads(data)
        if "exit" in told:
            self._on_exit(told["exit"], int(told["status"]))
        elif told.get("ready") and not self.ready.done():
            self.ready.set_result(None)
        elif "failed" in told:
            self._end(told["failed"])

    async def _listen(self) -> None:
        """Keeps the last lines of what the service says while it is imported, for who asks why it failed."""
        assert self._process is not None
        async for line in lines_of(self._process):
            self._said.append(line)
        await self._process.wait()
        self._end("")

    def _end(self, why: str) -> None:
        if self.gone:
            return
        self.gone = True
        if self._control is not None:
            asyncio.get_running_loop().remove_reader(self._control)
            self._control.close()
            self._control = None
        self.stop()
        if not self.ready.done():
            said = "\n".join(self._said)
            self.ready.set_exception(RuntimeError(why or said or "The service ended while it was started."))
            # Whoever waits hears it; nobody need.
            self.ready.exception()
        self._on_gone(self)
