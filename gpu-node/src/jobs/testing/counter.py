"""Counts: a job that takes its time, tells of it, and can be paused. What it does is in its params."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import eyepiece_jobs

job = eyepiece_jobs.current()
params = job.params
if params.get("stubborn"):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if params.get("child"):
    # In a session of its own: a signal to the group does not reach it.
    subprocess.Popen(["sleep", "1000"], start_new_session=True)

count = 0
start = 0
if job.checkpoint:
    start = job.checkpoint.step
    count = int(Path(job.checkpoint.path).read_text())
job.event(f"started at {start}", data={"devices": job.devices})
print(f"counting from {start}", flush=True)
for step in range(start, params["steps"]):
    count += step
    job.metrics(step, count=count, odd=float("nan") if step % 2 else 0.0)
    if params.get("fail_at") == step:
        sys.exit("the count went wrong")
    if params.get("kill_at") == step:
        os.kill(os.getpid(), signal.SIGKILL)
    if job.pausing or params.get("checkpoint_each"):
        # A path of its own: the node may not hear of this one, and then goes on from the one before.
        path = Path(f"step-{step + 1}")
        path.write_text(str(count))
        job.checkpointed(step + 1, str(path))
    if job.pausing:
        job.pause()
    time.sleep(params.get("pace", 0))
job.result({"count": count})
