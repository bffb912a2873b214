"""How like the words of a label are to those of each question.

Source: forms.md (reading, "fuzzy, scored, unambiguous").
"""

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from auditdocs.documents.forms.questions import wording

_LIKE = 0.84
"""How like a label must be, of 1, to be known by its words."""

_CLEAR = 0.06
"""How much more like it than the next one."""

_LIKELY, _FAR = 0.6, 0.2
"""The same of words that stand beside a number of the form, and so are some question's."""

_NONE = 0.2
"""A likeness below which no decision rests on how large it is."""

_DIGITS = re.compile(r"\d+")


class Likest(NamedTuple):
    """The question whose words a label is most like, how like, and how like the next one."""

    key: str
    score: float
    second: float

    @property
    def is_clear(self) -> bool:
        """Whether the words name that question and no other, be there a number or not."""
        return self.score >= _LIKE and self.score - self.second >= _CLEAR

    @property
    def is_likelier(self) -> bool:
        """Whether of all questions the words can only be that one's, if they are any's."""
        return self.is_clear or (self.score >= _LIKELY and self.score - self.second >= _FAR)


def likest(text: str, wordings: Mapping[str, tuple[str, ...]]) -> Likest:
    """The question whose words are most like the text; its key is "" where there is none."""
    matcher, numbers = _matcher(text), _DIGITS.findall(text)
    held = {
        key: [words for words in map(wording, said) if _DIGITS.findall(words) == numbers]
        for key, said in wordings.items()  # another limit is another standard
    }
    most = {key: _likeness(matcher, said, _most_like) for key, said in held.items()}
    best: list[tuple[float, str]] = [(0.0, ""), (0.0, "")]
    for key in sorted(most, key=lambda each: most[each], reverse=True):
        if most[key] < best[1][0]:  # nor can any further one be liker
            break
        best = sorted([*best, (_likeness(matcher, held[key], _ratio), key)], reverse=True)[:2]
    return Likest(best[0][1], best[0][0], best[1][0])


def alike(text: str, said: Iterable[str]) -> float:
    """How like a text is to the words of one question, whatever numbers stand in them."""
    return _likeness(_matcher(text), map(wording, said), _ratio)


def _matcher(text: str) -> SequenceMatcher[str]:
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(text)
    return matcher


def _likeness(
    matcher: SequenceMatcher[str],
    said: Iterable[str],
    measure: Callable[[SequenceMatcher[str]], float],
) -> float:
    """How like the likest of these words are; 0 where there are none."""
    likest_yet = 0.0
    for words in said:
        matcher.set_seq1(words)
        likest_yet = max(likest_yet, measure(matcher))
    return likest_yet


def _most_like(matcher: SequenceMatcher[str]) -> float:
    """What the likeness is at the most, in a small part of the time."""
    most = matcher.real_quick_ratio()
    return most if most < _NONE else matcher.quick_ratio()


def _ratio(matcher: SequenceMatcher[str]) -> float:
    """The likeness; of words so unlike in length that it says nothing, what it is at the most.

    A page of text in the place of a label would else take minutes.
    """
    most = matcher.real_quick_ratio()
    return most if most < _NONE else matcher.ratio()
