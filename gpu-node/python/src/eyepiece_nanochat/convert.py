"""A checkpoint of a nanochat checkout as a folder that transformers loads: `python -m eyepiece_nanochat.convert WEIGHTS TOKENIZER FOLDER`.

WEIGHTS is `model_<step>.pt`, beside its `meta_<step>.json`; TOKENIZER is `tokenizer.pkl`. Nothing of them is run: weights are read as
tensors alone, and of the pickle nothing but what tiktoken's encoding holds. There are two shapes: until January 2026 it is transformers'
NanoChat, since March it is `eyepiece_models.nanochat`. Those between had other gates from week to week, and are refused.
"""

from __future__ import annotations

import json
import pickle
import re
import sys
from pathlib import Path
from typing import Any

import torch
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers
from transformers import GenerationConfig, NanoChatConfig, NanoChatForCausalLM, PreTrainedTokenizerFast
from transformers.convert_slow_tokenizer import bytes_to_unicode

from eyepiece_models.nanochat import SMEAR_GATE, VALUE_GATE, NanoChatGPTConfig, NanoChatGPTForCausalLM
from eyepiece_trainer.loading import save
from eyepiece_trainer.trouble import Trouble

BEGIN, END = "<|bos|>", "<|assistant_end|>"
# A system message stands before what the first person says; answers are marked, for who learns from them only.
TEMPLATE = (
    "{{ bos_token }}{% set ns = namespace(before='') %}{% for message in messages %}"
    "{% if message.role == 'system' %}{% set ns.before = message.content + '\\n\\n' %}"
    "{% elif message.role == 'assistant' %}<|assistant_start|>"
    "{% generation %}{{ message.content }}<|assistant_end|>{% endgeneration %}"
    "{% else %}<|user_start|>{{ ns.before + message.content }}<|user_end|>{% set ns.before = '' %}{% endif %}"
    "{% endfor %}{% if add_generation_prompt %}<|assistant_start|>{% endif %}"
)
# By parts of transformers' names, those of nanochat.
RENAMED = {
    r"^transformer\.wte\.": "model.embed_tokens.",
    r"^transformer\.h\.(\d+)\.attn\.c_([qkv])\.": r"model.layers.\1.self_attn.\2_proj.",
    r"^transformer\.h\.(\d+)\.attn\.c_proj\.": r"model.layers.\1.self_attn.o_proj.",
    r"^transformer\.h\.(\d+)\.mlp\.c_fc\.": r"model.layers.\1.mlp.fc1.",
    r"^transformer\.h\.(\d+)\.mlp\.c_proj\.": r"model.layers.\1.mlp.fc2.",
}
# nanochat rounds a short window up to so many tokens.
TILE = 128


def convert(weights: Path, tokenizer: Path, folder: str) -> None:
    """Writes the folder, all of it or nothing. Raises `Trouble`."""
    words = tokenizer_of(tokenizer)
    model = model_of(weights, words)
    ends = [words.convert_tokens_to_ids(one) for one in (END, BEGIN)]
    model.generation_config = GenerationConfig(bos_token_id=ends[1], eos_token_id=ends, pad_token_id=ends[1])
    save(model, words, folder)


