"""What a run tells while it runs, and what it asks people."""

from __future__ import annotations

import asyncio
import json
import os
import time
import traceback
import uuid
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any

from .channel import Channel
from .files import AsyncFileSystem, SyncFileSystem
from .response import HTML, Markdown, Text
from .serial import MAX_EVENT, plain, serialize

# How long a lock waits where nothing is said; the node may have a setting of its own.
LOCK_EXPIRES_S = float(os.environ.get("EYEPIECE_FLOWS_LOCK_EXPIRES") or 3 * 3600)


class Tracer:
    """Given to an entry point as its parameter `tracer`. Each method has a twin with `_sync` for code that is not async."""

    def __init__(self, fid: str, channel: Channel) -> None:
        self.fid = fid
        self._channel = channel

    def debug_sync(self, *message: str) -> None:
        """Lines for who develops the flow."""
        self._channel.emit("debug", cut("\n".join(map(str, message))))

    def result_sync(self, *message: Any) -> None:
        """A result each: text, Markdown, HTML, a Pydantic model, anything that JSON can tell of. Raises ValueError if too large."""
        for one in message:
            self._channel.emit("result", serialize(one))

    def action_sync(self, *message: Any) -> None:
        """What is being done, each as for `result`."""
        for one in message:
            self._channel.emit("action", serialize(one))

    def markdown_sync(self, *message: str) -> None:
        """A result in Markdown; the parts are paragraphs."""
        self.result_sync(Markdown(body="\n\n".join(map(str, message))))

    def html_sync(self, *message: str) -> None:
        """A result in HTML."""
        self.result_sync(HTML(body="\n".join(map(str, message))))

    def text_sync(self, *message: str) -> None:
        """A result as it stands."""
        self.result_sync(Text(body="\n".join(map(str, message))))

    def warning_sync(self, *message: str, exc_info: bool = False) -> None:
        """Lines on standard error. exc_info: with the exception that is being handled."""
        lines = [str(one) for one in message] + ([traceback.format_exc()] if exc_info else [])
        self._channel.emit("stderr", cut("\n".join(lines)))

    def lock_sync(self, name: str, data: dict[str, Any] | None = None, timeout: float | None = None) -> Any:
        """Waits until a person has answered the form `@app.lock(name)`; what `@app.lease(name)` made of it is returned.

        data: given to both. timeout: seconds, three hours where nothing is said. Raises TimeoutError when they are over.
        """
        lid, answer, wait = self._locked(name, data, timeout)
        try:
            result = answer.result(wait)
        except FutureTimeout:
            raise self._expired(name, lid, wait) from None
        return self._leased(name, lid, result)

    def fs_sync(self) -> SyncFileSystem:
        """The run's files: `in/` with what was handed in, `out/` with what it leaves."""
        return SyncFileSystem(self._channel)

    async def debug(self, *message: str) -> None:
        """As `debug_sync`."""
        self.debug_sync(*message)

    async def result(self, *message: Any) -> None:
        """As `result_sync`."""
        self.result_sync(*message)

    async def action(self, *message: Any) -> None:
        """As `action_sync`."""
        self.action_sync(*message)

    async def markdown(self, *message: str) -> None:
        """As `markdown_sync`."""
        self.markdown_sync(*message)

    async def html(self, *message: str) -> None:
        """As `html_sync`."""
        self.html_sync(*message)

    async def text(self, *message: str) -> None:
        """As `text_sync`."""
        self.text_sync(*message)

    async def warning(self, *message: str, exc_info: bool = False) -> None:
        """As `warning_sync`."""
        self.warning_sync(*message, exc_info=exc_info)

    async def lock(self, name: str, data: dict[str, Any] | None = None, timeout: float | None = None) -> Any:
        """As `lock_sync`; other tasks of the run go on."""
        lid, answer, wait = self._locked(name, data, timeout)
        try:
            result = await asyncio.wait_for(asyncio.wrap_future(answer), wait)
        except (TimeoutError, asyncio.TimeoutError):
            raise self._expired(name, lid, wait) from None
        return self._leased(name, lid, result)

    async def fs(self) -> AsyncFileSystem:
        """As `fs_sync`."""
        return AsyncFileSystem(self._channel)

    def _locked(self, name: str, data: Any, timeout: float | None) -> tuple[str, Future[Any], float]:
        lid = str(uuid.uuid4())
        wait = LOCK_EXPIRES_S if timeout is None else float(timeout)
        told = {"name": name, "lid": lid, "data": plain(data), "expires": time.time() + wait}
        # Before anybody can know of the lock, so that no answer comes too early.
        answer = self._channel.ask({"what": "lock"}, key=lid)
        self._channel.emit("lock", json.dumps(told, ensure_ascii=False))
        self._channel.emit("status", "awaiting", now=True)
        return lid, answer, wait

    def _leased(self, name: str, lid: str, result: Any) -> Any:
        told = {"name": name, "lid": lid, "result": result}
        self._channel.emit("lease", json.dumps(told, ensure_ascii=False))
        self._channel.emit("status", "running", now=True)
        return result

    def _expired(self, name: str, lid: str, wait: float) -> TimeoutError:
        self._channel.forget(lid)
        self._channel.emit("lease", json.dumps({"name": name, "lid": lid, "expired": True}))
        self._channel.emit("status", "running", now=True)
        return TimeoutError(f"Nobody answered the lock {name} within {wait:g} s.")


def cut(text: str) -> str:
    """At most what one event may hold."""
    return text if len(text) <= MAX_EVENT else f"{text[:MAX_EVENT]}\n[{len(text) - MAX_EVENT} characters are left out]"
