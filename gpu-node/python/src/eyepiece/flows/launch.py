"""Starting a run: the order for it, which goes to the gateway with the handler's answer."""

from __future__ import annotations

import base64
import importlib
import json
import pickle
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse

from .errors import FlowsError
from .serial import serialize

# Header of the answer that names the run, as Kodosumi's.
LAUNCH_HEADER = "kodosumi_launch"
# Header of the request: the name that the gateway gives to the run.
FID_HEADER = "x-eyepiece-fid"
# Of what goes with the order as pickled Python.
MAX_INPUTS = 8 * 1024 * 1024
MAX_RETRIES = 10
# What may be said at `@app.enter`, too.
OPTIONS = ("ray_actor_options", "retries", "webhook")


def Launch(
    request: Request,
    entry_point: Callable[..., Any] | str,
    inputs: Any = None,
    reference: Callable[..., Any] | None = None,
    summary: str | None = None,
    description: str | None = None,
    extra: dict[str, Any] | None = None,
    timeout: float | None = None,
    memory: int | None = None,
    ray_actor_options: dict[str, Any] | None = None,
    retries: int | None = None,
    webhook: str | None = None,
) -> JSONResponse:
    """Starts a run of `entry_point`, a function or "module:function", when the handler's answer has reached the gateway.

    inputs: given to the function's parameter `inputs`. reference: the function with `@app.enter` whose summary, tags and so on
    the run bears; found by itself where a handler calls this. extra: kept with the run. timeout: seconds. memory: bytes.
    ray_actor_options: what the run waits for, by the names of Ray's actors: num_gpus, num_cpus, memory, resources, and a runtime_env
    with env_vars and working_dir. retries: further attempts where the run fails by itself, up to 10. webhook: an address that is
    told of its end. What the person says at the form goes before that. What is said here goes before what `@app.enter` or the
    service's settings say.
    Returns `{fid}`. Raises FlowsError for what cannot be started.
    """
    fid = request.headers.get(FID_HEADER)
    if not fid:
        raise FlowsError("This service was called without its gateway: start runs through the flows page or its API.")
    orders: dict[str, Any] = request.app.state.orders
    if fid in orders:
        raise FlowsError("One form starts one run: Launch was called twice.")
    about = dict(_about(request, reference))
    said = {name: about.pop(name, None) for name in OPTIONS}
    retries = said["retries"] if retries is None else retries
    if retries is not None and (isinstance(retries, bool) or not isinstance(retries, int) or not 0 <= retries <= MAX_RETRIES):
        raise FlowsError(f"retries={retries!r}: it is a whole number from 0 to {MAX_RETRIES}.")
    if summary is not None:
        about["summary"] = summary
    if description is not None:
        about["description"] = description
    point = name_of(entry_point)
    try:
        packed = pickle.dumps(inputs, protocol=pickle.HIGHEST_PROTOCOL)
    except Exception as why:
        raise FlowsError(f"The inputs cannot be handed to another process: {why}") from why
    if len(packed) > MAX_INPUTS:
        raise FlowsError(f"The inputs are {len(packed)} bytes, and {MAX_INPUTS} are the most: hand in files instead.")
    orders[fid] = {
        "entry_point": point,
        "pickled": base64.b64encode(packed).decode(),
        "inputs": serialize(inputs),
        "about": about,
        "extra": None if extra is None else json.loads(json.dumps(extra, default=str)),
        "timeout": timeout,
        "memory": memory,
        "ray_actor_options": {**(said["ray_actor_options"] or {}), **(ray_actor_options or {})} or None,
        "retries": retries,
        "webhook": said["webhook"] if webhook is None else webhook,
    }
    return JSONResponse({"fid": fid}, headers={LAUNCH_HEADER: fid})


def name_of(entry_point: Callable[..., Any] | str) -> str:
    """As "module:function". Raises FlowsError for what has no such name: a lambda, a function within a function."""
    if isinstance(entry_point, str):
        return entry_point
    name = f"{entry_point.__module__}:{getattr(entry_point, '__qualname__', '')}"
    try:
        found = resolve(name)
    except (ImportError, AttributeError, ValueError):
        found = None
    if found is not entry_point:
        raise FlowsError(f"{entry_point!r} has no name of its own in {entry_point.__module__}: move it to the module's level.")
    return name


def resolve(name: str) -> Any:
    """What "module:function" or "module.function" names. Raises ImportError, AttributeError, ValueError."""
    module, colon, path = name.partition(":")
    if not colon:
        module, _, path = name.rpartition(".")
    if not module or not path:
        raise ValueError(f"{name} is not of the form module:function.")
    found: Any = importlib.import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    return found


def _about(request: Request, reference: Callable[..., Any] | None) -> dict[str, Any]:
    """What is told of the handler that launches: by name, or by who calls."""
    known: dict[Any, dict[str, Any]] = getattr(request.app, "entered", {})
    if reference is not None:
        return known.get(getattr(reference, "__code__", None), {})
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        found = known.get(frame.f_code)
        if found is not None:
            return found
        frame = frame.f_back
    return {}
