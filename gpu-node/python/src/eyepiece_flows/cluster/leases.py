"""Leases: an actor of Ray for each run that asked for resources. It does nothing but hold them; the run itself is started by the agent,
boxed in as every run. When the actor dies, by whatever hand, the lease is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ray
from ray.actor import ActorHandle
from ray.exceptions import RayError

from . import holder

# Ray's own resource that each machine has of its address.
_MACHINE = "node:"
# After so long a lease that was not granted says what it waits for.
_LOOK_S = 0.5


@dataclass(frozen=True)
class Wanted:
    """cpus, gpus: may be fractions. memory: bytes. resources: the cluster's own ones by name. note: the gateway's, told back to it."""

    cpus: float
    gpus: float
    memory: int
    resources: dict[str, float]
    note: str

    @classmethod
    def of(cls, told: dict[str, Any]) -> Wanted:
        """As the gateway sends it."""
        resources = {str(name): float(value) for name, value in told.get("resources", {}).items()}
        # The run is started by the agent of this machine; machines that share its address are this machine.
        resources[machine_here()] = 0.001
        return cls(float(told["cpus"]), float(told["gpus"]), int(told["memory"]), resources, str(told["note"]))

    def all(self) -> dict[str, float]:
        """By Ray's names, those that are wanted at all."""
        known = {"CPU": self.cpus, "GPU": self.gpus, "memory": float(self.memory), **self.resources}
        return {name: value for name, value in known.items() if value > 0}

    def options(self) -> dict[str, Any]:
        """Of the actor."""
        given: dict[str, Any] = {"num_cpus": self.cpus, "num_gpus": self.gpus, "max_restarts": 0, "max_task_retries": 0}
        if self.memory:
            given["memory"] = self.memory
        if self.resources:
            given["resources"] = self.resources
        return given


class Leases:
    """All of them. tell: a message to the gateway."""

    def __init__(self, tell: Callable[[dict[str, Any]], None]) -> None:
        self._tell = tell
        # Workers of somebody else's cluster do not have this program's modules.
        ray.cloudpickle.register_pickle_by_value(holder)  # type: ignore[no-untyped-call]
        self._actors: dict[str, ActorHandle[Any]] = {}
        self._granted: dict[str, dict[str, Any]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def held(self) -> list[dict[str, Any]]:
        """Those that are granted, as the gateway was told."""
        return list(self._granted.values())

    def take(self, fid: str, wanted: Wanted) -> None:
        """Asks Ray; `granted`, `waits` or `lost` follows."""
        if fid in self._actors:
            return
        try:
            actor: Any = ray.remote(holder.Holder).options(**wanted.options(), scheduling_strategy="SPREAD").remote()
        except (ValueError, TypeError) as why:
            self._tell({"type": "lost", "fid": fid, "why": f"Ray does not take what the run asks for: {why}"})
            return
        self._actors[fid] = actor
        task = asyncio.get_running_loop().create_task(self._watch(fid, actor, wanted))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def release(self, fid: str) -> None:
        """Gives back what the run had; nothing where it had nothing."""
        self._granted.pop(fid, None)
        actor = self._actors.pop(fid, None)
        if actor is not None:
            ray.kill(actor)

    async def _watch(self, fid: str, actor: ActorHandle[Any], wanted: Wanted) -> None:
        try:
            granted = await self._grant(fid, actor, wanted)
            if granted is None:
                return
            if self._actors.get(fid) is actor:
                self._granted[fid] = {"fid": fid, "note": wanted.note, **granted}
                self._tell({"type": "granted", **self._granted[fid]})
            await actor.hold.remote()
        except RayError as why:
            if self._actors.get(fid) is actor:
                # Its first line names the actor; what follows is for who reads Ray's logs.
                reason = next((line.strip() for line in str(why).splitlines() if "dead because" in line), str(why).splitlines()[0])
                self._lose(fid, f"The run's lease was lost: {reason[:500]}")

    async def _grant(self, fid: str, actor: ActorHandle[Any], wanted: Wanted) -> dict[str, Any] | None:
        asked = asyncio.ensure_future(_result(actor.granted.remote()))
        said = ""
        while True:
            done, _ = await asyncio.wait([asked], timeout=_LOOK_S)
            if done:
                return asked.result()
            if self._actors.get(fid) is not actor:
                return None
            lacks = await asyncio.to_thread(_lacking, wanted)
            if lacks:
                self._lose(fid, lacks)
                return None
            why = await asyncio.to_thread(_waiting, wanted)
            if why != said:
                said = why
                self._tell({"type": "waits", "fid": fid, "why": why})

    def _lose(self, fid: str, why: str) -> None:
        self.release(fid)
        self._tell({"type": "lost", "fid": fid, "why": why})


async def _result(ref: Any) -> dict[str, Any]:
    answer: dict[str, Any] = await ref
    return answer


def machine_here() -> str:
    """Ray's name of the resource that only this machine has."""
    return f"{_MACHINE}{ray.util.get_node_ip_address()}"  # type: ignore[no-untyped-call]


def machines_of() -> list[dict[str, Any]]:
    """The cluster's machines as Ray tells of them, dead ones included."""
    return list(ray.nodes())  # type: ignore[no-untyped-call]


def _lacking(wanted: Wanted) -> str:
    """A sentence where no machine of the cluster could ever hold it."""
    machines = [node["Resources"] for node in machines_of() if node["Alive"] and machine_here() in node["Resources"]]
    if not machines or any(all(one.get(name, 0) >= value for name, value in wanted.all().items()) for one in machines):
        return ""
    most = {name: max(one.get(name, 0) for one in machines) for name in wanted.all()}
    return f"This machine of the cluster has not {_told(wanted.all())} at once; the most of each is {_told(most)}."


def _waiting(wanted: Wanted) -> str:
    free: dict[str, float] = ray.available_resources()  # type: ignore[no-untyped-call]
    total: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
    short = {name: value for name, value in wanted.all().items() if free.get(name, 0) < value and not name.startswith(_MACHINE)}
    if not short:
        return "Ray starts a worker."
    parts = [f"{_one(name, value)} ({_amount(name, free.get(name, 0))} of {_amount(name, total.get(name, 0))} free)" for name, value in short.items()]
    return f"Waits for {', '.join(parts)}."


def _told(wanted: dict[str, float]) -> str:
    return ", ".join(_one(name, value) for name, value in wanted.items() if not name.startswith(_MACHINE)) or "nothing"


def _one(name: str, value: float) -> str:
    return f"{_amount(name, value)} {name}"


def _amount(name: str, value: float) -> str:
    return f"{value / 1024**3:.1f} GiB" if name == "memory" else f"{value:g}"
