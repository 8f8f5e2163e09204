"""How programs begin and end that import PyTorch, Transformers and TRL: thousands of modules with a million objects, which stay to the end."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn


@contextmanager
def lasting() -> Iterator[None]:
    """For what is imported once and stays: the collector looks for garbage in none of it, now or later.

    Else it walks through all of it again and again while more is imported, while weights are loaded and between steps, and finds
    nothing: a third of what a short job computes. A program that uses this ends by `end_after`: libraries whose objects the
    collector leaves alone complain of that when Python ends by itself.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()


def end_after(main: Callable[[], None]) -> NoReturn:
    """Does `main` and ends this process with the code and the words that Python would, but leaves it to the system to take apart
    what it holds: object by object that takes a second."""
    code = 0
    try:
        main()
    except SystemExit as ended:
        if isinstance(ended.code, int):
            code = ended.code
        elif ended.code is not None:
            print(ended.code, file=sys.stderr)
            code = 1
    except BaseException:
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
