"""What a machine has of the paths that the launcher puts a program's root together from, and whether it lets that be done."""

from __future__ import annotations

import asyncio
import os
from typing import Any

_TRY_S = 10.0


async def look(paths: list[str], attempt: list[str]) -> dict[str, Any]:
    """paths: what may be there. attempt: a command that works where programs can be boxed in. `sandbox` is empty then, or says why not."""
    devices = sorted(os.listdir("/dev"))
    paths = [*paths, *(f"/dev/{name}" for name in devices)]
    found = {path: kind for path in paths if (kind := _kind(path))}
    links = {path: os.readlink(path) for path, kind in found.items() if kind == "link"}
    return {"found": found, "links": links, "devices": devices, "sandbox": await _tried(attempt)}


def _kind(path: str) -> str:
    if not os.path.exists(path):
        return ""
    if os.path.islink(path):
        return "link"
    return "folder" if os.path.isdir(path) else "file"


async def _tried(attempt: list[str]) -> str:
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin:/usr/bin:/bin"
    try:
        process = await asyncio.create_subprocess_exec(
            *attempt,
            env={"PATH": path},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await asyncio.wait_for(process.communicate(), _TRY_S)
    except (OSError, TimeoutError) as why:
        return str(why) or "it takes too long"
    if process.returncode == 0:
        return ""
    return (said.decode("utf-8", "replace").strip().splitlines() or [f"status {process.returncode}"])[0]
