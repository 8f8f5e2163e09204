"""The engine `checkout`: nanochat's own programs, in nanochat's own folders. What they print is read (`lines.py`) and passed on.

NANOCHAT_BASE_DIR is `nanochat/` in the job's folder; what earlier stages left in theirs is linked into it.
"""

from __future__ import annotations

import collections
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from eyepiece_nanochat.lines import LineReader, why

BASE = Path("nanochat")
DATA = "base_data_climbmix"
# Fetched by whoever needs it first: dataset, subset and split are folders in one another, and a later stage may add to each.
FETCHED = "task_data"
# Documents of the bundled text in one row group: the loader deals these out.
GROUP = 100
TAIL = 60


class StageFailed(Exception):
    """Why a stage cannot go on, for people."""


def run(job: Any) -> None:
    """Runs a stage's programs one after the other."""
    stage, asked = job.params["stage"], job.params["settings"]
    BASE.mkdir(exist_ok=True)
    for folder in job.params["inputs"].values():
        _link(Path(folder))
    first = _resumed(job) if stage == "base" else None
    reader = LineReader()
    if stage == "dataset" and asked["shards"] == 0:
        job.result(_bundled(asked))
        return
    for module, arguments, needed in commands(stage, asked, first):
        _program(job, reader, module, arguments, needed)
    converted = {"model": "model"} if job.params["converter"] and _converted(job, stage) else {}
    job.result(
        {
            **converted,
            "base_dir": str(BASE),
            **reader.facts,
            "bits_per_byte": reader.bits if reader.bits is not None else reader.scores.get("val bits per byte"),
            **reader.spent,
            "samples": reader.samples,
            "benchmarks": {
                name: {"score": score, "items": None, "margin": None, "examples": []} for name, score in reader.scores.items()
            },
        }
    )


