"""One stage: reads what it is to do, does it, and ends with a sentence where it cannot."""

from __future__ import annotations

import os
import sys

# Nothing here asks a hub: a stage does the same with and without a network.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_DATASETS_CACHE", os.path.abspath("cache"))
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("TRL_EXPERIMENTAL_SILENCE", "1")

import eyepiece_jobs
from eyepiece_program import end_after, lasting


def main() -> None:
    job = eyepiece_jobs.current()
    if job.params["engine"] == "checkout":
        # It has a Python of its own, in which ours may be missing.
        from eyepiece_nanochat.checkout import StageFailed, run

        try:
            run(job)
        except StageFailed as failure:
            sys.exit(str(failure))
        return
    # After the pipe is heard: a job that is called off while PyTorch is imported ends at once.
    from eyepiece_nanochat.stages import stage_of
    from eyepiece_trainer.trouble import Trouble, explained

    try:
        with explained():
            with lasting():
                run_stage = stage_of(job.params["stage"])
            run_stage(job)
    except Trouble as trouble:
        sys.exit(str(trouble))


if __name__ == "__main__":
    end_after(main)
