"""Models and tokenizers from folders."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoModelForImageTextToText,
    AutoProcessor,
    AutoTokenizer,
    PreTrainedModel,
    ProcessorMixin,
)

import eyepiece_models  # noqa: F401
from eyepiece_trainer.trouble import Trouble

# What TRL's own examples and the papers of LoRA begin with.
LORA = {"r": 16, "lora_alpha": 32, "lora_dropout": 0.0}


def on_gpu() -> bool:
    """Whether there is a GPU that this job was given."""
    return torch.cuda.is_available()


def keep_to_share() -> None:
    """Holds this process to the part of its GPU that it was given beside others; beyond, it is out of memory, and they are not."""
    share = int(os.environ.get("EYEPIECE_GPU_BYTES") or 0)
    if share > 0 and on_gpu():
        total = torch.cuda.get_device_properties(0).total_memory
        torch.cuda.set_per_process_memory_fraction(min(1.0, share / total), 0)


def load(folder: str) -> tuple[PreTrainedModel, Any]:
    """A model for training and its tokenizer, or its processor where it sees. An adapter is merged into its base: training goes on from what it says."""
    try:
        reader = AutoProcessor if _sees(folder) else AutoTokenizer
        tokenizer = reader.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
        # Weights in full precision: the optimizer's small steps are lost in halves.
        model = _model(folder)
    except Exception as cause:
        raise Trouble(f"The base model cannot be loaded: {(str(cause) or repr(cause)).splitlines()[0]}") from cause
    words = words_of(tokenizer)
    if words.pad_token is None:
        words.pad_token = words.eos_token
    return model, tokenizer


def words_of(processor: Any) -> Any:
    """The tokenizer of a processor, which may be one itself."""
    return processor.tokenizer if isinstance(processor, ProcessorMixin) else processor


def _sees(folder: str) -> bool:
    adapter = Path(folder, "adapter_config.json")
    if adapter.exists():
        folder = json.loads(adapter.read_text())["base_model_name_or_path"]
    config = AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    return hasattr(config, "vision_config")


def _model(folder: str) -> PreTrainedModel:
    adapter = Path(folder, "adapter_config.json")
    if not adapter.exists():
        kind = AutoModelForImageTextToText if _sees(folder) else AutoModelForCausalLM
        return kind.from_pretrained(
            folder, dtype=torch.float32, local_files_only=True, trust_remote_code=False
        )
    from peft import PeftModel

    base = json.loads(adapter.read_text())["base_model_name_or_path"]
    return PeftModel.from_pretrained(_model(base), folder).merge_and_unload()


def lora_of(params: dict[str, Any]) -> Any:
    """The `LoraConfig` that a job asks for; None trains all weights."""
    asked = params["hyperparameters"].get("lora_config")
    if asked is None and not params["hyperparameters"].get("lora"):
        return None
    from peft import LoraConfig

    # Without names PEFT knows the layers of some architectures only.
    return LoraConfig(task_type="CAUSAL_LM", **{**LORA, "target_modules": "all-linear", **(asked or {})})


def save(model: Any, tokenizer: Any, folder: str) -> None:
    """Writes a folder that transformers loads, all of it or nothing."""
    part = Path(f"{folder}.part")
    model.save_pretrained(part)
    tokenizer.save_pretrained(part)
    part.rename(folder)
