"""Chance that can be had again: every draw is the SHA-256 of a seed and the draw's own name.

A draw depends on no other draw, so a fact added to a made-up case leaves all others as they were.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

_Choice = TypeVar("_Choice")


@dataclass(frozen=True, slots=True)
class Chance:
    """Where draws come from: the same seed gives the same draws, on any machine."""

    seed: str

    def about(self, subject: str, number: int) -> "Chance":
        """The chance of one thing among many: a child or a person, by number."""
        return Chance(f"{self.seed}|{subject} {number}")

    def number(self, name: str, *, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        digest = sha256(f"{self.seed}|{name}".encode()).digest()
        return low + int.from_bytes(digest[:8], "big") % (high - low + 1)

    def one_of(self, name: str, choices: Sequence[_Choice]) -> _Choice:
        """One of the choices, each as likely as the others."""
        return choices[self.number(name, low=0, high=len(choices) - 1)]

    def happens(self, name: str, *, one_in: int) -> bool:
        """Whether something comes true that does so once in `one_in` times."""
        return self.number(name, low=1, high=one_in) == 1
