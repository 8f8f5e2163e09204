"""What there is around this process: GPUs, ports, the kind of Python, the command, the home folder."""

from __future__ import annotations

import importlib.util
import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Literal

from eyepiece.trainer._api import TrainerError

Environment = Literal["eyepiece", "colab", "jupyter", "python"]

API_PORT = 7453
PAGE_PORT = 7070
_TRIED = 100


def environment() -> Environment:
    """Where this code runs: a notebook of Eyepiece, Colab, another Jupyter, or plain Python."""
    if os.environ.get("EYEPIECE_NODE_SOCKET"):
        return "eyepiece"
    try:
        if importlib.util.find_spec("google.colab") is not None:
            return "colab"
    except ModuleNotFoundError:
        pass
    # Looked for, not imported: where nobody has imported IPython, this is no notebook.
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return "jupyter" if shell is not None and hasattr(shell, "kernel") else "python"


def gpus() -> list[int]:
    """Numbers of this machine's GPUs, as nvidia-smi counts, or of those that exist for scheduling only."""
    fakes = os.environ.get("EYEPIECE_FAKE_GPUS") or ""
    if fakes.isdecimal() and int(fakes) > 0:
        return list(range(min(int(fakes), 64)))
    if os.environ.get("ARBOR_MOCK_GPU", "").lower() in ("1", "true", "yes"):
        return [0]
    command = ["nvidia-smi", "--query-gpu=index", "--format=csv,noheader"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return []
    return [int(line) for line in found.stdout.split() if line.isdecimal()]


def free_port(first: int) -> int:
    """The first port from there on that nobody listens on at this machine's loopback."""
    for port in range(first, first + _TRIED):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise TrainerError(f"The ports {first} to {first + _TRIED - 1} are all taken: give one by init(port=...).")


def home_folder(home: str | os.PathLike[str] | None) -> Path:
    """Where Eyepiece keeps what it keeps."""
    if home is None:
        home = os.environ.get("EYEPIECE_HOME") or ("/content/.eyepiece" if environment() == "colab" else "~/.eyepiece")
    return Path(home).expanduser().absolute()


def command() -> list[str]:
    """How the `eyepiece` command is called. Raises TrainerError where it is not here."""
    said = os.environ.get("EYEPIECE_COMMAND")
    if said:
        return shlex.split(said)
    # A checkout: .../gpu-node/python/src/eyepiece/trainer/_places.py
    beside = Path(__file__).resolve().parents[5] / "bin" / "eyepiece.mjs"
    node = shutil.which("node")
    if beside.exists() and node:
        return [node, str(beside)]
    found = shutil.which("eyepiece")
    if found:
        return [found]
    raise TrainerError(
        "No Eyepiece runs here, and its command is not found to start one: install Node and Eyepiece, set EYEPIECE_COMMAND to the "
        "command (node /path/to/eyepiece/bin/eyepiece.mjs), or give base_url and api_key of one that runs elsewhere."
    )


def write_config(home: Path, storage_path: str | os.PathLike[str] | None, gpu_ids: list[int] | None) -> Path:
    """`config.yaml` in the home folder: one that is there stays as it is, unless something is asked for."""
    file = home / "config.yaml"
    if file.exists() and storage_path is None and gpu_ids is None:
        return file
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    chosen = gpus() if gpu_ids is None else list(gpu_ids)
    storage = str(Path(storage_path).expanduser().absolute()) if storage_path is not None else None
    # JSON's text and lists are YAML's, too.
    lines = [
        "# Settings of the trainer: eyepiece trainer serve --config THIS_FILE",
        *([f"storage_path: {json.dumps(storage)}"] if storage else []),
        *([f"gpu_ids: {json.dumps(chosen)}  # for training and inference; a GPU may serve both"] if chosen else []),
        "inactivity_timeout: 600  # seconds; a model that nobody asks gives its memory back",
    ]
    part = file.with_suffix(".part")
    part.write_text("\n".join(lines) + "\n", encoding="utf-8")
    part.replace(file)
    return file
