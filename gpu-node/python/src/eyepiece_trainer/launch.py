"""Trains with several processes, one for each GPU of the job, by accelerate's launcher: data in parallel, gradients averaged.

The job's pipe to the node is file descriptor 3 of this process. The launcher closes it in what it starts, so that the first of the
processes asks for it here; the others are silent. Without GPUs (several that exist for scheduling only) the processes compute on the CPU.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading

from eyepiece_jobs import PIPE, PIPE_SOCKET
from eyepiece_program import end_after, lasting


def main() -> None:
    with open("job.json", encoding="utf-8") as file:
        params = json.load(file)["params"]
    _lend_pipe()
    # Not before: these take seconds, and nothing of them is needed here.
    with lasting():
        from accelerate.commands.launch import launch_command, launch_command_parser

    config = params.get("accelerate_config")
    count = str(params["processes"])
    options = (
        ["--config_file", config] if config else ["--multi_gpu", "--mixed_precision", "no", "--dynamo_backend", "no"]
    )
    where = ["--num_machines", "1", "--num_processes", count, "--main_process_port", "0"]
    if not os.environ.get("CUDA_VISIBLE_DEVICES"):
        os.environ["ACCELERATE_USE_CPU"] = "true"
    program = params.get("module", "eyepiece_trainer")
    launch_command(launch_command_parser().parse_args([*options, *where, "--module", program]))


def _lend_pipe() -> None:
    # Relative: a path from the root may be longer than a socket's may.
    lender = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    if os.path.exists(PIPE_SOCKET):
        os.unlink(PIPE_SOCKET)
    lender.bind(PIPE_SOCKET)
    lender.listen(1)
    os.environ["EYEPIECE_JOB_PIPE"] = os.path.abspath(PIPE_SOCKET)

    def serve() -> None:
        asker, _ = lender.accept()
        socket.send_fds(asker, [b"pipe"], [PIPE])
        asker.close()

    threading.Thread(target=serve, name="eyepiece-pipe", daemon=True).start()


def explained() -> None:
    """`main`, with a sentence for what goes wrong."""
    try:
        main()
    except Exception as error:
        # What a process of it said stands above; the launcher's own report of it is long.
        sys.exit(f"Training with several processes ended: {str(error).splitlines()[0] if str(error) else repr(error)}")


if __name__ == "__main__":
    end_after(explained)
