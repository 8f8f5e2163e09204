"""What goes wrong in training, as sentences that say what to do."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_FULL = "The node's disk is full: delete jobs or files."


class Trouble(Exception):
    """Why a job cannot go on, for people."""


@contextmanager
def explained() -> Iterator[None]:
    """Turns what memory and disks do into sentences. Other errors keep their traceback in the log."""
    less = "Lower batch_size or max_length, raise gradient_accumulation_steps, or train an adapter (lora)."
    try:
        yield
    except MemoryError as cause:
        raise Trouble(f"The machine has no memory left. {less}") from cause
    except RuntimeError as cause:
        # Where it is not imported, it has raised nothing; to import it takes seconds.
        if (torch := sys.modules.get("torch")) and isinstance(cause, torch.OutOfMemoryError):
            raise Trouble(f"The GPU has no memory left. {less}") from cause
        if re.search(r"can't allocate memory|not enough memory|alloc_cpu", str(cause)):
            raise Trouble(f"The machine has no memory left. {less}") from cause
        if _disk_full(cause):
            raise Trouble(_FULL) from cause
        raise
    except Exception as cause:
        if _disk_full(cause):
            raise Trouble(_FULL) from cause
        raise


def _disk_full(cause: BaseException | None) -> bool:
    """Whether a disk had no room: safetensors and PyTorch have errors of their own for that, or raise them while another is handled."""
    seen = set()
    # Errors can be each other's reason.
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        if isinstance(cause, OSError) and cause.errno in (28, 122):
            return True
        if re.search(
            r"No space left on device|os error (28|122)|PytorchStreamWriter failed|file write failed", str(cause)
        ):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
