"""Ray's head: its processes, on the loopback only."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from .. import reaper
from ..lines import lines_of

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)
_START_S = 120.0
# Programs; the others make the dashboard, and may come and go.
_VITAL = ("gcs_server", "raylet")
_SAID = 30


class HeadError(Exception):
    """Ray could not be started, or has died; the sentence says why."""


@dataclass(frozen=True)
class HeadSettings:
    """cpus and gpus: what the head may give out. memory: bytes, or 0 for what Ray finds. folder: of its session and logs."""

    cpus: int
    gpus: int
    memory: int
    folder: Path
    token: Path


class Head:
    """One head. `address` is GCS's, `dashboard` the dashboard's port; both on 127.0.0.1."""

    def __init__(self, settings: HeadSettings) -> None:
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None
        self._said: deque[str] = deque(maxlen=_SAID)
        gcs, self.dashboard = _free_ports(2)
        self.address = f"127.0.0.1:{gcs}"
        self._gcs = gcs

    async def start(self) -> None:
        """Until the dashboard answers, which `ray start` does not wait for. Raises HeadError."""
        settings = self._settings
        settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        memory = [f"--memory={settings.memory}"] if settings.memory else []
        self._process = await asyncio.create_subprocess_exec(
            *[sys.executable, "-m", "ray.scripts.scripts", "start", "--head", "--block", "--disable-usage-stats"],
            *["--node-ip-address=127.0.0.1", f"--port={self._gcs}", "--dashboard-host=127.0.0.1"],
            *[f"--dashboard-port={self.dashboard}", f"--num-cpus={settings.cpus}", f"--num-gpus={settings.gpus}"],
            *[*memory, f"--temp-dir={settings.folder}", "--include-dashboard=true"],
            env={**os.environ, "COLUMNS": "200"},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            preexec_fn=_end_with_parent,
            limit=1024 * 1024,
        )
        self._reading = asyncio.create_task(self._read())
        deadline = asyncio.get_running_loop().time() + _START_S
        while not await asyncio.to_thread(self._answers):
            if self._process.returncode is not None:
                await self._reading
                raise HeadError(f"Ray ended while it was started: {self.said}")
            if asyncio.get_running_loop().time() > deadline:
                raise HeadError(f"Ray's dashboard did not answer within {_START_S:g} s: {self.said}")
            await asyncio.sleep(0.1)

    @property
    def said(self) -> str:
        """Its last lines."""
        return "\n".join(self._said)[-2000:]

    async def died(self) -> str:
        """Waits for the end of one of the processes without which there is no cluster; which one."""
        assert self._process is not None
        # `ray start --block` looks at some of them, once a second, and not at GCS.
        vital = {"ray start": self._process.pid}
        for pid in reaper.children(self._process.pid):
            name = Path(os.readlink(f"/proc/{pid}/exe")).name
            if name in _VITAL:
                vital[name] = pid
        loop = asyncio.get_running_loop()
        dead: asyncio.Future[str] = loop.create_future()
        descriptors = [(name, os.pidfd_open(pid)) for name, pid in vital.items()]

        def ended(name: str) -> None:
            if not dead.done():
                dead.set_result(name)

        for name, fd in descriptors:
            loop.add_reader(fd, ended, name)
        try:
            return f"{await dead} of Ray's head has ended."
        finally:
            for _, fd in descriptors:
                loop.remove_reader(fd)
                os.close(fd)

    async def end(self) -> None:
        """Ends it, where it still lives."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def _answers(self) -> bool:
        token = self._settings.token.read_text().strip()
        request = urllib.request.Request(f"http://127.0.0.1:{self.dashboard}/api/version")
        request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    async def _read(self) -> None:
        assert self._process is not None
        async for line in lines_of(self._process):
            self._said.append(line)


def _end_with_parent() -> None:
    # `ray start --block` ends the others when it is asked to; killed, it could not.
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _free_ports(count: int) -> list[int]:
    """Ports that nobody has now, all different."""
    held = [socket.socket() for _ in range(count)]
    try:
        for sock in held:
            sock.bind(("127.0.0.1", 0))
        return [sock.getsockname()[1] for sock in held]
    finally:
        for sock in held:
            sock.close()
