"""Reads a text file, asks a person about what it found, and leaves a report: files, a lock, and typed inputs."""

import re
from collections import Counter
from pathlib import Path
from typing import Annotated, Literal

from fastapi import Request
from pydantic import BaseModel, Field

from eyepiece.flows import HTML, InputsError, Launch, ServeAPI, Tracer, forms

app = ServeAPI(title="Review")


class Review(BaseModel):
    """What is asked for: the form is made of this."""

    text: Annotated[str, Field(min_length=3, max_length=20_000, description="the text whose words are counted")]
    order: Literal["frequency", "alphabet"] = "frequency"
    words: Annotated[int, Field(ge=1, le=50)] = 5


@app.enter(
    "/",
    model=Review,
    summary="Review of words",
    description="Counts a text's words, and waits for a person to agree before it leaves its report.",
    tags=["sample", "lock"],
    author="Eyepiece",
)
async def enter(inputs: Review, request: Request):
    if not re.search(r"\w", inputs.text):
        raise InputsError(text="There are no words in it.")
    return Launch(request, count, inputs=inputs)


@app.enter(
    "/file",
    model=forms.Model(
        forms.InputFiles("texts", "Text files", required=True, multiple=True),
        forms.InputNumber("words", "Words", value=5, min_value=1, max_value=50, step=1),
        forms.Submit("Count"),
        forms.Cancel("Cancel"),
    ),
    summary="Review of files",
    description="Counts the words of text files that are handed in.",
    tags=["sample", "files", "lock"],
    author="Eyepiece",
)
async def enter_files(inputs: dict, request: Request):
    return Launch(request, count_files, inputs=inputs)


@app.lock("agree")
async def agree(data: dict):
    return forms.Model(
        forms.Markdown("## Shall this be the report?\n\n" + "\n".join(f"- {word}: {n}" for word, n in data["words"])),
        forms.InputText("remark", "Remark", placeholder="goes into the report"),
        forms.Checkbox("agreed", option="I agree", value=False),
        forms.Submit("Answer"),
    )


@app.lease("agree")
async def agreed(inputs: dict):
    if not inputs["agreed"]:
        raise InputsError(agreed="Tick it, or cancel the run.")
    return {"remark": inputs["remark"] or ""}


async def count(inputs: Review, tracer: Tracer) -> HTML:
    """The run of a text."""
    return await report(inputs.text, inputs.words, inputs.order, tracer)


async def count_files(inputs: dict, tracer: Tracer) -> HTML:
    """The run of files."""
    fs = await tracer.fs()
    parts = []
    async for path in fs.download("in"):
        await tracer.debug(path)
        parts.append(Path(path).read_text(errors="replace"))
    return await report(" ".join(parts), int(inputs["words"] or 5), "frequency", tracer)


async def report(text: str, most: int, order: str, tracer: Tracer) -> HTML:
    """Counts, asks, and leaves the report."""
    counted = Counter(re.findall(r"\w+", text.lower()))
    found = counted.most_common(most)
    if order == "alphabet":
        found.sort()
    await tracer.markdown(f"{len(counted)} different words.")
    answer = await tracer.lock("agree", data={"words": found}, timeout=3600)
    Path("report.txt").write_text("\n".join(f"{word}\t{n}" for word, n in found) + f"\n{answer['remark']}\n")
    fs = await tracer.fs()
    await tracer.text("Left in " + await fs.upload("report.txt"))
    rows = "".join(f"<tr><td>{word}<td style='text-align:right'>{n}" for word, n in found)
    return HTML(body=f"<h1>Words</h1><table>{rows}</table>")
