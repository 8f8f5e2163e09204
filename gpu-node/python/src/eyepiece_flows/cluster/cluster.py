"""A cluster as the gateway sees it: what it says and is told on the line."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ray

from .agents import Agents
from .forward import Forwarder
from .head import Head, HeadError, HeadSettings
from .leases import Leases, Wanted, machine_here, machines_of
from .serving import Serving

# How often the machines of the cluster are counted.
_COUNT_S = 1.0
# So often a head that is somebody else's is not there before it is dead.
_MISSED = 3
_BEAT_S = 1.0
_PAUSE_S = 0.3


class ClusterError(Exception):
    """There is no cluster; the sentence says why."""


@dataclass(frozen=True)
class Settings:
    """line: the gateway's socket. sockets: folder of the ways in. address: of a cluster that is there; empty to start a head.
    name: the node's among those that use that cluster."""

    line: Path
    sockets: Path
    address: str
    name: str
    head: HeadSettings

    @classmethod
    def read(cls, text: str) -> Settings:
        """As the gateway wrote it."""
        told = json.loads(text)
        head = HeadSettings(told["cpus"], told["gpus"], told["memory"], Path(told["folder"]), Path(told["token"]))
        return cls(Path(told["line"]), Path(told["sockets"]), told["address"], told["name"], head)


class Cluster:
    """One cluster. `over` says why when it has died; the gateway ends it by ending this process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._send: Callable[[str], None] | None = None
        self._leases: Leases | None = None
        self._agents: Agents | None = None
        self._serving: Serving | None = None
        self._ready: dict[str, Any] | None = None
        self._machines: list[dict[str, Any]] = []
        self._forwarders: list[Forwarder] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._head: Head | None = None
        self.over: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def start(self) -> None:
        """Starts or joins it. Raises ClusterError."""
        settings = self._settings
        address = settings.address
        if not address:
            head = self._head = Head(settings.head)
            try:
                await head.start()
            except HeadError as why:
                raise ClusterError(str(why)) from why
            self._tasks.append(asyncio.create_task(self._mourn(head)))
            address = head.address
            await self._forward("dashboard.sock", head.dashboard)
        await asyncio.to_thread(self._join, address)
        self._leases = Leases(self._tell)
        machine = machine_here() if settings.address else ""
        self._serving = Serving(settings.name, not settings.address, machine, settings.sockets, self._tell)
        self._machines = await asyncio.to_thread(_machines)
        if settings.address:
            # A head of the node's own has this machine only.
            self._agents = Agents(settings.name, settings.sockets, self._tell_agents, self._head_answers)
            self._agents.look(_elsewhere(self._machines))
            if settings.address.rpartition(":")[2].isdigit():
                self._tasks.append(asyncio.create_task(self._listen_for(settings.address)))
        self._tasks.append(asyncio.create_task(self._count()))
        self._ready = {"type": "ready", "version": ray.__version__, "address": address, "machines": self._machines}
        self._tell(self._ready)
        self._tell_agents()

    def connected(self, send: Callable[[str], None]) -> None:
        """There is a line."""
        self._send = send
        held = self._leases.held if self._leases else []
        serving = self._serving.greeting if self._serving else {"apps": [], "replicas": []}
        self._tell({"type": "hello", "version": 1, "leases": held, **serving})
        if self._ready is not None:
            self._tell({**self._ready, "machines": self._machines})
            self._tell_agents()

    def disconnected(self) -> None:
        """The line is gone; leases stay."""
        self._send = None

    def hear(self, message: dict[str, Any]) -> None:
        """One message of the gateway."""
        kind = message["type"]
        if kind == "lease" and self._leases is not None:
            self._leases.take(message["fid"], Wanted.of(message))
        elif kind == "release" and self._leases is not None:
            self._leases.release(message["fid"])
        elif self._serving is not None:
            self._serving.hear(message)

    async def end(self) -> None:
        """Ends what belongs to this process; a cluster that was there before goes on without it."""
        if self._agents is not None:
            self._agents.close()
        if self._serving is not None:
            self._serving.close()
        if self._head is not None:
            await self._head.end()
        for task in self._tasks:
            task.cancel()
        for forwarder in self._forwarders:
            forwarder.close()

    def _join(self, address: str) -> None:
        own: dict[str, Any] = {} if self._settings.address else {"_node_ip_address": "127.0.0.1"}
        try:
            ray.init(address=address, namespace="eyepiece-flows", log_to_driver=False, configure_logging=False, **own)
        except (ConnectionError, RuntimeError, ValueError, OSError) as why:
            raise ClusterError(f"The Ray cluster at {address} cannot be joined: {str(why).splitlines()[0] if str(why) else why!r}") from why

    async def _forward(self, name: str, port: int) -> None:
        forwarder = Forwarder(self._settings.sockets / name, port)
        await forwarder.start()
        self._forwarders.append(forwarder)

    async def _mourn(self, head: Head) -> None:
        why = await head.died()
        if not self.over.done():
            self.over.set_result(why)

    async def _listen_for(self, address: str) -> None:
        """Notices the death of somebody else's head: who has joined it would be told by Ray after a minute."""
        missed = 0
        while missed < _MISSED:
            line = await _dialled(address)
            if line is None:
                missed += 1
            else:
                missed = 0
                # A head that dies ends the line; one whose machine is gone does not take the next.
                with contextlib.suppress(OSError):
                    await asyncio.wait_for(line[0].read(), _BEAT_S)
                line[1].close()
            await asyncio.sleep(_PAUSE_S)
        if not self.over.done():
            self.over.set_result("The head of the Ray cluster has ended.")

    async def _head_answers(self) -> None:
        """Returns when there is a head. What goes with one that is gone is told by its end."""
        address = self._settings.address
        while address.rpartition(":")[2].isdigit():
            line = await _dialled(address)
            if line is not None:
                line[1].close()
                return
            await asyncio.sleep(_PAUSE_S)

    async def _count(self) -> None:
        """Tells of machines that come and go."""
        while True:
            await asyncio.sleep(_COUNT_S)
            now = await asyncio.to_thread(_machines)
            if now != self._machines:
                self._machines = now
                self._tell({"type": "machines", "machines": now})
            if self._agents is not None:
                self._agents.look(_elsewhere(now))

    def _tell_agents(self) -> None:
        self._tell({"type": "agents", "agents": self._agents.all if self._agents else []})

    def _tell(self, message: dict[str, Any]) -> None:
        if self._send is not None:
            self._send(json.dumps(message))


async def _dialled(address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
    host, _, port = address.rpartition(":")
    try:
        return await asyncio.wait_for(asyncio.open_connection(host.strip("[]"), int(port)), _BEAT_S)
    except OSError:
        return None


def _elsewhere(machines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that are not this machine, which has the agent that started this. Raylets that share an address share a machine."""
    here = ray.util.get_node_ip_address()  # type: ignore[no-untyped-call]
    return [one for one in machines if one["address"] != here]


def _machines() -> list[dict[str, Any]]:
    return [
        {
            **{"id": node["NodeID"], "address": node["NodeManagerAddress"], "alive": bool(node["Alive"])},
            **{"cpus": float(node["Resources"].get("CPU", 0)), "gpus": float(node["Resources"].get("GPU", 0))},
            **{"memory": int(node["Resources"].get("memory", 0))},
        }
        for node in machines_of()
    ]
