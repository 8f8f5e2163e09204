"""The line between a run and the agent of its machine: events out, answers in. A socket that the run was started with.

A frame is four bytes of length, most significant first, and so many bytes of JSON. Events are sent every few milliseconds,
so that what a killed run had not sent is at most those.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import threading
import time
from concurrent.futures import Future
from typing import Any

# How long events are collected.
BATCH_S = 0.005
# Of one frame of events; a frame is sent as soon as it is this long.
_BATCH_BYTES = 64 * 1024
# Of events that wait for the agent. Beyond, the run waits.
_MAX_WAITING = 4 * 1024 * 1024
_MAX_FRAME = 16 * 1024 * 1024
_LENGTH = struct.Struct(">I")


class Channel:
    """Sends and asks. Safe from several threads; a process that the run forks cannot use it."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._owner = os.getpid()
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._events: list[list[Any]] = []
        self._bytes = 0
        self._asked: dict[str, Future[Any]] = {}
        self._next = 0
        self._broken = False
        self._urgent = False
        self._sending = threading.Lock()

    def start(self) -> None:
        """Begins to send and to listen."""
        threading.Thread(target=self._write, name="events", daemon=True).start()
        threading.Thread(target=self._read, name="answers", daemon=True).start()

    def emit(self, kind: str, message: str, now: bool = False) -> None:
        """One more event. now: it does not wait for others. Blocks while the agent is far behind."""
        if os.getpid() != self._owner:
            raise RuntimeError("A process that the run forked cannot emit events: print, or send them to the run.")
        with self._changed:
            while self._bytes > _MAX_WAITING and not self._broken:
                self._changed.wait()
            if self._broken:
                # The agent is gone, and this process is about to be ended.
                return
            self._events.append([time.time(), kind, message])
            self._bytes += len(message) + 40
            self._urgent |= now
            if now or len(self._events) == 1 or self._bytes > _BATCH_BYTES:
                self._changed.notify_all()

    def ask(self, what: dict[str, Any], key: str | None = None) -> Future[Any]:
        """Asks the agent; the future has its answer. key: the answer's name where something else than this chose it."""
        with self._lock:
            if key is None:
                self._next += 1
                key = str(self._next)
            future: Future[Any] = Future()
            self._asked[key] = future
            if self._broken:
                future.set_exception(ConnectionError("The agent is gone."))
        self._send({"ask": key, **what})
        return future

    def forget(self, key: str) -> None:
        """An answer that nobody waits for any more."""
        with self._lock:
            self._asked.pop(key, None)

    def flush(self) -> None:
        """Returns when all events are with the agent."""
        with self._changed:
            self._urgent = True
            self._changed.notify_all()
            while (self._events or self._bytes) and not self._broken:
                self._changed.wait()

    def _write(self) -> None:
        while True:
            with self._changed:
                while not self._events and not self._broken:
                    self._urgent = False
                    self._changed.wait()
                until = time.monotonic() + BATCH_S
                while not self._urgent and self._bytes < _BATCH_BYTES and not self._broken:
                    left = until - time.monotonic()
                    if left <= 0:
                        break
                    self._changed.wait(left)
                if self._broken:
                    return
                batch, self._events = self._events, []
                size, self._urgent = self._bytes, False
            for start in range(0, len(batch), 1000):
                self._send({"events": batch[start : start + 1000]})
            with self._changed:
                # Only now, so that `flush` waits for the socket too.
                self._bytes -= size
                self._changed.notify_all()

    def _send(self, frame: dict[str, Any]) -> None:
        data = json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        try:
            with self._sending:
                self._socket.sendall(_LENGTH.pack(len(data)) + data)
        except OSError:
            self._break()

    def _read(self) -> None:
        while True:
            frame = read_frame(self._socket)
            if frame is None:
                self._break()
                return
            with self._lock:
                future = self._asked.pop(str(frame.get("answer")), None)
            if future is None:
                continue
            if "failure" in frame:
                kind = FileNotFoundError if frame.get("missing") else OSError
                future.set_exception(kind(frame["failure"]))
            else:
                future.set_result(frame.get("value"))

    def _break(self) -> None:
        with self._changed:
            self._broken = True
            asked, self._asked = list(self._asked.values()), {}
            self._changed.notify_all()
        for future in asked:
            if not future.done():
                future.set_exception(ConnectionError("The agent is gone."))


def read_frame(sock: socket.socket) -> dict[str, Any] | None:
    """The next frame; None where the other side is gone or sends none."""
    try:
        head = _exactly(sock, _LENGTH.size)
        size = _LENGTH.unpack(head)[0] if head is not None else 0
        body = _exactly(sock, size) if 0 < size <= _MAX_FRAME else None
        return None if body is None else json.loads(body)
    except (OSError, ValueError):
        return None


def _exactly(sock: socket.socket, count: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < count:
        part = sock.recv(min(count - len(parts), 1 << 20))
        if not part:
            return None
        parts += part
    return bytes(parts)
