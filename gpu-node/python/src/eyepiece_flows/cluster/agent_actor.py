"""The actor that keeps an agent on another machine of the cluster. It is sent there as it stands here, so it needs nothing but Ray and
the standard library; what the agent needs comes with it, and its packages by uv.

The agent dials a unix socket beside it, and the actor carries bytes: the WebSocket between agent and gateway is theirs alone, and the
machine opens no port for it. It goes through Ray's own calls, behind Ray's own token, and encrypted where the cluster is.
"""

from __future__ import annotations

import asyncio
import ctypes
import fcntl
import hashlib
import json
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

# A call that has nothing to tell returns after so long: who asks hears that the machine lives.
_WAIT_S = 1.0
_PART = 1024 * 1024
# uv fetches packages, on a slow line for minutes.
_SETUP_S = 900.0
_AGAIN_S = 1.0
# Nobody has asked for anything in so many seconds: who would is gone, also where Ray does not know it yet.
_ALONE = 20
_PR_SET_PDEATHSIG = 1


class AgentActor:
    """One agent. name: of the node whose agent it is. sources: files of the agent and its project, by path."""

    def __init__(self, name: str, machine: str, sources: dict[str, bytes]) -> None:
        self._root = Path.home() / ".eyepiece" / "agents"
        self._folder = self._root / name / machine
        self._name = name
        self._sources = sources
        self._dialled: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
        self._lines: dict[int, tuple[asyncio.StreamReader, asyncio.StreamWriter]] = {}
        self._next = 0
        self._asked = False

    async def prepare(self) -> dict[str, Any]:
        """Has the agent's packages and sources, and starts it. Returns where things are. Raises RuntimeError with a sentence."""
        # Ray takes up to a quarter of a minute to notice that a raylet was killed; all of this ends with it at once.
        raylet = os.pidfd_open(os.getppid())
        asyncio.get_running_loop().add_reader(raylet, os._exit, 1)
        try:
            self._clear()
            sources = await asyncio.to_thread(self._unpack)
            environment, uv = await self._environment(sources)
        except OSError as why:
            raise RuntimeError(f"The agent cannot be set up in {self._root}: {why}") from None
        # Addresses of unix sockets are short, a home's path may not be.
        runtime = Path(tempfile.mkdtemp(prefix="eyepiece-r-"))
        (self._folder / "runtime").write_text(str(runtime))
        self._server = await asyncio.start_unix_server(self._take, str(runtime / "gateway.sock"))
        python = environment / "bin" / "python"
        self._listening = asyncio.get_running_loop().create_task(self._listen())
        self._keeping = asyncio.get_running_loop().create_task(self._keep(python, sources / "src", runtime))
        return {
            **{"folder": str(self._folder), "runtime": str(runtime), "sources": str(sources / "src")},
            **{"environment": str(environment), "python": str(python), "uv": uv, "needs": [sys.base_prefix]},
        }

    async def accept(self) -> int | None:
        """Number of a line that the agent has opened; None where it has not yet."""
        self._asked = True
        try:
            line = await asyncio.wait_for(self._dialled.get(), _WAIT_S)
        except TimeoutError:
            return None
        self._next += 1
        self._lines[self._next] = line
        return self._next

    async def read(self, number: int) -> bytes | None:
        """What the agent says; empty at the line's end, None where it says nothing."""
        self._asked = True
        try:
            return await asyncio.wait_for(self._lines[number][0].read(_PART), _WAIT_S)
        except TimeoutError:
            return None
        except OSError:
            return b""

    async def write(self, number: int, data: bytes) -> None:
        """Says it to the agent; nothing where the line has ended, which `read` tells."""
        try:
            writer = self._lines[number][1]
            writer.write(data)
            await writer.drain()
        except OSError:
            return

    async def close(self, number: int) -> None:
        """Ends a line; the agent dials again."""
        line = self._lines.pop(number, None)
        if line is not None:
            line[1].close()

    async def _listen(self) -> None:
        """Ends, and with it the agent and its runs, when nobody asks any more."""
        silent = 0
        while silent < _ALONE:
            await asyncio.sleep(1)
            silent = 0 if self._asked else silent + 1
            self._asked = False
        os._exit(1)

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._dialled.put_nowait((reader, writer))

    def _clear(self) -> None:
        """A folder of one's own. Those of agents that are gone go: the gateway has ended their runs."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for other in self._folder.parent.iterdir():
            descriptor = os.open(other / "lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                if other == self._folder:
                    raise RuntimeError("Another agent of this node is on the machine already.") from None
                continue
            runtime = other / "runtime"
            if runtime.exists():
                shutil.rmtree(runtime.read_text(), ignore_errors=True)
            if other == self._folder:
                self._lock = descriptor
                shutil.rmtree(other / "events", ignore_errors=True)
            else:
                os.close(descriptor)
                shutil.rmtree(other, ignore_errors=True)

    def _unpack(self) -> Path:
        """The sources, in a folder that is named by what they are."""
        digest = hashlib.sha256()
        for path, data in sorted(self._sources.items()):
            digest.update(f"{path}\0{len(data)}\0".encode() + data)
        folder = self._root / "sources" / digest.hexdigest()[:12]
        if not folder.exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            made = Path(tempfile.mkdtemp(dir=folder.parent))
            for path, data in self._sources.items():
                (made / path).parent.mkdir(parents=True, exist_ok=True)
                (made / path).write_bytes(data)
            try:
                made.rename(folder)
            except OSError:
                # Another agent of the machine was first.
                shutil.rmtree(made)
        return folder

    async def _environment(self, sources: Path) -> tuple[Path, str]:
        """The packages of the lock, for the Python that Ray has here; and uv."""
        digest = hashlib.sha256(sys.version.encode())
        for name in ("uv.lock", "pyproject.toml"):
            digest.update(self._sources[name])
        folder = self._root / "environments" / f"eyepiece-flows-{digest.hexdigest()[:12]}"
        folder.parent.mkdir(parents=True, exist_ok=True)
        with open(folder.parent / "lock", "w", encoding="ascii") as lock:
            # Two agents of one machine want the same.
            await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
            uv = await self._uv()
            if (folder / "complete").exists():
                return folder, uv
            options = ["--frozen", "--no-dev", "--no-install-project", "--compile-bytecode", "--extra", "flows"]
            await _done(
                *[uv, "sync", *options, "--color", "never", "--python", sys.executable, "--project", str(sources)],
                UV_PROJECT_ENVIRONMENT=str(folder),
                UV_PYTHON_DOWNLOADS="never",
            )
            (folder / "complete").write_text("")
        return folder, uv

    async def _uv(self) -> str:
        """uv: the machine's own, or one from the index."""
        found = shutil.which("uv")
        if found:
            return found
        folder = self._root / "uv"
        own = folder / "bin" / "uv"
        if not own.exists():
            await _done(sys.executable, "-m", "venv", "--clear", str(folder))
            await _done(str(folder / "bin" / "python"), "-m", "pip", "install", "-q", "uv>=0.9,<0.14")
        return str(own)

    async def _keep(self, python: Path, sources: Path, runtime: Path) -> None:
        """An agent, and another one when it has ended: that one hands over what the first had not."""
        env = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
        env |= {"PYTHONPATH": str(sources), "PYTHONDONTWRITEBYTECODE": "1"}
        me = os.getpid()
        # Not the module's: what it holds is sent with the actor.
        libc = ctypes.CDLL(None, use_errno=True)

        def bound() -> None:
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            if os.getppid() != me:
                os._exit(1)

        while True:
            with open(self._folder / "agent.log", "wb") as log:
                agent = await asyncio.create_subprocess_exec(
                    *[str(python), "-m", "eyepiece_flows.agent", str(runtime / "gateway.sock"), str(self._folder / "events")],
                    **{"env": env, "cwd": "/", "preexec_fn": bound},
                    **{"stdin": asyncio.subprocess.DEVNULL, "stdout": log, "stderr": log},
                )
            await agent.wait()
            await asyncio.sleep(_AGAIN_S)


async def _done(*argv: str, **more: str) -> None:
    """Runs a program to its end. Raises RuntimeError with its last words where it fails."""
    process = await asyncio.create_subprocess_exec(
        *argv,
        env={**os.environ, **more},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        said, _ = await asyncio.wait_for(process.communicate(), _SETUP_S)
    except TimeoutError:
        process.kill()
        raise RuntimeError(f"{Path(argv[0]).name} took longer than {_SETUP_S:g} s.") from None
    if process.returncode:
        last = said.decode("utf-8", "replace").strip().splitlines()[-3:]
        raise RuntimeError(f"The packages of the agent cannot be had: {' '.join(last) or json.dumps(process.returncode)}")
