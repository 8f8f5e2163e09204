"""Values as the text of an event: JSON that says of what type each thing was."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from pydantic import BaseModel

# Deeper, a value is its `repr`: it may hold itself.
_MAX_DEPTH = 20
# Of one value as JSON. Larger things are files.
MAX_EVENT = 1024 * 1024


def serialize(value: Any) -> str:
    """`{"TypeName": value}` as JSON; what JSON has no form for is told as text, so that a result is never the end of a run.

    Raises ValueError where it is larger than MAX_EVENT.
    """
    text = json.dumps(_tagged(value, 0), ensure_ascii=False, separators=(",", ":"))
    if len(text) > MAX_EVENT:
        raise ValueError(
            f"This result is {len(text)} characters long, and {MAX_EVENT} are the most: write it into a file by tracer.fs()."
        )
    return text


def _tagged(value: Any, depth: int) -> dict[str, Any]:
    if isinstance(value, (list, tuple)):
        return {"__list__": [_tagged(item, depth + 1) for item in value]}
    return {type(value).__name__: plain(value, depth)}


def plain(value: Any, depth: int = 0) -> Any:
    """As JSON knows it."""
    if value is None or isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, float):
        # JSON has no infinity; a page could not read what Python writes for it.
        return value if math.isfinite(value) else str(value)
    if depth >= _MAX_DEPTH:
        return repr(value)[:1000]
    if isinstance(value, BaseModel):
        return plain(value.model_dump(mode="json", fallback=repr), depth + 1)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name), depth + 1) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item, depth + 1) for item in value]
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    held = getattr(value, "__dict__", None)
    if isinstance(held, dict) and not callable(value):
        return {key: plain(item, depth + 1) for key, item in held.items() if not key.startswith("_")}
    return repr(value)[:100_000]
