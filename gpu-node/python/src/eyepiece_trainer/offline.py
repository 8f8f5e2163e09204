"""Supervised, preference and reinforcement training from a file: TRL's trainers, as they are."""

from __future__ import annotations

import os
from typing import Any

from transformers import ProcessorMixin, set_seed
from trl import DPOConfig, DPOTrainer, GRPOConfig, GRPOTrainer, SFTConfig, SFTTrainer

from eyepiece_trainer import data
from eyepiece_trainer.graders import reward_of
from eyepiece_trainer.loading import keep_to_share, load, lora_of, on_gpu, save
from eyepiece_trainer.trouble import Trouble
from eyepiece_trainer.watching import Watching

CONFIGS = {"supervised": SFTConfig, "dpo": DPOConfig, "reinforcement": GRPOConfig}
# Ours, and no fields of TRL's configurations.
OWN = ("lora", "lora_config")


def run(job: Any) -> None:
    """Trains to the end, or to where the node asks to pause."""
    params = job.params
    keep_to_share()
    set_seed(params["seed"])
    model, tokenizer = load(params["model"])
    if tokenizer.chat_template is None:
        raise Trouble("The base model's tokenizer has no chat template, so messages cannot be written for it.")
    trainer = trainer_of(params, model, tokenizer)
    watching = Watching(job)
    trainer.add_callback(watching)
    trainer.train(resume_from_checkpoint=job.checkpoint.path if job.checkpoint else None)
    if watching.paused:
        job.pause()
    if job.silent:
        return
    save(trainer.accelerator.unwrap_model(trainer.model), tokenizer, "model")
    job.result({"model": "model", "trained_tokens": watching.tokens})


def trainer_of(params: dict[str, Any], model: Any, tokenizer: Any) -> Any:
    """The trainer of a method with all that was asked of it."""
    method = params["method"]
    asked = {key: value for key, value in params["hyperparameters"].items() if key not in OWN}
    sees = isinstance(tokenizer, ProcessorMixin)
    # A prompt that is cut may lose a part of its image. GRPO cuts none.
    whole = {"max_length": None} if sees and method != "reinforcement" else {}
    args = CONFIGS[method](**{**defaults(params), **whole, **asked})
    train = data.read(params["training_file"], method, os.path.getsize(params["training_file"]), sees)
    held = params.get("validation_file")
    common: dict[str, Any] = {
        "model": model,
        "args": args,
        "train_dataset": train,
        "eval_dataset": data.read(held, method, os.path.getsize(held), sees) if held else None,
        "processing_class": tokenizer,
        "peft_config": lora_of(params),
    }
    if method == "supervised":
        return SFTTrainer(**common)
    if method == "dpo":
        return DPOTrainer(**common)
    return GRPOTrainer(reward_funcs=reward_of(params["grader"]), **common)


def defaults(params: dict[str, Any]) -> dict[str, Any]:
    """What holds where a job says nothing; everything here can be said."""
    return {
        "output_dir": "checkpoints",
        "seed": params["seed"],
        "logging_steps": 1,
        "logging_first_step": True,
        # A loss that is no number is told as such, and not averaged away.
        "logging_nan_inf_filter": False,
        "save_strategy": "steps" if "save_steps" in params["hyperparameters"] else "epoch",
        "save_total_limit": 5,
        "eval_strategy": "epoch" if params.get("validation_file") else "no",
        "report_to": [],
        "disable_tqdm": True,
        "use_cpu": not on_gpu(),
        "bf16": on_gpu(),
    }
