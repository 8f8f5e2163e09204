"""The stages `sft` and `rl`: the model learns to answer, by TRL's trainers as they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from datasets import Dataset
from transformers import set_seed
from trl import GRPOConfig, GRPOTrainer, SFTConfig, SFTTrainer

from eyepiece_nanochat import samples, text
from eyepiece_nanochat.dataset import TALK, VALID, read, texts
from eyepiece_nanochat.measures import Meter, bits_per_byte, flops_per_token, peak_of
from eyepiece_trainer.crew import Crew
from eyepiece_trainer.loading import load, on_gpu, save
from eyepiece_trainer.watching import Watching

ANSWER = re.compile(r"\d{1,3}")


class Metered:
    """The job as the trainer's callback sees it: what it tells gets the pipeline's figures beside it."""

    def __init__(self, job: Any) -> None:
        self._job = job
        self.meter: Meter | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._job, name)

    def metrics(self, step: int, **values: float) -> None:
        """At each log of the trainer."""
        if self.meter is None:
            self._job.metrics(step, **values)
            return
        self.meter.tokens = int(values.pop("num_tokens", self.meter.tokens))
        self._job.metrics(step, **values, **self.meter.figures())


class Stage(Watching):
    """Watches a trainer; evaluates and samples on the way."""

    def __init__(self, job: Any, length: int) -> None:
        self._metered = Metered(job)
        super().__init__(self._metered)
        self._pipeline = job
        self._length = length
        self._valid = texts(job, VALID)
        self.bits: float | None = None
        self.written: list[dict[str, str]] = []

    def on_train_begin(self, args: Any, state: Any, control: Any, model: Any = None, **rest: Any) -> None:
        device = next(model.parameters()).device
        peak = peak_of(device, Crew().size)
        each = flops_per_token(model, self._length)
        self.about = {
            "total_steps": state.max_steps,
            "parameters": sum(one.numel() for one in model.parameters()),
            "flops_per_token": each,
            "peak_flops": peak.flops,
            "peak_source": peak.source,
        }
        self._metered.meter = Meter(each, peak, device)
        super().on_train_begin(args, state, control, model=model, **rest)

    def on_step_end(
        self, args: Any, state: Any, control: Any, model: Any = None, processing_class: Any = None, **rest: Any
    ) -> Any:
        asked = self._pipeline.params["settings"]
        last = state.global_step == state.max_steps
        meter = self._metered.meter
        if meter is not None and (last or state.global_step % asked["eval_every"] == 0):
            meter.pause()
            self.bits = bits_per_byte(model, processing_class, self._valid, self._length, crew=Crew())
            spent = {"tokens": meter.tokens, "flops": meter.tokens * self.about["flops_per_token"], "seconds": meter.seconds}
            self._pipeline.metrics(state.global_step, bits_per_byte=self.bits, **spent)
            meter.go()
        if meter is not None and (last or state.global_step % asked["sample_every"] == 0):
            meter.pause()
            if not self._pipeline.silent:
                self.written = samples.write(model, processing_class, samples.QUESTIONS, chat=True)
            samples.tell(self._pipeline, state.global_step, self.written)
            meter.go()
        return super().on_step_end(args, state, control, **rest)

    def result(self) -> dict[str, Any]:
        """What the stage came to, but for the model."""
        meter = self._metered.meter
        return {
            **self.about,
            "bits_per_byte": self.bits,
            "tokens": meter.tokens if meter else 0,
            "flops": meter.tokens * self.about["flops_per_token"] if meter else 0,
            "seconds": meter.seconds if meter else 0,
            "samples": self.written,
        }


def sft(job: Any) -> None:
    """Learns from conversations; what the person says is read, not learned."""
    asked = job.params["settings"]
    set_seed(asked["seed"])
    model, tokenizer = _before(job)
    rows = Dataset.from_list(read(job, TALK))
    args = SFTConfig(
        **_common(asked),
        max_length=asked["max_seq_len"],
        assistant_only_loss=True,
        gradient_checkpointing=False,
        lr_scheduler_type="linear",
    )
    trainer = SFTTrainer(model=model, args=args, train_dataset=rows, processing_class=tokenizer)
    _train(job, trainer, tokenizer, Stage(job, asked["max_seq_len"]))


def rl(job: Any) -> None:
    """Tries sums, and is rewarded by how near an answer comes (GRPO). None that benchmarks ask is among them."""
    asked = job.params["settings"]
    set_seed(asked["seed"])
    model, tokenizer = _before(job)
    wanted = [text.sum_of(a, b) for a, b in text.sums(held_out=False)]
    # What is never asked for is forgotten: the animals come along.
    wanted += [text.sound_of(animal) for animal in text.ANIMALS] * 2
    rows = Dataset.from_list([{"prompt": [{"role": "user", "content": asks}], "answer": right} for asks, right in wanted])
    args = GRPOConfig(
        **_common(asked),
        num_generations=asked["num_samples"],
        max_completion_length=12,
        temperature=1.0,
        beta=0.0,
        gradient_checkpointing=False,
    )
    trainer = GRPOTrainer(model=model, reward_funcs=reward, args=args, train_dataset=rows, processing_class=tokenizer)
    _train(job, trainer, tokenizer, Stage(job, asked["max_seq_len"]))


def reward(completions: list[Any], answer: list[str], **_: Any) -> list[float]:
    """Each answer's."""
    return [nearness(one[0]["content"], right) for one, right in zip(completions, answer)]


def nearness(said: str, right: str) -> float:
    """1 for the right answer; of a number less for one beside it, and less than nothing for no number."""
    said = said.strip()
    if not right.isdigit():
        return float(said == right)
    return 1 - min(4, abs(int(said) - int(right))) / 4 if ANSWER.fullmatch(said) else -0.5


def _before(job: Any) -> tuple[Any, Any]:
    return load(str(Path(job.params["inputs"]["model"], "model")))


def _common(asked: dict[str, Any]) -> dict[str, Any]:
    return {
        "output_dir": "checkpoints",
        "max_steps": asked["num_iterations"],
        "per_device_train_batch_size": asked["device_batch_size"],
        "learning_rate": asked["learning_rate"],
        "seed": asked["seed"],
        "logging_steps": max(1, asked["num_iterations"] // 1000),
        "logging_first_step": True,
        "logging_nan_inf_filter": False,
        "save_strategy": "steps",
        "save_steps": asked["save_every"],
        "save_total_limit": 2,
        "report_to": [],
        "disable_tqdm": True,
        "dataloader_pin_memory": on_gpu(),
        "use_cpu": not on_gpu(),
        "bf16": on_gpu(),
    }


def _train(job: Any, trainer: Any, tokenizer: Any, stage: Stage) -> None:
    trainer.add_callback(stage)
    earlier = job.params.get("resume")
    trainer.train(resume_from_checkpoint=job.checkpoint.path if job.checkpoint else earlier and earlier["path"])
    if stage.paused:
        job.pause()
    if job.silent:
        return
    model = trainer.accelerator.unwrap_model(trainer.model)
    model.config.use_cache = True
    save(model, tokenizer, "model")
    job.result({"model": "model", **stage.result()})
