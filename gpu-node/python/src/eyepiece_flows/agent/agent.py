"""The agent: takes the gateway's orders, and has every event until the gateway acknowledges it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .hosts import HostProcess
from .look import look
from .outbox import Outbox
from .packages import PackageEnvironments, PackagesError
from .programs import Program
from .runs import Run
from .shipped import ShippedFolders

# A machine's agent that nobody has asked for anything ends after so long without its gateway.
ALONE_S = 60.0
# So long runs on other machines keep it, whose lines go through a program of its.
_HELD_S = 24 * 3600.0
# What the gateway says is checked by its types only where a wrong one would be kept.
Message = dict[str, Any]


class Agent:
    """State of the machine's flows. folder: where events wait."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._shipped = ShippedFolders(folder.parent / "services")
        self._packages = PackageEnvironments(folder.parent / "packages")
        self._hosts: dict[str, HostProcess] = {}
        self._programs: dict[str, Program] = {}
        self._runs: dict[str, Run] = {}
        self._outboxes: dict[str, Outbox] = {}
        self._asked: dict[str, tuple[Message, asyncio.Future[Message]]] = {}
        self._next = 0
        self._send: Callable[[str], None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._welcome = False
        self._shipping = ""
        self._held = 0.0
        self.stopping = False
        # Nothing runs, and nothing shall.
        self.rested = asyncio.Event()
        self._left()

    def _left(self) -> None:
        """What an agent before this one did not hand over: its runs died with it."""
        for path in sorted(self._folder.glob("*.events")):
            outbox = Outbox(self._folder, path.stem)
            if not outbox.over:
                now = time.time()
                outbox.add([(now, "error", "The run's machine lost its agent."), (now, "status", "error")])
            self._outboxes[outbox.fid] = outbox

    @property
    def idle(self) -> bool:
        """Whether nothing runs here, or anywhere by a program of this agent."""
        return not self._runs and time.monotonic() > self._held

    def connected(self, send: Callable[[str], None]) -> Message:
        """There is a line to the gateway. Returns the greeting."""
        self._send, self._welcome = send, False
        # A node that comes back wants it again.
        self.stopping = False
        self.rested.clear()
        runs = [{"fid": fid, "last": outbox.last, "over": outbox.over} for fid, outbox in self._outboxes.items()]
        ready = [name for name, host in self._hosts.items() if host.ready.done() and not host.gone]
        return {"type": "hello", "version": 1, "runs": runs, "hosts": ready, "programs": list(self._programs)}

    def disconnected(self) -> None:
        """The line is gone; what was asked on it is asked again on the next one."""
        self._send, self._welcome = None, False

    def hear(self, message: Message) -> None:
        """One message of the gateway."""
        kind = message["type"]
        if kind == "welcome":
            self._welcome = True
            for fid, outbox in list(self._outboxes.items()):
                outbox.resend_after(int(message["acked"].get(fid, 0)))
                self._spent(fid)
            self._flush()
            for wish, _ in self._asked.values():
                self._tell(wish)
        elif kind == "ack":
            self._ack(message["fid"], int(message["last"]))
        elif kind == "forget":
            self._forget(message["fid"])
        elif kind == "host":
            self._task(self._start_host(message))
        elif kind == "unhost":
            self._unhost(message["host"], message.get("changed", False))
        elif kind == "program":
            self._start_program(message)
        elif kind == "endprogram":
            program = self._programs.get(message["name"])
            if program:
                program.stop()
        elif kind == "run":
            self._task(self._run(message))
        elif kind == "cancel":
            run = self._runs.get(message["fid"])
            if run:
                run.end(message["why"])
        elif kind == "lease":
            run = self._runs.get(message["fid"])
            taken = run is not None and run.lease(message["lid"], message["result"])
            self._tell({"type": "leased", "ask": message["ask"], "taken": taken})
        elif kind == "answer":
            _, future = self._asked.get(message["ask"], (None, None))
            if future and not future.done():
                future.set_result({name: value for name, value in message.items() if name not in ("type", "ask")})
        elif kind == "hold":
            self._held = time.monotonic() + _HELD_S if message["on"] else 0.0
            self._rest()
        elif kind == "look":
            self._task(self._look(message))
        elif kind == "folder":
            self._tell({"type": "answered", "ask": message["ask"], "value": self._shipped.has(message["digest"])})
        elif kind in ("ship", "file", "shipped"):
            self._ship(message)
        elif kind == "packages":
            self._task(self._have_packages(message))
        elif kind == "stop":
            self.stopping = True
            self._rest()

    async def _look(self, message: Message) -> None:
        self._tell({"type": "answered", "ask": message["ask"], "value": await look(message["paths"], message["attempt"])})

    async def _have_packages(self, message: Message) -> None:
        try:
            value = {"folder": await self._packages.ensure(message)}
        except PackagesError as why:
            value = {"why": str(why)}
        self._tell({"type": "answered", "ask": message["ask"], "value": value})

    def _ship(self, message: Message) -> None:
        """A folder comes, file by file, in one go; what is wrong is told at its end."""
        try:
            if message["type"] == "ship":
                self._shipping = ""
                self._shipped.begin()
            elif message["type"] == "file" and not self._shipping:
                self._shipped.file(message)
            elif message["type"] == "shipped" and not self._shipping:
                self._shipped.end(message["digest"])
        except (OSError, ValueError) as why:
            self._shipping = str(why)
        if message["type"] == "shipped":
            self._tell({"type": "answered", "ask": message["ask"], "value": self._shipping})

    async def _start_host(self, message: Message) -> None:
        name = message["host"]
        for folder in message.get("folders", []):
            Path(folder).mkdir(parents=True, exist_ok=True, mode=0o700)
        host = self._hosts.get(name)
        if host is None:
            host = HostProcess(name, self._exited, self._gone)
            self._hosts[name] = host
            await host.start(message["argv"], message["env"], message["cwd"])
        try:
            await host.ready
            self._tell({"type": "host", "host": name, "ready": True})
        except RuntimeError as why:
            self._tell({"type": "host", "host": name, "ready": False, "why": str(why)})

    def _unhost(self, name: str, changed: bool) -> None:
        """Ends a host. One with a run in it stays; where its service has changed it takes no other run, and goes with the last."""
        host = self._hosts.get(name)
        if host is None or (self._holds(host) and not changed):
            return
        # One that is wanted anew under this name is another.
        del self._hosts[name]
        host.leaving = True
        self._leave(host)

    def _holds(self, host: HostProcess) -> bool:
        return any(run.host is host for run in self._runs.values())

    def _leave(self, host: HostProcess) -> None:
        if host.leaving and not self._holds(host):
            host.stop()

    def _start_program(self, message: Message) -> None:
        name = message["name"]
        if name not in self._programs:
            program = self._programs[name] = Program(name, self._program_ended)
            self._task(program.run(message["argv"], message["env"], message["cwd"]))

    def _program_ended(self, program: Program, said: str) -> None:
        del self._programs[program.name]
        self._tell({"type": "ended", "name": program.name, "said": said})

    async def _run(self, message: Message) -> None:
        fid = message["fid"]
        if fid in self._outboxes:
            return
        outbox = self._outboxes[fid] = Outbox(self._folder, fid)
        host = self._hosts.get(message["host"])
        if host is None or host.gone:
            now = time.time()
            outbox.add([(now, "error", "The service has ended; start the run again."), (now, "status", "error")])
            self._flush()
            return
        run = self._runs[fid] = Run(outbox, host, self._ask, self._flush)
        try:
            await run.go(message["order"], message["limits"], (message["inside"], message["outside"]), message["timeout"])
        finally:
            del self._runs[fid]
            if message.get("once"):
                host.stop()
            self._leave(host)
            self._flush()
            self._rest()

    def _rest(self) -> None:
        if self.stopping and self.idle:
            self.rested.set()

    def _exited(self, fid: str, status: int) -> None:
        run = self._runs.get(fid)
        if run:
            run.exited(status)

    def _gone(self, host: HostProcess) -> None:
        known = self._hosts.get(host.name) is host
        if known:
            del self._hosts[host.name]
        for run in self._runs.values():
            if run.host is host:
                run.exited(137)
        # Why one never became ready is told by who waits for it.
        if known and host.ready.exception() is None:
            self._tell({"type": "host", "host": host.name, "ready": False, "why": "The service has ended."})

    async def _ask(self, fid: str, asked: Message) -> Message:
        """A run's wish about its files. While the gateway is away it waits, as the run's events do."""
        self._next += 1
        key = str(self._next)
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        wish = {"type": "ask", "ask": key, "fid": fid, **asked}
        self._asked[key] = (wish, future)
        if self._welcome:
            self._tell(wish)
        try:
            return await future
        finally:
            self._asked.pop(key, None)

    def _ack(self, fid: str, last: int) -> None:
        run, outbox = self._runs.get(fid), self._outboxes.get(fid)
        if run:
            run.acked(last)
        elif outbox:
            outbox.ack(last)
        self._spent(fid)
        self._flush()

    def _spent(self, fid: str) -> None:
        outbox = self._outboxes.get(fid)
        if outbox and outbox.done and fid not in self._runs:
            outbox.close(remove=True)
            del self._outboxes[fid]

    def _forget(self, fid: str) -> None:
        """The gateway has no such run (any more)."""
        run = self._runs.get(fid)
        if run:
            run.end("The run was removed.")
        elif fid in self._outboxes:
            self._outboxes.pop(fid).close(remove=True)

    def _flush(self) -> None:
        if self._send is None or not self._welcome:
            return
        for outbox in self._outboxes.values():
            for frame in outbox.unsent():
                self._send(frame)
        for fid in [fid for fid, outbox in self._outboxes.items() if outbox.done]:
            self._spent(fid)

    def _tell(self, message: Message) -> None:
        if self._send is not None:
            self._send(json.dumps(message, ensure_ascii=False))

    def _task(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def close(self) -> None:
        """Ends every host, and with them all runs, and every program."""
        for host in list(self._hosts.values()):
            host.stop()
        for program in list(self._programs.values()):
            program.stop()
