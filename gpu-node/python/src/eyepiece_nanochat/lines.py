"""What a nanochat checkout prints, read as figures. Nothing but Python's own library: it runs in the checkout's own Python."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NUMBER = r"([0-9][0-9,]*(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?|nan|inf)"
COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
# Of a step: no longer, or what is made of it is no number of a machine.
COUNT = r"(\d{1,9})"
STEP = re.compile(rf"^step {COUNT}(?:/{COUNT})? ")
PARTS = {
    "loss": re.compile(rf"\| loss: {NUMBER}"),
    "tokens_per_second": re.compile(rf"\| tok/sec: {NUMBER}"),
    "mfu": re.compile(rf"\| (?:bf16_)?mfu: {NUMBER}"),
    "milliseconds": re.compile(rf"\| dt: {NUMBER}ms"),
    "learning_rate_multiplier": re.compile(rf"\| lrm: {NUMBER}"),
    "eta_minutes": re.compile(rf"\| eta: {NUMBER}m"),
}
VALIDATION = re.compile(rf"^Step {COUNT} \| Validation bpb: {NUMBER}")
CORE = re.compile(rf"^(?:Step {COUNT} \| )?(CORE metric|ChatCORE|ChatCORE metric): {NUMBER}")
REWARD = re.compile(rf"^Step {COUNT}/{COUNT} \| Average reward: (-?{NUMBER[1:-1]}) \| Average sequence length: {NUMBER}")
PASSES = re.compile(rf"^Step {COUNT} \| Pass@")
PASS_AT = re.compile(rf"Pass@(\d+): {NUMBER}")
SAVED = re.compile(r"Saved model parameters to: (.*/([a-z]+_checkpoints)/([^/]+)/model_(\d+)\.pt)$")
SPLIT_BITS = re.compile(rf"^(train|val) bpb: {NUMBER}")
ACCURACY = re.compile(rf"^([A-Za-z][\w-]*) accuracy: {NUMBER}%")
SAMPLE = re.compile(r"^<\|bos\|>(.+)$")
FACTS = {
    "flops_per_token": re.compile(rf"^Estimated FLOPs per token: {NUMBER}"),
    "tokens_per_step": re.compile(rf"^Total batch size {NUMBER} =>"),
    "parameters": re.compile(rf"^total\s+: {NUMBER}"),
    "vocab_size": re.compile(rf"^Vocab size: {NUMBER}"),
    "memory_mebibytes": re.compile(rf"^Peak memory usage: {NUMBER}MiB"),
}
MOST_SAMPLES = 32


def number(text: str) -> float:
    """As the checkout writes it: with commas."""
    return float(text.replace(",", ""))


@dataclass
class Read:
    """What a line came to."""

    step: int | None = None
    values: dict[str, float] = field(default_factory=dict)
    # Steps done, and the file of the weights.
    saved: tuple[int, str] | None = None
    total_steps: int | None = None


class LineReader:
    """Reads line by line, and remembers what only the first ones say."""

    def __init__(self) -> None:
        self.facts: dict[str, float] = {}
        self.scores: dict[str, float] = {}
        self.samples: list[dict[str, str]] = []
        self.bits: float | None = None
        # By now: tokens, FLOPs, seconds.
        self.spent: dict[str, float] = {}
        self._seconds = 0.0

    def read(self, line: str) -> Read:
        """One line without its end."""
        line = COLOURS.sub("", line).strip()
        found = Read()
        if step := STEP.match(line):
            self._step(line, step, found)
        elif at := VALIDATION.match(line):
            found.step, self.bits = int(at[1]), number(at[2])
            found.values = {"bits_per_byte": self.bits, **self._spent(found.step)}
            # Those that follow are of this step.
            self.samples = []
        elif at := CORE.match(line):
            self.scores[at[2].removesuffix(" metric")] = number(at[3])
            if at[1]:
                found.step, found.values = int(at[1]), {at[2].removesuffix(" metric").lower(): number(at[3])}
        elif at := REWARD.match(line):
            found.step, found.total_steps = int(at[1]) + 1, int(at[2])
            found.values = {"reward": number(at[3]), "completion_length": number(at[4])}
        elif at := SPLIT_BITS.match(line):
            self.scores[f"{at[1]} bits per byte"] = number(at[2])
        elif at := ACCURACY.match(line):
            self.scores[at[1]] = number(at[2]) / 100
        elif at := SAVED.search(line):
            found.saved = (int(at[4]), f"{at[2]}/{at[3]}/model_{at[4]}.pt")
        elif (at := SAMPLE.match(line)) and len(self.samples) < MOST_SAMPLES:
            self.samples.append({"prompt": "", "text": at[1][:1000]})
        elif at := PASSES.match(line):
            found.step = int(at[1])
            found.values = {f"pass_at_{k}": number(value) for k, value in PASS_AT.findall(line)}
        else:
            for name, pattern in FACTS.items():
                if at := pattern.match(line):
                    self.facts[name] = number(at[1])
        return found

    def _step(self, line: str, step: re.Match[str], found: Read) -> None:
        parts = {name: number(at[1]) for name, pattern in PARTS.items() if (at := pattern.search(line))}
        if "loss" not in parts:
            return
        # base_train's number is of the steps before this one; chat_sft's, which has no total beside it, counts this one.
        found.step = int(step[1]) + (1 if step[2] else 0)
        found.total_steps = int(step[2]) if step[2] else None
        self._seconds += parts.pop("milliseconds", 0.0) / 1000
        # Without a known peak the checkout prints 0: then there is no such figure.
        if parts.get("mfu", 0.0) == 0.0:
            parts.pop("mfu", None)
        else:
            parts["mfu"] /= 100
        if "eta_minutes" in parts:
            parts["eta_seconds"] = 60 * parts.pop("eta_minutes")
        self.spent = {**self._spent(found.step), "seconds": self._seconds}
        found.values = {**parts, **self.spent}

    def _spent(self, steps: int) -> dict[str, float]:
        spent: dict[str, float] = {}
        if "tokens_per_step" in self.facts:
            spent["tokens"] = self.facts["tokens_per_step"] * steps
            if "flops_per_token" in self.facts:
                spent["flops"] = spent["tokens"] * self.facts["flops_per_token"]
        return spent


def why(tail: list[str], module: str) -> str:
    """A sentence about a program that failed, from the last of what it printed."""
    text = "\n".join(tail)
    if re.search(r"urlopen error|Name or service not known|Max retries exceeded|ConnectionError|getaddrinfo failed", text):
        return (
            f"nanochat's {module} fetches data from the Hugging Face hub or other hosts, and this machine does not reach "
            "them: run it where it can, or choose the bundled engine, which fetches nothing."
        )
    if re.search(r"OutOfMemoryError|CUDA out of memory", text):
        return f"The GPU has no memory left for nanochat's {module}: lower device_batch_size or max_seq_len."
    last = next((line.strip() for line in reversed(tail) if line.strip() and not line.startswith(" ")), "")
    return f"nanochat's {module} failed: {last[:500] or 'it printed nothing; its log may say more'}"
