"""Checkpoints in nanochat's layout, as models that transformers loads: logits against nanochat's formula, written out here."""

import pickle
import tempfile
import unittest
from pathlib import Path
from typing import Any

import torch
from torch.nn.functional import rms_norm, sigmoid
from transformers import AutoModelForCausalLM, AutoTokenizer, DynamicCache

from checkpoint import DEPTH, HEADS, RANKS, SHARED, SIZE, WIDTH, checkpoint
from eyepiece_nanochat.convert import BETWEEN, convert
from eyepiece_trainer.trouble import Trouble


def norm(x: torch.Tensor) -> torch.Tensor:
    return rms_norm(x, (x.size(-1),))


def formula(weights: dict[str, torch.Tensor], ids: list[int], recent: bool) -> torch.Tensor:
    """Logits (tokens, vocabulary) of one text, token by token and head by head."""
    size, count = WIDTH // HEADS, len(ids)
    turns = torch.arange(count).float()[:, None] / (1e5 if recent else 1e4) ** (torch.arange(0, size, 2).float() / size)
    cos, sin = turns.cos(), turns.sin()

    def turned(x: torch.Tensor) -> torch.Tensor:
        a, b = x[:, : size // 2], x[:, size // 2 :]
        return norm(torch.cat([a * cos + b * sin, b * cos - a * sin], 1)) * (1.2 if recent else 1)

    x = norm(weights["transformer.wte.weight"][ids])
    if recent:
        gate = weights["smear_lambda"] * sigmoid(x[1:, :24] @ weights["smear_gate.weight"].T)
        x = torch.cat([x[:1], x[1:] + gate * x[:-1]])
    first, half = x, torch.zeros_like(x)
    for layer in range(DEPTH):
        at = f"transformer.h.{layer}."
        if recent:
            x = weights["resid_lambdas"][layer] * x + weights["x0_lambdas"][layer] * first
        n = norm(x)
        q, k, v = (n @ weights[f"{at}attn.c_{one}.weight"].T for one in "qkv")
        if f"value_embeds.{layer}.weight" in weights:
            own = weights[f"value_embeds.{layer}.weight"][ids].view(count, SHARED, size)
            gates = 3 * sigmoid(n[:, :12] @ weights[f"{at}attn.ve_gate.weight"].T)
            v = (v.view(count, SHARED, size) + gates[:, :, None] * own).reshape(count, -1)
        # The short window of 1024 tokens, and the last layer's, which sees all.
        window = 256 if recent and layer < DEPTH - 1 else count
        far = torch.arange(count)[:, None] - torch.arange(count)[None]
        seen = (far >= 0) & (far <= window)
        heads = []
        for head in range(HEADS):
            part, whose = slice(head * size, (head + 1) * size), head // (HEADS // SHARED)
            theirs = slice(whose * size, (whose + 1) * size)
            scores = (turned(q[:, part]) @ turned(k[:, theirs]).T) / size**0.5
            heads.append(scores.masked_fill(~seen, -torch.inf).softmax(-1) @ v[:, theirs])
        x = x + torch.cat(heads, 1) @ weights[f"{at}attn.c_proj.weight"].T
        x = x + (norm(x) @ weights[f"{at}mlp.c_fc.weight"].T).relu() ** 2 @ weights[f"{at}mlp.c_proj.weight"].T
        if layer == DEPTH // 2:
            half = x
    if recent:
        x = x - weights["backout_lambda"] * half
    return 15 * torch.tanh((norm(x) @ weights["lm_head.weight"].T)[:, :SIZE] / 15)


class Convert(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def made(self) -> tuple[Any, Any]:
        target = str(self.folder / "made")
        convert(self.folder / "model_000040.pt", self.folder / "tokenizer.pkl", target)
        return AutoModelForCausalLM.from_pretrained(target).eval(), AutoTokenizer.from_pretrained(target)

    @torch.no_grad()
    def test_both_shapes_say_what_nanochat_says(self) -> None:
        for recent in (False, True):
            weights = checkpoint(self.folder, recent)
            model, _ = self.made()
            # Longer than a short window.
            ids = torch.randint(0, SIZE, (300,)).tolist()
            wanted = formula(weights, ids, recent)
            row = torch.tensor([ids])
            self.assertLess(float((model(row).logits[0] - wanted).abs().max()), 1e-3)
            # As an answer is written: a prompt, and then token by token.
            cache = DynamicCache(config=model.config)
            said = [model(row[:, :290], past_key_values=cache, use_cache=True).logits[0]]
            for at in range(290, 300):
                said.append(model(row[:, at : at + 1], past_key_values=cache, use_cache=True).logits[0])
            self.assertLess(float((torch.cat(said) - wanted).abs().max()), 1e-3)
            for file in (self.folder / "made").iterdir():
                file.unlink()
            (self.folder / "made").rmdir()

    def test_the_newer_one_is_trained_further_and_written_with(self) -> None:
        checkpoint(self.folder, True)
        model, tokenizer = self.made()
        ids = torch.randint(0, SIZE, (2, 20))
        with torch.no_grad():
            whole = model.generate(ids, attention_mask=torch.ones_like(ids), max_new_tokens=4, min_new_tokens=4, do_sample=False)
            likeliest = model(whole[:, :-1]).logits.argmax(-1)[:, 19:]
        self.assertEqual(whole[:, 20:].tolist(), likeliest.tolist())
        model.train()
        losses = []
        # As TRL's trainers have it: layers are computed anew on the way back.
        model.gradient_checkpointing_enable()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
        for _ in range(3):
            loss = model(ids, labels=ids).loss
            loss.backward()
            losses.append(float(loss.detach()))
            self.assertTrue(all(one.grad is not None for one in model.parameters()))
            optimizer.step()
            optimizer.zero_grad()
        self.assertLess(losses[-1], losses[0])

    def test_the_tokenizer_is_nanochats(self) -> None:
        checkpoint(self.folder, True)
        _, tokenizer = self.made()
        ids = tokenizer("the cat ing café 123", add_special_tokens=False)["input_ids"]
        self.assertEqual([ids[0], ids[1]], [RANKS[b"the"], RANKS[b" cat"]])
        # Digits by twos, as its pattern has it.
        self.assertEqual(ids[-2:], [RANKS[b"12"], RANKS[b"3"]])
        self.assertEqual(tokenizer.decode(ids), "the cat ing café 123")
        talk = [{"role": "system", "content": "S"}, {"role": "user", "content": "a"}]
        text = tokenizer.apply_chat_template(talk, add_generation_prompt=True, tokenize=False)
        self.assertEqual(text, "<|bos|><|user_start|>S\n\na<|user_end|><|assistant_start|>")
        self.assertEqual(tokenizer(text, add_special_tokens=False)["input_ids"][:2], [len(RANKS), len(RANKS) + 1])

    def test_what_is_none_is_said(self) -> None:
        checkpoint(self.folder, False, vocab_size=SIZE + 1)
        with self.assertRaisesRegex(Trouble, "the model was made for"):
            self.made()
        weights = checkpoint(self.folder, True)
        torch.save({n: v for n, v in weights.items() if "smear" not in n}, self.folder / "model_000040.pt")
        with self.assertRaises(Trouble) as between:
            self.made()
        self.assertEqual(str(between.exception), BETWEEN)
        (self.folder / "model_000040.pt").write_bytes(b"PK nothing")
        with self.assertRaisesRegex(Trouble, "are no checkpoint of nanochat"):
            self.made()

    def test_no_program_of_a_pickle_is_run(self) -> None:
        checkpoint(self.folder, False)
        marked = self.folder / "run"

        class Hostile:
            def __reduce__(self) -> Any:
                return (Path.touch, (marked,))

        for content in (pickle.dumps(Hostile()), b"\x80\x04.", b"", pickle.dumps({"a": 1})):
            (self.folder / "tokenizer.pkl").write_bytes(content)
            with self.assertRaises(Trouble):
                self.made()
        self.assertFalse(marked.exists())


if __name__ == "__main__":
    unittest.main()
