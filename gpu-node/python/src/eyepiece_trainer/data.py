"""Training files as datasets. A file may be larger than memory: lines become an Arrow file, one after another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from datasets import Dataset, Features, Image, List, Value

from eyepiece_trainer.images import parts_of
from eyepiece_trainer.trouble import Trouble

# Up to here a list in memory is quicker than an Arrow file on disk.
SMALL = 16 * 1024 * 1024


# Of conversations with images: the first may have none, and says nothing of the others.
PART = {"type": Value("string"), "text": Value("string")}
MESSAGES = List({"role": Value("string"), "content": List(PART)})
IMAGES = {"images": List(Image())}
SEEN = {
    "supervised": Features({"messages": MESSAGES, **IMAGES}),
    "dpo": Features({"prompt": MESSAGES, "chosen": MESSAGES, "rejected": MESSAGES, **IMAGES}),
    "reinforcement": Features({"prompt": MESSAGES, "item": Value("string"), **IMAGES}),
}


def read(path: str, method: str, size: int, sees: bool = False) -> Dataset:
    """The examples of a file, as the trainer of this method wants them; `sees` keeps images."""
    if sees:
        # On disk: an image is larger than its line.
        return _stored(path, f"seen {method}", SEEN[method])
    if size <= SMALL:
        return Dataset.from_list(list(_examples(path, method)))
    return _stored(path, method)


def _stored(path: str, method: str, features: Features | None = None) -> Dataset:
    try:
        return Dataset.from_generator(_examples, features=features, gen_kwargs={"path": path, "method": method})
    except Exception as failure:
        # What is wrong with a line is told inside of what is told of the generator.
        if isinstance(failure.__cause__, Trouble):
            raise Trouble(str(failure.__cause__)) from failure
        raise


def _examples(path: str, method: str) -> Iterator[dict[str, Any]]:
    with open(path, encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                yield SHAPES[method](json.loads(line))
            except (KeyError, OSError, TypeError, ValueError) as cause:
                raise Trouble(f"Line {number} of the training file cannot be used: {cause}") from cause


def _supervised(line: dict[str, Any]) -> dict[str, Any]:
    return {"messages": messages_of(line["messages"]), **_tools(line)}


def _seen(line: dict[str, Any]) -> dict[str, Any]:
    messages, images = parts_of(line["messages"])
    return {"messages": messages, "images": images}


def _seen_preference(line: dict[str, Any]) -> dict[str, Any]:
    prompt, images = parts_of(line["input"]["messages"])
    chosen, rejected = _words(line["preferred_output"]), _words(line["non_preferred_output"])
    return {"prompt": prompt, "chosen": chosen, "rejected": rejected, "images": images}


def _words(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Answers among images: in parts, too."""
    made, images = parts_of(messages)
    if images:
        raise ValueError("answers have no images, only what is asked has")
    return made


def _seen_reinforcement(line: dict[str, Any]) -> dict[str, Any]:
    prompt = line["prompt"] if "prompt" in line else line["messages"]
    if isinstance(prompt, str):
        raise ValueError("a model that sees is asked by messages: the prompt is a text")
    messages, images = parts_of(prompt)
    return {"prompt": messages, "item": _item(line), "images": images}


def _preference(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "prompt": messages_of(line["input"]["messages"]),
        "chosen": messages_of(line["preferred_output"]),
        "rejected": messages_of(line["non_preferred_output"]),
        **_tools(line["input"]),
    }


def _reinforcement(line: dict[str, Any]) -> dict[str, Any]:
    prompt = line["prompt"] if "prompt" in line else line["messages"]
    return {"prompt": prompt if isinstance(prompt, str) else messages_of(prompt), "item": _item(line)}


def _item(line: dict[str, Any]) -> str:
    """What the grader reads may be of any shape, and a column has one: it goes along as text."""
    return json.dumps({key: value for key, value in line.items() if key not in ("prompt", "messages")})


SHAPES = {
    "supervised": _supervised,
    "dpo": _preference,
    "reinforcement": _reinforcement,
    "seen supervised": _seen,
    "seen dpo": _seen_preference,
    "seen reinforcement": _seen_reinforcement,
}


def _tools(line: dict[str, Any]) -> dict[str, Any]:
    return {"tools": json.dumps(line["tools"])} if line.get("tools") else {}


def messages_of(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"role": one["role"], "content": _text(one.get("content"))} for one in messages]


def _text(content: Any) -> str:
    if content is None or isinstance(content, str):
        return content or ""
    kinds = {part["type"] for part in content} - {"text"}
    if kinds:
        raise ValueError(f"parts of type {', '.join(sorted(kinds))} are not trained on here, only text")
    return "".join(part["text"] for part in content)
