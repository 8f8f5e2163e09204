"""The events of one run on their way to the gateway: numbered, in order, kept in a file until they are acknowledged.

A line of the file is a frame as it is sent. The file outlives this process: the next agent hands over what it finds.
"""

from __future__ import annotations

import json
import os
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Of a file whose frames are all acknowledged, before it begins anew.
_MAX_SPENT = 4 * 1024 * 1024
# Bytes of frames on their way to the gateway.
WINDOW = 4 * 1024 * 1024
FINAL = ("finished", "error")

Event = tuple[float, str, str]


@dataclass
class _Frame:
    first: int
    last: int
    offset: int
    size: int
    # Last words for which the disk had no room.
    held: bytes | None = None


class Outbox:
    """Numbers from 1. `over` when a final status is among the events."""

    def __init__(self, folder: Path, fid: str) -> None:
        self.fid = fid
        self.path = folder / f"{fid}.events"
        self._file = open(self.path, "a+b", buffering=0)
        self._flying: deque[_Frame] = deque()
        self._waiting: deque[_Frame] = deque()
        self._end = 0
        self._in_flight = 0
        self.last = 0
        self.acked = 0
        self.over = False
        self.bytes = 0
        # Bytes that are not acknowledged.
        self.backlog = 0
        self._load()

    def _load(self) -> None:
        """What an agent before this one left; half a line at the end is nothing that was promised."""
        self._file.seek(0)
        for line in self._file.read().splitlines(keepends=True):
            try:
                frame = json.loads(line)
                events, first = frame["events"], int(frame["first"])
            except (ValueError, KeyError, TypeError):
                break
            if not line.endswith(b"\n"):
                break
            if events:
                self._append(first, first + len(events) - 1, len(line))
            else:
                self.last, self._end = first - 1, self._end + len(line)
            self.over |= any(kind == "status" and message in FINAL for _, kind, message in events)
        os.ftruncate(self._file.fileno(), self._end)
        self.acked = self._waiting[0].first - 1 if self._waiting else self.last

    def _append(self, first: int, last: int, size: int, held: bytes | None = None) -> None:
        self._waiting.append(_Frame(first, last, self._end, size, held))
        self._end += 0 if held else size
        self.backlog += size
        self.last = last

    def add(self, events: list[Event], last: bool = False) -> None:
        """More events. Raises OSError where the disk is full; last: they are a run's last words, and kept here then."""
        if not events or self.over:
            return
        for at, (_, kind, message) in enumerate(events):
            if kind == "status" and message in FINAL:
                # Nothing comes after the end.
                events, self.over = events[: at + 1], True
                break
        frame = {"type": "events", "fid": self.fid, "first": self.last + 1, "events": events}
        line = json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
        held = None
        try:
            self._write(line)
        except OSError:
            if not last:
                raise
            held = line
        self._append(self.last + 1, self.last + len(events), len(line), held)
        self.bytes += len(line)

    def _write(self, line: bytes) -> None:
        try:
            written = self._file.write(line)
        except OSError:
            written = -1
        if written != len(line):
            os.ftruncate(self._file.fileno(), self._end)
            raise OSError(f"The events of the run cannot be kept in {self.path}: the disk is full.")

    def unsent(self) -> list[str]:
        """Frames to send now, so many that not more than WINDOW is on its way; they count as sent."""
        found: list[str] = []
        while self._waiting and self._in_flight < WINDOW:
            frame = self._waiting.popleft()
            self._flying.append(frame)
            self._in_flight += frame.size
            line = frame.held or os.pread(self._file.fileno(), frame.size, frame.offset)
            found.append(line.decode("utf-8"))
        return found

    def resend_after(self, number: int) -> None:
        """The gateway has come back, and has the events up to this number."""
        self._waiting.extendleft(reversed(self._flying))
        self._flying.clear()
        self._in_flight = 0
        while self._waiting and self._waiting[0].last <= number:
            frame = self._waiting.popleft()
            self.acked, self.backlog = frame.last, self.backlog - frame.size
        self._renew()

    def ack(self, number: int) -> None:
        """The gateway has the events up to this number on its disk."""
        while self._flying and self._flying[0].last <= number:
            frame = self._flying.popleft()
            self.acked, self.backlog = frame.last, self.backlog - frame.size
            self._in_flight -= frame.size
        self._renew()

    def _renew(self) -> None:
        if self.backlog == 0 and self._end > _MAX_SPENT:
            # Begun anew it says how far it was, so that the next agent goes on counting there.
            mark = {"type": "events", "fid": self.fid, "first": self.last + 1, "events": []}
            os.ftruncate(self._file.fileno(), 0)
            self._end = 0
            line = json.dumps(mark).encode() + b"\n"
            self._write(line)
            self._end = len(line)

    @property
    def done(self) -> bool:
        """Nothing will come, and nothing is left to send."""
        return self.over and self.backlog == 0

    def close(self, remove: bool) -> None:
        """Ends the use of the file. remove: the gateway has it all."""
        self._file.close()
        if remove:
            self.path.unlink(missing_ok=True)
