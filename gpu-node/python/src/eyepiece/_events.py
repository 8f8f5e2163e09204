"""What happens in a viewer, told to functions of the person's.

A thread hears the node. Functions run in the kernel's own event loop: between cells, and while a cell awaits something, never in the middle
of other code. Without a loop (a plain script) `process_events` runs what waits.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Callback = Callable[..., Any]


@dataclass(frozen=True)
class Event:
    """What a function is called with."""

    #: The property or happening: `opacity`, `inserted`, `current_step`.
    type: str
    #: The layer, dims, camera or list of layers.
    source: Any
    #: The new value, where there is one.
    value: Any = None
    #: The place in the list of layers, where that is what happened.
    index: int | None = None


class Emitter:
    """One kind of event of one thing."""

    def __init__(self, group: EventGroup) -> None:
        self._group = group
        self.callbacks: list[Callback] = []

    def connect(self, callback: Callback) -> Callback:
        """Calls a function at each event, with an `Event` if it takes an argument. Returns the function: a decorator."""
        self._group.start()
        if callback not in self.callbacks:
            self.callbacks.append(callback)
        return callback

    def disconnect(self, callback: Callback | None = None) -> None:
        """Does not call a function any more; none of them without an argument."""
        self.callbacks = [] if callback is None else [one for one in self.callbacks if one != callback]


class EventGroup:
    """Events of one thing, by name: `layer.events.opacity`."""

    def __init__(self, loop: Loop, source: Any) -> None:
        self._loop = loop
        self._source = source
        self._emitters: dict[str, Emitter] = {}

    def start(self) -> None:
        """Hears the node from now on."""
        self._loop.start()

    def __getattr__(self, name: str) -> Emitter:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._emitters.setdefault(name, Emitter(self))

    def connect(self, callback: Callback) -> Callback:
        """Calls a function at every event of this thing."""
        return self.any.connect(callback)

    def emit(self, name: str, value: Any = None, index: int | None = None) -> None:
        """Called by the thread that hears the node."""
        event = Event(name, self._source, value, index)
        for emitter in (self._emitters.get(name), self._emitters.get("any")):
            for callback in list(emitter.callbacks) if emitter is not None else []:
                self._loop.call(callback, event)


class Loop:
    """Hears one viewer's node, and runs functions where the person's code runs."""

    def __init__(self, listen: Callable[[], Any], told: Callable[[dict[str, Any]], None]) -> None:
        self._listen = listen
        self._told = told
        self._queue: queue.SimpleQueue[tuple[Callback, Event]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        try:
            self._loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None

    def start(self) -> None:
        """Starts to hear, once."""
        if self._thread is not None and self._thread.is_alive():
            return
        file = self._listen()
        self._thread = threading.Thread(target=self._hear, args=(file,), name="eyepiece events", daemon=True)
        self._thread.start()

    def _hear(self, file: Any) -> None:
        import json
        import time

        while True:
            try:
                for line in file:
                    self._told(json.loads(line))
            except (OSError, ValueError):
                pass
            # A node that was started again is found again; a viewer that is gone is not.
            for _ in range(60):
                time.sleep(1)
                try:
                    file = self._listen()
                    break
                except Exception as error:  # noqa: BLE001
                    if "no session" in str(error):
                        return
            else:
                return

    def call(self, callback: Callback, event: Event) -> None:
        """Runs a function soon, in the thread of the person's code."""
        self._queue.put((callback, event))
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.process)

    def process(self) -> None:
        """Runs all functions that wait."""
        while True:
            try:
                callback, event = self._queue.get_nowait()
            except queue.Empty:
                return
            try:
                callback(event) if _takes_argument(callback) else callback()
            except Exception:  # noqa: BLE001  The next function is called whatever this one did.
                traceback.print_exc()


def _takes_argument(callback: Callback) -> bool:
    import inspect

    try:
        parameters = inspect.signature(callback).parameters.values()
    except (TypeError, ValueError):
        return True
    return any(one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD, one.VAR_POSITIONAL) for one in parameters)
