"""One run as the agent sees it: its line, its two pipes, its numbered events, its end."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import struct
import time
from collections.abc import Awaitable, Callable
from typing import Any

from ..streams import MAX_LINE, MAX_OUTPUT
from .hosts import HostProcess
from .outbox import FINAL, Outbox

# Of all events of a run, as they are sent.
MAX_EVENTS = 256 * 1024 * 1024
# Bytes that wait for the gateway before the run is made to wait.
_MAX_BACKLOG = 64 * 1024 * 1024
_MAX_FRAME = 16 * 1024 * 1024
# How long what is still in the sockets may take when the processes have ended.
_DRAIN_S = 3.0
_LENGTH = struct.Struct(">I")

Ask = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]


class Run:
    """From the order to the last event. on_event: there is something to send. ask: asks the gateway in this run's name."""

    def __init__(self, outbox: Outbox, host: HostProcess, ask: Ask, on_event: Callable[[], None]) -> None:
        self.fid = outbox.fid
        self.outbox = outbox
        self.host = host
        self._ask = ask
        self._on_event = on_event
        self._locks: set[str] = set()
        self._exit: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._why = ""
        # The run's own word that it is over. It is told when the pipes are read to their ends, too.
        self._last: tuple[float, str, str] | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._room = asyncio.Event()
        self._room.set()
        self._told = {"stdout": 0, "stderr": 0}

    async def go(self, order: dict[str, Any], limits: dict[str, Any], folders: tuple[str, str], timeout: float) -> None:
        """Runs it to its end; afterwards the outbox holds a final status. folders: its own, as it sees it and as we do."""
        inside, outside = folders
        tasks: list[asyncio.Task[None]] = []
        try:
            tasks = await self._start(order, limits, inside)
            await asyncio.wait([self._exit], timeout=timeout)
            if not self._exit.done():
                self.end(f"The run took longer than {timeout:g} s.")
            status = await self._exit
            await asyncio.wait(tasks, timeout=_DRAIN_S)
            self._finish(self._why or _death(status))
        except OSError as why:
            self._finish(self._why or str(why))
        finally:
            for task in tasks:
                task.cancel()
            if self._writer is not None:
                self._writer.close()
            await asyncio.to_thread(shutil.rmtree, outside, ignore_errors=True)

    async def _start(self, order: dict[str, Any], limits: dict[str, Any], work: str) -> list[asyncio.Task[None]]:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        pipes = {"stdout": os.pipe(), "stderr": os.pipe()}
        given = [theirs.fileno(), pipes["stdout"][1], pipes["stderr"][1]]
        try:
            self.host.fork(self.fid, limits, work, given)
        except OSError:
            ours.close()
            for reads, _ in pipes.values():
                os.close(reads)
            raise
        finally:
            theirs.close()
            for _, writes in pipes.values():
                os.close(writes)
        reader, self._writer = await asyncio.open_connection(sock=ours, limit=_MAX_FRAME)
        self._send({"fid": self.fid, **order})
        tasks = [asyncio.create_task(self._line(reader))]
        tasks += [asyncio.create_task(self._pipe(kind, reads)) for kind, (reads, _) in pipes.items()]
        return tasks

    def exited(self, status: int) -> None:
        """All processes of the run have ended."""
        if not self._exit.done():
            self._exit.set_result(status)

    def end(self, why: str) -> None:
        """Ends it at once; `why` becomes its error."""
        self._why = self._why or why
        self.host.end(self.fid)

    def lease(self, lid: str, result: Any) -> bool:
        """The answer to a lock; False where the run does not wait for it."""
        if lid not in self._locks:
            return False
        self._locks.discard(lid)
        self._send({"answer": lid, "value": result})
        return True

    def acked(self, number: int) -> None:
        """The gateway has the events up to here."""
        self.outbox.ack(number)
        if self.outbox.backlog < _MAX_BACKLOG // 2:
            self._room.set()

    async def add(self, events: list[tuple[float, str, str]]) -> None:
        """Events of the run. Waits while the gateway is far behind: so the run waits, too."""
        self.outbox.add(events)
        self._on_event()
        if self.outbox.bytes > MAX_EVENTS:
            self.end(f"The run told more than {MAX_EVENTS // 1024**2} MiB of events: write large results into files by tracer.fs().")
        if self.outbox.backlog > _MAX_BACKLOG:
            self._room.clear()
            await self._room.wait()

    def _finish(self, why: str) -> None:
        """The run's own word, or a word for a run that has not told of its end."""
        if self._last is not None:
            self.outbox.add([self._last], last=True)
        if not self.outbox.over:
            now = time.time()
            self.outbox.add([(now, "error", why), (now, "status", "error")], last=True)
        self._on_event()

    def _send(self, frame: dict[str, Any]) -> None:
        if self._writer is not None and not self._writer.is_closing():
            data = json.dumps(frame, ensure_ascii=False).encode("utf-8", "replace")
            self._writer.write(_LENGTH.pack(len(data)) + data)

    async def _line(self, reader: asyncio.StreamReader) -> None:
        """What the run sends, until it ends."""
        try:
            while True:
                size = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))[0]
                if size > _MAX_FRAME:
                    self.end("The run sent what is no event.")
                    return
                frame = json.loads(await reader.readexactly(size))
                if "events" in frame:
                    events = [(float(at), str(kind), str(message)) for at, kind, message in frame["events"]]
                    if events and events[-1][1] == "status" and events[-1][2] in FINAL:
                        self._last = events.pop()
                    await self.add(events)
                elif frame.get("what") == "lock":
                    self._locks.add(str(frame["ask"]))
                else:
                    asyncio.get_running_loop().create_task(self._answer(frame))
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        except (ValueError, KeyError, TypeError):
            self.end("The run sent what is no event.")
        except OSError as why:
            self.end(str(why))

    async def _answer(self, frame: dict[str, Any]) -> None:
        asked = {name: value for name, value in frame.items() if name != "ask"}
        answer = await self._ask(self.fid, asked)
        self._send({"answer": frame["ask"], **answer})

    async def _pipe(self, kind: str, fd: int) -> None:
        """What programs print that the run starts, and libraries that do not know of `sys.stdout`."""
        reader = asyncio.StreamReader(limit=MAX_LINE)
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(fd, "rb", buffering=0)
        )
        rest = b""
        try:
            while data := await reader.read(MAX_LINE):
                data = rest + data
                end = len(data) if len(data) >= MAX_LINE else data.rfind(b"\n") + 1
                rest = data[end:]
                await self._printed(kind, data[:end])
            await self._printed(kind, rest)
        except OSError as why:
            self.end(str(why))
        finally:
            transport.close()

    async def _printed(self, kind: str, data: bytes) -> None:
        text = data.decode("utf-8", "replace").rstrip("\n")
        if not text.strip() or self._told[kind] > MAX_OUTPUT:
            return
        self._told[kind] += len(text)
        if self._told[kind] > MAX_OUTPUT:
            text, kind = f"[{kind} is cut here: {MAX_OUTPUT} characters are the most]", "stderr"
        await self.add([(time.time(), kind, text)])


def _death(status: int) -> str:
    """A sentence for a run that ended without a word."""
    if status > 128:
        try:
            name = signal.Signals(status - 128).name
        except ValueError:
            name = f"signal {status - 128}"
        return f"The run was ended by {name}."
    return f"The run's process ended with status {status} before the run was over."
