"""One job: reads what it is to do, does it, and ends with a sentence where it cannot."""

from __future__ import annotations

import os
import sys

# Nothing here asks a hub: models were fetched before, and a job does the same without a network.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_DATASETS_CACHE", os.path.abspath("cache"))
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("TRL_EXPERIMENTAL_SILENCE", "1")

import eyepiece_jobs
from eyepiece_program import end_after, lasting


def main() -> None:
    job = eyepiece_jobs.current()
    # After the pipe is heard: a job that is called off while PyTorch is imported ends at once.
    from eyepiece_trainer.trouble import Trouble, explained

    try:
        if "ray" in job.params:
            # Elsewhere: nothing is computed in this process.
            from eyepiece_trainer.cluster import run

            run(job)
            return
        with lasting():
            if job.params["method"] == "online":
                from eyepiece_trainer.online import run
            else:
                from eyepiece_trainer.offline import run
        with explained():
            run(job)
    except Trouble as trouble:
        sys.exit(str(trouble))


if __name__ == "__main__":
    end_after(main)
