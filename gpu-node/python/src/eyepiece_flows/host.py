"""A service that is imported once, and forks: `python -m eyepiece_flows.host module:app`.

It has one thread and does nothing but fork, so that what it forks is whole. Orders come over a socket of packets, whose number
is in EYEPIECE_FLOWS_CONTROL; EYEPIECE_FLOWS_HTTP is where the forms answer, if they are to. With EYEPIECE_FLOWS_LATE it imports
nothing, and the run does: CUDA does not survive a fork.

    agent → host   {fork: fid, limits, work} with three descriptors: the run's line, its stdout, its stderr; {end: fid}
    host → agent   {ready} or {failed: why}, then {exit: fid, status} for each run
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
import traceback
from typing import Any

from eyepiece.flows import ServeAPI
from eyepiece.flows.launch import resolve

from . import reaper, run, web
from .limits import Limits

_MAX_PACKET = 64 * 1024


class Host:
    """The forking process."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._runs: dict[int, str] = {}
        self._web = 0

    def tell(self, **message: Any) -> None:
        """A packet to the agent."""
        self._control.send(json.dumps(message).encode())

    def serve(self, app: ServeAPI, path: str) -> None:
        """Forks the process that answers for the forms."""
        me = os.getpid()
        # Bound here: who is told that this is ready finds it open.
        listener = web.listener(path)
        pid = os.fork()
        if pid == 0:
            reaper.die_with_parent(me)
            self._control.close()
            try:
                web.serve(app, listener)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(1)
        listener.close()
        self._web = pid

    def loop(self) -> None:
        """Until the agent is gone, or the forms no longer answer."""
        reads, wakes = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
        while True:
            if not self._reap():
                return
            control = self._control.fileno()
            ready, _, _ = select.select([control, reads], [], [])
            if reads in ready:
                os.read(reads, 4096)
            if control in ready and not self._take():
                return

    def _take(self) -> bool:
        data, fds, _, _ = socket.recv_fds(self._control, _MAX_PACKET, 3)
        if not data:
            return False
        order = json.loads(data)
        if "fork" in order:
            self._fork(order, fds)
        elif "end" in order:
            for pid, fid in self._runs.items():
                if fid == order["end"]:
                    os.kill(pid, signal.SIGTERM)
        for fd in fds:
            os.close(fd)
        return True

    def _fork(self, order: dict[str, Any], fds: list[int]) -> None:
        me = os.getpid()
        pid = os.fork()
        if pid:
            self._runs[pid] = order["fork"]
            return
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            reaper.die_with_parent(me)
            self._control.close()
            line, out, err = fds
            os.dup2(out, 1)
            os.dup2(err, 2)
            os.close(out)
            os.close(err)
            status = reaper.watched(lambda: self._begin(order, line))
        except BaseException:
            os._exit(1)
        os._exit(status)

    def _begin(self, order: dict[str, Any], line: int) -> None:
        """In the run's own process."""
        os.makedirs(order["work"], exist_ok=True)
        os.chdir(order["work"])
        Limits.of(order["limits"]).apply()
        run.run(socket.socket(fileno=line))

    def _reap(self) -> bool:
        """Tells of the children that have ended; False where the forms' process is one of them."""
        while True:
            try:
                pid, how = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return True
            if pid == 0:
                return True
            if pid == self._web:
                return False
            fid = self._runs.pop(pid, None)
            if fid is not None:
                status = os.waitstatus_to_exitcode(how)
                if status < 0:
                    self._end_orphans()
                self.tell(exit=fid, status=status if status >= 0 else 128 - status)

    def _end_orphans(self) -> None:
        """A reaper was killed: what it watched has come here."""
        for pid in reaper.children():
            if pid != self._web and pid not in self._runs:
                os.kill(pid, signal.SIGKILL)


def main(name: str) -> int:
    """Imports the service, and serves until the agent is gone."""
    control = socket.socket(fileno=int(os.environ.pop("EYEPIECE_FLOWS_CONTROL")))
    http = os.environ.pop("EYEPIECE_FLOWS_HTTP", "")
    control.set_inheritable(False)
    late = os.environ.pop("EYEPIECE_FLOWS_LATE", "")
    host = Host(control)
    reaper.adopt_orphans()
    sys.path.insert(0, os.getcwd())
    try:
        app = ServeAPI() if late else resolve(name)
        if not isinstance(app, ServeAPI):
            raise TypeError(f"{name} is {type(app).__name__}; a service is an eyepiece.flows.ServeAPI.")
    except BaseException:
        traceback.print_exc()
        host.tell(failed=traceback.format_exc(limit=-3)[-4000:])
        return 1
    gc.collect()
    # Objects of the imports are never looked at again, so that the forks share their pages.
    gc.freeze()
    if http:
        host.serve(app, http)
    host.tell(ready=True)
    host.loop()
    reaper.end_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
