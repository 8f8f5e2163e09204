"""A model that answers: its weights, its adapters, its tokenizer."""

from __future__ import annotations

import contextlib
import gc
import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from safetensors import safe_open
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoModelForImageTextToText,
    AutoProcessor,
    AutoTokenizer,
    DynamicCache,
    GenerationConfig,
)
from transformers.models.auto.modeling_auto import MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING_NAMES

import eyepiece_models  # noqa: F401

from .vocabulary import Vocabulary

if TYPE_CHECKING:
    from .form import Forms

#: Where a configuration names no limit.
_CONTEXT = 2048


class Refused(Exception):
    """Something that cannot be done, as a sentence for people."""

    def __init__(self, message: str, status: int = 400, param: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.status, self.param, self.code = status, param, code


class ServedModel:
    """One base model with any number of LoRA adapters.

    Nothing of a model's folder is run: weights are safetensors, and code in the folder is not imported.
    """

    def __init__(self, path: str, device: str) -> None:
        self.device = torch.device(device)
        self.path = Path(path)
        try:
            self.config = AutoConfig.from_pretrained(path, local_files_only=True, trust_remote_code=False)
            self.tokenizer = AutoTokenizer.from_pretrained(path, local_files_only=True, trust_remote_code=False)
        except Exception as failure:
            raise Refused(f"{self.path.name} is not a model that can be loaded: {_first(failure)}") from failure
        self.processor = self._find_processor()
        try:
            self._base: Any = self._from_folder(path)
        except torch.OutOfMemoryError:
            raise
        except Exception as failure:
            raise Refused(f"The weights of {self.path.name} cannot be loaded: {_first(failure)}") from failure
        self._base.to(self.device).eval()
        self._model: Any = self._base
        self._active: str | None = None
        self.adapters: dict[str, str] = {}
        text = self.config.get_text_config()
        #: Most tokens of prompt and answer together.
        self.context = int(getattr(text, "max_position_embeddings", None) or _CONTEXT)
        self.vocabulary = Vocabulary(self.tokenizer, self._ends())
        #: Whether rows must be computed one by one: the model keeps places of its own between steps.
        self.alone = hasattr(self._inner(), "rope_deltas")

    @property
    def images(self) -> bool:
        """Whether prompts may hold images."""
        return self.processor is not None

    @cached_property
    def forms(self) -> Forms:
        """Forms that answers may be held to; made when one is first asked for. Raises `Refused`."""
        from .form import Forms

        return Forms(self.tokenizer, sorted(self.vocabulary.ends))

    def token_bytes(self) -> int:
        """Bytes that a token takes in the cache."""
        text = self.config.get_text_config()
        heads = getattr(text, "num_key_value_heads", None) or text.num_attention_heads
        size = getattr(text, "head_dim", None) or text.hidden_size // text.num_attention_heads
        return int(2 * text.num_hidden_layers * heads * size * self._base.dtype.itemsize)

    def new_cache(self) -> DynamicCache:
        """For the tokens of one prompt."""
        return DynamicCache(config=self.config)

    def forward(self, adapter: str | None, inputs: dict[str, Any], state: Any = None) -> tuple[torch.Tensor, Any]:
        """Logits after the last token of each row (rows, vocabulary), and what the model keeps beside its cache.

        `state` is what an earlier call for the same row answered; None begins anew.
        """
        self._activate(adapter)
        if self.alone:
            self._inner().rope_deltas = state
        logits = self._model(**inputs, logits_to_keep=1).logits[:, -1]
        return logits, self._inner().rope_deltas if self.alone else None

    def add_adapter(self, name: str, path: str) -> None:
        """Adds a LoRA adapter, or takes one's new weights."""
        self.drop_adapter(name)
        if not (Path(path) / "adapter_model.safetensors").is_file():
            raise Refused(f"The adapter {name} has no adapter_model.safetensors.")
        try:
            self._load_adapter(_module(name), path)
        except Exception as failure:
            self._forget_adapter(_module(name))
            raise Refused(f"The adapter {name} does not fit on {self.path.name}: {_first(failure)}") from failure
        self._model.to(self.device).eval()
        # Loading made one of them active.
        self._active = "?"
        self.adapters[name] = path

    def drop_adapter(self, name: str) -> None:
        """Lets go of an adapter. Once is enough, and twice does no harm."""
        if self.adapters.pop(name, None) is not None:
            self._forget_adapter(_module(name))

    def reload(self, path: str) -> None:
        """Takes the weights of another folder of the same shape, in place."""
        wanted = dict(self._base.state_dict())
        if self._model is not self._base:
            # PEFT moved what it wraps one level down.
            wanted = {_unwrapped(name): value for name, value in wanted.items() if "lora_" not in name}
        files = sorted(Path(path).glob("*.safetensors"))
        if not files:
            raise Refused(f"{path} holds no safetensors: nothing to reload.")
        found: dict[str, list[int]] = {}
        for file in files:
            with safe_open(file, "pt") as weights:
                found |= {name: list(weights.get_slice(name).get_shape()) for name in weights.keys()}
        # Of weights that are one tensor, a file holds one name.
        tied = {_unwrapped(name) for name in getattr(self._base, "all_tied_weights_keys", None) or {}}
        # All is looked at first, so that a model is never half the one and half the other.
        if set(found) <= set(wanted) and set(wanted) - set(found) <= tied:
            self._same_shapes(path, found, wanted)
            for file in files:
                with safe_open(file, "pt", device=str(self.device)) as weights:
                    _take(wanted, {name: weights.get_tensor(name) for name in weights.keys()})
            return
        # Files of some kinds of models have other names than their modules: the library knows them.
        try:
            fresh = self._from_folder(path)
        except Exception as failure:
            raise Refused(f"The weights of {path} cannot be loaded: {_first(failure)}") from failure
        state = fresh.state_dict()
        self._same_shapes(path, {name: list(value.shape) for name, value in state.items()}, wanted)
        _take(wanted, state)

    def _same_shapes(self, path: str, found: dict[str, list[int]], wanted: dict[str, torch.Tensor]) -> None:
        for name, shape in found.items():
            if name not in wanted or list(wanted[name].shape) != shape:
                raise Refused(f"{path} holds {name} {shape}, which {self.path.name} has not.")

    def _from_folder(self, path: str) -> Any:
        kind: Any = AutoModelForImageTextToText if self.processor is not None else AutoModelForCausalLM
        model, info = kind.from_pretrained(
            path,
            output_loading_info=True,
            # Half precision is slow where a CPU has no instructions for it.
            dtype="auto" if self.device.type == "cuda" else torch.float32,
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=True,
        )
        # The library only warns of these, and makes them up.
        if missing := sorted(info["missing_keys"]):
            raise ValueError(f"{len(missing)} weights are not in its files, {missing[0]} among them")
        return model

    def complaint(self, failure: Exception) -> str:
        """Why a step failed, for who asked. Ends this process where the GPU is of no more use to it."""
        if isinstance(failure, torch.OutOfMemoryError):
            gc.collect()
            torch.cuda.empty_cache()
            return "The GPU has not enough memory for this answer: ask for fewer tokens, or try again later."
        if "CUDA error" in str(failure):
            import os

            os._exit(1)
        return f"The model failed: {_first(failure)}"

    def _activate(self, adapter: str | None) -> None:
        if adapter == self._active or not hasattr(self._model, "peft_config"):
            return
        with torch.inference_mode(False):
            if adapter is None:
                self._model.base_model.disable_adapter_layers()
            else:
                self._model.base_model.enable_adapter_layers()
                self._model.set_adapter(_module(adapter))
        self._active = adapter

    def _load_adapter(self, own: str, path: str) -> None:
        from peft import PeftConfig, PeftModel

        if not hasattr(self._model, "peft_config"):
            config = PeftConfig.from_pretrained(path)
            config.inference_mode = True
            self._model = PeftModel(self._base, config, adapter_name=own)
        loaded = self._model.load_adapter(path, adapter_name=own, is_trainable=False, torch_device=str(self.device))
        # PEFT only warns of these; they would be as they were made, by chance.
        if missing := [key for key in loaded.missing_keys if f".{own}." in key or key.endswith(f".{own}")]:
            raise ValueError(f"it lacks {len(missing)} weights, {missing[0].replace('.' + own, '')} among them")
        if loaded.unexpected_keys:
            raise ValueError(f"it holds {loaded.unexpected_keys[0]}, which the model has not")

    def _forget_adapter(self, own: str) -> None:
        """Takes an adapter's layers out of the model, wherever its loading ended."""
        configs = getattr(self._model, "peft_config", {})
        if own in configs and len(configs) > 1:
            self._model.delete_adapter(own)
        elif configs:
            self._base = self._model.unload()
            self._model = self._base
        self._active = None if self._model is self._base else "?"

    def _inner(self) -> Any:
        return getattr(self._base, "model", self._base)

    def _find_processor(self) -> Any:
        if self.config.model_type not in MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING_NAMES:
            return None
        kind: Any = AutoProcessor
        try:
            processor = kind.from_pretrained(self.path, local_files_only=True, trust_remote_code=False)
        except Exception as failure:
            raise Refused(f"The image processor of {self.path.name} cannot be loaded: {_first(failure)}") from failure
        return processor if getattr(processor, "image_processor", None) is not None else None

    def _ends(self) -> list[int]:
        ends: Any = self.tokenizer.eos_token_id
        with contextlib.suppress(OSError, json.JSONDecodeError):
            told = GenerationConfig.from_pretrained(self.path, local_files_only=True).eos_token_id
            ends = ends if told is None else told
        if ends is None:
            ends = self.config.get_text_config().eos_token_id
        return [] if ends is None else [int(end) for end in (ends if isinstance(ends, list) else [ends])]


def _take(targets: dict[str, torch.Tensor], values: dict[str, torch.Tensor]) -> None:
    with torch.no_grad():
        for name, value in values.items():
            targets[name].copy_(value)


def _module(name: str) -> str:
    return "a" + name.encode().hex()


def _unwrapped(name: str) -> str:
    return name.replace(".base_layer.", ".").replace(".modules_to_save.default.", ".")


def _first(failure: Exception) -> str:
    text = str(failure).strip().split("\n")[0][:400] or type(failure).__name__
    return text if text.endswith(".") else text + "."
