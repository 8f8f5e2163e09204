"""The process above a run: what the run starts ends with it, however it was started.

The host forks a reaper for each run, and the reaper forks the run. It adopts whatever the run leaves behind, and ends it.
"""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(parent: int) -> None:
    """This process is killed when its parent ends. parent: the pid that it had before the fork."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Descendants whose parents end become children of this process."""
    _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children(of: int | None = None) -> list[int]:
    """Pids of a process' children, its own where nothing is said; dead ones that nobody waited for included."""
    me = of or os.getpid()
    with open(f"/proc/{me}/task/{me}/children", encoding="ascii") as file:
        return [int(pid) for pid in file.read().split()]


def end_all() -> None:
    """Kills every child, and what they leave behind, until none is there."""
    while True:
        for pid in children():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def watched(run: Callable[[], None]) -> int:
    """Forks `run`, waits for it, ends all that it left; the exit status as a shell tells it: 128 + n for the signal n.

    SIGTERM ends the run at once.
    """
    adopt_orphans()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    me = os.getpid()
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, set())
        die_with_parent(me)
        os.setsid()
        run()
        os._exit(0)
    signal.signal(signal.SIGTERM, lambda *_: os.kill(pid, signal.SIGKILL))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    status = 0
    while True:
        # What the run forked and left ends here first, while the run goes on.
        ended, how = os.waitpid(-1, 0)
        if ended == pid:
            status = os.waitstatus_to_exitcode(how)
            break
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    end_all()
    return status if status >= 0 else 128 - status
