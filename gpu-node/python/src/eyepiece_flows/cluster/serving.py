"""Services as applications of Ray Serve: deployed and removed as the gateway says, watched, and asked by way of a unix socket each."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ray
from aiohttp import web
from ray import serve
from ray.exceptions import RayActorError, RayError
from ray.serve.config import ProxyLocation
from ray.serve.exceptions import RayServeException

from . import replica
from .desk import Desk

_LOOK_S = 0.25
# A form is asked for again within this, where its replica died.
_AGAIN_S = 50.0
_PAUSE_S = 0.05
# Files come another way; the gateway takes no larger answer.
_MAX_BODY = 16 * 1024 * 1024
_DEPLOYMENT = "forms"
_PASSED = ("content-type", "x-kodosumi_user", "x-kodosumi_base", "x-eyepiece-fid")
_NO_SERVE = (
    "The cluster does not run Ray Serve. Its replicas would open a port without a key on this machine: start Serve there, or give the cluster TLS (RAY_USE_TLS=1)."
)


@dataclass
class App:
    """A service. version: the one that was deployed last. status: Serve's word; REFUSED where there is no Serve."""

    name: str
    version: str
    status: str = "DEPLOYING"
    message: str = ""
    replicas: dict[str, int] = field(default_factory=dict)

    @property
    def told(self) -> dict[str, Any]:
        """As the gateway reads it."""
        return {"name": self.name, "version": self.version, "status": self.status, "message": self.message[:4000], "replicas": self.replicas}


