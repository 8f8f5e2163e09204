"""Online GRPO: somebody else makes completions and their rewards, group by group; here the model learns from each.

The node appends commands as numbered files (`commands/1.json`, ...); they are obeyed in that order, so that a start from a
checkpoint obeys the later ones again. TRL's trainer computes the loss; its own generation is not used.

Several processes, one for each GPU, each learn from their part of a batch. The first hears the node, and tells the others what is
next; gradients are added up before each step, so that all have the same weights.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import time
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from transformers import get_scheduler, set_seed
from trl import GRPOConfig, GRPOTrainer
from trl.trainer.utils import pad

from eyepiece_trainer.batches import Row, rows_of
from eyepiece_trainer.crew import Crew
from eyepiece_trainer.images import joined
from eyepiece_trainer.loading import load, lora_of, on_gpu, save, words_of
from eyepiece_trainer.trouble import Trouble

# Losses that TRL divides by the tokens of the whole batch; the others are means over rows.
PER_TOKEN = ("dapo", "cispo", "vespo")
# Weights that stay on disk: one that is being read, and the newest.
KEPT = 3
# Seconds after which those who wait for the first process hear from it, whether there is something or not: they give up after minutes.
PATIENCE = 60.0
# Optimizer steps between two states to start again from.
STATE_EVERY = 20
OWN = ("lora", "lora_config", "max_prompt_length", "max_completion_length", "lr_scheduler_type", "warmup_steps")


def run(job: Any) -> None:
    """Obeys commands until one ends it."""
    set_seed(job.params["seed"])
    learner = Learner(job)
    learner.restore()
    learner.work()


class Learner:
    """A model that learns from batches."""

    def __init__(self, job: Any) -> None:
        self._job = job
        params = job.params
        fields = params["hyperparameters"]
        model, self._processor = load(params["model"])
        if self._processor.chat_template is None:
            raise Trouble("The base model's tokenizer has no chat template, so messages cannot be written for it.")
        self._max_prompt = fields.get("max_prompt_length")
        self._max_completion = fields.get("max_completion_length")
        self._accumulation = fields.get("gradient_accumulation_steps", 1)
        self._inactivity = params["inactivity"]
        # When it had something to do last.
        self._since = time.monotonic()
        self._micro = fields.get("per_device_train_batch_size", 8)
        generations = fields["num_generations"]
        args = GRPOConfig(
            **{key: value for key, value in fields.items() if key not in (*OWN, "per_device_train_batch_size")},
            output_dir="trl",
            per_device_train_batch_size=generations,
            # Only TRL's dr_grpo divides by it.
            max_completion_length=self._max_completion or 1024,
            seed=params["seed"],
            report_to=[],
            disable_tqdm=True,
            use_cpu=not on_gpu(),
        )
        # The processes are joined by then.
        self._crew = Crew()
        self._trainer = GRPOTrainer(
            model=model,
            args=args,
            reward_funcs=_no_reward,
            train_dataset=Dataset.from_list([{"prompt": "-"}] * generations),
            processing_class=self._processor,
            peft_config=lora_of(params),
        )
        # Accumulation is done here, over batches as they come.
        self._trainer.current_gradient_accumulation_steps = 1
        self._trainer.args.steps_per_generation = 1
        self._trainer.create_optimizer()
        self._scheduler = get_scheduler(
            fields.get("lr_scheduler_type", "linear"),
            self._trainer.optimizer,
            num_warmup_steps=int(fields.get("warmup_steps", 0)),
            num_training_steps=args.max_steps,
        )
        accelerator = self._trainer.accelerator
        # Several add up their gradients at a step, and not at each part, as a model that is prepared for training would.
        self._model = accelerator.prepare_model(self._trainer.model, evaluation_mode=not self._crew.alone)
        self._optimizer = accelerator.prepare_optimizer(self._trainer.optimizer)
        self._model.train()
        # The command that is next, batches learnt from, and steps of the optimizer.
        self._next, self._batches, self._steps = 1, 0, 0

    def restore(self) -> None:
        """Goes on from a checkpoint."""
        if not self._job.checkpoint:
            return
        state = torch.load(Path(self._job.checkpoint.path, "state.pt"), map_location="cpu", weights_only=True)
        self._trainer.accelerator.unwrap_model(self._model).load_state_dict(state["model"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._scheduler.load_state_dict(state["scheduler"])
        self._next, self._batches, self._steps = state["next"], state["batches"], state["steps"]
        self._serve()

    def work(self) -> None:
        """Obeys commands. Weights are given out when no other batch waits: nobody could see those in between."""
        while True:
            word = self._crew.told(self._wait)
            if word == "pause":
                self._keep_state()
                self._job.pause()
            if word == "end":
                break
            if word == "":
                continue
            command = json.loads(self._path(self._next).read_text(encoding="utf-8"))
            self._next += 1
            if "batch" in command:
                self._learn(command["batch"])
                if not self._path(self._next).exists():
                    self._serve()
                if self._steps and self._steps % STATE_EVERY == 0 and self._batches % self._accumulation == 0:
                    self._keep_state()
            elif "checkpoint" in command:
                self._keep_model(command["checkpoint"])
            else:
                break
            self._since = time.monotonic()
        self._finish_window()
        if self._job.silent:
            return
        save(self._weights(), self._processor, "model")
        self._job.result({"model": "model", "batches": self._batches, "steps": self._steps})

    def _path(self, number: int) -> Path:
        return Path("commands", f"{number}.json")

    def _wait(self) -> str:
        """What is next: `command`, `pause`, `end`, or nothing yet."""
        self._job.woken.clear()
        path = self._path(self._next)
        if self._job.pausing:
            return "pause"
        if path.exists():
            return "command"
        left = self._since + self._inactivity - time.monotonic()
        if left > 0:
            self._job.woken.wait(min(left, PATIENCE))
            return ""
        self._job.event(f"Nothing came for {self._inactivity} seconds, so it ends.", level="warn")
        return "end"

    def _learn(self, batch: dict[str, Any]) -> None:
        try:
            rows = rows_of(batch["groups"], self._processor, self._job.params["hyperparameters"])
        except (ValueError, KeyError, TypeError, OSError) as cause:
            # One batch that cannot be read is no reason to lose what was learnt from the others.
            message = f"Batch {batch['id']} cannot be learnt from, and is left out: {cause}"
            self._job.event(message, level="error", data={"batch_id": batch["id"]})
            return
        tokens = sum(len(row.completion) for row in rows)
        loss = 0.0
        for part, own in self._crew.parts(rows, self._micro):
            share = self._share(len(part), own, len(rows))
            with self._trainer.compute_loss_context_manager():
                inputs = self._inputs(part, own, tokens)
                one = self._trainer.compute_loss(self._model, inputs) * share / self._accumulation
            self._trainer.accelerator.backward(one)
            loss += one.item() * self._accumulation
        loss = self._crew.sum(loss)
        self._batches += 1
        if not math.isfinite(loss):
            raise Trouble(f"The loss is {loss} at batch {self._batches}: lower learning_rate, or set max_grad_norm.")
        norm = self._step() if self._batches % self._accumulation == 0 else None
        rewards = [row.reward for row in rows]
        told = {name: sum(values) / len(values) for name, values in self._trainer._metrics["train"].items() if values}
        self._trainer._metrics["train"].clear()
        self._job.metrics(
            self._batches,
            **{
                **told,
                "loss": loss,
                "reward": sum(rewards) / len(rewards),
                "reward_std": float(torch.tensor(rewards).std(unbiased=False)),
                "completion_tokens": tokens / len(rows),
                "learning_rate": self._scheduler.get_last_lr()[0],
                **({} if norm is None else {"grad_norm": norm}),
            },
        )
        self._job.event(f"Learnt from batch {batch['id']}.", data={"batch_id": batch["id"], "steps": self._steps})

    def _share(self, size: int, own: int, rows: int) -> float:
        """What the loss of a part counts in the sum over parts and processes. `size` is with rows that do not count."""
        if self._trainer.loss_type in PER_TOKEN:
            # TRL expects that the mean over processes is taken.
            return 1 / self._crew.size
        # A mean over the tokens that count, and means over all rows, of which those that do not count are 0.
        return own / rows if self._trainer.loss_type == "bnpo" else size / rows

    def _step(self) -> float:
        self._crew.add_gradients(self._model)
        limit = self._trainer.args.max_grad_norm or math.inf
        norm = float(self._trainer.accelerator.clip_grad_norm_(self._model.parameters(), limit))
        self._optimizer.step()
        self._scheduler.step()
        self._optimizer.zero_grad()
        self._steps += 1
        self._trainer.state.global_step = self._steps
        return norm

    def _finish_window(self) -> None:
        if self._batches % self._accumulation:
            self._step()

    def _inputs(self, rows: list[Row], own: int, tokens: int) -> dict[str, Any]:
        device = self._trainer.accelerator.device
        fill = words_of(self._processor).pad_token_id

        def block(lists: list[list[int]], side: str) -> tuple[torch.Tensor, torch.Tensor]:
            ids = pad([torch.tensor(one) for one in lists], padding_value=fill, padding_side=side)
            mask = pad([torch.ones(len(one), dtype=torch.long) for one in lists], padding_value=0, padding_side=side)
            return ids.to(device), mask.to(device)

        prompt, prompt_mask = block([row.prompt for row in rows], "left")
        completion, completion_mask = block([row.completion for row in rows], "right")
        completion_mask[own:] = 0
        seen = joined([row.seen for row in rows], [row.images for row in rows], prompt.size(1), completion.size(1))
        seen = {name: value.to(device) if isinstance(value, torch.Tensor) else value for name, value in seen.items()}
        return {
            **seen,
            "prompt_ids": prompt,
            "prompt_mask": prompt_mask,
            "completion_ids": completion,
            "completion_mask": completion_mask,
            "advantages": torch.tensor([row.advantage for row in rows], device=device),
            "num_items_in_batch": torch.tensor(float(tokens), device=device),
            "ref_per_token_logps": self._reference(prompt, prompt_mask, completion, completion_mask, seen),
        }

    def _reference(self, prompt: Any, prompt_mask: Any, completion: Any, completion_mask: Any, seen: Any) -> Any:
        """What the model said before it learnt, for the divergence that `beta` weighs."""
        trainer = self._trainer
        if trainer.beta == 0.0:
            return None
        ids = torch.cat([prompt, completion], dim=1)
        mask = torch.cat([prompt_mask, completion_mask], dim=1)

        def logps(model: Any) -> Any:
            return trainer._get_per_token_logps_and_entropies(model, ids, mask, completion.size(1), **seen)[0]

        with torch.no_grad():
            if trainer.ref_model is not None:
                return logps(trainer.ref_model)
            with trainer.accelerator.unwrap_model(self._model).disable_adapter():
                return logps(self._model)

    def _weights(self) -> Any:
        return self._trainer.accelerator.unwrap_model(self._model)

    def _serve(self) -> None:
        """Gives out weights, at a path of their own: who reads the older ones reads on."""
        if self._job.silent:
            return
        folder = f"weights/{self._batches}"
        if not os.path.exists(folder):
            os.makedirs("weights", exist_ok=True)
            save(self._weights(), self._processor, folder)
        self._job.event(f"The weights after {self._batches} batches are there.", data={"weights": folder})
        numbers = sorted(int(path.name) for path in Path("weights").iterdir() if path.name.isdigit())
        for number in numbers[:-KEPT]:
            shutil.rmtree(Path("weights", str(number)), ignore_errors=True)

    def _keep_model(self, asked: dict[str, Any]) -> None:
        if self._job.silent:
            return
        folder = f"saved/{asked['folder']}"
        if not os.path.exists(folder):
            os.makedirs("saved", exist_ok=True)
            save(self._weights(), self._processor, folder)
        self._job.event(f"Checkpoint {asked['name']}.", data={"saved": folder, "name": asked["name"]})

    def _keep_state(self) -> None:
        """All that is needed to go on as if nothing had happened."""
        # A window of accumulation that is open is closed: gradients are not kept.
        self._finish_window()
        if self._job.silent:
            return
        folder = Path("checkpoints", str(self._next))
        part = folder.with_suffix(".part")
        part.mkdir(parents=True, exist_ok=True)
        state = {
            "model": self._weights().state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "scheduler": self._scheduler.state_dict(),
            **{"next": self._next, "batches": self._batches, "steps": self._steps},
        }
        torch.save(state, part / "state.pt")
        if not folder.exists():
            part.rename(folder)
        self._job.checkpointed(self._next, str(folder))
        older = sorted(int(path.name) for path in Path("checkpoints").iterdir() if path.name.isdigit())[:-2]
        for number in older:
            shutil.rmtree(Path("checkpoints", str(number)), ignore_errors=True)
        # What came before both of them is not obeyed again.
        for number in older[-1:]:
            for path in Path("commands").iterdir():
                if path.stem.isdigit() and int(path.stem) < number:
                    path.unlink()


def _no_reward(completions: list[Any], **_: Any) -> list[float]:
    raise RuntimeError("rewards come with the batches")
