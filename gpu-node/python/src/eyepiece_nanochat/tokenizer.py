"""The stage `tokenizer`: byte pair encoding is trained, and measured against bytes."""

from __future__ import annotations

import random
from typing import Any

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from eyepiece_nanochat.dataset import TALK, TRAIN, VALID, read, texts
from eyepiece_trainer.trouble import Trouble

SPECIAL = ["<|bos|>", "<|eos|>", "<|pad|>", "<|user|>", "<|assistant|>", "<|system|>"]
# `generation` marks what an answer is, for who learns from answers only.
TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}"
    "{% if message.role == 'assistant' %}<|assistant|>{% generation %}{{ message.content }}{{ eos_token }}{% endgeneration %}"
    "{% else %}<|{{ message.role if message.role == 'system' else 'user' }}|>{{ message.content }}{% endif %}"
    "{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
# What no training text has: a tokenizer of bytes must still give it back.
STRANGE = ["", " ", "\n\t  \n", "naïve café", "你好世界", "👩‍🔬🧪", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "<|user|", "a\u0301", "\u0000\u0001", "x" * 300]


def run(job: Any) -> None:
    """Writes `tokenizer/`."""
    train, valid = texts(job, TRAIN), texts(job, VALID)
    talk = [message["content"] for row in read(job, TALK) for message in row["messages"]]
    tokenizer = trained([*train, *talk], job.params["settings"]["vocab_size"])
    tokenizer.save_pretrained("tokenizer")
    measured = {"training text": train[:500], "validation text": valid, "conversations": talk[:500]}
    rows = [{"text": name, **compression(tokenizer, some)} for name, some in measured.items() if some]
    tried, exact = round_trips(tokenizer, [*valid, *STRANGE, *noise(200)])
    if exact < tried:
        raise Trouble(f"The tokenizer gives back {exact} of {tried} texts as they were: it cannot be used.")
    held = rows[1]
    job.metrics(1, vocab_size=len(tokenizer), bytes_per_token=held["bytes_per_token"])
    job.result({"vocab_size": len(tokenizer), "compression": rows, "round_trips": tried, "round_trips_exact": exact})


def trained(some: list[str], vocab_size: int) -> PreTrainedTokenizerFast:
    """A tokenizer of at most this many tokens; every byte is one, so there is no unknown."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    made.train_from_iterator(
        some,
        trainers.BpeTrainer(
            vocab_size=vocab_size, special_tokens=SPECIAL, initial_alphabet=sorted(alphabet), show_progress=False
        ),
    )
    fast = PreTrainedTokenizerFast(
        tokenizer_object=made,
        bos_token="<|bos|>",
        eos_token="<|eos|>",
        pad_token="<|pad|>",
        additional_special_tokens=SPECIAL[3:],
        clean_up_tokenization_spaces=False,
    )
    fast.chat_template = TEMPLATE
    return fast


def compression(tokenizer: Any, some: list[str]) -> dict[str, float | int]:
    """How many bytes a token stands for, against the one of plain bytes."""
    size = sum(len(one.encode()) for one in some)
    tokens = sum(len(ids) for ids in tokenizer(some, add_special_tokens=False)["input_ids"])
    return {"bytes": size, "tokens": tokens, "bytes_per_token": size / max(1, tokens)}


def round_trips(tokenizer: Any, some: list[str]) -> tuple[int, int]:
    """How many texts were tried, and how many came back as they were."""
    back = [tokenizer.decode(tokenizer(one, add_special_tokens=False)["input_ids"]) for one in some]
    return len(some), sum(one == other for one, other in zip(some, back))


def noise(count: int) -> list[str]:
    """Texts of any characters."""
    rng = random.Random(0)
    ranges = [(0x20, 0x7E), (0xA0, 0x24F), (0x400, 0x4FF), (0x4E00, 0x4FFF), (0x1F300, 0x1F5FF)]
    return ["".join(chr(rng.randint(*rng.choice(ranges))) for _ in range(rng.randint(1, 40))) for _ in range(count)]
