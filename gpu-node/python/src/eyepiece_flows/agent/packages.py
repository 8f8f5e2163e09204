"""Packages that a service asks for, on a machine that is not the gateway's: an environment for each set of them, above the one of all services.

The gateway says what uv is given, and names the environment by what is in it; it has checked the words as it does for its own.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from pathlib import Path
from typing import Any

_MAKE_S = 30 * 60.0
# Those that nobody has asked for in so long go.
_KEPT_S = 7 * 24 * 3600.0
_MAX_BYTES = 20 * 1024**3
_SAID = 6


class PackagesError(Exception):
    """They cannot be had; the sentence says why."""


class PackageEnvironments:
    """Below a folder, each by its digest. Each is made once however many ask at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = asyncio.Lock()

    async def ensure(self, wish: dict[str, Any]) -> str:
        """wish: `digest`, `words` for uv, `uv`, and the `python` and `environment` of all services. Returns its folder. Raises PackagesError."""
        place = self._folder / str(wish["digest"])
        async with self._turn:
            if not (place / "complete").exists():
                try:
                    await self._make(place, wish)
                except OSError as why:
                    raise PackagesError(f"The packages cannot be installed: {why}") from None
            (place / "complete").touch()
            return str(place)

    async def _make(self, place: Path, wish: dict[str, Any]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for other in self._folder.iterdir():
            mark = other / "complete"
            # What is not whole was left by an agent that died.
            if not mark.exists() or time.time() - mark.stat().st_mtime > _KEPT_S:
                shutil.rmtree(other, ignore_errors=True)
        uv, base = str(wish["uv"]), Path(wish["environment"])
        try:
            await _run(uv, "venv", "--relocatable", "--python", wish["python"], str(place))
            # What every service has stays as it is, so that its framework goes on working.
            frozen = await _run(uv, "pip", "freeze", "--python", wish["python"])
            kept = place / "constraints.txt"
            kept.write_text("\n".join(line for line in frozen.splitlines() if "==" in line))
            target = ["--python", str(place / "bin" / "python"), "--constraint", str(kept)]
            # What builds a package is code, and this is in no box.
            await _run(uv, "pip", "install", *target, "--only-binary", ":all:", "--compile-bytecode", "--", *wish["words"])
            size = sum(path.lstat().st_size for path in place.rglob("*"))
            if size > _MAX_BYTES:
                raise PackagesError(f"The packages take {size / 1024**3:.1f} GiB, and {_MAX_BYTES / 1024**3:.1f} GiB are the most.")
            (own,) = place.glob("lib/python3*/site-packages")
            (own / "eyepiece-services.pth").write_text("".join(f"{one}\n" for one in base.glob("lib/python3*/site-packages")))
            (place / "complete").touch()
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise


async def _run(*argv: str) -> str:
    """Runs uv to its end. Returns what it printed. Raises PackagesError with its last words."""
    process = await asyncio.create_subprocess_exec(
        *argv,
        env={**{name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}, "UV_PYTHON_DOWNLOADS": "never", "NO_COLOR": "1"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        printed, complaint = await asyncio.wait_for(process.communicate(), _MAKE_S)
    except TimeoutError:
        raise PackagesError(f"The packages took longer than {_MAKE_S / 60:g} minutes.") from None
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode:
        last = " ".join(complaint.decode("utf-8", "replace").split("\n")[-_SAID - 1 :]).strip()
        raise PackagesError(f"The packages cannot be installed: {last[:1000]}")
    return printed.decode("utf-8", "replace")
