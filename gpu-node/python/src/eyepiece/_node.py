"""The connection to the node: JSON lines on the unix socket that the node serves to this kernel alone."""

from __future__ import annotations

import json
import os
import socket
import threading
from typing import Any


class NodeError(RuntimeError):
    """The node refused, or there is none: the message says which."""


class Node:
    """Asks the node. A connection that broke (the node was started again) is made anew, once, for each question."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._file: Any = None
        self._pid = 0

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """One request and its answer. Raises NodeError."""
        line = (json.dumps(request) + "\n").encode()
        with self._lock:
            for last in (False, True):
                try:
                    file = self._connected()
                    file.write(line)
                    file.flush()
                    answer = file.readline()
                    if not answer:
                        raise ConnectionError("the node closed the connection")
                    break
                except OSError as error:
                    self._file = None
                    if last:
                        raise NodeError(f"The Eyepiece node does not answer: {error}.") from error
        reply: dict[str, Any] = json.loads(answer)
        if "error" in reply:
            raise NodeError(reply["error"])
        return reply

    def _connected(self) -> Any:
        # A forked process must not share its parent's connection.
        if self._file is None or self._pid != os.getpid():
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.connect(self._path)
            self._file = connection.makefile("rwb")
            self._pid = os.getpid()
        return self._file


class NoNode:
    """Stands where a notebook runs without a node: nothing is drawn, and a viewer is the still of its data."""

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """What a viewer needs to go on."""
        answers: dict[str, dict[str, Any]] = {"create": {"session": ""}, "add": {"layers": [""]}}
        return answers.get(request["op"], {})


_node: Node | NoNode | None = None


def headless() -> bool:
    """Whether this is a run without a node (`eyepiece run`)."""
    return bool(os.environ.get("EYEPIECE_HEADLESS"))


def node() -> Node | NoNode:
    """This kernel's node. Raises NodeError outside of a notebook."""
    global _node
    if _node is None and headless():
        _node = NoNode()
    if _node is None:
        path = os.environ.get("EYEPIECE_NODE_SOCKET")
        if not path:
            raise NodeError("A viewer needs an Eyepiece node: run this in a notebook of Eyepiece.")
        _node = Node(path)
    return _node
