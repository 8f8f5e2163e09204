"""What a model's tokens are as text and as bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any


def _byte_letters() -> dict[str, int]:
    """The letters by which byte-level BPE writes bytes: printable ones stand for themselves, others follow from 256."""
    shown = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    letters = {chr(byte): byte for byte in shown}
    hidden = [byte for byte in range(256) if byte not in shown]
    return {**letters, **{chr(256 + n): byte for n, byte in enumerate(hidden)}}


class Vocabulary:
    """Of one tokenizer."""

    def __init__(self, tokenizer: Any, ends: Sequence[int]) -> None:
        self._tokenizer = tokenizer
        #: Tokens that end an answer.
        self.ends = frozenset(ends)
        backend = getattr(tokenizer, "backend_tokenizer", None)
        decoder = str(getattr(backend, "decoder", ""))
        self._letters = _byte_letters() if "ByteLevel" in decoder else None
        self._special = frozenset(tokenizer.all_special_ids)
        self.entry = lru_cache(maxsize=65536)(self._entry)

    def decode(self, tokens: Sequence[int]) -> str:
        """Text of tokens; special ones have none."""
        text = self._tokenizer.decode(list(tokens), skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return str(text)

    def _entry(self, token: int) -> dict[str, Any]:
        """How OpenAI tells of a token: its text, and its bytes for when it is a part of a character."""
        raw = self._bytes(token)
        return {"token": raw.decode("utf-8", "replace"), "bytes": list(raw)}

    def _bytes(self, token: int) -> bytes:
        name = self._tokenizer.convert_ids_to_tokens(token)
        if not isinstance(name, str):
            return b""
        if token in self._special:
            return name.encode()
        if self._letters is not None and all(letter in self._letters for letter in name):
            return bytes(self._letters[letter] for letter in name)
        if byte := re.fullmatch(r"<0x([0-9A-Fa-f]{2})>", name):
            return bytes([int(byte[1], 16)])
        if "▁" in name:
            return name.replace("▁", " ").encode()
        return self.decode([token]).encode()
