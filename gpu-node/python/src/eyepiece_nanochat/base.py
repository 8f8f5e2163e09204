"""The stage `base`: a model learns from nothing to guess the next token of documents.

Several processes, one for each GPU, learn from the same step's rows together, each from its part: what they come to is what one would
that has all the rows.
"""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path
from typing import Any

import torch
from torch.nn.parallel import DistributedDataParallel
from transformers import AutoTokenizer, NanoChatConfig, NanoChatForCausalLM

from eyepiece_nanochat import samples
from eyepiece_nanochat.dataset import TRAIN, VALID, texts
from eyepiece_nanochat.measures import Meter, bits_per_byte, flops_per_token, peak_of
from eyepiece_trainer.crew import joined
from eyepiece_trainer.loading import on_gpu, save
from eyepiece_trainer.trouble import Trouble

# nanochat's own shape: 64 wide for each layer, and heads of this width at most.
ASPECT, HEAD = 64, 128
# Metrics of one job: more can be neither read nor drawn.
MOST_POINTS = 1000
WARMUP, WARMDOWN = 0.05, 0.4


def run(job: Any) -> None:
    """Trains to the end, or to where the node asks to pause. Writes `model/`."""
    asked = job.params["settings"]
    crew = joined()
    device = torch.device("cuda" if on_gpu() else "cpu")
    tokenizer = AutoTokenizer.from_pretrained(Path(job.params["inputs"]["tokenizer"], "tokenizer"), local_files_only=True)
    valid = texts(job, VALID)
    ids = stream(tokenizer, texts(job, TRAIN))
    length, steps = asked["max_seq_len"], asked["num_iterations"]
    if len(ids) <= length + 1:
        raise Trouble(f"The documents have {len(ids)} tokens, fewer than one row of {length}: take more documents.")
    found = job.checkpoint or _earlier(job)
    state = json.loads(Path(found.path, "state.json").read_text()) if found else {}
    torch.manual_seed(asked["seed"])
    model = _model(asked, tokenizer) if found is None else NanoChatForCausalLM.from_pretrained(found.path)
    model = model.to(device).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=asked["learning_rate"], betas=(0.8, 0.95), weight_decay=0.01)
    if found:
        optimizer.load_state_dict(torch.load(Path(found.path, "optimizer.pt"), map_location=device, weights_only=True))
    # What steps go through: it puts the gradients of all processes together.
    learner = model if crew.alone else DistributedDataParallel(model)
    peak = peak_of(device, crew.size)
    rows = asked["device_batch_size"] * crew.size
    about = {
        "total_steps": steps,
        "parameters": sum(one.numel() for one in model.parameters()),
        "flops_per_token": flops_per_token(model, length),
        "tokens_per_step": rows * length,
        "peak_flops": peak.flops,
        "peak_source": peak.source,
    }
    job.event(
        f"{about['parameters']:,} parameters learn {steps} steps of {rows * length:,} tokens. "
        f"MFU is against {peak.flops / 1e9:,.1f} GFLOP/s: {peak.source}.",
        data=about,
    )
    meter = Meter(about["flops_per_token"], peak, device, state)
    first = found.step if found else 0
    told = max(1, steps // MOST_POINTS)
    losses: list[float] = []
    bits: float | None = state.get("bits_per_byte")
    for step in range(first, steps + 1):
        due = step == steps or (step > first or step == 0) and step % asked["eval_every"] == 0
        if due:
            meter.pause()
            bits = bits_per_byte(model, tokenizer, valid, length, crew=crew)
            job.metrics(
                step,
                bits_per_byte=bits,
                tokens=meter.tokens,
                flops=meter.tokens * about["flops_per_token"],
                seconds=meter.seconds,
            )
            meter.go()
        if step == steps or (step > first and step % asked["sample_every"] == 0):
            meter.pause()
            written = [] if job.silent else samples.write(model, tokenizer, samples.STORIES, chat=False)
            samples.tell(job, step, written)
            meter.go()
        pausing = crew.agreed(job.pausing)
        if step > first and step < steps and (step % asked["save_every"] == 0 or pausing):
            meter.pause()
            if not job.silent:
                _checkpoint(job, step, model, optimizer, {**meter.state(), "bits_per_byte": bits})
            if pausing:
                job.pause()
            meter.go()
        if step == steps:
            break
        mine = _batch(ids, rows, length, asked["seed"], step)[crew.rank :: crew.size]
        loss = crew.sum(_step(learner, optimizer, mine.to(device), _rate(step, asked))) / crew.size
        meter.tokens += rows * length
        losses.append(loss)
        if not math.isfinite(loss):
            raise Trouble(f"The loss is {loss} at step {step + 1}, so there is nothing left to train: lower learning_rate.")
        if (step + 1) % told == 0 or step + 1 == steps:
            figures = meter.figures()
            left = (meter.seconds / max(1, meter.tokens)) * rows * length * (steps - step - 1)
            job.metrics(
                step + 1,
                loss=sum(losses) / len(losses),
                learning_rate=_rate(step, asked),
                eta_seconds=left,
                **figures,
            )
            losses = []
    if job.silent:
        return
    model.config.use_cache = True
    save(model, tokenizer, "model")
    job.result(
        {
            "model": "model",
            **about,
            "bits_per_byte": bits,
            "tokens": meter.tokens,
            "flops": meter.tokens * about["flops_per_token"],
            "seconds": meter.seconds,
            "device": torch.cuda.get_device_name() if on_gpu() else "CPU",
            "samples": written,
        }
    )


def _model(asked: dict[str, Any], tokenizer: Any) -> NanoChatForCausalLM:
    depth = asked["depth"]
    width = depth * ASPECT
    heads = max(1, width // HEAD) if width >= 4 * HEAD else max(2, width // 32)
    return NanoChatForCausalLM(
        NanoChatConfig(
            vocab_size=-(-len(tokenizer) // 64) * 64,
            hidden_size=width,
            intermediate_size=4 * width,
            num_hidden_layers=depth,
            num_attention_heads=heads,
            num_key_value_heads=heads,
            max_position_embeddings=max(256, asked["max_seq_len"]),
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


def stream(tokenizer: Any, documents: list[str]) -> torch.Tensor:
    """All documents as one row of tokens, each after the token that begins one."""
    ids: list[int] = []
    for row in tokenizer(documents, add_special_tokens=False)["input_ids"]:
        ids += [tokenizer.bos_token_id, *row]
    return torch.tensor(ids)


def _batch(ids: torch.Tensor, rows: int, length: int, seed: int, step: int) -> torch.Tensor:
    """The rows of a step: the same whenever it is done, so that who goes on from a checkpoint sees what would have come."""
    generator = torch.Generator().manual_seed(seed * 1_000_003 + step)
    starts = torch.randint(len(ids) - length, (rows,), generator=generator)
    return torch.stack([ids[at : at + length + 1] for at in starts.tolist()])


def _rate(step: int, asked: dict[str, Any]) -> float:
    """Up for a twentieth of the steps, level, and down to nothing over the last two fifths."""
    share = step / asked["num_iterations"]
    up = min(1.0, (step + 1) / max(1.0, WARMUP * asked["num_iterations"]))
    return asked["learning_rate"] * min(up, (1 - share) / WARMDOWN, 1.0)


def _step(model: Any, optimizer: Any, ids: torch.Tensor, rate: float) -> float:
    for group in optimizer.param_groups:
        group["lr"] = rate
    with torch.autocast(ids.device.type, dtype=torch.bfloat16, enabled=ids.device.type == "cuda"):
        logits = model(input_ids=ids[:, :-1], use_cache=False).logits
        loss = torch.nn.functional.cross_entropy(logits.float().flatten(0, 1), ids[:, 1:].flatten())
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return float(loss.item())


def _checkpoint(job: Any, step: int, model: Any, optimizer: Any, state: dict[str, Any]) -> None:
    """A folder that transformers loads, and what else it takes to go on."""
    folder = Path("checkpoints", f"step-{step:06d}")
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    model.save_pretrained(part)
    torch.save(optimizer.state_dict(), part / "optimizer.pt")
    (part / "state.json").write_text(json.dumps(state))
    # A start that was killed may have written this step already.
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)
    job.checkpointed(step, str(folder))
    # The one before stays: the node may not have heard of this one yet.
    for old in sorted(Path("checkpoints").glob("step-??????"))[:-2]:
        shutil.rmtree(old)


class _Earlier:
    """Where an earlier job of the same stage got to."""

    def __init__(self, found: dict[str, Any]) -> None:
        self.step: int = found["step"]
        self.path: str = found["path"]


def _earlier(job: Any) -> Any:
    found = job.params.get("resume")
    return _Earlier(found) if found else None
