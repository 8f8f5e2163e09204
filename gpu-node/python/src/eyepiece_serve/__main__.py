"""The worker: one model, spoken to by the node in lines of JSON on file descriptor 3.

The node writes `{"do": ..., "call": n, ...}`. This process answers each call with `{"say": "answer", "call": n, "data"}` or
`{"say": "refused", "call": n, "message", "status", "param", "code"}`; before that, answers that are being written come as
`{"say": "pieces", "pieces": [{"call", "index", "text", "logprobs", "finish"}]}`. Standard output stays a log.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from typing import Any

from eyepiece_program import lasting

_PIPE = 3
#: Of one line from the node: messages with images are the largest.
_MOST_LINE = 64 * 1024 * 1024


class Worker:
    """The calls that the node makes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: Any = None
        self._engine: Any = None
        self._prompts: dict[int, int] = {}
        #: Calls whose prompt is not made yet; those that were cancelled by then.
        self._early: set[int] = set()
        self._cancelled: set[int] = set()
        self._slow: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def run(self) -> None:
        """Listens until the node goes away."""
        threading.Thread(target=self._work, name="calls", daemon=True).start()
        for line in _lines():
            call = json.loads(line)
            if call["do"] == "cancel":
                # Not behind a prompt that takes long.
                if call["of"] in self._early:
                    self._cancelled.add(call["of"])
                if self._engine is not None:
                    self._engine.cancel(call["of"])
                self._prompts.pop(call["of"], None)
                self._answer(call, None)
            elif call["do"] == "stats":
                self._answer(call, self._engine.stats() if self._engine is not None else None)
            else:
                if call["do"] == "generate":
                    self._early.add(call["call"])
                self._slow.put(call)

    def _work(self) -> None:
        # What takes seconds, while calls from the node can still come in: everything that is not needed to begin.
        with lasting():
            import torch
            import transformers

            from . import engine, model, prompts

        del prompts, engine, model
        log: Any = transformers.logging
        log.set_verbosity_error()
        log.disable_progress_bar()
        self._say({"say": "ready", "torch": torch.__version__, "transformers": transformers.__version__})
        while True:
            call = self._slow.get()
            try:
                self._do(call)
            except Exception as failure:
                self._refuse(call, failure)

    def _do(self, call: dict[str, Any]) -> None:
        if call["do"] == "load":
            self._answer(call, self._load(call))
        elif self._model is None:
            raise RuntimeError("No model is loaded.")
        elif call["do"] == "generate":
            self._generate(call)
        elif call["do"] == "adapter":
            self._answer(call, self._engine.between_steps(lambda: self._model.add_adapter(call["name"], call["path"])))
        elif call["do"] == "drop_adapter":
            self._answer(call, self._engine.between_steps(lambda: self._model.drop_adapter(call["name"])))
        elif call["do"] == "reload":
            self._answer(call, self._engine.between_steps(lambda: self._model.reload(call["path"])))

    def _load(self, call: dict[str, Any]) -> dict[str, Any]:
        # Read by CUDA when it is first used, which is not before this.
        os.environ["CUDA_VISIBLE_DEVICES"] = call.get("gpu") or ""
        import torch

        from .engine import Engine
        from .model import ServedModel

        device = "cuda" if call.get("gpu") and torch.cuda.is_available() else "cpu"
        if device == "cpu":
            torch.set_num_threads(int(call.get("threads", 1)))
        self._model = ServedModel(call["path"], device)
        tokens = max(256, call["cache_bytes"] // self._model.token_bytes())
        self._engine = Engine(self._model, self._pieces, self._ended, tokens)
        self._limit = tokens
        context = min(self._model.context, tokens)
        return {"context": context, "images": self._model.images, "device": device}

    def _generate(self, call: dict[str, Any]) -> None:
        from .prompts import request_of

        number = call["call"]
        try:
            if number in self._cancelled:
                return
            request = request_of(self._model, number, call["request"], self._limit)
            self._prompts[number] = len(request.prompt)
            self._say({"say": "accepted", "call": number, "prompt_tokens": len(request.prompt)})
            self._engine.add(request)
        finally:
            self._early.discard(number)
            if number in self._cancelled:
                # It came while the prompt was made.
                self._cancelled.discard(number)
                self._prompts.pop(number, None)
                self._engine.cancel(number)

    def _pieces(self, pieces: list[dict[str, Any]]) -> None:
        self._say({"say": "pieces", "pieces": pieces})

    def _ended(self, request: Any, tokens: int, why: str | None) -> None:
        prompt = self._prompts.pop(request.id, len(request.prompt))
        if why is None:
            usage = {"prompt_tokens": prompt, "completion_tokens": tokens}
            self._say({"say": "answer", "call": request.id, "data": usage})
        else:
            status = 429 if "try again" in why else 500
            self._say({"say": "refused", "call": request.id, "message": why, "status": status})

    def _answer(self, call: dict[str, Any], data: Any) -> None:
        self._say({"say": "answer", "call": call["call"], "data": data})

    def _refuse(self, call: dict[str, Any], failure: Exception) -> None:
        from .model import Refused

        told: dict[str, Any] = {"say": "refused", "call": call["call"], "status": 500}
        if isinstance(failure, Refused):
            told |= {"message": str(failure), "status": failure.status, "param": failure.param, "code": failure.code}
        else:
            print(f"{call['do']} failed: {failure!r}", file=sys.stderr, flush=True)
            told["message"] = f"{type(failure).__name__}: {str(failure)[:400]}"
        self._say(told)

    def _say(self, told: dict[str, Any]) -> None:
        line = (json.dumps(told) + "\n").encode()
        with self._lock:
            while line:
                line = line[os.write(_PIPE, line) :]


def _lines() -> Any:
    """Lines from the node; ends this process when the node is gone, for nobody hears it then."""
    rest = bytearray()
    while chunk := os.read(_PIPE, 1 << 20):
        first, *others = chunk.split(b"\n")
        rest += first
        if len(rest) > _MOST_LINE:
            os._exit(71)
        for part in others:
            yield bytes(rest)
            rest = bytearray(part)
    os._exit(70)


if __name__ == "__main__":
    Worker().run()
