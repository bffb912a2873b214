"""Answers checked against the contract: a code, a date or words, or the reason why not.

Everything wrong is told at once; a blank is missing, never "no" (domain.md A0.5).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from auditdocs.model.contract import FACETS, Choice, Item
from auditdocs.model.form import Answer, Form, Found, Reason
from auditdocs.rules.calendar.dates import written_date
from auditdocs.rules.forms.scales import choices_of, code_of, listed

_DONE_AT_AUDIT = re.compile(
    r"done at audit\D{0,20}(\d{4}-\d\d-\d\d|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}"
    r"|\d{1,2}(?:st|nd|rd|th)?[ /\-][a-z]{3,9}\.?,?[ /\-]\d{2,4})",
    re.I,
)
_INTEGER = re.compile(r"(-?[0-9]{1,9})(?: ?[a-z]+)?", re.I)
"""A whole number, and what it counts where that is written behind it: "12 months"."""

_BEFORE_BIRTH = timedelta(weeks=40)


class Checked(NamedTuple):
    """An item's answers and comment, and everything wrong with them."""

    answers: tuple[Answer, ...] = ()
    comment: str = ""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with one answer: a reason's code, and what to write."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days that a date in a form may name: from when the child could be, to its return.

    Source: domain.md A0.5 (dates).
    """

    returned: date
    born: date | None = None
    later: str = "It lies in the future."
    """What is said of a day after the last one."""

    def fault(self, day: date) -> Wrong | None:
        """Why the day cannot be, or None."""
        if day > self.returned:
            return Wrong("date-in-future", self.later)
        if self.born and day < self.born - _BEFORE_BIRTH:
            return Wrong("date-too-early", "It lies before birth.")
        return None


def checked(item: Item, form: Form, *, actioned: frozenset[str], window: Window) -> Checked:
    """The item as answered. `actioned` are the ids that a recommendation is linked to."""
    comment = _comment(item, form)
    found = [_answer(item, key, form, window) for key in item.keys]
    kept = tuple(each for each in found if isinstance(each, Answer) and each.value)
    wrong = [*unclear(item, form)]
    wrong += [each for each in found if isinstance(each, Reason)]
    wrong += _comment_conflict(item, form)
    wrong += _words_missing(item, kept, comment)
    wrong += _action_missing(item, kept, comment, actioned)
    return Checked(answers=kept, comment=comment, reasons=tuple(wrong))


def unclear(item: Item, form: Form) -> Iterator[Reason]:
    """The reason why a row with number and words of different questions is read as neither's."""
    if form.unclear and not form.unclear.isdisjoint((*item.keys, item.comment_key)):
        yield Reason(
            code="unclear-row",
            where=place(item),
            text="A row has the number of this question and the words of another, or the other way "
            "round, so that nobody can tell which one is answered there. Put numbers and words "
            "back as they were issued, or use the form that was issued.",
        )


def place(item: Item, key: str = "") -> str:
    """Where an item stands in the form, as a person finds it: "3.2 Plan is …, In time"."""
    last = key.rpartition(".")[2]
    what = FACETS.get(last) or ("Comment" if key and key == item.comment_key else "")
    return f"{item.title}, {what}" if what else item.title


def worth(kind: str, text: str, choices: tuple[Choice, ...], window: Window) -> str | Wrong:
    """What a text is worth on an answer type: code, ISO date, digits or words; or what is wrong.

    `choices` serve where the type has no scale; a two-digit year is near the form's return.
    """
    plain = " ".join(text.split())
    if kind == "date":
        day = written_date(plain, pivot=window.returned.year + 1)
        fault = Wrong("not-a-date", _write(kind, ())) if day is None else window.fault(day)
        return fault or str(day)
    if kind == "int":
        number = _INTEGER.fullmatch(plain)
        return number[1] if number else Wrong("not-a-number", _write(kind, ()))
    if not listed(kind, choices):
        return text.strip()
    return code_of(kind, text, choices) or Wrong("not-a-choice", _write(kind, choices))


def _comment(item: Item, form: Form) -> str:
    found = form.answers.get(item.comment_key)
    return found.text if found else ""


def _answer(item: Item, key: str, form: Form, window: Window) -> Answer | Reason:
    found = form.answers.get(key)
    if key in form.conflicts:
        return _reason(item, key, _CONFLICT)
    if key in form.unclear:  # the row is told as a whole
        return Answer(item_id=item.id, facet=_facet(key))
    if found is None:
        return _unanswered(item, key, form)
    value = worth(item.kind, found.text, item.choices, window)
    if isinstance(value, Wrong):
        return _reason(item, key, value, found)
    return Answer(item_id=item.id, facet=_facet(key), value=value, carrier=found.carrier)


_CONFLICT = Wrong("conflict", "It is answered twice, differently: leave one answer.")


def _unanswered(item: Item, key: str, form: Form) -> Answer | Reason:
    if not item.required:
        return Answer(item_id=item.id, facet=_facet(key))
    if key not in form.seen:
        text = "The row or its answer is no longer in the form: start again from the form issued."
        return _reason(item, key, Wrong("gone", text))
    text = f"Nothing is answered. {_write(item.kind, choices_of(item))}"
    return _reason(item, key, Wrong("missing", text))


def _write(kind: str, choices: tuple[Choice, ...]) -> str:
    """What to write, in a sentence."""
    labels = [choice.label for choice in listed(kind, choices)]
    if labels:
        return f"Write one of: {', '.join(labels)}."
    return {"date": "Write a date as dd/mm/yyyy.", "int": "Write a whole number."}.get(
        kind, "Write a few words."
    )


def _comment_conflict(item: Item, form: Form) -> Iterator[Reason]:
    if item.comment_key and item.comment_key in form.conflicts:
        yield _reason(item, item.comment_key, _CONFLICT)


def _words_missing(item: Item, answers: Iterable[Answer], comment: str) -> Iterator[Reason]:
    if item.has_text and not comment and any(answers):
        text = "The answer needs its reason: write it under Comment."
        yield _reason(item, item.id, Wrong("words-missing", text))


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
        yield _reason(item, item.id, Wrong("words-missing", text))
    if item.id not in actioned and not _is_done_at_audit(comment):
        text = (
            "A standard that is not met needs a recommendation that names it, or the words "
            '"done at audit" with the date in its comment.'
        )
        yield _reason(item, item.id, Wrong("action-missing", text))


def _is_done_at_audit(comment: str) -> bool:
    done = _DONE_AT_AUDIT.search(" ".join(comment.split()))
    return done is not None and written_date(done[1]) is not None


def _facet(key: str) -> str:
    return key.rpartition(".")[2] if "." in key else ""


def _reason(item: Item, key: str, wrong: Wrong, found: Found | None = None) -> Reason:
    stood = found.text if found else ""
    return Reason(code=wrong.code, where=place(item, key), text=wrong.text, found=stood)
