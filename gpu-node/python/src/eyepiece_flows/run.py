"""What a forked process does: one run, from its order to its final event."""

from __future__ import annotations

import asyncio
import base64
import inspect
import os
import pickle
import socket
import sys
import traceback
from typing import Any

from eyepiece.flows.channel import Channel, read_frame
from eyepiece.flows.launch import resolve
from eyepiece.flows.serial import serialize
from eyepiece.flows.tracer import Tracer, cut

from .streams import EventStream


def run(sock: socket.socket) -> None:
    """Runs what the order on the socket says, and tells of it there. Never raises."""
    order = read_frame(sock)
    if order is None:
        os._exit(1)
    channel = Channel(sock)
    channel.start()
    out, err = EventStream(channel, "stdout", 1), EventStream(channel, "stderr", 2)
    sys.stdout, sys.stderr = out, err
    _plain_in_forks()
    os.environ["EYEPIECE_FLOWS_FID"] = order["fid"]
    status = "error"
    try:
        point = resolve(order["entry_point"])
        inputs = pickle.loads(base64.b64decode(order["pickled"]))
        channel.emit("status", "running", now=True)
        final = serialize(_call(point, inputs, Tracer(order["fid"], channel)))
        out.flush()
        err.flush()
        channel.emit("final", final)
        status = "finished"
    except BaseException as why:  # A run that calls sys.exit has not finished either.
        out.flush()
        err.flush()
        channel.emit("error", cut(_told(why)))
    channel.emit("status", status, now=True)
    channel.flush()
    # What the flow left running, threads and atexit handlers, does not hold up the end.
    os._exit(0)


def _call(point: Any, inputs: Any, tracer: Tracer) -> Any:
    names = inspect.signature(point).parameters
    given = {name: value for name, value in (("inputs", inputs), ("tracer", tracer)) if name in names}
    result = point(**given)
    return asyncio.run(_awaited(result)) if inspect.isawaitable(result) else result


async def _awaited(result: Any) -> Any:
    return await result


def _told(why: BaseException) -> str:
    """The traceback from the flow's own first line on."""
    first = frames = why.__traceback__
    while frames is not None:
        # Event loops stand between this module's frames.
        if frames.tb_frame.f_globals.get("__package__") == __package__:
            first = frames.tb_next
        frames = frames.tb_next
    return "".join(traceback.format_exception(type(why), why, first)).rstrip()


def _plain_in_forks() -> None:
    """A process that the flow forks prints as any process does: the line to the agent is the run's alone."""

    def plain() -> None:
        sys.stdout = open(1, "w", encoding="utf-8", errors="replace", buffering=1, closefd=False)
        sys.stderr = open(2, "w", encoding="utf-8", errors="replace", buffering=1, closefd=False)

    os.register_at_fork(after_in_child=plain)
