"""Lines that nanochat 92d63d4 prints, read as figures."""

import os
import random
import tempfile
import unittest
from pathlib import Path

from eyepiece_nanochat.checkout import _link, commands
from eyepiece_nanochat.lines import LineReader, why

# Printed by `scripts.base_train --depth=2` on a CPU, but for the MFU, which is 0.00 there.
HEAD = [
    "Vocab size: 429",
    "total                   : 565,302",
    "Estimated FLOPs per token: 3.096864e+06",
    "Total batch size 1,024 => gradient accumulation steps: 1",
]
STEP = (
    "step 00011/00030 (36.67%) | loss: 6.002064 | lrm: 0.30 | dt: 51.56ms | tok/sec: 19,859 | bf16_mfu: 41.25"
    " | epoch: 1 pq: 0 rg: 13 | total time: 0.00m | eta: 0.5m"
)
SAVED = (
    "2026-11-22 00:33:01,889 - nanochat.checkpoint_manager - \x1b[32m\x1b[1mINFO\x1b[0m - Saved model parameters to: "
    "/tmp/base/base_checkpoints/d2/model_000020.pt"
)


class Lines(unittest.TestCase):
    def setUp(self) -> None:
        self.reader = LineReader()
        for line in HEAD:
            self.assertIsNone(self.reader.read(line).step)

    def test_a_step(self) -> None:
        found = self.reader.read(STEP + "\n")
        self.assertEqual((found.step, found.total_steps), (12, 30))
        self.assertEqual(found.values["loss"], 6.002064)
        self.assertEqual(found.values["tokens_per_second"], 19859)
        self.assertAlmostEqual(found.values["mfu"], 0.4125)
        self.assertEqual(found.values["eta_seconds"], 30)
        self.assertEqual(found.values["tokens"], 12 * 1024)
        self.assertAlmostEqual(found.values["flops"], 12 * 1024 * 3.096864e6)
        self.assertAlmostEqual(found.values["seconds"], 0.05156)

    def test_no_peak_no_mfu(self) -> None:
        self.assertNotIn("mfu", self.reader.read(STEP.replace("41.25", "0.00")).values)

    def test_a_step_of_sft_has_no_total(self) -> None:
        line = "step 00004 (50.00%) | loss: 1.25 | lrm: 1.00 | dt: 5.00ms | tok/sec: 9 | mfu: 0.00 | epoch: 1 | total time: 0.00m"
        found = self.reader.read(line)
        self.assertEqual((found.step, found.total_steps, found.values["loss"]), (4, None, 1.25))

    def test_validation_samples_and_checkpoints(self) -> None:
        self.assertEqual(self.reader.read("Step 00020 | Validation bpb: 2.221301").values["bits_per_byte"], 2.221301)
        self.reader.read("<|bos|>The opposite of hot is2 apples")
        self.assertEqual(self.reader.samples, [{"prompt": "", "text": "The opposite of hot is2 apples"}])
        self.assertEqual(self.reader.read(SAVED).saved, (20, "base_checkpoints/d2/model_000020.pt"))
        self.reader.read("Step 00030 | Validation bpb: 1.834884")
        self.assertEqual((self.reader.samples, self.reader.bits), ([], 1.834884))

    def test_rewards(self) -> None:
        found = self.reader.read("Step 3/467 | Average reward: 0.125 | Average sequence length: 101.50")
        self.assertEqual((found.step, found.total_steps), (4, 467))
        self.assertEqual(found.values, {"reward": 0.125, "completion_length": 101.5})
        self.assertEqual(
            self.reader.read("Step 60 | Pass@1: 0.0250, Pass@8: 0.1000").values, {"pass_at_1": 0.025, "pass_at_8": 0.1}
        )

    def test_evaluations(self) -> None:
        for line in [
            "train bpb: 1.810892",
            "val bpb: 1.834884",
            "ARC-Easy accuracy: 25.50%",
            "ChatCORE metric: 0.0100",
            "CORE metric: 0.0314",
        ]:
            self.reader.read(line)
        wanted = {
            "train bits per byte": 1.810892,
            "val bits per byte": 1.834884,
            "ARC-Easy": 0.255,
            "ChatCORE": 0.01,
            "CORE": 0.0314,
        }
        self.assertEqual(self.reader.scores, wanted)

    def test_whatever_comes_is_read(self) -> None:
        rng = random.Random(4)
        for line in [*HEAD, STEP, SAVED, "Step 1/2 | Average reward: nan | Average sequence length: 1", "Step 1 | Pass@1: 0.5"]:
            for _ in range(300):
                chars = list(line)
                for _ in range(rng.randint(1, 6)):
                    chars[rng.randrange(len(chars))] = chr(rng.choice([0, 10, 27, 44, 46, 48, 57, 101, 110, 124, 0x661, 0x1F600]))
                self.reader.read("".join(chars))
        self.reader.read("step " + "9" * 4000 + " | loss: 1")

    def test_samples_are_bounded(self) -> None:
        for _ in range(1000):
            self.reader.read("<|bos|>" + "x" * 100_000)
        self.assertLessEqual(sum(len(one["text"]) for one in self.reader.samples), 32_000)

    def test_why(self) -> None:
        self.assertIn(
            "bundled engine",
            why(["urllib.error.URLError: <urlopen error [Errno -2] Name or service not known>"], "scripts.chat_sft"),
        )
        self.assertIn("device_batch_size", why(["torch.OutOfMemoryError: CUDA out of memory."], "scripts.base_train"))
        self.assertIn("AssertionError: vocab", why(["Traceback", "  here", "AssertionError: vocab"], "scripts.tok_train"))
        self.assertIn("printed nothing", why([], "scripts.tok_train"))

    def test_commands(self) -> None:
        asked = {
            "depth": 2,
            "max_seq_len": 128,
            "device_batch_size": 8,
            "num_iterations": 30,
            "eval_every": 10,
            "sample_every": 20,
            "save_every": 10,
        }
        [(module, arguments, needed)] = commands("base", asked, 20)
        self.assertEqual((module, needed), ("scripts.base_train", True))
        [(_, arguments_of_rl, _)] = commands(
            "rl",
            {
                "device_batch_size": 64,
                "num_samples": 8,
                "eval_every": 5,
                "eval_examples": 4,
                "max_new_tokens": 16,
                "save_every": 5,
            },
            None,
        )
        # It samples `num_samples` answers in batches, of which none may be larger.
        for wanted in ("--device-batch-size=8", "--num-samples=8", "--examples-per-step=8", "--max-new-tokens=16"):
            self.assertIn(wanted, arguments_of_rl)
        for wanted in (
            "--depth=2",
            "--window-pattern=L",
            "--total-batch-size=1024",
            "--core-metric-every=-1",
            "--resume-from-step=20",
        ):
            self.assertIn(wanted, arguments)


class Folders(unittest.TestCase):
    def test_what_earlier_stages_left_is_linked_and_can_be_added_to(self) -> None:
        with tempfile.TemporaryDirectory() as root:
            before, after = Path(root, "before"), Path(root, "after")
            for path in ("tokenizer/tokenizer.pkl", "task_data/openai--gsm8k/main/train/manifest.json"):
                file = before / "nanochat" / path
                file.parent.mkdir(parents=True)
                file.write_text(path)
            after.mkdir()
            here = os.getcwd()
            os.chdir(after)
            try:
                for _ in range(2):
                    _link(before)
                self.assertTrue(Path("nanochat/tokenizer").is_symlink())
                self.assertTrue(Path("nanochat/task_data/openai--gsm8k/main/train").is_symlink())
                # Another split of the same set is this stage's own.
                Path("nanochat/task_data/openai--gsm8k/main/test").mkdir()
            finally:
                os.chdir(here)
            self.assertFalse((before / "nanochat/task_data/openai--gsm8k/main/test").exists())
