"""Standard output and standard error of a run, as events in their place among the others."""

from __future__ import annotations

import io

from eyepiece.flows.channel import Channel

# Of each stream. Beyond, it is cut, and says so.
MAX_OUTPUT = 16 * 1024 * 1024
# A line that is longer is told in pieces.
MAX_LINE = 64 * 1024


class EventStream(io.TextIOBase):
    """Takes text, and emits whole lines."""

    def __init__(self, channel: Channel, kind: str, fd: int) -> None:
        self._channel = channel
        self._kind = kind
        self._fd = fd
        self._rest = ""
        self._told = 0

    encoding = "utf-8"

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        """Where programs that are started write; the agent reads that, too."""
        return self._fd

    def write(self, text: str) -> int:
        size = len(text)
        if self._told > MAX_OUTPUT:
            return size
        text = self._rest + text
        end = text.rfind("\n") + 1
        self._rest = text[end:]
        if len(self._rest) > MAX_LINE:
            end, self._rest = len(text), ""
        if end:
            self._emit(text[:end])
        return size

    def flush(self) -> None:
        if self._rest:
            rest, self._rest = self._rest, ""
            self._emit(rest)

    def _emit(self, text: str) -> None:
        for start in range(0, len(text), MAX_LINE):
            part = text[start : start + MAX_LINE].rstrip("\n")
            if not part.strip():
                continue
            self._told += len(part)
            if self._told > MAX_OUTPUT:
                self._channel.emit("stderr", f"[{self._kind} is cut here: {MAX_OUTPUT} characters are the most]")
                return
            self._channel.emit(self._kind, part)
