"""A made-up auditor's answers to a form: for the demonstration council and for tests.

The same seed gives the same answers. They hold by every rule of the contract: a reason where one is
asked for, a recommendation or "done at audit" for each standard that is not met.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract, Item
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.forms.scales import choices_of
from auditdocs.rules.made_up.chance import Chance

ROWS = 5
"""Recommendation rows that a form has ready."""

_TURNS: Mapping[str, tuple[str, ...]] = {
    "grade": ("G", "G", "G", "G", "RI", "RI", "RI", "O", "I", "NA"),
    "yn": ("no", "no", "no", "yes"),
    "ynp": ("yes", "yes", "yes", "partly", "no", "na"),
    "facet": (*["yes"] * 14, "no", "not_due", "na", "na"),
}
_WORDS = (
    "The record shows this clearly & in the family's own words.",
    "Seen in the notes of the last three months; the dates agree.",
    "Partly recorded: the reasons are there, the outcome is not.",
    "Discussed with the worker, who knows what is to be done.",
)
_TASKS = (
    "Write up the missing entry and ask the team manager to sign it off",
    "Bring the plan up to date with outcome, action, owner and date",
    "Book the next review and record who was invited",
    "Add a case summary that a colleague on duty can use",
    "Ask the family for the missing details and record them",
)


@dataclass(frozen=True, slots=True)
class MadeUpAnswers:
    """What is typed into a form: text by tag, and the rows of the recommendations table."""

    answers: Mapping[str, str]
    recommendations: tuple[Mapping[str, str], ...]


def made_up_answers(
    contract: Contract, audit: Audit, *, audited: date, seed: str = ""
) -> MadeUpAnswers:
    """Answers to every item that the audit's form prints."""
    chance = Chance(f"{audit.audit_id}{seed}")
    items = [item for item in contract.items if item.id in audit.printed]
    answers = dict(pair for item in items for pair in _answers(item, chance))
    unmet = [item for item in items if _is_unmet(item, answers)]
    acted = unmet[:ROWS] or items[:1]
    for item in unmet:
        later = "" if item in acted else f" Done at audit {uk_date(audited)}."
        answers[item.comment_key] = f"Not there when the record was read.{later}"
    rows = [_row(item, audit, chance, audited) for item in acted]
    return MadeUpAnswers({**answers, "date_audited": uk_date(audited)}, tuple(rows))


def _answers(item: Item, chance: Chance) -> Iterator[tuple[str, str]]:
    for key in item.keys:
        yield key, _text(item, key, chance)
    if item.comment_key and (item.has_text or chance.happens(item.id, one_in=3)):
        yield item.comment_key, chance.one_of(f"{item.id} words", _WORDS)


def _text(item: Item, key: str, chance: Chance) -> str:
    turns = ("yes",) if item.safety else _TURNS.get(item.kind, ())
    code = chance.one_of(key, turns) if turns else ""
    labels = {choice.code: choice.label for choice in choices_of(item)}
    return labels.get(code) or chance.one_of(key, _WORDS)


def _is_unmet(item: Item, answers: Mapping[str, str]) -> bool:
    return bool(item.facets) and any(answers[key] == "No" for key in item.keys)


def _row(item: Item, audit: Audit, chance: Chance, audited: date) -> dict[str, str]:
    days = chance.number(f"{item.id} days", low=7, high=42)
    return {
        "recommendation": chance.one_of(f"{item.id} task", _TASKS),
        "linked_item": item.title,
        "category": chance.one_of(f"{item.id} category", ("Planning", "Recording", "Visits")),
        "priority": chance.one_of(f"{item.id} priority", ("Standard", "Standard", "High")),
        "owner_name": audit.worker,
        "owner_role": "Social worker",
        "due_date": uk_date(audited + timedelta(days=days)),
        "need_type": chance.one_of(f"{item.id} need", ("None", "None", "Individual", "Team")),
    }
