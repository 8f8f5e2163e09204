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
                    reply: dict[str, Any] = json.loads(answer)
                    if "bytes" in reply:
                        reply["bytes"] = _read(file, reply["bytes"])
                    break
                except OSError as error:
                    self._file = None
                    if last:
                        raise NodeError(f"The Eyepiece node does not answer: {error}.") from error
        if "error" in reply:
            raise NodeError(reply["error"])
        return reply

    def listen(self, session: str) -> Any:
        """A connection of its own on which lines come that tell what happens. Raises NodeError."""
        try:
            file = _connect(self._path)
            file.write((json.dumps({"op": "listen", "session": session}) + "\n").encode())
            file.flush()
            answer = json.loads(file.readline() or "{}")
        except OSError as error:
            raise NodeError(f"The Eyepiece node does not answer: {error}.") from error
        if "error" in answer:
            raise NodeError(answer["error"])
        return file

    def _connected(self) -> Any:
        # A forked process must not share its parent's connection.
        if self._file is None or self._pid != os.getpid():
            self._file = _connect(self._path)
            self._pid = os.getpid()
        return self._file


def _connect(path: str) -> Any:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.connect(path)
    return connection.makefile("rwb")


def _read(file: Any, size: int) -> bytearray:
    data = bytearray(size)
    rest = memoryview(data)
    while rest:
        count = file.readinto(rest)
        if not count:
            raise ConnectionError("the node closed the connection")
        rest = rest[count:]
    return data


class NoNode:
    """Stands where a notebook runs without a node: nothing is drawn, and a viewer is the still of its data."""

    def __init__(self) -> None:
        self._layers: list[dict[str, Any]] = []
        self._made = 0

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """What a viewer needs to go on: its layers are remembered as they were set."""
        operation = request["op"]
        if operation == "create":
            return {"session": ""}
        if operation in ("add", "place"):
            self._made += 1
            layer = {"id": f"l{self._made}", "type": request.get("type", "image"), **request["look"]}
            layer["viewer"] = request.get("viewer")
            self._layers.append(layer)
            return {"layers": [layer["id"]]}
        if operation == "set":
            for layer in self._layers:
                if layer["id"] == request["layer"]:
                    layer.update(request["look"])
        if operation == "remove":
            self._layers = [layer for layer in self._layers if layer["id"] != request["layer"]]
        if operation == "scene":
            layers = [layer for layer in self._layers if layer["viewer"] == request.get("viewer")]
            return {"scene": {"title": "", "layers": layers}}
        if operation in ("table", "region", "look", "screenshot", "save"):
            raise NodeError("This notebook runs without a node, so that there is no viewer to ask.")
        return {}

    def listen(self, session: str) -> Any:
        """Nothing ever happens."""
        raise NodeError("This notebook runs without a node, so that nothing happens in its viewers.")


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
