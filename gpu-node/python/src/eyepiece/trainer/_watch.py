"""A job as it runs: what its program prints, how far it is, its loss, and when it will be done."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from eyepiece.trainer._api import Api, TrainerError
from eyepiece.trainer._places import environment
from eyepiece.trainer._plot import Plot
from eyepiece.trainer._session import _current

_OVER = ("succeeded", "failed", "cancelled")
_EVENTS = 100
_MAX_LINE = 2000


def watch_job(job_id: str, *, every: float = 1.0, log: bool = True, plot: bool | None = None) -> dict[str, Any]:
    """Shows a job until it is over, and gives the job as the API has it.

    A progress bar has step, loss and the time that is left; above it comes what the program prints (`log`). In a notebook
    a plot of the loss is drawn (`plot`), anew every few seconds. An interrupt ends the watching, not the job. Raises
    TrainerError where there is no such job.
    """
    api = _current()._api()
    path = f"fine_tuning/jobs/{quote(job_id, safe='')}" if not job_id.startswith("grpo:") else None
    monitor = f"monitor/jobs/{quote(job_id, safe='')}"
    bar = _Bar(job_id)
    drawing = Plot() if (environment() != "python" if plot is None else plot) else None
    stop = threading.Event()
    if log:
        threading.Thread(target=_print_log, args=(api, monitor, bar, stop), daemon=True).start()
    told: set[str] = set()
    try:
        while True:
            job: dict[str, Any] = api.get(monitor)
            for event in _news(api, path, told):
                bar.hear(event)
            bar.show(job)
            over = job["status"] in _OVER
            if drawing is not None:
                drawing.show(lambda: api.get(f"{monitor}/metrics")["metrics"].get("loss", []), last=over)
            if over:
                break
            time.sleep(every)
    except KeyboardInterrupt:
        bar.write(f"The job {job_id} goes on; watch_job shows it again.")
    finally:
        stop.set()
        bar.close()
    reason = job.get("status_reason") or ""
    print(f"{job_id}: {job['status']}. {reason}", file=sys.stderr)
    return job


def _news(api: Api, path: str | None, told: set[str]) -> Iterator[dict[str, Any]]:
    """Events that were not told yet, the oldest first."""
    if path is None:
        return
    page = api.get(f"{path}/events?limit={_EVENTS}")["data"]
    for event in reversed(page):
        if event["id"] in told:
            continue
        told.add(event["id"])
        yield event


def _print_log(api: Api, monitor: str, bar: _Bar, stop: threading.Event) -> None:
    try:
        for line in api.lines(f"{monitor}/logs?follow=true"):
            if stop.is_set():
                return
            if line.strip():
                bar.write(line[:_MAX_LINE])
    except (TrainerError, OSError):
        # The bar goes on asking, and says what is wrong where something is.
        return


class _Bar:
    """tqdm's bar where tqdm is installed; else a line for each change."""

    def __init__(self, job_id: str) -> None:
        self._job = job_id
        self._lock = threading.Lock()
        self._total: int | None = None
        self._shown = ""
        try:
            from tqdm import tqdm  # type: ignore[import-untyped]
        except ImportError:
            self._bar: Any = None
            return
        self._bar = tqdm(desc=job_id, unit="step", file=sys.stderr, dynamic_ncols=True, leave=True)

    def hear(self, event: dict[str, Any]) -> None:
        """Of a job's events those that say how long it is, and those that go wrong."""
        data = event.get("data")
        total = data.get("total_steps") if isinstance(data, dict) else None
        if isinstance(total, int):
            self._total = total
        if event.get("level") in ("warn", "error"):
            self.write(f"{event['level']}: {event['message']}")

    def show(self, job: dict[str, Any]) -> None:
        """Where the job stands now."""
        progress = job.get("progress") or {}
        step = int(progress.get("step") or 0)
        parts = [str(job["status"])]
        if isinstance(progress.get("loss"), (int, float)):
            parts.append(f"loss {progress['loss']:.4g}")
        left = progress.get("eta_seconds")
        if job["status"] == "running" and isinstance(left, (int, float)):
            parts.append(f"{_duration(left)} left")
        words = ", ".join(parts)
        with self._lock:
            if self._bar is not None:
                self._bar.total = self._total
                self._bar.n = step
                self._bar.set_postfix_str(words, refresh=True)
            elif (line := f"{self._job}: step {step} of {self._total or '?'}, {words}") != self._shown:
                self._shown = line
                print(line, file=sys.stderr)

    def write(self, line: str) -> None:
        """A line above the bar."""
        with self._lock:
            if self._bar is not None:
                self._bar.write(line, file=sys.stdout)
            else:
                print(line)

    def close(self) -> None:
        with self._lock:
            if self._bar is not None:
                self._bar.close()


def _duration(seconds: float) -> str:
    whole = max(0, round(seconds))
    if whole >= 3600:
        return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
    return f"{whole // 60} min {whole % 60} s" if whole >= 60 else f"{whole} s"
