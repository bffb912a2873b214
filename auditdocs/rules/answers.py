"""Answers checked against the contract: a code, a date or words, or the reason why not.

Everything wrong is told at once; a blank is missing, never "no" (domain.md A0.5).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditdocs.model.contract import FACETS, Item
from auditdocs.model.form import Answer, Form, Found, Reason
from auditdocs.rules.dates import written_date
from auditdocs.rules.scales import choices_of, code_of

_DONE_AT_AUDIT = re.compile(
    r"done at audit\D{0,20}(\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{4}-\d\d-\d\d)", re.I
)
_INTEGER = re.compile(r"-?\d{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An item's answers and comment, and everything wrong with them."""

    answers: tuple[Answer, ...] = ()
    comment: str = ""
    reasons: tuple[Reason, ...] = ()


def checked(item: Item, form: Form, *, actioned: frozenset[str]) -> Checked:
    """The item as answered. `actioned` are the ids that a recommendation is linked to."""
    comment = _comment(item, form)
    found = [_answer(item, key, form) for key in item.keys]
    kept = tuple(each for each in found if isinstance(each, Answer) and each.value)
    wrong = [each for each in found if isinstance(each, Reason)]
    wrong += _words_missing(item, kept, comment)
    wrong += _action_missing(item, kept, comment, actioned)
    return Checked(answers=kept, comment=comment, reasons=tuple(wrong))


def place(item: Item, key: str = "") -> str:
    """Where an item stands in the form, as a person finds it: "3.2 Plan is …, In time"."""
    facet = key.rpartition(".")[2] if "." in key else ""
    return f"{item.title}, {FACETS[facet]}" if facet in FACETS else item.title


def value_of(kind: str, text: str, item: Item | None = None) -> str | None:
    """What a text is worth on an answer type: code, ISO date, digits or words; None when wrong."""
    choices = () if item is None else choices_of(item)
    if kind in ("grade", "yn", "ynp", "facet", "choice"):
        return code_of(kind, text, choices)
    if kind == "date":
        day = written_date(text)
        return None if day is None else day.isoformat()
    if kind == "int":
        return text.strip() if _INTEGER.fullmatch(text.strip()) else None
    return text.strip()


def _comment(item: Item, form: Form) -> str:
    found = form.answers.get(item.comment_key)
    return found.text if found else ""


def _answer(item: Item, key: str, form: Form) -> Answer | Reason:
    found = form.answers.get(key)
    if key in form.conflicts:
        return _reason(
            "conflict", item, key, "It is answered twice, differently: leave one answer."
        )
    if found is None:
        return _unanswered(item, key, form)
    value = value_of(item.kind, found.text, item)
    if value is None:
        return _reason("not-a-choice", item, key, f"Write {_expected(item)}.", found)
    return Answer(item_id=item.id, facet=_facet(key), value=value, carrier=found.carrier)


def _unanswered(item: Item, key: str, form: Form) -> Answer | Reason:
    if not item.required:
        return Answer(item_id=item.id, facet=_facet(key))
    if key not in form.seen:
        text = "The row or its answer is no longer in the form: start again from the form issued."
        return _reason("gone", item, key, text)
    return _reason("missing", item, key, f"Nothing is answered. Write {_expected(item)}.")


def _expected(item: Item) -> str:
    labels = [choice.label for choice in choices_of(item)]
    if labels:
        return f"one of: {', '.join(labels)}"
    return {"date": "a date as dd/mm/yyyy", "int": "a whole number"}.get(item.kind, "a few words")


def _words_missing(item: Item, answers: Iterable[Answer], comment: str) -> Iterator[Reason]:
    if item.has_text and not comment and any(answers):
        text = "The answer needs its reason: write it under Comment."
        yield _reason("words-missing", item, item.id, text)


def _action_missing(
    item: Item, answers: Iterable[Answer], comment: str, actioned: frozenset[str]
) -> Iterator[Reason]:
    """A standard not met needs a comment, and a recommendation unless it was put right at once.

    Source: domain.md A3.2.
    """
    if not any(answer.value == "no" and answer.facet for answer in answers):
        return
    if not comment:
        text = "A standard that is not met needs a comment: say what is missing."
        yield _reason("words-missing", item, item.id, text)
    if item.id not in actioned and not _DONE_AT_AUDIT.search(comment):
        text = (
            "A standard that is not met needs a recommendation that names it, or the words "
            '"done at audit" with the date in its comment.'
        )
        yield _reason("action-missing", item, item.id, text)


def _facet(key: str) -> str:
    return key.rpartition(".")[2] if "." in key else ""


def _reason(code: str, item: Item, key: str, text: str, found: Found | None = None) -> Reason:
    return Reason(code=code, where=place(item, key), text=text, found=found.text if found else "")
