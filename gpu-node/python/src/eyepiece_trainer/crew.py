"""Several processes that learn from one batch together: each from its part, with the same weights after each step."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, TypeVar

import torch
import torch.distributed as dist

T = TypeVar("T")
# Who waits for the others gives up then: one of them may read a large text meanwhile.
PATIENCE = timedelta(hours=1)


def joined() -> Crew:
    """The crew of this process, which joins the others that the launcher started with it. For who has no trainer that does."""
    if int(os.environ.get("WORLD_SIZE", "1")) > 1 and not dist.is_initialized():
        if torch.cuda.is_available():
            torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
        dist.init_process_group("nccl" if torch.cuda.is_available() else "gloo", timeout=PATIENCE)
    return Crew()


class Crew:
    """The processes of this job. One alone is a crew, too, and waits for nobody."""

    def __init__(self) -> None:
        together = dist.is_available() and dist.is_initialized()
        self.size: int = dist.get_world_size() if together else 1
        self.rank: int = dist.get_rank() if together else 0

    @property
    def alone(self) -> bool:
        """Whether there is one."""
        return self.size == 1

    def told(self, say: Callable[[], T]) -> T:
        """What the first of them says, for all. It has to say something before the others give up, which they do after minutes."""
        if self.alone:
            return say()
        said: list[Any] = [say() if self.rank == 0 else None]
        dist.broadcast_object_list(said, src=0, device=self._device())
        return said[0]  # type: ignore[no-any-return]

    def agreed(self, asked: bool) -> bool:
        """What the first of them was asked, for all: they stop at the same step."""
        if self.alone:
            return asked
        word = torch.tensor([int(asked)], device=self._device())
        dist.broadcast(word, src=0)
        return bool(word.item())

    def parts(self, rows: list[T], most: int) -> Iterator[tuple[list[T], int]]:
        """This one's parts of a batch, at most `most` rows each, and how many of them are its own. All have as many parts of the
        same sizes, because they put their figures together in each: who has fewer rows is given others' that do not count."""
        for start in range(0, len(rows), most * self.size):
            window = rows[start : start + most * self.size]
            part = window[self.rank :: self.size]
            missing = -(-len(window) // self.size) - len(part)
            yield part + window[:1] * missing, len(part)

    def sum(self, value: float) -> float:
        """Of all of them."""
        if self.alone:
            return value
        total = torch.tensor(value, dtype=torch.float64, device=self._device())
        dist.all_reduce(total)
        return float(total.item())

    def add_gradients(self, model: torch.nn.Module) -> None:
        """Gives each parameter the sum of all gradients for it."""
        if self.alone:
            return
        for parameter in model.parameters():
            if parameter.requires_grad:
                if parameter.grad is None:
                    parameter.grad = torch.zeros_like(parameter)
                dist.all_reduce(parameter.grad)

    def _device(self) -> torch.device:
        return torch.device("cuda" if dist.get_backend() == "nccl" else "cpu")
