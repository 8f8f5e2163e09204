"""The engine beside direct computations with the same model, on a tiny one with random weights."""

from __future__ import annotations

import base64
import io
import json
import queue
import shutil
import tempfile
import threading
import unittest
from pathlib import Path
from typing import Any

import tiny
import torch
from eyepiece_serve.engine import Engine
from eyepiece_serve.model import Refused, ServedModel
from eyepiece_serve.prompts import request_of
from safetensors.torch import load_file, save_file

TEMPORARY = tempfile.TemporaryDirectory(prefix="eyepiece-serve-")
FOLDER = Path(TEMPORARY.name)


class Served:
    """An engine, and what it said."""

    def __init__(self, model: ServedModel, tokens: int = 100_000, most_waiting: int = 256) -> None:
        self.model = model
        self.heard: dict[int, dict[str, Any]] = {}
        self.over: dict[int, queue.SimpleQueue[tuple[int, str | None]]] = {}
        self.begun = threading.Condition()
        self.limit = tokens
        self.engine = Engine(model, self._pieces, self._ended, tokens, most_waiting=most_waiting)
        self._next = 0

    def ask(self, **asked: Any) -> int:
        self._next += 1
        request = request_of(self.model, self._next, asked, self.limit)
        self.heard[self._next] = {"text": {}, "finish": {}, "logprobs": {}}
        self.over[self._next] = queue.SimpleQueue()
        self.engine.add(request)
        return self._next

    def wait(self, id: int) -> dict[str, Any]:
        tokens, why = self.over[id].get(timeout=120)
        return {**self.heard[id], "tokens": tokens, "why": why}

    def answer(self, **asked: Any) -> dict[str, Any]:
        return self.wait(self.ask(**asked))

    def wait_begun(self, id: int) -> None:
        with self.begun:
            if not self.begun.wait_for(lambda: self.heard[id]["text"], timeout=120):
                raise TimeoutError(f"request {id} has not begun")

    def _pieces(self, pieces: list[dict[str, Any]]) -> None:
        with self.begun:
            for piece in pieces:
                heard, index = self.heard[piece["call"]], piece["index"]
                heard["text"][index] = heard["text"].get(index, "") + piece["text"]
                heard["logprobs"].setdefault(index, []).extend(piece.get("logprobs", []))
                if "finish" in piece:
                    heard["finish"][index] = piece["finish"]
            self.begun.notify_all()

    def _ended(self, request: Any, tokens: int, why: str | None) -> None:
        self.over[request.id].put((tokens, why))


def setUpModule() -> None:
    tiny.main(FOLDER)
    tiny.adapter(FOLDER / "tiny", FOLDER / "lora2", seed=9)


def tearDownModule() -> None:
    TEMPORARY.cleanup()


def greedy(model: Any, tokens: list[int], steps: int) -> list[int]:
    out = model.generate(
        torch.tensor([tokens]), max_new_tokens=steps, do_sample=False, eos_token_id=-1, use_cache=False
    )
    return [int(token) for token in out[0, len(tokens) :]]


