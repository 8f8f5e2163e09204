"""Tells the node how training gets on, and obeys it: a callback of transformers' Trainer."""

from __future__ import annotations

import math
import time
from typing import Any

from transformers import TrainerCallback

from eyepiece_trainer.crew import Crew
from eyepiece_trainer.trouble import Trouble


class Watching(TrainerCallback):
    """Reports metrics and checkpoints, stops for a pause, and ends what has gone wrong."""

    def __init__(self, job: Any) -> None:
        self._job = job
        self._started = time.monotonic()
        self._first_step = 0
        self.paused = False
        # Seen in training, padding left out.
        self.tokens = 0

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._started = time.monotonic()
        self._first_step = state.global_step
        self._job.event(
            f"Training runs {state.max_steps} steps.",
            data={"total_steps": state.max_steps, "epochs": args.num_train_epochs, "seed": args.seed},
        )

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> Any:
        if Crew().agreed(bool(self._job.pausing)):
            self.paused = True
            control.should_save = True
            control.should_training_stop = True
        return control

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, Any] | None = None, **_: Any) -> None:
        numbers = {k: float(v) for k, v in (logs or {}).items() if isinstance(v, (int, float))}
        # The last word sums up what was told step by step.
        if not numbers or "train_runtime" in numbers:
            return
        self.tokens = int(numbers.get("num_tokens", self.tokens))
        done = state.global_step - self._first_step
        if done > 0 and state.max_steps > 0:
            each = (time.monotonic() - self._started) / done
            numbers["eta_seconds"] = each * (state.max_steps - state.global_step)
        self._job.metrics(state.global_step, **numbers)
        for name in ("loss", "grad_norm"):
            value = numbers.get(name, 0.0)
            if not math.isfinite(value):
                raise Trouble(
                    f"The {name} is {value} at step {state.global_step}, so there is nothing left to train: "
                    "lower learning_rate, or set max_grad_norm."
                )

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._job.checkpointed(state.global_step, f"checkpoints/checkpoint-{state.global_step}")
