"""The stage `dataset`: documents to read, some held back to validate on, and conversations."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from eyepiece_nanochat import text
from eyepiece_trainer.trouble import Trouble

TRAIN, VALID, TALK = "train.jsonl", "valid.jsonl", "conversations.jsonl"


def run(job: Any) -> None:
    """Writes `data/`."""
    asked = job.params["settings"]
    source = "little stories and questions about them, made up by this project"
    if "documents_file" in asked:
        train, valid = own(asked["documents_file"], asked["documents"], asked["validation"], asked["seed"])
        source = "documents of one's own"
    else:
        train, valid = split(asked["documents"], asked["validation"], asked["seed"])
    if "conversations_file" in asked:
        talk = list(chosen(asked["conversations_file"], asked["conversations"], asked["seed"]))
        source += ", and conversations of one's own"
    else:
        talk = list(text.conversations(asked["conversations"], asked["seed"]))
    write(Path("data"), {TRAIN: ({"text": one} for one in train), VALID: ({"text": one} for one in valid), TALK: talk})
    sizes = [len(one.encode()) for one in train]
    job.metrics(1, documents=len(train), bytes=sum(sizes))
    job.result(
        {
            "source": source,
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


def own(path: str, documents: int, validation: int, seed: int) -> tuple[list[str], list[str]]:
    """The same, of a file: at most as many as are asked for, by chance. What is held back is a tenth at most."""
    every = [line["text"] for line in chosen(path, documents + validation, seed)]
    held = min(validation, len(every) // 10)
    if held == 0:
        raise Trouble(f"The file has {len(every)} documents, and it takes 10 to hold one back: cut them, a paragraph a line.")
    return every[held:], every[:held]


def chosen(path: str, most: int, seed: int) -> list[Any]:
    """At most `most` lines of a file, by chance and in one pass: a file may be larger than memory."""
    rng = random.Random(seed)
    kept: list[str] = []
    with open(path, encoding="utf-8-sig") as file:
        for count, line in enumerate(one for one in file if one.strip()):
            if count < most:
                kept.append(line)
            elif (at := rng.randint(0, count)) < most:
                kept[at] = line
    rng.shuffle(kept)
    return [json.loads(line) for line in kept]


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
