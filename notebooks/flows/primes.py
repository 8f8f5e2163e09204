"""Counts the gaps between primes, range by range in processes beside each other: what many small results on the way are.

Written as Kodosumi's services are: but for the imports, a service from there looks the same.
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed

import fastapi

import eyepiece.flows as core
from eyepiece.flows import ServeAPI
from eyepiece.flows import forms as F

app = ServeAPI(title="Prime gaps")

MOST = 2_000_000

model = core.forms.Model(
    F.Markdown("""
# Gaps between primes

How far is it from one prime to the next? Every range is counted by a process of its own.
"""),
    F.Errors(),
    F.InputText(label="From", name="start", value="0"),
    F.InputText(label="To", name="end", value="100000"),
    F.InputText(label="Ranges", name="ranges", value="8"),
    F.Submit("Count"),
    F.Cancel("Cancel"),
)


@app.enter(
    path="/",
    model=model,
    summary="Gaps between primes",
    description="Counts how far it is from one prime to the next, range by range.",
    version="1.0.0",
    author="Eyepiece",
    organization="Eyepiece",
    tags=["sample", "numbers"],
)
async def enter(request: fastapi.Request, inputs: dict):
    numbers = asked(inputs)
    return core.Launch(request, count, inputs=numbers)


@app.enter(
    path="/async",
    model=model,
    summary="Gaps between primes (async)",
    description="The same, by a function that is async.",
    version="1.0.0",
    author="Eyepiece",
    organization="Eyepiece",
    tags=["sample", "numbers"],
)
async def enter_async(request: fastapi.Request, inputs: dict):
    # By name: the service need not import what the run does.
    return core.Launch(request, "primes:count_async", inputs=asked(inputs), reference=enter_async)


def asked(inputs: dict) -> dict:
    """The form's texts as numbers. Raises InputsError with all that is wrong."""
    error = core.InputsError()
    numbers = {}
    for name, least, most in (("start", 0, MOST), ("end", 1, MOST), ("ranges", 1, 64)):
        try:
            numbers[name] = int((inputs.get(name) or "").strip())
        except ValueError:
            error.add(**{name: "This is no whole number."})
            continue
        if not least <= numbers[name] <= most:
            error.add(**{name: f"It is from {least} to {most}."})
    if not error.has_errors() and numbers["start"] >= numbers["end"]:
        error.add(end="It ends before it begins.")
    if error.has_errors():
        raise error
    return numbers


def gaps_of(low: int, high: int) -> tuple[int, Counter]:
    """Primes from low up to, not with, high, and the gaps that begin in there."""
    primes, gaps, before = 0, Counter(), None
    number = low
    while number < high or (before is not None and not is_prime(number)):
        if is_prime(number):
            primes += 1
            if before is not None:
                gaps[number - before] += 1
            before = number
        number += 1
    if before is not None:
        # The prime that ends the last gap belongs to the next range.
        gaps[number - before] += 1
    return primes, gaps


def is_prime(number: int) -> bool:
    return number > 1 and all(number % one for one in range(2, int(number**0.5) + 1))


def ranges_of(start: int, end: int, ranges: int) -> list[tuple[int, int]]:
    """The whole in so many parts of about one size."""
    edges = [start + (end - start) * part // ranges for part in range(ranges + 1)]
    return [(low, high) for low, high in zip(edges, edges[1:]) if low < high]


def count(inputs: dict, tracer: core.Tracer):
    """The run."""
    parts = ranges_of(**inputs)
    total, gaps = 0, Counter()
    with ProcessPoolExecutor(max_workers=2) as pool:
        waiting = {pool.submit(gaps_of, *part): part for part in parts}
        for done, future in enumerate(as_completed(waiting), 1):
            primes, found = future.result()
            total += primes
            gaps += found
            low, high = waiting[future]
            tracer.markdown_sync(f"**{low} to {high}**: {primes} primes")
            tracer.debug_sync(f"{done} of {len(parts)} ranges")
    return report(total, gaps)


async def count_async(inputs: dict, tracer: core.Tracer):
    """The run, async, in one process."""
    total, gaps = 0, Counter()
    for low, high in ranges_of(**inputs):
        primes, found = gaps_of(low, high)
        total += primes
        gaps += found
        await tracer.markdown(f"**{low} to {high}**: {primes} primes")
    return report(total, gaps)


def report(total: int, gaps: Counter) -> core.response.Markdown:
    """The result that both leave."""
    rows = [f"| {gap} | {gaps[gap]} |" for gap in sorted(gaps)]
    return core.response.Markdown(f"# {total} primes", "", "| Gap | How often |", "| ---: | ---: |", rows)
