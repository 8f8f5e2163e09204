"""Writes a hymn about a creature: what a form, live results and a final result are.

Nothing but Python is needed: the lines are put together from lists, where a service of yours would ask a model.
"""

import asyncio
import random

from fastapi import Request

from eyepiece.flows import InputsError, Launch, Markdown, ServeAPI, Tracer, forms

app = ServeAPI(title="Hymn")

PRAISE = ["small and bright", "slow and wise", "seen through glass", "light on its feet", "patient as stone"]
DEEDS = ["crosses the field of view", "divides by two", "folds into the dark", "answers the lamp", "outlives the slide"]

form = forms.Model(
    forms.Markdown("Writes a hymn about **any creature**, verse by verse."),
    forms.Errors(),
    forms.InputText("creature", "Creature", value="Tardigrade", required=True, placeholder="whom it praises"),
    forms.InputNumber("verses", "Verses", value=3, min_value=1, max_value=12, step=1),
    forms.Checkbox("rhyme", option="with a refrain", value=True),
    forms.Submit("Write"),
    forms.Cancel("Cancel"),
)


@app.enter(
    "/",
    model=form,
    summary="Hymn",
    description="A hymn about a creature, verse by verse.",
    tags=["sample", "text"],
    author="Eyepiece",
    version="1.0",
)
async def enter(inputs: dict, request: Request):
    if inputs["creature"].strip().lower() == "nothing":
        raise InputsError("There is nothing to praise.", creature="Choose something that lives.")
    return Launch(request, write, inputs=inputs)


async def write(inputs: dict, tracer: Tracer) -> Markdown:
    """The run: a process of its own."""
    creature = inputs["creature"]
    verses = int(inputs["verses"] or 3)
    await tracer.debug(f"{verses} verses about {creature}")
    lines = []
    for number in range(1, verses + 1):
        await tracer.action({"verse": number, "of": verses})
        verse = f"**{number}.** O {creature}, {random.choice(PRAISE)},  \nwho {random.choice(DEEDS)}."
        if inputs["rhyme"]:
            verse += f"  \n*Praise, praise the {creature}.*"
        lines.append(verse)
        await tracer.markdown(verse)
        await asyncio.sleep(0.05)
    print(f"{len(lines)} verses are written")
    return Markdown(body=f"# Hymn to the {creature}\n\n" + "\n\n".join(lines))
