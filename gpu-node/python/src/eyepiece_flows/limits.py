"""What one run may use."""

from __future__ import annotations

import resource
from dataclasses import dataclass
from typing import Any

GIB = 1024**3


@dataclass(frozen=True)
class Limits:
    """memory: bytes of private memory; file: bytes of one file; open: open files. Time is the agent's business."""

    memory: int = 4 * GIB
    file: int = 8 * GIB
    open: int = 4096

    @classmethod
    def of(cls, given: dict[str, Any]) -> Limits:
        """Those that are given; the others as they are."""
        known = {name: int(given[name]) for name in ("memory", "file", "open") if given.get(name)}
        return cls(**known)

    def apply(self) -> None:
        """For this process and what it starts."""
        # Not the address space: libraries for GPUs reserve far more of that than they use.
        _set(resource.RLIMIT_DATA, self.memory)
        _set(resource.RLIMIT_FSIZE, self.file)
        _set(resource.RLIMIT_NOFILE, self.open)
        _set(resource.RLIMIT_CORE, 0)


def _set(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    value = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (value, value))
