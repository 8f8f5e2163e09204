"""Evaluations: the pipeline's stage, and any model of the node on its own. One model, some benchmarks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from eyepiece_nanochat.benchmarks import BENCHMARKS
from eyepiece_trainer.loading import load, on_gpu, words_of


def run(job: Any) -> None:
    """`inputs.model` is a working folder of a stage, or `model` the folder of any model."""
    named = job.params.get("model")
    model, tokenizer = load(named or str(Path(job.params["inputs"]["model"], "model")))
    model = model.to(torch.device("cuda" if on_gpu() else "cpu")).eval()
    results = {}
    chosen = job.params["settings"]["benchmarks"]
    for step, name in enumerate(chosen, 1):
        found = BENCHMARKS[name].run(model, words_of(tokenizer))
        results[name] = {"score": found.score, "items": found.items, "margin": found.margin, "examples": found.examples}
        job.metrics(step, **{name: found.score})
        job.event(f"{BENCHMARKS[name].title}: {found.score:.3f} on {found.items} items ({step} of {len(chosen)}).")
    job.result({"benchmarks": results})