def model_of(weights: Path, words: Any) -> Any:
    """The model of a checkpoint, in full precision."""
    meta = weights.with_name(weights.name.replace("model_", "meta_")).with_suffix(".json")
    try:
        shape = json.loads(meta.read_text(encoding="utf-8"))["model_config"]
        found = torch.load(weights, map_location="cpu", weights_only=True)
        depth, width, heads = (int(shape[name]) for name in ("n_layer", "n_embd", "n_head"))
        vocabulary, length = int(shape["vocab_size"]), int(shape["sequence_len"])
        # What is compiled has another prefix.
        state = {name.removeprefix("_orig_mod."): value.float() for name, value in found.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, EOFError, pickle.UnpicklingError) as cause:
        raise Trouble(f"{weights.name} and {meta.name} are no checkpoint of nanochat: {cause}") from cause
    if len(words) != vocabulary:
        raise Trouble(f"The tokenizer has {len(words)} tokens, and the model was made for {vocabulary}.")
    # Rows beyond are there for speed alone.
    for name in state:
        if re.match(r"transformer\.wte\.|lm_head\.|value_embeds\.", name):
            state[name] = state[name][:vocabulary].clone()
    shared = int(shape.get("n_kv_head", heads))
    common = {"vocab_size": vocabulary, "hidden_size": width, "num_attention_heads": heads, "num_key_value_heads": shared}
    common |= {"max_position_embeddings": length, "bos_token_id": words.bos_token_id, "eos_token_id": words.eos_token_id}
    common |= {"pad_token_id": words.bos_token_id}
    windows = _windows(str(shape.get("window_pattern", "L")), depth)
    if "smear_lambda" in state:
        short = -(-length // 4 // TILE) * TILE
        sliding = {"layer_types": [*windows, "full_attention"], "sliding_window": short + 1 if "sliding_attention" in windows else None}
        model: Any = NanoChatGPTForCausalLM(NanoChatGPTConfig(num_hidden_layers=depth + 1, **sliding, **common))
    else:
        _without_lambdas(state, depth)
        if "sliding_attention" in windows:
            raise Trouble(BETWEEN)
        rounding = torch.finfo(torch.float32).eps
        model = NanoChatForCausalLM(
            NanoChatConfig(num_hidden_layers=depth, intermediate_size=4 * width, rms_norm_eps=rounding, **common)
        )
        state = {_renamed(name): value for name, value in state.items()}
    wanted = {name: value.shape for name, value in model.state_dict().items()}
    if wanted != {name: value.shape for name, value in state.items()}:
        raise Trouble(BETWEEN)
    model.load_state_dict(state, assign=True)
    return model.eval()


BETWEEN = (
    "The checkpoint's weights are neither those of nanochat until January 2026 nor those since March: "
    "there is no model here that has these parts. Talk to it by its own chat_cli."
)


def _windows(pattern: str, depth: int) -> list[str]:
    """Of each layer: the pattern repeats, and the last sees all."""
    kinds = {"L": "full_attention", "S": "sliding_attention"}
    if not pattern or not set(pattern.upper()) <= set(kinds):
        raise Trouble(f"window_pattern is {pattern[:40]!r}, and has to be of S and L.")
    repeated = [kinds[pattern.upper()[layer % len(pattern)]] for layer in range(depth)]
    return [*repeated[:-1], "full_attention"]


def _without_lambdas(state: dict[str, torch.Tensor], depth: int) -> None:
    """For one week there were scales of layers alone; where they do nothing, it is the model without them."""
    for name, nothing in (("resid_lambdas", 1.0), ("x0_lambdas", 0.0)):
        scales = state.pop(name, torch.full((depth,), nothing))
        if not bool((scales == nothing).all()):
            raise Trouble(BETWEEN)


def _renamed(name: str) -> str:
    for pattern, other in RENAMED.items():
        name = re.sub(pattern, other, name)
    return name


class _Encoding:
    """What tiktoken's encoding leaves in a pickle."""

    def __setstate__(self, state: Any) -> None:
        self.state = state


class _Reader(pickle.Unpickler):
    """Of a pickle, which may name any program, only tiktoken's encoding."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("tiktoken.core", "Encoding"):
            return _Encoding
        if (module, name) == ("copyreg", "_reconstructor") or (module, name) == ("builtins", "object"):
            return super().find_class(module, name)
        raise Trouble(f"The tokenizer is a pickle that asks for {module}.{name}, and is not read.")


def tokenizer_of(path: Path) -> PreTrainedTokenizerFast:
    """The tokenizer, with nanochat's way of writing conversations."""
    try:
        with open(path, "rb") as file:
            state = _Reader(file).load().state
        ranks: dict[bytes, int] = state["mergeable_ranks"]
        special: dict[str, int] = state["special_tokens"]
        pattern = Regex(state["pat_str"])
    except Trouble:
        raise
    except Exception as cause:
        # A broken pickle raises anything.
        raise Trouble(f"{path.name} is no tokenizer of nanochat: {cause}") from cause
    letters = bytes_to_unicode()

    def text(token: bytes) -> str:
        return "".join(letters[byte] for byte in token)

    vocabulary = {text(token): rank for token, rank in ranks.items()}
    made = Tokenizer(models.BPE(vocabulary, [(text(a), text(b)) for a, b in merges_of(ranks)], ignore_merges=True))
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(pattern, behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    made.decoder = decoders.ByteLevel()
    names = sorted(special, key=special.__getitem__)
    made.add_special_tokens([AddedToken(name, normalized=False) for name in names])
    if any(made.token_to_id(name) != id for name, id in special.items()) or not {BEGIN, END} <= set(names):
        raise Trouble(f"The special tokens of {path.name} are not nanochat's: {', '.join(names)[:200]}.")
    fast = PreTrainedTokenizerFast(
        tokenizer_object=made,
        bos_token=BEGIN,
        eos_token=END,
        pad_token=BEGIN,
        additional_special_tokens=[name for name in names if name not in (BEGIN, END)],
        clean_up_tokenization_spaces=False,
    )
    fast.chat_template = TEMPLATE
    return fast


def merges_of(ranks: dict[bytes, int]) -> list[tuple[bytes, bytes]]:
    """All pairs that make a token, in the order in which tiktoken puts them together."""
    merges = []
    for token in sorted(ranks, key=ranks.__getitem__):
        pairs = [(token[:at], token[at:]) for at in range(1, len(token))]
        there = [pair for pair in pairs if pair[0] in ranks and pair[1] in ranks]
        merges += sorted(there, key=lambda pair: (ranks[pair[0]], ranks[pair[1]]))
    return merges


if __name__ == "__main__":
    try:
        convert(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
    except Trouble as trouble:
        sys.exit(str(trouble))