class EngineTest(unittest.TestCase):
    def setUp(self) -> None:
        self.model = ServedModel(str(FOLDER / "tiny"), "cpu")
        self.served = Served(self.model)
        self.plain = {"temperature": 0, "ignore_eos": True, "max_tokens": 24}

    def tokens(self, text: str) -> list[int]:
        return list(self.model.tokenizer(text)["input_ids"])

    def test_greedy_text_is_that_of_generate_alone_and_among_others(self) -> None:
        prompts = ["the rain", "a", "several words of a longer prompt that is padded", "é😀"]
        from transformers import NanoChatForCausalLM

        direct = NanoChatForCausalLM.from_pretrained(FOLDER / "tiny")
        wanted = [
            self.model.vocabulary.decode(greedy(direct, self.tokens(prompt), 24)) for prompt in prompts
        ]
        alone = [self.served.answer(prompt=prompt, **self.plain)["text"][0] for prompt in prompts]
        self.assertEqual(alone, wanted)
        ids = [self.served.ask(prompt=prompt, **{**self.plain, "max_tokens": 24}) for prompt in prompts * 3]
        self.assertEqual([self.served.wait(id)["text"][0] for id in ids], wanted * 3)

    def test_log_probabilities_are_those_of_one_forward_pass_over_the_text(self) -> None:
        others = [self.served.ask(prompt="x" * n, max_tokens=60, ignore_eos=True) for n in (3, 9, 27)]
        prompt = self.tokens("the rain in")
        answer = self.served.answer(
            prompt=prompt, max_tokens=16, ignore_eos=True, temperature=1.3, logprobs=3, frequency_penalty=0.5
        )
        entries = answer["logprobs"][0]
        self.assertEqual(len(entries), 16)
        ids = {tuple(self.model.vocabulary.entry(n)["bytes"]): n for n in reversed(range(512))}
        written = [ids[tuple(entry["bytes"])] for entry in entries]
        with torch.no_grad():
            logits = self.model._base(torch.tensor([prompt + written])).logits[0, len(prompt) - 1 : -1]
        wanted = torch.log_softmax(logits.float(), dim=-1)
        for n, entry in enumerate(entries):
            self.assertAlmostEqual(entry["logprob"], wanted[n, written[n]].item(), places=4)
            best = torch.topk(wanted[n], 3).values.tolist()
            for top, value in zip(entry["top"], best, strict=True):
                self.assertAlmostEqual(top["logprob"], value, places=4)
        for id in others:
            self.served.wait(id)

    def test_an_answer_of_a_schema_is_json_of_it_whatever_the_model_would_rather_write(self) -> None:
        names = {"type": "array", "items": {"type": "string", "maxLength": 6}, "minItems": 1, "maxItems": 3}
        fields = {"age": {"type": "integer", "minimum": 3, "maximum": 97}, "mood": {"enum": ["glad", "grim"]}, "names": names}
        schema = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
        form = {"type": "json_schema", "json_schema": {"name": "person", "schema": schema}}
        # Beside free answers, with chance and without, and with a bias against it.
        free = [self.served.ask(prompt="the rain" * n, max_tokens=120, ignore_eos=True) for n in (1, 4)]
        ways = [{"temperature": 0}, {"seed": 3, "n": 3}, {"temperature": 1.7, "n": 2, "top_p": 0.9}, {"logit_bias": {"40": 100}}]
        asked = [self.served.ask(prompt="Who?", max_tokens=400, response_format=form, logprobs=2, **way) for way in ways]
        for id, way in zip(asked, ways, strict=True):
            answer = self.served.wait(id)
            self.assertIsNone(answer["why"])
            self.assertEqual(set(answer["finish"].values()), {"stop"})
            self.assertEqual(len(answer["text"]), way.get("n", 1))
            for text in answer["text"].values():
                person = json.loads(text)
                self.assertEqual(set(person), {"age", "mood", "names"})
                self.assertIn(person["mood"], ["glad", "grim"])
                self.assertTrue(3 <= person["age"] <= 97 and 1 <= len(person["names"]) <= 3)
        for id in free:
            self.assertEqual(self.served.wait(id)["tokens"], 120)
        # Any object at all: whole, or cut where the tokens end.
        answer = self.served.answer(prompt="x", max_tokens=60, response_format={"type": "json_object"}, seed=1)
        self.assertTrue(answer["text"][0].startswith("{"))
        if answer["finish"][0] == "stop":
            self.assertIsInstance(json.loads(answer["text"][0]), dict)

    def test_a_schema_that_is_not_understood_or_is_too_much_is_refused(self) -> None:
        def refusal(schema: Any) -> str:
            with self.assertRaises(Refused) as refused:
                self.served.ask(prompt="x", response_format={"type": "json_schema", "json_schema": {"schema": schema}})
            self.assertEqual((refused.exception.param, refused.exception.code), ("response_format", "invalid_json_schema"))
            return str(refused.exception)

        self.assertIn("whatever", refusal({"type": "whatever"}))
        self.assertIn("schema cannot be used", refusal({"$ref": "https://example.org/schema.json"}))
        self.assertIn("schema cannot be used", refusal(False))
        self.assertIn("schema cannot be used", refusal({"type": "string", "pattern": "(?=a)b"}))

    def test_a_form_that_becomes_too_much_fails_its_own_answer_and_no_other(self) -> None:
        # After so many letters of either kind there are more ways to go on than it may look at.
        schema = {"type": "string", "pattern": "((a|b)*a(a|b){400}){1,500}c"}
        form = {"type": "json_schema", "json_schema": {"schema": schema}}
        letters = {str(self.tokens(letter)[0]): 50 for letter in "ab"}
        beside = self.served.ask(prompt="the rain", max_tokens=300, ignore_eos=True)
        answer = self.served.answer(prompt="x", max_tokens=600, response_format=form, logit_bias=letters, n=2)
        self.assertIn("cannot be held to its form any longer", answer["why"])
        self.assertEqual(self.served.wait(beside)["tokens"], 300)
        self.assertEqual(self.served.answer(prompt="x", max_tokens=3, ignore_eos=True)["tokens"], 3)

    def test_a_seed_gives_the_same_text_whatever_else_is_in_the_batch(self) -> None:
        asked = {"prompt": "seed", "seed": 7, "max_tokens": 40, "ignore_eos": True, "n": 2, "top_p": 0.95}
        first = self.served.answer(**asked)["text"]
        self.assertNotEqual(first[0], first[1])
        others = [self.served.ask(prompt="o" * n, max_tokens=80, ignore_eos=True) for n in range(1, 8)]
        self.assertEqual(self.served.answer(**asked)["text"], first)
        self.assertNotEqual(self.served.answer(**{**asked, "seed": 8})["text"], first)
        for id in others:
            self.served.wait(id)

    def test_sampled_tokens_have_the_frequencies_that_the_model_gives_them(self) -> None:
        prompt = self.tokens("frequencies")
        with torch.no_grad():
            logits = self.model._base(torch.tensor([prompt])).logits[0, -1]
        probabilities = torch.softmax(logits / 0.7, dim=-1)
        top = torch.topk(probabilities, 4)
        wanted = top.values / top.values.sum()
        drawn: dict[tuple[int, ...], int] = {}
        for _ in range(20):
            asked = {"prompt": prompt, "n": 50, "max_tokens": 1, "temperature": 0.7, "top_k": 4}
            answer = self.served.answer(**asked, ignore_eos=True, logprobs=0)
            for entries in answer["logprobs"].values():
                key = tuple(entries[0]["bytes"])
                drawn[key] = drawn.get(key, 0) + 1
        for token, share in zip(top.indices.tolist(), wanted.tolist(), strict=True):
            count = drawn.pop(tuple(self.model.vocabulary.entry(token)["bytes"]), 0)
            # Five standard deviations.
            self.assertLess(abs(count - 1000 * share), 5 * (1000 * share * (1 - share)) ** 0.5 + 1)
        self.assertEqual(drawn, {})

    def test_stop_strings_are_not_shown_and_end_the_answer(self) -> None:
        whole = self.served.answer(prompt="stop", **self.plain, logprobs=0)
        text = whole["text"][0]
        stop = text[5:9]
        answer = self.served.answer(prompt="stop", **self.plain, stop=[stop], logprobs=0)
        self.assertEqual(answer["text"][0], text[: text.index(stop)])
        self.assertEqual(answer["finish"][0], "stop")
        self.assertLess(answer["tokens"], whole["tokens"])
        told = "".join(entry["token"] for entry in answer["logprobs"][0])
        self.assertTrue(told.startswith(answer["text"][0]) or "\ufffd" in text)

    def test_rows_sent_back_for_want_of_memory_end_the_same(self) -> None:
        wanted = self.served.answer(prompt="memory", **self.plain)["text"][0]
        tight = Served(self.model, tokens=100)
        ids = [tight.ask(prompt="memory", **self.plain) for _ in range(8)]
        self.assertEqual([tight.wait(id)["text"][0] for id in ids], [wanted] * 8)
        self.assertEqual(tight.engine.stats()["tokens"], 0)

    def test_a_request_that_is_cancelled_leaves_the_batch(self) -> None:
        id = self.served.ask(prompt="long", max_tokens=900, ignore_eos=True, n=3)
        self.served.wait_begun(id)
        self.assertGreater(self.served.engine.stats()["running"] + self.served.engine.stats()["waiting"], 0)
        self.served.engine.cancel(id)
        self.served.answer(prompt="next", **self.plain)
        stats = self.served.engine.stats()
        self.assertEqual((stats["running"], stats["waiting"], stats["tokens"]), (0, 0, 0))
        self.assertTrue(self.served.over[id].empty())

    def test_adapters_are_chosen_by_request_and_batched_beside_the_base(self) -> None:
        from peft import PeftModel
        from transformers import NanoChatForCausalLM

        before = self.served.answer(prompt="adapt", **self.plain)["text"][0]
        wanted = {None: before}
        for name in ("lora", "lora2"):
            self.served.engine.between_steps(lambda name=name: self.model.add_adapter(name, str(FOLDER / name)))
            direct = PeftModel.from_pretrained(NanoChatForCausalLM.from_pretrained(FOLDER / "tiny"), FOLDER / name)
            wanted[name] = self.model.vocabulary.decode(greedy(direct, self.tokens("adapt"), 24))
        self.assertEqual(len(set(wanted.values())), 3)
        names = [None, "lora", "lora2", "lora", None]
        ids = [self.served.ask(prompt="adapt", adapter=name, **self.plain) for name in names]
        self.assertEqual([self.served.wait(id)["text"][0] for id in ids], [wanted[name] for name in names])
        self.served.engine.between_steps(lambda: self.model.add_adapter("lora", str(FOLDER / "lora2")))
        self.assertEqual(self.served.answer(prompt="adapt", adapter="lora", **self.plain)["text"][0], wanted["lora2"])
        self.served.engine.between_steps(lambda: self.model.drop_adapter("lora"))
        self.assertEqual(self.served.answer(prompt="adapt", **self.plain)["text"][0], before)

    def test_an_adapter_that_does_not_fit_is_refused_and_leaves_nothing(self) -> None:
        before = self.served.answer(prompt="adapt", **self.plain)["text"][0]
        tiny.chat_model(FOLDER / "wide", layers=3)
        tiny.adapter(FOLDER / "wide", FOLDER / "deep", seed=5)
        add = self.model.add_adapter

        def refused(name: str, words: str) -> None:
            with self.assertRaisesRegex(Refused, words):
                self.served.engine.between_steps(lambda: add(name, str(FOLDER / name)))

        shutil.copytree(FOLDER / "lora", FOLDER / "torn")
        weights = load_file(FOLDER / "torn" / "adapter_model.safetensors")
        weights.pop(sorted(weights)[0])
        save_file(weights, FOLDER / "torn" / "adapter_model.safetensors")
        for _ in range(2):
            # Alone, and beside one that fits.
            refused("deep", "does not fit on tiny: it holds .*layers.2")
            refused("torn", "does not fit on tiny: it lacks 1 weights")
            refused("tiny", "no adapter_model.safetensors")
            self.assertEqual(self.served.answer(prompt="adapt", **self.plain)["text"][0], before)
            self.served.engine.between_steps(lambda: add("lora", str(FOLDER / "lora")))
        lora = self.served.answer(prompt="adapt", adapter="lora", **self.plain)["text"][0]
        self.assertNotEqual(lora, before)
        # The last adapter goes, and the base is as it was.
        self.served.engine.between_steps(lambda: self.model.drop_adapter("lora"))
        self.assertEqual(self.served.answer(prompt="adapt", **self.plain)["text"][0], before)
        self.served.engine.between_steps(lambda: self.model.reload(str(FOLDER / "other")))
        self.assertNotEqual(self.served.answer(prompt="adapt", **self.plain)["text"][0], before)

    def test_weights_are_swapped_under_way(self) -> None:
        other = Served(ServedModel(str(FOLDER / "other"), "cpu"))
        wanted = other.answer(prompt="swap", **self.plain)["text"][0]
        self.assertNotEqual(self.served.answer(prompt="swap", **self.plain)["text"][0], wanted)
        under_way = self.served.ask(prompt="swap", temperature=0, ignore_eos=True, max_tokens=900)
        self.served.wait_begun(under_way)
        self.served.engine.between_steps(lambda: self.model.reload(str(FOLDER / "other")))
        self.assertEqual(self.served.answer(prompt="swap", **self.plain)["text"][0], wanted)
        answer = self.served.wait(under_way)
        self.assertEqual((answer["why"], answer["tokens"]), (None, 900))
        with self.assertRaisesRegex(Refused, "no safetensors"):
            self.served.engine.between_steps(lambda: self.model.reload(str(FOLDER)))

    def test_weights_whose_files_have_other_names_are_swapped_all_or_none(self) -> None:
        tiny.seeing_model(FOLDER / "seeing2", seed=8)
        one, two = (Served(ServedModel(str(FOLDER / name), "cpu")) for name in ("seeing", "seeing2"))
        asked = {"messages": [{"role": "user", "content": "hello"}], **self.plain}
        before = one.answer(**asked)["text"]
        self.assertNotEqual(before, two.answer(**asked)["text"])
        # Of another shape: refused, and nothing has changed.
        tiny.chat_model(FOLDER / "deeper", layers=3)
        for folder in ("tiny", "deeper"):
            with self.assertRaisesRegex(Refused, "which seeing has not|cannot be loaded"):
                one.engine.between_steps(lambda folder=folder: one.model.reload(str(FOLDER / folder)))
            with self.assertRaisesRegex(Refused, "which tiny has not|cannot be loaded"):
                self.served.engine.between_steps(lambda: self.model.reload(str(FOLDER / "deeper")))
        self.assertEqual(one.answer(**asked)["text"], before)
        one.engine.between_steps(lambda: one.model.reload(str(FOLDER / "seeing2")))
        self.assertEqual(one.answer(**asked)["text"], two.answer(**asked)["text"])

    def test_a_folder_that_lacks_weights_is_refused(self) -> None:
        shutil.copytree(FOLDER / "tiny", FOLDER / "holes")
        weights = load_file(FOLDER / "holes" / "model.safetensors")
        weights.pop("model.layers.1.mlp.fc1.weight")
        save_file(weights, FOLDER / "holes" / "model.safetensors", metadata={"format": "pt"})
        words = "1 weights are not in its files, model.layers.1.mlp.fc1.weight"
        with self.assertRaisesRegex(Refused, words):
            ServedModel(str(FOLDER / "holes"), "cpu")
        with self.assertRaisesRegex(Refused, words):
            self.served.engine.between_steps(lambda: self.model.reload(str(FOLDER / "holes")))

    def test_weights_of_the_base_are_swapped_below_an_adapter(self) -> None:
        self.served.engine.between_steps(lambda: self.model.add_adapter("lora", str(FOLDER / "lora")))
        other = Served(ServedModel(str(FOLDER / "other"), "cpu"))
        other.engine.between_steps(lambda: other.model.add_adapter("lora", str(FOLDER / "lora")))
        self.served.engine.between_steps(lambda: self.model.reload(str(FOLDER / "other")))
        for name in (None, "lora"):
            asked = {"prompt": "swap", "adapter": name, **self.plain}
            self.assertEqual(self.served.answer(**asked)["text"], other.answer(**asked)["text"])

    def test_a_long_prompt_is_computed_in_pieces_and_one_too_long_refused(self) -> None:
        from transformers import NanoChatForCausalLM

        prompt = [(n * 37) % 500 + 7 for n in range(900)]
        direct = NanoChatForCausalLM.from_pretrained(FOLDER / "tiny")
        wanted = self.model.vocabulary.decode(greedy(direct, prompt, 8))
        self.assertEqual(self.served.answer(prompt=prompt, **{**self.plain, "max_tokens": 8})["text"][0], wanted)
        with self.assertRaisesRegex(Refused, "1024 tokens, and the prompt has 1800"):
            self.served.ask(prompt=prompt * 2)
        answer = self.served.answer(prompt=prompt, ignore_eos=True, max_tokens=5000)
        self.assertEqual((answer["tokens"], answer["finish"][0]), (124, "length"))

    def test_messages_go_through_the_template_with_their_tools(self) -> None:
        tool = {"type": "function", "function": {"name": "look_up"}}
        messages = [{"role": "user", "content": [{"type": "text", "text": "hi "}, {"type": "text", "text": "you"}]}]
        request = request_of(self.model, 1, {"messages": messages, "tools": [tool]}, 1000)
        text = self.model.tokenizer.decode(request.prompt)
        self.assertRegex(text, r"^<\|bos\|><\|tool\|>.*look_up.*<\|user\|>hi you<\|assistant\|>$")
        with self.assertRaisesRegex(Refused, "critics are not heard"):
            self.served.ask(messages=[{"role": "critic", "content": "no"}])
        image = {"type": "image_url", "image_url": "data:image/png;base64,AAAA"}
        with self.assertRaisesRegex(Refused, "does not see"):
            self.served.ask(messages=[{"role": "user", "content": [image]}])
        untaught = Served(ServedModel(str(FOLDER / "untaught"), "cpu"))
        with self.assertRaisesRegex(Refused, "no chat template"):
            untaught.ask(messages=[{"role": "user", "content": "hi"}])

    def test_models_that_see_answer_as_generate_does(self) -> None:
        from PIL import Image
        from transformers import AutoModelForImageTextToText, AutoProcessor

        tiny.placing_model(FOLDER / "placing")
        marks = {"seeing": "<image>", "placing": "<|vision_start|><|image_pad|><|vision_end|>"}
        for name, mark in marks.items():
            direct = AutoModelForImageTextToText.from_pretrained(FOLDER / name)
            processor = AutoProcessor.from_pretrained(FOLDER / name)
            served = Served(ServedModel(str(FOLDER / name), "cpu"))

            def generated(text: str, images: list[Any] | None) -> str:
                made = processor(text=[f"<|bos|><|user|>{text}<|assistant|>"], images=images, return_tensors="pt")
                out = direct.generate(**made, max_new_tokens=12, do_sample=False, eos_token_id=-1)
                return served.model.vocabulary.decode(out[0, made["input_ids"].shape[1] :].tolist())

            wanted = [generated("plain", None)]
            asked: list[Any] = ["plain"]
            for color, size in (("red", (40, 90)), ("blue", (120, 60))):
                image = Image.linear_gradient("L").resize(size).convert("RGB")
                image.paste(Image.new("RGB", (20, 20), color))
                wanted.append(generated(mark + "what", [image]))
                file = io.BytesIO()
                image.save(file, "PNG")
                url = "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
                asked.append([{"type": "image_url", "image_url": url}, {"type": "text", "text": "what"}])
            self.assertEqual(len(set(wanted)), 3)
            plain = {**self.plain, "max_tokens": 12}
            # At the same time: what one row's images did to the count of places is not another's.
            ids = [served.ask(messages=[{"role": "user", "content": content}], **plain) for content in asked]
            self.assertEqual([served.wait(id)["text"].get(0) for id in ids], wanted, name)
        for wrong in ("https://example.org/a.png", "data:image/png;base64,AAAA"):
            content = [{"type": "image_url", "image_url": wrong}]
            with self.assertRaisesRegex(Refused, "fetches no addresses|cannot be read"):
                served.ask(messages=[{"role": "user", "content": content}])

    def test_other_kinds_of_models_answer_as_generate_does(self) -> None:
        from transformers import AutoModelForCausalLM, GPT2Config, Lfm2Config, MistralConfig

        sizes = {"vocab_size": 512, "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2}
        heads = {"num_attention_heads": 4, "num_key_value_heads": 2, "initializer_range": 0.2}
        ends = {"bos_token_id": 0, "eos_token_id": 1, "pad_token_id": 1}
        kinds = {
            # Places are learned: they must not be counted with the padding.
            "gpt2": GPT2Config(vocab_size=512, n_embd=64, n_layer=2, n_head=4, n_positions=256, initializer_range=0.2, **ends),
            # Keys beyond the window are forgotten, of each row at another time.
            "window": MistralConfig(**sizes, **heads, **ends, sliding_window=12, max_position_embeddings=256),
            # Recurrent states: such rows stay alone.
            "hybrid": Lfm2Config(**sizes, **heads, **ends, layer_types=["conv", "full_attention"]),
        }
        prompts = ["a", "twelve words of a prompt that is longer than the window is", "some words"]
        for name, config in kinds.items():
            with self.subTest(name):
                torch.manual_seed(6)
                folder = FOLDER / name
                AutoModelForCausalLM.from_config(config).save_pretrained(folder)
                tiny.tokenizer().save_pretrained(folder)
                direct = AutoModelForCausalLM.from_pretrained(folder)
                wanted = [self.model.vocabulary.decode(greedy(direct, self.tokens(one), 24)) for one in prompts]
                self.assertEqual(len(set(wanted)), 3)
                served = Served(ServedModel(str(folder), "cpu"))
                # Shorter and longer answers, so that rows leave while others go on.
                lengths = [24, 9, 24, 3, 24, 16]
                ids = [
                    served.ask(prompt=prompts[n % 3], **{**self.plain, "max_tokens": length})
                    for n, length in enumerate(lengths)
                ]
                for n, (id, length) in enumerate(zip(ids, lengths, strict=True)):
                    text = served.wait(id)["text"][0]
                    self.assertTrue(wanted[n % 3].startswith(text.rstrip("\ufffd")), (name, n, text))
                    if length == 24:
                        self.assertEqual(text, wanted[n % 3])
                self.assertEqual(served.engine.stats()["tokens"], 0)

    def test_more_than_may_wait_are_told_to_come_back(self) -> None:
        small = Served(self.model, most_waiting=4)
        answer = small.answer(prompt="many", n=5, max_tokens=2)
        self.assertRegex(answer["why"], "try again later")


if __name__ == "__main__":
    unittest.main()