def commands(stage: str, asked: dict[str, Any], first: int | None) -> list[tuple[str, list[str], bool]]:
    """A stage's programs, their arguments, and whether the stage fails with them. @param first a step to go on from"""
    rows, length = asked.get("device_batch_size", 1), asked.get("max_seq_len", 1)
    if stage == "dataset":
        return [("nanochat.dataset", ["-n", str(asked["shards"])], True)]
    if stage == "tokenizer":
        # The comparison with GPT-2's tokenizers fetches these.
        return [("scripts.tok_train", [f"--vocab-size={asked['vocab_size']}"], True), ("scripts.tok_eval", [], False)]
    if stage == "base":
        options = {
            "depth": asked["depth"],
            "head-dim": 64 if asked["depth"] < 8 else 128,
            "window-pattern": "L",
            "max-seq-len": length,
            "device-batch-size": rows,
            "total-batch-size": rows * length,
            "num-iterations": asked["num_iterations"],
            "eval-every": asked["eval_every"],
            "eval-tokens": 16 * rows * length,
            "sample-every": asked["sample_every"],
            "save-every": asked["save_every"],
            # Its questions are fetched.
            "core-metric-every": -1,
            **({} if first is None else {"resume-from-step": first}),
        }
        return [("scripts.base_train", [f"--{name}={value}" for name, value in options.items()], True)]
    if stage == "sft":
        options = {
            "num-iterations": asked["num_iterations"],
            "device-batch-size": rows,
            "max-seq-len": length,
            "total-batch-size": rows * length,
            "eval-every": asked["eval_every"],
            "eval-tokens": 16 * rows * length,
            "chatcore-every": -1,
        }
        return [("scripts.chat_sft", [f"--{name}={value}" for name, value in options.items()], True)]
    if stage == "rl":
        options = {
            # Answers to one question are drawn in batches of this size.
            "device-batch-size": min(rows, asked["num_samples"]),
            "num-samples": asked["num_samples"],
            "examples-per-step": max(1, rows // asked["num_samples"]),
            "max-new-tokens": asked["max_new_tokens"],
            "eval-every": asked["eval_every"],
            "eval-examples": asked["eval_examples"],
            "save-every": asked["save_every"],
        }
        return [("scripts.chat_rl", [f"--{name}={value}" for name, value in options.items()], True)]
    evaluated = ["--eval=bpb,sample", "--device-batch-size=4", "--split-tokens=16384"]
    chat = [
        ("scripts.chat_eval", ["-i", source, "-x", "50"], False)
        for source in ("sft", "rl")
        if (BASE / f"chat{source}_checkpoints").exists()
    ]
    return [("scripts.base_eval", evaluated, True), *chat[-1:]]


def _program(job: Any, reader: LineReader, module: str, arguments: list[str], needed: bool) -> None:
    job.event(f"python -m {module} {' '.join(arguments)}")
    child = subprocess.Popen(
        [sys.executable, "-u", "-m", module, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env={
            **os.environ,
            "PYTHONPATH": job.params["checkout"],
            "NANOCHAT_BASE_DIR": str(BASE.resolve()),
            "WANDB_MODE": "disabled",
            # Compiling takes a C compiler, and longer than a small model's training.
            **({} if os.environ.get("CUDA_VISIBLE_DEVICES") else {"TORCHDYNAMO_DISABLE": "1"}),
        },
    )
    threading.Thread(target=_end_when_paused, args=(job, child), daemon=True).start()
    tail: collections.deque[str] = collections.deque(maxlen=TAIL)
    assert child.stdout is not None
    step, told = 0, False
    # A program may print without an end of line: no more of one is kept.
    while line := child.stdout.readline(65_536):
        sys.stdout.write(line)
        tail.append(line.rstrip("\n"))
        found = reader.read(line)
        if found.total_steps and not told:
            told = True
            job.event(f"{found.total_steps} steps.", data={"total_steps": found.total_steps, **reader.facts})
        if found.values and found.step is not None:
            step = found.step
            job.metrics(step, **found.values)
        if found.saved:
            if reader.samples:
                job.event(f"Samples at step {found.saved[0]}.", data={"step": found.saved[0], "samples": reader.samples})
            _kept(job, *found.saved)
    code = child.wait()
    if job.pausing and code != 0:
        job.pause()
    if code == 0:
        return
    sentence = why(list(tail), module)
    if needed:
        raise StageFailed(sentence)
    job.event(f"{sentence} The stage goes on without it.", "warn")


def _converted(job: Any, stage: str) -> bool:
    """Writes `model/`, which transformers loads, of the newest checkpoint. What cannot be converted is a stage all the same."""
    folder = BASE / {"base": "base_checkpoints", "sft": "chatsft_checkpoints", "rl": "chatrl_checkpoints"}[stage]
    weights = max(folder.glob("*/model_*.pt"), key=lambda one: one.stat().st_mtime, default=None)
    if weights is None:
        return False
    files = [str(weights), str(BASE / "tokenizer" / "tokenizer.pkl"), "model"]
    ended = subprocess.run(
        [*job.params["converter"], *files],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env={**os.environ, "HF_HUB_OFFLINE": "1", "CUDA_VISIBLE_DEVICES": ""},
    )
    sys.stdout.write(ended.stdout)
    if ended.returncode == 0:
        return True
    last = next((line for line in reversed(ended.stdout.splitlines()) if line.strip()), "it printed nothing")
    job.event(f"Its model cannot be talked to here: {last[:500]}", "warn")
    return False


def _end_when_paused(job: Any, child: subprocess.Popen[str]) -> None:
    while child.poll() is None:
        job.woken.wait(1.0)
        job.woken.clear()
        if job.pausing:
            # It writes checkpoints at its own steps only: those since the last are done again.
            child.terminate()
            return


def _kept(job: Any, step: int, path: str) -> None:
    """A checkpoint counts when its last file is there: the optimizer's, which is written after the weights."""
    if not path.startswith("base_checkpoints/"):
        return
    weights = BASE / path
    optimizer = weights.with_name(weights.name.replace("model_", "optim_").replace(".pt", "_rank0.pt"))
    wanted = [weights, weights.with_name(weights.name.replace("model_", "meta_").replace(".pt", ".json")), optimizer]

    def wait() -> None:
        for _ in range(600):
            if all(one.exists() for one in wanted):
                job.checkpointed(step, str(weights))
                return
            threading.Event().wait(0.1)

    threading.Thread(target=wait, daemon=True).start()


def _link(folder: Path) -> None:
    """What an earlier stage left, which cannot be written to here."""
    base = folder / BASE
    found = [one for one in base.iterdir() if one.name != FETCHED]
    for one in [*found, *(base / FETCHED).glob("*/*/*")]:
        target = BASE / one.relative_to(base)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(one)


def _resumed(job: Any) -> int | None:
    """The step to go on from. Of an earlier job's checkpoint the files are copied: the checkout reads its own folder only."""
    if job.checkpoint:
        return int(job.checkpoint.step)
    earlier = job.params.get("resume")
    if not earlier:
        return None
    weights = Path(earlier["path"])
    target = BASE / "base_checkpoints" / weights.parent.name
    target.mkdir(parents=True, exist_ok=True)
    for file in weights.parent.glob(f"*_{earlier['step']:06d}*"):
        shutil.copy(file, target / file.name)
    return int(earlier["step"])


def _bundled(asked: dict[str, Any]) -> dict[str, Any]:
    """The text that ships with the project, as the checkout's shards: the last one validates."""
    import pyarrow
    import pyarrow.parquet

    from eyepiece_nanochat.dataset import split

    train, valid = split(asked["documents"], asked["validation"], asked["seed"])
    folder = BASE / DATA
    folder.mkdir(parents=True, exist_ok=True)
    half = len(train) // 2
    # With fewer than two to learn from it would wait for ever.
    for number, some in enumerate([train[:half], train[half:], valid]):
        table = pyarrow.table({"text": some})
        pyarrow.parquet.write_table(table, folder / f"shard_{number:05d}.parquet", row_group_size=GROUP)
    return {
        "source": "little stories, made up by this project",
        "documents": len(train),
        "bytes": sum(len(one.encode()) for one in train),
        "validation_documents": len(valid),
        "samples": [{"prompt": "", "text": one} for one in train[:3]],
    }
