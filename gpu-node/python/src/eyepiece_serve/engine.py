"""Continuous batching: requests join and leave between two steps of the model.

One thread owns the model. Each turn it takes what came in, computes prompts (at most `PREFILL` tokens a turn, so that
those who are being answered go on), then one step of each batch: a batch for the base model and one for each adapter, and
one for each row that must be alone.
"""

from __future__ import annotations

import copy
import queue
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import torch

from .batch import Batch, joinable
from .model import ServedModel
from .row import Request, Row
from .sampling import draw

#: Tokens of prompts that are computed between two steps.
PREFILL = 512


@dataclass
class _Prompt:
    """Rows that begin with the same tokens, while these are computed."""

    rows: list[Row]
    tokens: list[int]
    done: int = 0
    cache: Any = None


@dataclass
class _Group:
    """Rows that are computed together."""

    adapter: str | None
    batch: Batch
    rows: list[Row] = field(default_factory=list)


class Overfull(Exception):
    """Too many requests wait."""


class Engine:
    """The batches of one model."""

    def __init__(
        self,
        model: ServedModel,
        say: Callable[[list[dict[str, Any]]], None],
        ended: Callable[[Request, int, str | None], None],
        tokens: int,
        most_rows: int = 64,
        most_waiting: int = 256,
    ) -> None:
        """`say` is told the pieces of each step; `ended` of each request that is over, its tokens, and why it failed.
        `tokens`: of all caches together, padding included."""
        self.model = model
        self._say = say
        self._ended = ended
        self._budget = tokens
        self._most_rows = most_rows
        self._most_waiting = most_waiting
        self._inbox: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self._waiting: deque[_Prompt] = deque()
        self._groups: dict[Any, _Group] = {}
        self._open: dict[int, list[Row]] = {}
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self._thread.start()

    def add(self, request: Request) -> None:
        """Queues a request."""
        self._inbox.put(lambda: self._add(request))

    def cancel(self, id: int) -> None:
        """Takes a request out: its rows leave the batch before the next step."""
        self._inbox.put(lambda: self._drop(partial(_is_of, id)))

    def between_steps(self, act: Callable[[], Any]) -> Any:
        """Runs something that changes the model while no step runs; answers with what it answers, raises what it raises.

        Answers under way go on from their text so far, as the model sees it then.
        """
        done: queue.SimpleQueue[tuple[Any, BaseException | None]] = queue.SimpleQueue()

        def turn() -> None:
            try:
                self._rewind()
                done.put((act(), None))
            except BaseException as failure:
                done.put((None, failure))

        self._inbox.put(turn)
        result, failure = done.get()
        if failure is not None:
            raise failure
        return result

    def stats(self) -> dict[str, int]:
        """How much there is to do."""
        groups = list(self._groups.values())
        return {
            "running": sum(len(group.rows) for group in groups),
            "waiting": sum(len(prompt.rows) for prompt in list(self._waiting)),
            "tokens": sum(group.batch.tokens for group in groups),
            "budget": self._budget,
        }

    def _run(self) -> None:
        while True:
            # Outside of inference mode: weights that are loaded there could not be changed later.
            self._listen()
            with torch.inference_mode():
                self._turn()

    def _turn(self) -> None:
        self._prefill()
        pieces: list[dict[str, Any]] = []
        for key in list(self._groups):
            self._make_room()
            if key in self._groups:
                pieces += self._step(key)
        if pieces:
            self._say(pieces)
        self._settle()

    def _listen(self) -> None:
        idle = not self._groups and not self._waiting
        while True:
            try:
                act = self._inbox.get(block=idle)
            except queue.Empty:
                return
            act()
            idle = not self._groups and not self._waiting

    def _add(self, request: Request) -> None:
        if sum(len(prompt.rows) for prompt in self._waiting) + request.n > self._most_waiting:
            self._ended(request, 0, f"More than {self._most_waiting} answers wait for this model: try again later.")
            return
        rows = [Row(request, index, self.model.vocabulary) for index in range(request.n)]
        self._open[request.id] = rows
        self._waiting.append(_Prompt(rows, request.prompt))

    # Prompts

    def _prefill(self) -> None:
        left = PREFILL
        while self._waiting and left > 0:
            prompt = self._waiting[0]
            if not self._fits(prompt):
                return
            try:
                left -= self._compute(prompt, left)
            except Exception as failure:
                self._waiting.popleft()
                self._fail(prompt.rows, failure)
                continue
            if prompt.done == len(prompt.tokens):
                self._waiting.popleft()

    def _fits(self, prompt: _Prompt) -> bool:
        running = sum(len(group.rows) for group in self._groups.values())
        if running == 0 or prompt.done > 0:
            return True
        taken = sum(group.batch.tokens for group in self._groups.values())
        # A little to grow, or it would be sent back at once.
        wanted = (len(prompt.tokens) + 16) * len(prompt.rows)
        return running + len(prompt.rows) <= self._most_rows and taken + wanted <= self._budget

    def _compute(self, prompt: _Prompt, most: int) -> int:
        """Computes the next tokens of a prompt; with its last, its rows join their batches."""
        request = prompt.rows[0].request
        whole = bool(request.inputs)
        count = len(prompt.tokens) if whole else min(len(prompt.tokens) - prompt.done, PREFILL)
        if count > most and most < PREFILL and not whole:
            # Pieces are the same whatever comes before in the queue, so that sums are rounded the same way.
            return most
        if prompt.cache is None:
            prompt.cache = self.model.new_cache()
        ids = torch.tensor([prompt.tokens[prompt.done : prompt.done + count]], device=self.model.device)
        inputs: dict[str, Any] = {"input_ids": ids, "past_key_values": prompt.cache, "use_cache": True}
        if whole:
            inputs.update(_lengthened(request, len(prompt.tokens)))
        else:
            places = torch.arange(prompt.done, prompt.done + count, device=self.model.device)
            inputs["position_ids"] = places.unsqueeze(0)
        logits, state = self.model.forward(request.adapter, inputs)
        prompt.done += count
        if prompt.done < len(prompt.tokens):
            return count
        rows = prompt.rows
        drawn = draw(logits.expand(len(rows), -1), [row.choice for row in rows])
        pieces = [row.take(one) for row, one in zip(rows, drawn, strict=True)]
        self._say([piece for piece in pieces if piece is not None])
        going = [row for row in rows if row.finish is None]
        for row in going:
            row.state = state
            cache = prompt.cache if row is going[-1] else copy.deepcopy(prompt.cache)
            self._join(row, cache, len(prompt.tokens))
        self._settle(rows)
        return count

    def _join(self, row: Row, cache: Any, length: int) -> None:
        alone = row.request.alone or self.model.alone or not joinable(cache)
        key = (row.request.id, row.index) if alone else row.request.adapter
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = _Group(row.request.adapter, Batch(self.model.device))
        group.batch.join(cache, length)
        group.rows.append(row)

    # Steps

    def _step(self, key: Any) -> list[dict[str, Any]]:
        group = self._groups[key]
        try:
            inputs = group.batch.inputs([row.written[-1] for row in group.rows])
            if group.rows[0].request.inputs or self.model.alone:
                # The model has its own way of counting places, where images take some.
                inputs.pop("position_ids")
            logits, _ = self.model.forward(group.adapter, inputs, group.rows[0].state)
            drawn = draw(logits, [row.choice for row in group.rows])
            pieces = [row.take(one) for row, one in zip(group.rows, drawn, strict=True)]
        except Exception as failure:
            rows = group.rows
            del self._groups[key]
            self._fail(rows, failure)
            return []
        self._leave(key, lambda row: row.finish is not None)
        return [piece for piece in pieces if piece is not None]

    def _leave(self, key: Any, gone: Callable[[Row], bool]) -> list[Row]:
        group = self._groups[key]
        left = [row for row in group.rows if gone(row)]
        if left:
            kept = [n for n, row in enumerate(group.rows) if not gone(row)]
            group.batch.keep(kept)
            group.rows = [group.rows[n] for n in kept]
            if not group.rows:
                del self._groups[key]
        return left

    def _make_room(self) -> None:
        """Sends the youngest rows back to the queue while the next step would take more memory than there is."""
        while True:
            groups = self._groups.values()
            rows = sum(len(group.rows) for group in groups)
            if rows <= 1 or sum(group.batch.tokens + len(group.rows) for group in groups) <= self._budget:
                return
            key, group = max(self._groups.items(), key=lambda item: max(row.request.id for row in item[1].rows))
            youngest = max(group.rows, key=lambda row: (row.request.id, row.index))
            self._leave(key, lambda row: row is youngest)
            self._waiting.appendleft(_again(youngest))

    def _rewind(self) -> None:
        """Sends all rows back to the queue, oldest first: their caches are of weights that go."""
        begun = [row for group in self._groups.values() for row in group.rows]
        self._groups.clear()
        for prompt in self._waiting:
            prompt.done, prompt.cache = 0, None
        begun.sort(key=lambda row: (row.request.id, row.index))
        self._waiting.extendleft(_again(row) for row in reversed(begun))

    # Ends

    def _settle(self, rows: list[Row] | None = None) -> None:
        """Tells of requests whose rows have all ended."""
        ids = {row.request.id for row in rows} if rows is not None else list(self._open)
        for id in ids:
            all_rows = self._open.get(id)
            if all_rows and all(row.finish is not None for row in all_rows):
                del self._open[id]
                trouble = next((row.trouble for row in all_rows if row.trouble), None)
                self._ended(all_rows[0].request, sum(len(row.written) for row in all_rows), trouble)

    def _fail(self, rows: list[Row], failure: Exception) -> None:
        message = self.model.complaint(failure)
        for id in {row.request.id for row in rows}:
            gone = self._drop(partial(_is_of, id))
            if gone:
                self._ended(gone[0].request, sum(len(row.written) for row in gone), message)

    def _drop(self, which: Callable[[Row], bool]) -> list[Row]:
        gone = [row for rows in self._open.values() for row in rows if which(row)]
        ids = {row.request.id for row in gone}
        for id in ids:
            del self._open[id]
        for key in list(self._groups):
            self._leave(key, lambda row: row.request.id in ids)
        self._waiting = deque(p for p in self._waiting if p.rows[0].request.id not in ids)
        return gone


def _is_of(id: int, row: Row) -> bool:
    return row.request.id == id


def _lengthened(request: Request, length: int) -> dict[str, torch.Tensor]:
    """What `forward` takes beside the tokens; what there is of it for each token, for written ones, too."""
    missing = length - len(request.prompt)

    def one(value: torch.Tensor) -> torch.Tensor:
        each = value.dim() == 2 and value.shape == (1, len(request.prompt))
        return torch.nn.functional.pad(value, (0, missing)) if each else value

    return {name: one(value) for name, value in request.inputs.items()}


def _again(row: Row) -> _Prompt:
    """A row whose cache is gone: its prompt and its text so far are computed anew."""
    return _Prompt([row], row.request.prompt + row.written)
