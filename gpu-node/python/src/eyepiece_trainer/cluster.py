"""Trains with workers on the machines of a Ray cluster: the same program as on one machine, run by Ray Train.

This process is a client of the cluster (`ray://`): it takes what the workers report to the node, and the node's wishes to them. Both
go through one actor, the mailbox. The workers read the model and the files, and write checkpoints, where the node does: in folders that
all the machines have at the same paths. They end when nobody has emptied the mailbox for a while: this process is gone then.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import eyepiece_jobs

from eyepiece_trainer.trouble import Trouble

# Seconds without this process after which the workers end.
ALONE = 15.0
# Seconds that one question to the mailbox waits for news.
WAIT = 1.0
# How often a cluster is asked for a server, and how Ray begins what it says of one that did not start.
TRIES = 3
LATE = "Initialization failure from server"


class Mailbox:
    """Between the workers and the node. An actor of the cluster."""

    def __init__(self) -> None:
        self._reports: list[dict[str, Any]] = []
        self._news = asyncio.Event()
        self._pause = False
        self._emptied = time.monotonic()

    async def put(self, report: dict[str, Any]) -> None:
        """A report of a worker, which waits for this answer: no more than one of each is here."""
        self._reports.append(report)
        self._news.set()

    async def take(self, pause: bool) -> list[dict[str, Any]]:
        """What was reported since, for the node; `pause` is its wish."""
        self._pause = self._pause or pause
        self._emptied = time.monotonic()
        try:
            await asyncio.wait_for(self._news.wait(), WAIT)
        except TimeoutError:
            return []
        self._news.clear()
        taken, self._reports = self._reports, []
        return taken

    async def wish(self) -> str:
        """What the node wants of the workers: `pause`, `end` where it is gone, or nothing yet."""
        await asyncio.sleep(WAIT / 4)
        if time.monotonic() - self._emptied > ALONE:
            return "end"
        return "pause" if self._pause else ""


def work(given: dict[str, Any]) -> None:
    """One worker: what Ray Train runs on each of them."""
    folder = given["folder"]
    if not os.path.isdir(folder):
        raise RuntimeError(
            f"The machine {os.uname().nodename} of the cluster does not see {folder}: keep storage_path on a file "
            "system that all its machines have at the same path."
        )
    os.chdir(folder)
    import ray

    from eyepiece_trainer.offline import run as train
    from eyepiece_trainer.trouble import explained

    mailbox = given["mailbox"]
    job = eyepiece_jobs.Job(given["job"], lambda report: ray.get(mailbox.put.remote(report)))
    eyepiece_jobs.use(job)
    over = threading.Event()

    def listen() -> None:
        while not over.is_set():
            try:
                wish = ray.get(mailbox.wish.remote())
            except ray.exceptions.RayError:
                wish = "end"
            if wish == "end" and not over.is_set():
                os._exit(70)
            if wish == "pause":
                job.ask_to_pause()
                return

    threading.Thread(target=listen, name="eyepiece-wishes", daemon=True).start()
    try:
        with explained():
            train(job)
    except SystemExit as ending:
        # How a pause ends a program.
        if ending.code:
            raise RuntimeError(str(ending.code)) from ending
    finally:
        over.set()


def drive(given: dict[str, Any], workers: int, gpus: bool, store: str) -> str:
    """Trains, from within the cluster. Answers why it failed, in words; empty where it did not."""
    from ray.train import FailureConfig, RunConfig, ScalingConfig
    from ray.train.torch import TorchConfig, TorchTrainer

    # Where a worker dies the job fails, and says so: what begins anew is begun by people, from a checkpoint.
    run = RunConfig(name="train", storage_path=store, failure_config=FailureConfig(max_failures=0))
    trainer = TorchTrainer(
        work,
        train_loop_config=given,
        torch_config=TorchConfig(backend="nccl" if gpus else "gloo"),
        scaling_config=ScalingConfig(num_workers=workers, use_gpu=gpus),
        run_config=run,
    )
    try:
        trainer.fit()
    except Exception as failure:
        return reason(failure)
    return ""


def reason(failure: Exception) -> str:
    """The first worker's own words, without Ray's around them."""
    failures: dict[int, Exception] = getattr(failure, "worker_failures", {})
    for rank, cause in sorted(failures.items()):
        inner: BaseException = cause
        while (deeper := getattr(inner, "cause", None) or inner.__cause__) is not None:
            inner = deeper
        text = str(inner).strip()
        if type(inner).__name__ == "Trouble" and text:
            return text
        lines = [line for line in text.splitlines() if line.strip()]
        return f"Worker {rank} of the cluster failed: {lines[-1] if lines else type(inner).__name__}"
    return f"Ray Train ended: {str(failure).strip().splitlines()[-1]}"


def run(job: eyepiece_jobs.Job) -> None:
    """Drives a job."""
    asked = job.params.pop("ray")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    import ray

    sources = Path(__file__).parent.parent
    modules = [str(sources / name) for name in ("eyepiece_jobs", "eyepiece_models", "eyepiece_trainer")]
    runtime = {"py_modules": modules, "env_vars": asked["environment"]}
    job.event(f"It asks the Ray cluster at {asked['address']} for {asked['num_workers']} workers.")
    connect(job, asked["address"], {"namespace": f"eyepiece-{job.id}", "runtime_env": runtime})
    wanted, kind = asked["num_workers"], "GPU" if asked["use_gpu"] else "CPU"
    there = int(ray.cluster_resources().get(kind, 0))
    if there < wanted:
        # It may grow by itself.
        message = f"The cluster has {there} {kind}s and it wants {wanted}: it waits until there are more."
        job.event(message, level="warn")
    try:
        why = follow(ray, job, asked)
    finally:
        ray.shutdown()
    if why:
        raise Trouble(why)


def connect(job: eyepiece_jobs.Job, address: str, how: dict[str, Any]) -> None:
    """Connects to a cluster. A busy one gives up a client whose server does not start within half a minute: it is asked again."""
    import ray

    for left in reversed(range(TRIES)):
        try:
            ray.init(address, **how)
            return
        except Exception as failure:
            text = str(failure).strip() or type(failure).__name__
            if not left or not text.startswith(LATE):
                # What follows the first line is where in Ray's code it was.
                words = " ".join(text.splitlines()[:2] if text.startswith(LATE) else text.splitlines()[:1])
                raise Trouble(f"The Ray cluster at {address} cannot be used: {words}") from failure
            job.event("The cluster did not start a server for this job in time: it is asked again.", level="warn")
            ray.shutdown()


def follow(ray: Any, job: eyepiece_jobs.Job, asked: dict[str, Any]) -> str:
    """Has it trained, and passes on what is said meanwhile. Answers why it failed; empty where it did not."""
    folder = asked["folder"]
    mailbox = ray.remote(num_cpus=0)(Mailbox).remote()
    checkpoint = job.checkpoint and {
        "step": job.checkpoint.step,
        # As the workers see it: this process may see its folder elsewhere.
        "path": os.path.join(folder, os.path.relpath(job.checkpoint.path, os.getcwd())),
    }
    given = {
        "job": {"id": job.id, "params": job.params, "devices": job.devices, "checkpoint": checkpoint},
        **{"folder": folder, "mailbox": mailbox},
    }
    store = os.path.join(folder, "ray")
    driver = ray.remote(num_cpus=0, max_retries=0)(drive).remote(given, asked["num_workers"], asked["use_gpu"], store)
    while True:
        for report in ray.get(mailbox.take.remote(job.pausing)):
            job.report(report)
        done, _ = ray.wait([driver], timeout=0)
        if done:
            break
    for report in ray.get(mailbox.take.remote(False)):
        job.report(report)
    try:
        return str(ray.get(driver))
    except ray.exceptions.RayError as failure:
        return f"The cluster gave up: {str(failure).strip().splitlines()[-1]}"

