"""What goes wrong in training, as sentences that say what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager


class Trouble(Exception):
    """Why a job cannot go on, for people."""


@contextmanager
def explained() -> Iterator[None]:
    """Turns what memory and disks do into sentences. Other errors keep their traceback in the log."""
    import torch

    less = "Lower batch_size or max_length, raise gradient_accumulation_steps, or train an adapter (lora)."
    try:
        yield
    except torch.OutOfMemoryError as cause:
        raise Trouble(f"The GPU has no memory left. {less}") from cause
    except MemoryError as cause:
        raise Trouble(f"The machine has no memory left. {less}") from cause
    except RuntimeError as cause:
        if re.search(r"can't allocate memory|not enough memory|alloc_cpu", str(cause)):
            raise Trouble(f"The machine has no memory left. {less}") from cause
        raise
    except OSError as cause:
        if cause.errno in (28, 122):
            raise Trouble("The node's disk is full: delete jobs or files.") from cause
        raise
