"""What a process prints, line by line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator


async def lines_of(process: asyncio.subprocess.Process) -> AsyncIterator[str]:
    """The lines of its standard output that have words, until it ends. Lines too long to be read whole are left out."""
    assert process.stdout is not None
    while True:
        try:
            line = await process.stdout.readline()
        except ValueError:
            continue
        if not line:
            return
        text = line.decode("utf-8", "replace").rstrip()
        if text:
            yield text
