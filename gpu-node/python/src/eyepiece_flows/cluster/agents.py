"""Agents on the cluster's other machines: an actor for each keeps one (`agent_actor`); here its line is carried on to the gateway."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import ray
from ray.actor import ActorHandle
from ray.exceptions import RayError, RayTaskError
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

from . import agent_actor

# A machine that has said nothing for so many rounds is lost. Rounds are counted, not time: where this process itself was held up, they are late, too.
_ROUNDS = 8
_ROUND_S = 0.5
_PART = 1024 * 1024
# Before an agent that could not be set up is tried again.
_FAILED_S = 60.0
_AGAIN_S = 1.0
# Of the project in Python, what an agent and its hosts need.
_PROJECT = ("uv.lock", "pyproject.toml")
_PACKAGES = ("eyepiece", "eyepiece_flows")


@dataclass
class AgentStatus:
    """state: preparing, ready or failed. place: where things are on its machine, when it is ready."""

    id: str
    address: str
    cpus: float
    state: str = "preparing"
    message: str = ""
    place: dict[str, Any] | None = None


class LostMachine(Exception):
    """The machine says nothing any more."""


class Agents:
    """All of them. name: this node's among those that use the cluster. sockets: where the gateway listens for each. on_change: told of each change.
    head: returns when the cluster's head answers."""

    def __init__(self, name: str, sockets: Path, on_change: Callable[[], None], head: Callable[[], Awaitable[None]]) -> None:
        self._name = name
        self._sockets = sockets
        self._on_change = on_change
        self._head = head
        # Workers of somebody else's cluster do not have this program's modules.
        ray.cloudpickle.register_pickle_by_value(agent_actor)  # type: ignore[no-untyped-call]
        self._sources = ray.put(_sources())
        self._known: dict[str, AgentStatus] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    @property
    def all(self) -> list[dict[str, Any]]:
        """As the gateway is told."""
        return [asdict(status) for status in self._known.values()]

    def look(self, machines: list[dict[str, Any]]) -> None:
        """The cluster's machines, without this one. Those that are new get an agent; who is lost is noticed by its line, or here."""
        there = {one["id"]: one for one in machines if one["alive"]}
        for machine, task in list(self._tasks.items()):
            if machine not in there:
                task.cancel()
                self._lose(machine)
        for machine, told in there.items():
            if machine not in self._tasks:
                self._tasks[machine] = asyncio.create_task(self._have(told))

    def close(self) -> None:
        """Keeps no more; the actors end with this process."""
        for task in self._tasks.values():
            task.cancel()

    def _lose(self, machine: str) -> None:
        self._tasks.pop(machine, None)
        if self._known.pop(machine, None):
            self._on_change()

    async def _have(self, told: dict[str, Any]) -> None:
        machine = told["id"]
        status = self._known[machine] = AgentStatus(machine, told["address"], told["cpus"])
        self._on_change()
        where = NodeAffinitySchedulingStrategy(machine, soft=False)
        actor: Any = ray.remote(agent_actor.AgentActor).options(num_cpus=0, scheduling_strategy=where).remote(self._name, machine[:12], self._sources)
        try:
            status.place = await actor.prepare.remote()
            status.state = "ready"
            self._on_change()
            await self._carry(machine, actor)
        except (RayError, LostMachine) as why:
            if status.state == "preparing":
                cause = why.cause if isinstance(why, RayTaskError) else why
                status.state, status.message = "failed", (str(cause).strip().splitlines() or [repr(cause)])[-1][:1000]
                self._on_change()
                await asyncio.sleep(_FAILED_S)
        # With the head all is lost, which is another sentence.
        await self._head()
        ray.kill(actor)
        # Where the machine itself lives, it gets another one.
        self._known.pop(machine, None)
        self._on_change()
        await asyncio.sleep(_AGAIN_S)
        self._lose(machine)

    async def _carry(self, machine: str, actor: ActorHandle[Any]) -> None:
        """Line after line, until the machine is lost."""
        socket = str(self._sockets / f"agent-{machine[:12]}.sock")
        while True:
            number = await _heard(actor.accept.remote())
            if number is None:
                continue
            try:
                reader, writer = await asyncio.open_unix_connection(socket)
            except OSError:
                # The node is away; the agent dials again.
                await _heard(actor.close.remote(number))
                continue
            ways = [asyncio.create_task(_down(actor, number, writer)), asyncio.create_task(_up(actor, number, reader))]
            try:
                done, _ = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                for way in done:
                    way.result()
            finally:
                for way in ways:
                    way.cancel()
                writer.close()
            await _heard(actor.close.remote(number))


async def _down(actor: ActorHandle[Any], number: int, writer: asyncio.StreamWriter) -> None:
    while True:
        data = await _heard(actor.read.remote(number))
        if data is None:
            continue
        if not data:
            return
        try:
            writer.write(data)
            await writer.drain()
        except OSError:
            return


async def _up(actor: ActorHandle[Any], number: int, reader: asyncio.StreamReader) -> None:
    while True:
        try:
            data = await reader.read(_PART)
        except OSError:
            return
        if not data:
            return
        await _heard(actor.write.remote(number, data))


async def _heard(ref: Any) -> Any:
    """The answer of a call that answers within a second. Raises LostMachine, RayError."""
    answer = asyncio.ensure_future(_result(ref))
    for _ in range(_ROUNDS):
        done, _ = await asyncio.wait([answer], timeout=_ROUND_S)
        if done:
            return answer.result()
    answer.cancel()
    raise LostMachine


async def _result(ref: Any) -> Any:
    return await ref


def _sources() -> dict[str, bytes]:
    """Files of the project, by path."""
    source = Path(__file__).parents[2]
    found = {name: (source.parent / name).read_bytes() for name in _PROJECT}
    for package in _PACKAGES:
        for path in sorted((source / package).rglob("*")):
            if path.suffix in (".py", ".typed"):
                found[f"src/{path.relative_to(source)}"] = path.read_bytes()
    return found
