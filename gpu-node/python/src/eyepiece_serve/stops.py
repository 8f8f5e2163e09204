"""Stop strings in a text that arrives in pieces: nothing of a stop string is ever let out."""

from __future__ import annotations


class StopFilter:
    """Lets text out as soon as no stop string can begin in it.

    Which text comes out does not depend on how it was cut into pieces: it ends before the stop string that is complete
    first (of several that are complete with the same character, the longest).
    """

    def __init__(self, stops: list[str]) -> None:
        self._stops = [stop for stop in stops if stop]
        self._held = ""
        #: The stop string that was found.
        self.found: str | None = None

    def push(self, text: str) -> str:
        """The next piece; answers with what may be shown now."""
        if self.found is not None:
            return ""
        buffer = self._held + text
        first: tuple[int, int, str] | None = None
        for stop in self._stops:
            at = buffer.find(stop)
            if at >= 0 and (first is None or (at + len(stop), at) < first[:2]):
                first = (at + len(stop), at, stop)
        if first is not None:
            self.found, self._held = first[2], ""
            return buffer[: first[1]]
        keep = max((_overlap(buffer, stop) for stop in self._stops), default=0)
        self._held = buffer[len(buffer) - keep :]
        return buffer[: len(buffer) - keep]

    def flush(self) -> str:
        """The text has ended: what was held back after all."""
        held, self._held = self._held, ""
        return held


def _overlap(text: str, stop: str) -> int:
    """The length of the longest end of `text` with which `stop` begins."""
    for length in range(min(len(text), len(stop) - 1), 0, -1):
        if stop.startswith(text[len(text) - length :]):
            return length
    return 0
