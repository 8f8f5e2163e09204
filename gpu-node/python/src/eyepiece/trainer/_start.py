"""An Eyepiece in the background: started, waited for, ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from eyepiece.trainer._api import Api, TrainerError
from eyepiece.trainer._places import API_PORT, PAGE_PORT, command, free_port

#: A first start unpacks a software GPU, and builds the page in a checkout.
_READY_SECONDS = 300.0
_STOP_SECONDS = 15.0


def running_port(home: Path) -> int | None:
    """The port of the API that the node of this home serves; None where none runs."""
    try:
        port = json.loads((home / "node" / "trainer.json").read_text())["port"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not isinstance(port, int):
        return None
    try:
        Api(f"http://127.0.0.1:{port}/v1", "none").get("models")
    except TrainerError as error:
        # It is there, and wants a key. The file of one that was killed tells of nobody.
        return port if error.status == 401 else None
    return None


def key_of(home: Path) -> str:
    """This person's key for the Eyepiece of a home folder, made where there is none. Raises TrainerError."""
    done = subprocess.run(
        [*command(), "trainer", "key", "--home", str(home)], capture_output=True, text=True, timeout=120, check=False
    )
    if done.returncode != 0:
        raise TrainerError(f"No key for {home} could be had: {_last(done.stderr)}")
    return str(json.loads(done.stdout.splitlines()[-1])["api_key"])


def start(home: Path, config: Path, port: int | None) -> tuple[subprocess.Popen[bytes], int]:
    """Starts `eyepiece trainer serve`, which goes on when Python ends. Gives the process and the API's port."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    wanted = free_port(API_PORT) if port is None else port
    page = free_port(PAGE_PORT)
    log = home / "trainer-serve.log"
    arguments = ["--config", str(config), "--home", str(home), "--port", str(wanted), "--page-port", str(page)]
    log.unlink(missing_ok=True)
    # The link that signs the owner in is printed there.
    with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as output:
        process = subprocess.Popen(
            [*command(), "trainer", "serve", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # Ctrl-C in this terminal, or an interrupted cell, is not meant for it.
            start_new_session=True,
        )
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until:
        found = running_port(home)
        if found is not None:
            return process, found
        if process.poll() is not None:
            raise TrainerError(f"Eyepiece could not be started: {_last(log.read_text(errors='replace'))}")
        time.sleep(0.1)
    stop(process)
    raise TrainerError(f"Eyepiece is not ready after {_READY_SECONDS:.0f} s; {log} says how far it came.")


def stop(process: subprocess.Popen[Any]) -> None:
    """Ends it and all that it started: asked first, forced after a while."""
    for wish in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, wish)
        except ProcessLookupError:
            break
        try:
            process.wait(_STOP_SECONDS)
            break
        except subprocess.TimeoutExpired:
            continue
    process.poll()


def _last(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing."
