"""Stop strings and half characters, whatever the pieces: many random cases from one seed. Needs Python's own library only."""

from __future__ import annotations

import random
import unittest

from eyepiece_serve.detokenize import Detokenizer
from eyepiece_serve.stops import StopFilter

CASES = 4000


def pieces_of(text: str, chance: random.Random) -> list[str]:
    cuts = sorted(chance.randrange(len(text) + 1) for _ in range(chance.randrange(6)))
    return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def by_letters(text: str, stops: list[str]) -> tuple[str, str | None]:
    """What a reader of single letters shows: the text up to the first stop string that is complete."""
    for end in range(len(text) + 1):
        complete = [stop for stop in stops if text[:end].endswith(stop)]
        if complete:
            longest = max(complete, key=len)
            return text[: end - len(longest)], longest
    return text, None


class Stops(unittest.TestCase):
    def test_text_ends_before_the_first_stop_string_whatever_the_pieces(self) -> None:
        chance = random.Random(1)
        found = 0
        for _ in range(CASES):
            # Few letters, so that stop strings begin, overlap and break off often.
            text = "".join(chance.choice("abc") for _ in range(chance.randrange(24)))
            stops = ["".join(chance.choice("abc") for _ in range(chance.randrange(1, 6))) for _ in range(3)]
            wanted, stop = by_letters(text, stops)
            sieve = StopFilter(stops)
            shown = ""
            for piece in pieces_of(text, chance):
                shown += sieve.push(piece)
                self.assertTrue(wanted.startswith(shown), (text, stops, shown))
            shown += sieve.flush()
            self.assertEqual((shown, sieve.found), (wanted, stop), (text, stops))
            found += stop is not None
        self.assertGreater(found, CASES // 10)
        self.assertLess(found, CASES - CASES // 20)

    def test_holds_back_no_more_than_may_be_a_stop_string(self) -> None:
        sieve = StopFilter(["\n\nUser:"])
        self.assertEqual(sieve.push("yes\n"), "yes")
        self.assertEqual(sieve.push("no"), "\nno")
        self.assertEqual(sieve.push("\n\nUse"), "")
        self.assertEqual(sieve.push("r:x"), "")
        self.assertEqual((sieve.found, sieve.flush()), ("\n\nUser:", ""))


def decode(tokens: list[int] | tuple[int, ...]) -> str:
    """Each token is a byte."""
    return bytes(tokens).decode("utf-8", "replace")


LETTERS = "aé中😀\u200d\u0301 \n"


class HalfCharacters(unittest.TestCase):
    def test_pieces_are_whole_characters_and_together_the_text(self) -> None:
        chance = random.Random(2)
        for _ in range(CASES):
            text = "".join(chance.choice(LETTERS) for _ in range(chance.randrange(16)))
            detokenizer = Detokenizer(decode)
            shown = ""
            for byte in text.encode():
                shown += detokenizer.push(byte)
                self.assertTrue(text.startswith(shown), (text, shown))
            self.assertEqual(shown, text)
            self.assertEqual(detokenizer.flush(), "")

    def test_bytes_without_sense_come_out_as_marks_at_last(self) -> None:
        chance = random.Random(3)
        for _ in range(CASES // 4):
            tokens = [chance.randrange(256) for _ in range(chance.randrange(200))]
            detokenizer = Detokenizer(decode)
            shown = "".join(detokenizer.push(token) for token in tokens) + detokenizer.flush()
            self.assertEqual(shown.replace("\ufffd", ""), decode(tokens).replace("\ufffd", ""))

    def test_goes_on_from_the_prompt(self) -> None:
        prompt = list("né".encode())
        detokenizer = Detokenizer(decode, prompt)
        self.assertEqual("".join(detokenizer.push(token) for token in "中😀".encode()), "中😀")


if __name__ == "__main__":
    unittest.main()
