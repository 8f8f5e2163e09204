"""Which trainer this process uses, and what of it this process started."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eyepiece._node import Node, NodeError
from eyepiece.trainer import _places, _start
from eyepiece.trainer._api import Api, TrainerError

if TYPE_CHECKING:
    from openai import OpenAI


@dataclass(frozen=True)
class Trainer:
    """A trainer that answers."""

    #: OpenAI's base address, `http://127.0.0.1:7453/v1`.
    base_url: str
    #: `eyepiece`, `colab`, `jupyter` or `python`.
    environment: _places.Environment
    #: Numbers of the GPUs of this machine; empty where it trains on the CPU, or elsewhere.
    gpus: list[int]
    #: Whether this process's `init` started it.
    started: bool
    #: The settings that `init` wrote or found; None where it neither started nor looked for any.
    config: Path | None
    #: Never shown.
    api_key: str = field(repr=False)
    _process: subprocess.Popen[bytes] | None = field(repr=False, default=None)

    @property
    def base_url_with_key(self) -> str:
        """The address with the key in it, for clients that can send none, such as DSPy's ArborProvider:
        `http://127.0.0.1:7453/t/KEY/v1/`. Who reads it may train in your name. Raises TrainerError where the
        trainer is on another machine: there a key in an address would be written into logs."""
        head, slash, rest = self.base_url.partition("/v1")
        if not head.startswith("http://127.0.0.1:") or not slash or rest:
            raise TrainerError("An address with its key is for a trainer on this machine; send the key as a header.")
        return f"{head}/t/{self.api_key}/v1/"

    def _api(self) -> Api:
        return Api(self.base_url, self.api_key)


_trainer: Trainer | None = None


def init(
    *,
    base_url: str | None = None,
    api_key: str | None = None,
    home: str | os.PathLike[str] | None = None,
    port: int | None = None,
    storage_path: str | os.PathLike[str] | None = None,
    gpu_ids: list[int] | None = None,
    silent: bool = False,
) -> Trainer:
    """Finds a trainer, or starts one in the background, and remembers it for `get_client` and the others.

    `base_url` and `api_key` (or EYEPIECE_BASE_URL and EYEPIECE_API_KEY) name one that runs anywhere. Without them: the
    node of this kernel, in a notebook of Eyepiece; the one that runs from `home` (EYEPIECE_HOME, ~/.eyepiece) on this
    machine; else one is started, with `storage_path` and `gpu_ids` in `home`/config.yaml and the API at `port` (the
    first free one from 7453 on). Raises TrainerError.
    """
    global _trainer
    if _trainer is not None and base_url is None and api_key is None and home is None and _answers(_trainer):
        return _trainer
    found = _found(base_url, api_key, home, port, storage_path, gpu_ids)
    try:
        # The key and the right to use it are proved now, not in the middle of some work.
        found._api().get("models")
    except TrainerError:
        if found._process is not None:
            _start.stop(found._process)
        raise
    _trainer = found
    if not silent:
        how = "was started" if found.started else "runs"
        on = f"GPU {', '.join(map(str, found.gpus))}" if found.gpus else "no GPU of its own"
        print(f"The trainer {how} at {found.base_url} ({on}).")
    return found


def get_client(**options: Any) -> OpenAI:
    """OpenAI's client of the trainer; `options` are its own. Raises TrainerError, and ImportError without `openai`."""
    trainer = _current()
    try:
        import openai
    except ImportError as error:
        raise ImportError('OpenAI\'s client is not installed: pip install "eyepiece[trainer]".') from error
    # A file of many gigabytes takes its time, and so does a model that is loaded first.
    return openai.OpenAI(**{"base_url": trainer.base_url, "api_key": trainer.api_key, "timeout": 600.0, **options})


def status() -> dict[str, Any]:
    """How the trainer is: `running`, its address, its health, GPUs, and how many of your jobs are in which state."""
    if _trainer is None:
        return {"running": False, "message": "Nothing is used yet: call init()."}
    about = {"base_url": _trainer.base_url, "started": _trainer.started, "environment": _trainer.environment}
    try:
        health = _trainer._api().get("monitor/health/detailed")
    except TrainerError as error:
        return {"running": False, "message": str(error), **about}
    jobs = {name: count for name, count in health["jobs"].items() if count}
    return {"running": True, "health": health["status"], "gpus": health["system"]["gpus"], "jobs": jobs, **about}


def shutdown() -> bool:
    """Ends the Eyepiece that `init` started in this process, with its jobs: they go on at its next start. One that ran
    before goes on, and is only forgotten here. Gives whether something was ended."""
    global _trainer
    trainer, _trainer = _trainer, None
    if trainer is None or trainer._process is None:
        return False
    _start.stop(trainer._process)
    return True


def _current() -> Trainer:
    return _trainer if _trainer is not None else init(silent=True)


def _answers(trainer: Trainer) -> bool:
    try:
        trainer._api().get("models")
    except TrainerError:
        return False
    return True


def _found(
    base_url: str | None,
    api_key: str | None,
    home: str | os.PathLike[str] | None,
    port: int | None,
    storage_path: str | os.PathLike[str] | None,
    gpu_ids: list[int] | None,
) -> Trainer:
    kind = _places.environment()
    url = base_url or os.environ.get("EYEPIECE_BASE_URL")
    key = api_key or os.environ.get("EYEPIECE_API_KEY")
    if url:
        if not key:
            raise TrainerError("An address needs a key: make one in Eyepiece's settings and give it by api_key.")
        return Trainer(url.rstrip("/"), kind, [], False, None, key)
    if kind == "eyepiece" and home is None:
        try:
            answer = Node(os.environ["EYEPIECE_NODE_SOCKET"]).ask({"op": "trainer"})
        except NodeError as error:
            raise TrainerError(str(error)) from None
        return Trainer(f"http://127.0.0.1:{answer['port']}/v1", kind, [], False, None, key or answer["key"])
    folder = _places.home_folder(home)
    process = None
    found = _start.running_port(folder)
    config = None
    if found is None:
        config = _places.write_config(folder, storage_path, gpu_ids)
        process, found = _start.start(folder, config, port)
    elif port is not None or storage_path is not None or gpu_ids is not None:
        raise TrainerError(
            f"Eyepiece runs already from {folder}, at port {found}, with the settings that it began with: stop it first, "
            "or call init() without port, storage_path and gpu_ids."
        )
    try:
        key = key or _start.key_of(folder)
    except TrainerError:
        if process is not None:
            _start.stop(process)
        raise
    return Trainer(f"http://127.0.0.1:{found}/v1", kind, _places.gpus(), process is not None, config, key, process)
