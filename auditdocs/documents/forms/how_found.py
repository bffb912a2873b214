"""How the answers of a form were found, in words for who looks at it.

What was found by bookmark or place is counted, for nothing can have gone wrong with it; what rests
on likeness or on a number alone is named, row by row.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from textwrap import shorten

from auditdocs.documents.forms.questions import Asked
from auditdocs.model.contract import Contract
from auditdocs.model.form import EXCHANGED, REWORDED, Found
from auditdocs.rules.plural import number_of

_LONGEST = 70
"""Letters of a question that are repeated: enough to find its row by."""

_NAMED: Mapping[str, str] = {
    EXCHANGED: "Read by their words, for beside them stands the number of another question",
    REWORDED: "Read by their number alone, for the words beside it are not the question's",
    "wording": "Found by a question worded much like theirs",
    "title": "Found by the title of a field that stands elsewhere",
}
"""What is named: by its doubt, else by its carrier."""


def how_found(answers: Mapping[str, Found], asked: Asked, contract: Contract) -> Iterator[str]:
    """How the answers were found whose fields are gone, the less trusted the later."""
    carriers = Counter(answer.carrier for answer in answers.values())
    if kept := carriers["bookmark"]:
        told = number_of(kept, "answer")
        yield f"Answer fields are gone; found by the bookmarks of their questions: {told}."
    if loose := carriers["label"] + carriers["number"]:
        told = number_of(loose, "answer")
        yield f"Found by their place in the form, not by their answer field: {told}."
    kinds = {key: _kind(answer) for key, answer in answers.items()}
    for kind, words in _NAMED.items():
        if keys := [key for key in answers if kinds[key] == kind]:
            rows = dict.fromkeys(asked.owners.get(key, key) for key in keys)
            yield f"{words}, so to be looked at: {'; '.join(_places(rows, contract))}."


def _kind(answer: Found) -> str:
    return answer.doubt or ("title" if answer.carrier == "field" else answer.carrier)


def _places(rows: Iterable[str], contract: Contract) -> Iterator[str]:
    """Where these items and fields stand, a section at a time, in printed order."""
    named = {*rows}
    labels = [field.label for field in contract.fields() if field.name in named]
    if labels:
        yield ", ".join(labels)
    for section in contract.sections:
        titles = [item.title for item in section.items if item.id in named]
        if titles:
            said = ", ".join(shorten(title, _LONGEST, placeholder=" …") for title in titles)
            yield f"{said} (section {section.key} {section.title})"
