"""Bits per byte against a computation by hand, and the other figures."""

import math
import unittest

import torch
from transformers import NanoChatConfig, NanoChatForCausalLM

from eyepiece_nanochat import text
from eyepiece_nanochat.measures import Meter, Peak, bits_per_byte, flops_per_token
from eyepiece_nanochat.tokenizer import STRANGE, compression, noise, round_trips, trained


def tiny(vocabulary: int) -> NanoChatForCausalLM:
    torch.manual_seed(3)
    shape = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4}
    config = NanoChatConfig(vocab_size=vocabulary, num_key_value_heads=4, max_position_embeddings=128, **shape)
    return NanoChatForCausalLM(config).eval()


class Measures(unittest.TestCase):
    def setUp(self) -> None:
        self.stories = text.stories(40, 9)
        self.tokenizer = trained(self.stories, 400)
        self.model = tiny(448)

    @torch.no_grad()
    def test_bits_per_byte_is_the_direct_sum(self) -> None:
        some = [*self.stories[:5], "naïve 👩‍🔬", "x", " ".join(self.stories[:3])]
        length = 48
        bits = 0.0
        for one in some:
            row = [self.tokenizer.bos_token_id, *self.tokenizer(one, add_special_tokens=False).input_ids]
            for at in range(1, len(row)):
                # Each token from the window that it lies in, by itself.
                begin = (at - 1) // length * length
                logits = self.model(input_ids=torch.tensor([row[begin:at]])).logits[0, -1].double()
                bits -= float(logits.softmax(-1)[row[at]].log2())
        direct = bits / sum(len(one.encode()) for one in some)
        for batch in (1, 3, 16):
            self.assertAlmostEqual(bits_per_byte(self.model, self.tokenizer, some, length, batch), direct, places=5)

    def test_a_model_that_knows_nothing_needs_what_its_tokens_say(self) -> None:
        # All logits alike: each token costs the logarithm of the vocabulary.
        with torch.no_grad():
            self.model.lm_head.weight.zero_()
        tokens = compression(self.tokenizer, self.stories)
        wanted = math.log2(448) / tokens["bytes_per_token"]
        self.assertAlmostEqual(bits_per_byte(self.model, self.tokenizer, self.stories, 96), wanted, places=4)

    def test_it_leaves_the_model_as_it_was(self) -> None:
        self.model.train()
        bits_per_byte(self.model, self.tokenizer, self.stories[:2], 96)
        self.assertTrue(self.model.training)

    def test_flops(self) -> None:
        # Of two layers of attention (4 products) and of the network after it (2), and of the head.
        weights = 2 * (4 * 64 * 64 + 2 * 64 * 128) + 64 * 448
        self.assertEqual(flops_per_token(self.model, 96), 6 * weights + 12 * 2 * 64 * 96)

    def test_what_is_no_training_costs_no_time(self) -> None:
        meter = Meter(10.0, Peak(1e9, "said"), torch.device("cpu"), {"tokens": 5, "seconds": 100.0})
        meter.pause()
        before = meter.seconds
        sum(range(200_000))
        self.assertEqual(meter.seconds, before)
        meter.go()
        meter.tokens += 20
        figures = meter.figures()
        self.assertGreater(figures["seconds"], before)
        self.assertEqual(figures["flops"], 250)
        self.assertAlmostEqual(figures["mfu"], figures["tokens_per_second"] * 10 / 1e9)

    def test_the_tokenizer_gives_back_what_it_took(self) -> None:
        some = [*STRANGE, *noise(300)]
        self.assertEqual(round_trips(self.tokenizer, some), (len(some), len(some)))

    def test_it_is_shorter_than_bytes(self) -> None:
        self.assertGreater(compression(self.tokenizer, self.stories)["bytes_per_token"], 2)
