"""One choice of a request, from its prompt to its last token."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .detokenize import Detokenizer
from .form import Form
from .sampling import Choice, Drawn, Sampling
from .stops import StopFilter
from .vocabulary import Vocabulary


@dataclass(frozen=True)
class Request:
    """What was asked for, checked and made into tokens."""

    id: int
    prompt: list[int]
    sampling: Sampling
    stops: list[str]
    #: Most tokens of the answer.
    limit: int
    #: How many choices.
    n: int = 1
    #: Name of the adapter; None: the base model itself.
    adapter: str | None = None
    #: Goes on with the prompt's text, so that a space at its border counts.
    continues: bool = False
    ignore_eos: bool = False
    #: What the answer must be; each choice has its own copy.
    form: Form | None = None
    #: What `forward` takes beside the tokens of the prompt: pixel values and the like.
    inputs: dict[str, Any] = field(default_factory=dict)

    @property
    def alone(self) -> bool:
        """Whether its rows are computed without others: sums over a batch are rounded in another order, and with a seed
        the text must not depend on who else is there."""
        return self.sampling.seed is not None or bool(self.inputs)


class Row:
    """A choice that is being written."""

    def __init__(self, request: Request, index: int, vocabulary: Vocabulary) -> None:
        self.request = request
        self.index = index
        self.choice = Choice(request.sampling, index, request.prompt, request.form.copy() if request.form else None)
        self.written: list[int] = []
        #: `stop` or `length` when it is done, `failed` when there is `trouble`.
        self.finish: str | None = None
        #: Why it could not go on.
        self.trouble: str | None = None
        #: What the model keeps beside its cache between two steps of this row.
        self.state: Any = None
        self._vocabulary = vocabulary
        self._stops = StopFilter(request.stops)
        before = request.prompt[-8:] if request.continues else []
        self._text = Detokenizer(vocabulary.decode, before)
        # Characters that were decoded and that are out: what is told of a token waits for its text.
        self._decoded = 0
        self._out = 0
        self._waiting: list[tuple[int, dict[str, Any]]] = []

    def take(self, drawn: Drawn) -> dict[str, Any] | None:
        """Adds a token; answers with what is to be told now, if anything."""
        if self.choice.form is not None and self.choice.form.trouble:
            self.finish, self.trouble = "failed", self.choice.form.trouble
            return None
        self.written.append(drawn.token)
        ended = drawn.token in self._vocabulary.ends and not self.request.ignore_eos
        piece = "" if ended else self._text.push(drawn.token)
        if drawn.logprob is not None and not ended:
            self._waiting.append((self._decoded, self._told(drawn)))
        full = len(self.written) >= self.request.limit
        if ended or full:
            piece += self._text.flush()
        self._decoded += len(piece)
        shown = self._stops.push(piece)
        if self._stops.found is not None:
            self.finish = "stop"
        elif ended or full:
            self.finish = "stop" if ended else "length"
            shown += self._stops.flush()
        self._out += len(shown)
        return self._tell(shown)

    def _tell(self, shown: str) -> dict[str, Any] | None:
        # A token is told of when its text begins to be out; those without text when what comes after them is.
        ready = [told for at, told in self._waiting if at < self._out or (self.finish and self._stops.found is None)]
        self._waiting = self._waiting[len(ready) :]
        if not shown and not ready and self.finish is None:
            return None
        piece: dict[str, Any] = {"call": self.request.id, "index": self.index, "text": shown}
        if ready:
            piece["logprobs"] = ready
        if self.finish is not None:
            piece["finish"] = self.finish
        return piece

    def _told(self, drawn: Drawn) -> dict[str, Any]:
        entry = self._vocabulary.entry
        return {
            **entry(drawn.token),
            "logprob": drawn.logprob,
            "top": [{**entry(token), "logprob": logprob} for token, logprob in drawn.top],
        }