class Serving:
    """All of them. name: the node's among those that use the cluster. own: whether the cluster is the node's own.
    machine: Ray's resource of this machine, where there are others. tell: a message to the gateway."""

    def __init__(self, name: str, own: bool, machine: str, sockets: Path, tell: Callable[[dict[str, Any]], None]) -> None:
        self._prefix = f"eyepiece-{name}-"
        self._own = own
        self._machine = machine
        self._sockets = sockets
        self._tell = tell
        # Workers of somebody else's cluster do not have this program's modules.
        ray.cloudpickle.register_pickle_by_value(replica)  # type: ignore[no-untyped-call]
        self._desk = Desk(sockets / "replicas.sock", tell)
        self._apps: dict[str, App] = {}
        self._doors: dict[str, web.AppRunner] = {}
        self._started = False
        self._looking: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        # What is looked at is not what is just deployed.
        self._turn = asyncio.Lock()

    @property
    def greeting(self) -> dict[str, Any]:
        """What a gateway needs to know that has not been here before."""
        return {"apps": [app.told for app in self._apps.values()], "replicas": self._desk.replicas}

    def hear(self, message: dict[str, Any]) -> None:
        """One message of the gateway."""
        kind = message["type"]
        if kind == "deploy":
            before = self._apps.get(message["name"])
            # Those of the version before go on answering.
            self._apps[message["name"]] = App(message["name"], message["version"], replicas=before.replicas if before else {})
            self._task(self._deploy(message["name"], message["version"], message["options"]))
        elif kind == "undeploy":
            self._apps.pop(message["name"], None)
            self._task(self._remove(message["name"]))
        elif kind == "housed":
            self._desk.housed(message)

    def close(self) -> None:
        """Asks no more; in a cluster that goes on, replicas that see the end of the desk have Serve remove their application."""
        for task in [*self._tasks, *([self._looking] if self._looking else [])]:
            task.cancel()
        self._desk.close()

    async def _start(self) -> str:
        """Has Serve. Returns why not."""
        if self._started:
            return ""
        if not self._own:
            if not await asyncio.to_thread(_there) and os.environ.get("RAY_USE_TLS") != "1":
                return _NO_SERVE
            # What a program of this node's has left, whose replicas were just starting.
            old = await asyncio.to_thread(serve.status)
            for name in old.applications:
                if name.startswith(self._prefix):
                    await asyncio.to_thread(serve.delete, name)
        else:
            # Without a proxy there is no port to ask at: forms come by the sockets here.
            await asyncio.to_thread(serve.start, proxy_location=ProxyLocation.Disabled)
        await self._desk.start()
        self._started = True
        self._looking = asyncio.create_task(self._look())
        return ""

    async def _deploy(self, name: str, version: str, options: dict[str, Any]) -> None:
        async with self._turn:
            app = self._apps.get(name)
            if app is None or app.version != version:
                return
            try:
                refused = await self._start()
                if refused:
                    app.status, app.message = "REFUSED", refused
                else:
                    await asyncio.to_thread(self._run, name, version, options)
                    await self._open(name)
            except (RayError, RayServeException, RuntimeError, ValueError, TypeError, OSError) as why:
                app.status, app.message = "DEPLOY_FAILED", str(why)
            self._changed()

    def _run(self, name: str, version: str, options: dict[str, Any]) -> None:
        actor = {"num_cpus": 0, **options.pop("ray_actor_options", {})}
        if self._machine:
            # The processes of replicas are the agent's of this machine.
            actor["resources"] = {**actor.get("resources", {}), self._machine: 0.001}
        # The new one is there before the old one goes; one that cannot start is not tried again and again, and the old one stays.
        rolling = {"max_surge_percent": 100, "max_constructor_retry_count": 1}
        given: dict[str, Any] = {"health_check_period_s": 1.0, "graceful_shutdown_wait_loop_s": 0.1, **rolling, **options}
        deployment = serve.deployment(replica.Replica).options(name=_DEPLOYMENT, ray_actor_options=actor, **given)
        target = serve.RunTarget(
            target=deployment.bind(str(self._sockets / "replicas.sock"), name, version), name=self._prefix + name, route_prefix=None
        )
        serve.run_many([target], wait_for_applications_running=False)

    async def _remove(self, name: str) -> None:
        async with self._turn:
            door = self._doors.pop(name, None)
            if door is not None:
                await door.cleanup()
            if self._started and name not in self._apps:
                await asyncio.to_thread(serve.delete, self._prefix + name, _blocking=False)
            self._changed()

    async def _look(self) -> None:
        """Tells what Serve says whenever it says something else."""
        while True:
            await asyncio.sleep(_LOOK_S)
            if not self._apps:
                continue
            async with self._turn:
                try:
                    found = (await asyncio.to_thread(serve.status)).applications
                except (RayError, RayServeException):
                    # Its controller is started again by Ray.
                    continue
                before = json.dumps(self.greeting["apps"])
                for name, app in self._apps.items():
                    seen = found.get(self._prefix + name)
                    if seen is None or app.status == "REFUSED":
                        continue
                    parts = list(seen.deployments.values())
                    app.status = seen.status.value
                    app.message = " ".join(part.message for part in parts if part.message) or seen.message
                    app.replicas = {state: count for part in parts for state, count in part.replica_states.items()}
                if json.dumps(self.greeting["apps"]) != before:
                    self._changed()

    def _changed(self) -> None:
        self._tell({"type": "apps", "apps": self.greeting["apps"]})

    async def _open(self, name: str) -> None:
        """Where the gateway asks the service: `serve-<digest of its name>.sock`."""
        if name in self._doors:
            return
        handle = serve.get_app_handle(self._prefix + name)

        async def answer(request: web.Request) -> web.Response:
            return await _asked(handle, request)

        inner = web.Application(client_max_size=_MAX_BODY)
        inner.router.add_route("*", "/{path:.*}", answer)
        runner = web.AppRunner(inner, access_log=None, keepalive_timeout=3600)
        await runner.setup()
        path = self._sockets / f"serve-{hashlib.sha256(name.encode()).hexdigest()[:12]}.sock"
        path.unlink(missing_ok=True)
        await web.UnixSite(runner, str(path)).start()
        self._doors[name] = runner

    def _task(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _asked(handle: Any, request: web.Request) -> web.Response:
    body = await request.read()
    headers = {name: request.headers[name] for name in _PASSED if name in request.headers}
    late = asyncio.get_running_loop().time() + _AGAIN_S
    while True:
        try:
            status, kind, answer = await handle.ask.remote(request.method, request.raw_path, headers, body)
            return web.Response(status=status, body=answer, headers={"content-type": kind} if kind else {})
        except (RayActorError, ConnectionError):
            # What a form's handler has done by then nobody knows: it is not done twice.
            if request.method == "GET" and asyncio.get_running_loop().time() < late:
                await asyncio.sleep(_PAUSE_S)
                continue
            return _sorry("The process that had the form ended before it answered; nothing was started: hand it in again.")
        except (RayError, RayServeException) as why:
            return _sorry(f"The service's replicas do not answer: {str(why).strip().splitlines()[-1][:1000]}")


def _sorry(detail: str) -> web.Response:
    return web.json_response({"detail": detail}, status=503)


def _there() -> bool:
    """Whether the cluster runs Serve."""
    try:
        ray.get_actor("SERVE_CONTROLLER_ACTOR", namespace="serve")
    except ValueError:
        return False
    return True
