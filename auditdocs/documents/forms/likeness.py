"""How like the words of a label are to those of each question.

Source: forms.md (reading, "fuzzy, scored, unambiguous").
"""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from auditdocs.documents.forms.questions import wording

_LIKE = 0.84
"""How like a label must be, of 1, to be known by its words."""

_CLEAR = 0.06
"""How much more like it than the next one."""

_LIKELY, _FAR = 0.6, 0.2
"""The same of words that stand beside a number of the form, and so are some question's."""

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
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(text)
    scores = sorted(
        (max(_score(matcher, text, wording(words)) for words in said), key)
        for key, said in wordings.items()
    )
    if not scores:
        return Likest("", 0.0, 0.0)
    return Likest(scores[-1][1], scores[-1][0], scores[-2][0] if len(scores) > 1 else 0.0)


def alike(text: str, said: Iterable[str]) -> float:
    """How like a text is to the words of one question, whatever numbers stand in them."""
    return max(
        SequenceMatcher(None, wording(words), text, autojunk=False).ratio() for words in said
    )


def _score(matcher: SequenceMatcher[str], text: str, words: str) -> float:
    if _DIGITS.findall(text) != _DIGITS.findall(words):  # another limit is another standard
        return 0.0
    matcher.set_seq1(words)
    return matcher.ratio()
