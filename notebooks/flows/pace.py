"""Tells results and prints lines at a pace that one chooses: to see how live a page is.

Written as Kodosumi's services are: but for the imports, a service from there looks the same.
"""

import asyncio
import time

import fastapi

import eyepiece.flows as core
from eyepiece.flows import forms as F

app = core.ServeAPI(title="Pace")

WORDS = "diatom rotifer vorticella stentor paramecium volvox daphnia hydra tardigrade spirogyra".split()

model = core.forms.Model(
    F.Markdown("""
# Pace

Tells so many results and prints so many lines, evenly over so many seconds.
"""),
    F.Break(),
    F.InputText(label="Seconds", name="seconds", placeholder="10"),
    F.InputText(label="Results", name="results", placeholder="2"),
    F.InputText(label="Lines", name="lines", placeholder="20"),
    F.Submit("Start"),
    F.Cancel("Cancel"),
)


@app.enter(
    path="/",
    model=model,
    summary="Pace",
    description="Tells results and prints lines at a pace that one chooses.",
    version="1.0.0",
    author="Eyepiece",
    tags=["sample"],
)
async def enter(request: fastapi.Request, inputs: dict):
    error = core.InputsError()
    asked = {
        "seconds": positive(inputs, "seconds", 10, error),
        "results": positive(inputs, "results", 2, error),
        "lines": positive(inputs, "lines", 20, error),
    }
    for name in ("results", "lines"):
        if asked[name] / asked["seconds"] > 1000:
            error.add(**{name: "More than 1000 a second is more than anybody reads."})
    if error.has_errors():
        raise error
    return core.Launch(request, run, inputs=asked)


def positive(inputs: dict, name: str, otherwise: float, error: core.InputsError) -> float:
    """A number above zero of what was typed; `otherwise` where nothing was."""
    text = (inputs.get(name) or "").strip()
    if text == "":
        return otherwise
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not 0 < value <= 3600:
        error.add(**{name: "It is a number above zero, up to 3600."})
        return otherwise
    return value


async def run(inputs: dict, tracer: core.Tracer):
    """The run: two tasks, each at its own pace."""
    began = time.monotonic()
    results = every(inputs["seconds"], inputs["results"], lambda n: tracer.markdown(f"**{n}** {WORDS[n % len(WORDS)]}"))
    lines = every(inputs["seconds"], inputs["lines"], said)
    await asyncio.gather(results, lines)
    took = time.monotonic() - began
    return core.response.Markdown("# Done", f"{inputs['results']:g} results and {inputs['lines']:g} lines in {took:.1f} s.")


async def every(seconds: float, times: float, tell):
    """Calls it so often within so many seconds; one that came late does not hold up the next."""
    began = time.monotonic()
    for number in range(1, int(times) + 1):
        await asyncio.sleep(max(0.0, began + seconds * number / times - time.monotonic()))
        await tell(number)


async def said(number: int):
    print(f"{number} {WORDS[number % len(WORDS)]}")
