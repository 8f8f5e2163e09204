"""The stage `dataset`: documents to read, some held back to validate on, and conversations."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from eyepiece_nanochat import text

TRAIN, VALID, TALK = "train.jsonl", "valid.jsonl", "conversations.jsonl"


def run(job: Any) -> None:
    """Writes `data/`."""
    asked = job.params["settings"]
    train, valid = split(asked["documents"], asked["validation"], asked["seed"])
    talk = list(text.conversations(asked["conversations"], asked["seed"]))
    write(Path("data"), {TRAIN: ({"text": one} for one in train), VALID: ({"text": one} for one in valid), TALK: talk})
    sizes = [len(one.encode()) for one in train]
    job.metrics(1, documents=len(train), bytes=sum(sizes))
    job.result(
        {
            "source": "little stories and questions about them, made up by this project",
            "documents": len(train),
            "bytes": sum(sizes),
            "validation_documents": len(valid),
            "validation_bytes": sum(len(one.encode()) for one in valid),
            "conversations": len(talk),
            "samples": [{"prompt": "", "text": one} for one in train[:3]],
        }
    )


def split(documents: int, validation: int, seed: int) -> tuple[list[str], list[str]]:
    """Documents to learn from and to validate on. None is in both, nor among those that benchmarks read."""
    every = text.stories(documents + validation, seed)
    valid = every[documents:]
    seen = {*valid, *text.held_out_stories()}
    return [one for one in every[:documents] if one not in seen], valid


def write(folder: Path, files: dict[str, Iterable[Any]]) -> None:
    """Files of a JSON value a line; the folder is there when all of it is."""
    part = folder.with_suffix(".part")
    part.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        with open(part / name, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    part.rename(folder)


def read(job: Any, name: str) -> list[Any]:
    """The rows of a file that the stage `dataset` of the run wrote."""
    with open(Path(job.params["inputs"]["dataset"], "data", name), encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def texts(job: Any, name: str) -> list[str]:
    """Documents."""
    return [row["text"] for row in read(job, name)]
