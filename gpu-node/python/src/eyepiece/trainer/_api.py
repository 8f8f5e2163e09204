"""Questions to a node's API over HTTP, with nothing but Python's own library."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

#: Of an answer that is no stream.
_MAX_ANSWER = 64 * 1024 * 1024
_TIMEOUT = 30.0


class TrainerError(RuntimeError):
    """The trainer refused, or there is none: the message says which, and what to do."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        #: Of the HTTP answer; None where nobody answered.
        self.status = status


class Api:
    """One address and its key."""

    def __init__(self, base_url: str, key: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._key = key

    def get(self, path: str) -> Any:
        """The answer as JSON. Raises TrainerError."""
        with self._open(path) as answer:
            data = answer.read(_MAX_ANSWER + 1)
        if len(data) > _MAX_ANSWER:
            raise TrainerError(f"The answer of {self.base_url} to {path} is too long.")
        try:
            return json.loads(data)
        except ValueError:
            raise TrainerError(f"{self.base_url} does not answer as OpenAI's API: is the address right?") from None

    def lines(self, path: str) -> Iterator[str]:
        """Lines of text as they come. Raises TrainerError."""
        with self._open(path, timeout=None) as answer:
            for line in answer:
                yield line.decode("utf-8", "replace").rstrip("\r\n")

    def _open(self, path: str, timeout: float | None = _TIMEOUT) -> Any:
        request = urllib.request.Request(
            f"{self.base_url}/{path.lstrip('/')}", headers={"Authorization": f"Bearer {self._key}"}
        )
        # A proxy of the environment is not for this machine's own addresses, and must not see the key.
        local = self.base_url.startswith(("http://127.0.0.1:", "http://localhost:"))
        opener = urllib.request.build_opener(*([urllib.request.ProxyHandler({})] if local else []))
        try:
            return opener.open(request, timeout=timeout)
        except urllib.error.HTTPError as error:
            with error:
                raise TrainerError(_words(error.read(65_536), error.code), error.code) from None
        except OSError as error:
            reason = getattr(error, "reason", error)
            raise TrainerError(f"{self.base_url} does not answer: {reason}.") from None


def _words(body: bytes, status: int) -> str:
    try:
        return str(json.loads(body)["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"The trainer answered with HTTP status {status}."
