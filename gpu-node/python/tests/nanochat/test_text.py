"""The bundled text: the same as the tutorial's, and nothing of what benchmarks ask."""

import json
import random
import unittest
from pathlib import Path

from eyepiece_nanochat import text
from eyepiece_nanochat.dataset import split
from eyepiece_nanochat.tuning import nearness

TUTORIAL = Path(__file__).parents[4] / "notebooks/nanochat_tutorial.ipynb"


class Text(unittest.TestCase):
    def test_stories_are_the_tutorials(self) -> None:
        cells = ["".join(cell["source"]) for cell in json.loads(TUTORIAL.read_text())["cells"]]
        [told] = [cell for cell in cells if "def story(rng)" in cell]
        namespace = {"random": random, "print": lambda *_, **__: None}
        exec(told, namespace)
        self.assertEqual(text.stories(300, 1), namespace["stories"][:300])

    def test_nothing_that_is_asked_is_learned(self) -> None:
        learned = {one["messages"][0]["content"] for one in text.conversations(5000, 3)}
        asked = [text.sum_of(a, b)[0] for a, b in text.sums(held_out=True)]
        asked += [text.spelling_of(word)[0] for word in text.words(held_out=True)]
        self.assertGreater(len(asked), 20)
        self.assertEqual(learned.intersection(asked), set())
        # And what may be learned is.
        self.assertTrue({text.sum_of(a, b)[0] for a, b in text.sums(held_out=False)} <= learned)

    def test_validation_is_apart(self) -> None:
        train, valid = split(3000, 300, 5)
        # Also what benchmarks read, were it drawn.
        self.assertEqual(set(split(100, 10, text.HELD_OUT)[0]) & set(text.held_out_stories()), set())
        self.assertEqual(set(train) & set(valid), set())
        self.assertEqual(len(valid), 300)

    def test_choices_hold_the_right_answer(self) -> None:
        rng = random.Random(1)
        for animal in [*text.ANIMALS] * 10:
            _, answers, right = text.choices_of(animal, rng)
            self.assertEqual(answers[right], text.ANIMALS[animal])
            self.assertEqual(len(set(answers)), 4)

    def test_rewards(self) -> None:
        self.assertEqual(nearness(" 7 ", "7"), 1)
        self.assertEqual(nearness("8", "7"), 0.75)
        self.assertEqual(nearness("99", "7"), 0)
        self.assertEqual(nearness("seven", "7"), -0.5)
        # Python takes it for a number.
        self.assertEqual(nearness("²", "2"), -0.5)
        self.assertEqual(nearness("٧", "7"), 1)
        self.assertEqual(nearness("The cat says meow.", "The cat says meow."), 1)
