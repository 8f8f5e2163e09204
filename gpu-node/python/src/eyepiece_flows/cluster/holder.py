"""The actor of a lease. It is sent to the worker as it stands here, so it needs nothing but Ray."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import ray


class Holder:
    """An actor that holds resources as long as it lives."""

    async def granted(self) -> dict[str, Any]:
        """Where it is, and which GPUs Ray counts for it."""
        context = ray.get_runtime_context()
        return {"node": context.get_node_id(), "pid": os.getpid(), "gpus": [str(one) for one in ray.get_gpu_ids()]}

    async def hold(self) -> None:
        """Never returns."""
        # Ray takes up to a quarter of a minute to notice that a raylet was killed; its worker sees it at once, and ends so that others do.
        raylet = os.pidfd_open(os.getppid())
        asyncio.get_running_loop().add_reader(raylet, os._exit, 1)
        await asyncio.Event().wait()
