"""The process of a service that answers for its forms: HTTP on a unix socket that only the gateway reaches."""

from __future__ import annotations

import socket
from typing import Any

import uvicorn


def listener(path: str) -> socket.socket:
    """The socket of a path that is free."""
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.bind(path)
    sock.listen(128)
    return sock


def serve(app: Any, sock: socket.socket) -> None:
    """Answers until this process is ended."""
    # The gateway lets idle connections go after seconds. Were this side first, a form might be posted into one that is just closed.
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="auto", server_header=False, timeout_keep_alive=3600
    )
    uvicorn.Server(config).run(sockets=[sock])
