"""Text from tokens that arrive one by one: half a character is never let out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

#: What decoders put for bytes that are no character, or not yet one.
_UNFINISHED = "\ufffd"
#: Tokens that are held back at most; a model that says bytes without sense would else be held back for ever.
_MOST_HELD = 64


class Detokenizer:
    """Decodes a growing list of tokens. The pieces together are the decoded list, whatever the tokenizer is.

    A token's text depends on its neighbours (bytes of one character, spaces at a beginning), so a window of the last
    tokens is decoded anew each time: from where a piece ended before the last one.
    """

    def __init__(self, decode: Callable[[Sequence[int]], str], before: Sequence[int] = ()) -> None:
        """`before`: tokens of the prompt that the text goes on from; they are not let out."""
        self._decode = decode
        self._window = list(before)
        self._read = len(self._window)
        #: Of the decoded window, characters that are out.
        self._out = len(decode(self._window)) if self._window else 0

    def push(self, token: int) -> str:
        """The next token; answers with the text that is certain now."""
        self._window.append(token)
        text = self._decode(self._window)
        held = len(self._window) - self._read
        if text.endswith(_UNFINISHED) and held < _MOST_HELD:
            # All before the first unfinished byte stays as it is.
            certain = text.rstrip(_UNFINISHED)
            piece = certain[self._out :]
            self._out = max(self._out, len(certain))
            return piece
        piece = text[self._out :]
        self._window = self._window[self._read :]
        self._read = len(self._window)
        self._out = len(self._decode(self._window))
        return piece

    def flush(self) -> str:
        """No token follows: what is left, with marks for bytes that are no character."""
        text = self._decode(self._window)
        piece = text[self._out :]
        self._out = len(text)
        return piece
