"""The text that ships with the project: little stories, the same as the tutorial's, and conversations about what is in them.

Everything is made up from a seed. Stories that benchmarks read, and sums and words that they ask, are held out: nothing to learn from
has them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

NAMES = ["Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Greta", "Hugo"]
ANIMALS = {"cat": "meow", "dog": "woof", "cow": "moo", "duck": "quack", "owl": "hoo", "sheep": "baa"}
COLORS = ["red", "blue", "green", "white", "black"]
PLACES = ["in the garden", "by the river", "on the hill", "at the harbour", "under the old tree"]
# Words to spell, beside the names of animals and colours.
WORDS = ["apple", "river", "garden", "morning", "friend", "tree", "hill", "home", "day", "harbour", "old", "good"]

# Sums go from 0 + 0 to this, twice.
MOST = 9
# Of the text that benchmarks read, and how many stories it has.
HELD_OUT, HELD_OUT_STORIES = 999_331, 100


def story(rng: random.Random) -> str:
    """One story of five sentences."""
    name, friend = rng.sample(NAMES, 2)
    animal, color, place = rng.choice(list(ANIMALS)), rng.choice(COLORS), rng.choice(PLACES)
    a, b = rng.randint(1, 5), rng.randint(1, 4)
    lines = [
        f"{name} had a {color} {animal}.",
        rng.choice([f"Every morning they went {place}.", f"They liked to sit {place}."]),
        f"The {animal} said {ANIMALS[animal]}.",
        f"{name} had {a} apples and {friend} brought {b} more, so they had {a + b} apples.",
        rng.choice([f"Then {name} went home.", f"{name} and {friend} laughed.", "It was a good day."]),
    ]
    return " ".join(lines)


def stories(count: int, seed: int) -> list[str]:
    """Some stories. Another seed tells others."""
    rng = random.Random(seed)
    return [story(rng) for _ in range(count)]


def held_out_stories() -> list[str]:
    """Stories that no dataset has."""
    return stories(HELD_OUT_STORIES, HELD_OUT)


def sums(held_out: bool) -> list[tuple[int, int]]:
    """Pairs of digits to add: a fifth of the hundred is held out."""
    pairs = [(a, b) for a in range(MOST + 1) for b in range(MOST + 1)]
    return [(a, b) for a, b in pairs if ((3 * a + b) % 5 == 0) == held_out]


def words(held_out: bool) -> list[str]:
    """Words to spell: every fourth is held out."""
    every = [*ANIMALS, *COLORS, *WORDS]
    return [word for at, word in enumerate(every) if (at % 4 == 3) == held_out]


def sum_of(a: int, b: int) -> tuple[str, str]:
    """Question and answer."""
    return f"What is {a} + {b}?", f"{a + b}"


def spelling_of(word: str) -> tuple[str, str]:
    """Question and answer."""
    return f"Spell {word}.", " ".join(word)


def sound_of(animal: str) -> tuple[str, str]:
    """Question and answer."""
    return f"What does the {animal} say?", f"The {animal} says {ANIMALS[animal]}."


def choices_of(animal: str, rng: random.Random) -> tuple[str, list[str], int]:
    """A question with four answers, and which of them is right."""
    others = rng.sample([sound for other, sound in ANIMALS.items() if other != animal], 3)
    answers = [*others, ANIMALS[animal]]
    rng.shuffle(answers)
    listed = " ".join(f"{letter}: {answer}" for letter, answer in zip("ABCD", answers))
    return f"What does the {animal} say? {listed}", answers, answers.index(ANIMALS[animal])


def conversation(rng: random.Random) -> dict[str, Any]:
    """One question and its answer, as messages."""
    kind = rng.random()
    if kind < 0.2:
        asked, answered = sound_of(rng.choice(list(ANIMALS)))
    elif kind < 0.6:
        asked, answered = sum_of(*rng.choice(sums(held_out=False)))
    elif kind < 0.75:
        asked, answered = spelling_of(rng.choice(words(held_out=False)))
    elif kind < 0.9:
        asked, answers, right = choices_of(rng.choice(list(ANIMALS)), rng)
        answered = f"{'ABCD'[right]}: {answers[right]}"
    else:
        name = rng.choice(NAMES)
        asked, answered = f"Hello, I am {name}.", f"Hello {name}. How are you?"
    return {"messages": [{"role": "user", "content": asked}, {"role": "assistant", "content": answered}]}


def conversations(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Some conversations to learn from."""
    rng = random.Random(seed + 1)
    for _ in range(count):
        yield conversation(rng)
