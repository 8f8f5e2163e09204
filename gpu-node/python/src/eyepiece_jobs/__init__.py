"""What a program that runs as a job says to the node, and hears from it.

The program is started with file descriptor 3 open to the node and in a folder of its own, which holds `job.json`. Standard
output and standard error stay the program's. Nothing but Python's own library is needed.

    job = eyepiece_jobs.current()
    for step in range(job.checkpoint.step if job.checkpoint else 0, job.params["steps"]):
        job.metrics(step, loss=train(step))
        if job.pausing:
            save(f"checkpoints/{step + 1}")
            job.checkpointed(step + 1, f"checkpoints/{step + 1}")
            job.pause()
"""

from __future__ import annotations

import json
import math
import os
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

#: File descriptor of the node.
PIPE = 3
#: Where a program of several processes lends its pipe to the first of them, in the job's folder.
PIPE_SOCKET = "pipe.sock"


@dataclass(frozen=True)
class Checkpoint:
    """Where to go on: the number of the next step, and a path that this program gave for it."""

    step: int
    path: str


class Job:
    """The job that this process runs."""

    def __init__(self, given: Any = None, send: Callable[[dict[str, Any]], None] | None = None) -> None:
        """Without `given` it is that of this process's folder. `send` takes reports to the node where no pipe leads there."""
        if given is None:
            with open("job.json", encoding="utf-8") as file:
                given = json.load(file)
        self.id: str = given["id"]
        self.params: Any = given["params"]
        self.devices: list[str] = given["devices"]
        found = given["checkpoint"]
        self.checkpoint: Checkpoint | None = Checkpoint(found["step"], found["path"]) if found else None
        self._pausing = threading.Event()
        # Set when the node has something new in this folder, and for a pause; who waits for it clears it before looking.
        self.woken = threading.Event()
        self._lock = threading.Lock()
        # Of several processes of one job (torchrun's and accelerate's RANK) the first speaks for all.
        self.silent = os.environ.get("RANK", "0") != "0"
        self._send = send or self._write
        if self.silent or send is not None:
            return
        if "EYEPIECE_JOB_PIPE" in os.environ:
            _borrow_pipe()
        threading.Thread(target=self._listen, name="eyepiece-job", daemon=True).start()

    @property
    def pausing(self) -> bool:
        """Whether the node asks for a checkpoint and an end."""
        return self._pausing.is_set()

    def ask_to_pause(self) -> None:
        """What the node's wish for a pause comes to, by whichever way it came."""
        self._pausing.set()
        self.woken.set()

    def event(self, message: str, level: str = "info", data: Any = None) -> None:
        """Tells something to who watches. Levels are `info`, `warn` and `error`."""
        told: dict[str, Any] = {"type": "event", "level": level, "message": message}
        self._say(told if data is None else {**told, "data": data})

    def metrics(self, step: int, **values: float) -> None:
        """Points of curves at a step. Not-a-number and infinities are kept as such."""
        self._say({"type": "metrics", "step": step, "values": {k: _number(v) for k, v in values.items()}})

    def checkpointed(self, step: int, path: str) -> None:
        """A checkpoint is whole on disk, at a path in this folder; a later start goes on at `step`.

        Each has a path of its own, and the one before stays until the next but one: if this process is killed before the
        node has heard of a checkpoint, the next start is given the older.
        """
        self._say({"type": "checkpoint", "step": step, "path": path})

    def result(self, data: Any) -> None:
        """What the job came to, as JSON."""
        self._say({"type": "result", "data": data})

    def pause(self) -> NoReturn:
        """Ends this process after a checkpoint, because the node asked for it."""
        self._say({"type": "paused"})
        sys.exit(0)

    def report(self, report: dict[str, Any]) -> None:
        """One that another process of this job has made."""
        self._say(report)

    def _say(self, report: dict[str, Any]) -> None:
        if not self.silent:
            self._send(report)

    def _write(self, report: dict[str, Any]) -> None:
        line = (json.dumps(report, allow_nan=False) + "\n").encode()
        with self._lock:
            while line:
                line = line[os.write(PIPE, line) :]

    def _listen(self) -> None:
        rest = b""
        while chunk := os.read(PIPE, 4096):
            *lines, rest = (rest + chunk).split(b"\n")
            if any(json.loads(line).get("do") == "pause" for line in lines):
                self.ask_to_pause()
            self.woken.set()
        # The node is gone, and with it whoever would hear how this ends.
        os._exit(70)


def _borrow_pipe() -> None:
    # By its short name: this process is in the job's folder.
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as lender:
        lender.connect(PIPE_SOCKET)
        _, (pipe, *_), _, _ = socket.recv_fds(lender, 16, 1)
    if pipe != PIPE:
        os.dup2(pipe, PIPE, inheritable=False)
        os.close(pipe)


def _number(value: float) -> float | str:
    number = float(value)
    if math.isfinite(number):
        return number
    return "nan" if math.isnan(number) else "inf" if number > 0 else "-inf"


def use(job: Job) -> None:
    """Makes this the job that `current()` answers."""
    global _current
    _current = job


_current: Job | None = None


def current() -> Job:
    """The job that this process runs; the same object each time."""
    global _current
    if _current is None:
        _current = Job()
    return _current
