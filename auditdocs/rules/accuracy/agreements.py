"""An agreement form come home: a version of the team's agreement, or everything wrong with it.

Source: domain.md C1 (fields; include = yes requires method and frequency), C3 (review).
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from auditdocs.model.accuracy import (
    LOCAL_PARTS,
    PART_CHOICES,
    AgreedItem,
    Agreement,
    AgreementForm,
)
from auditdocs.model.contract import AGREED, Contract, Field, Item
from auditdocs.model.form import LOCAL_COLUMNS, Form, Reason
from auditdocs.rules.calendar.dates import months_after, uk_date
from auditdocs.rules.caseload.matching import name_key
from auditdocs.rules.forms.headings import headings
from auditdocs.rules.returns.answers import Window, Wrong, unclear, worth

REVIEW_MONTHS = 6
"""An agreement is reviewed at least this often. Source: the procedure, Process (Accuracy Audit)."""

_MONTHS_BACK = 12
"""How long before its form was put out a meeting can have been: earlier is a slip of the year."""

_NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedAgreement:
    """A version, or the reasons why the form cannot be one; never both."""

    agreement: Agreement | None = None
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[str, ...] = ()


def judged_agreement(
    form: Form,
    contract: Contract,
    out: AgreementForm,
    last: Agreement | None,
    *,
    returned: date,
) -> JudgedAgreement:
    """What the form is worth; `last` is the version now in force, that this one is to replace."""
    earliest = months_after(out.issued, count=-_MONTHS_BACK)
    fields, wrong = _fields(form, contract, Window(returned=returned), earliest)
    agreed = date.fromisoformat(fields.get("agreed_date") or returned.isoformat())
    before = {item.id: item for item in last.items} if last else {}
    over = headings(contract)
    rows = [
        _under(over[item.id], _item(item, form, agreed, before.get(item.id)))
        for item in contract.items
    ]
    checked = [row.item for row in rows if row.item and row.item.include]
    rows += _local_items(form, agreed, before, checked)
    wrong += [reason for row in rows for reason in row.reasons]
    wrong += _as_a_whole(rows, agreed, last)
    if wrong:
        return JudgedAgreement(reasons=tuple(dict.fromkeys(wrong)))
    items = tuple(row.item for row in rows if row.item)
    version = _version(out, contract, fields, agreed, items, last)
    return JudgedAgreement(agreement=version, warnings=tuple(_warnings(form, out)))


def _version(
    out: AgreementForm,
    contract: Contract,
    fields: Mapping[str, str],
    agreed: date,
    items: tuple[AgreedItem, ...],
    last: Agreement | None,
) -> Agreement:
    """What was signed, as the version that follows the last."""
    return Agreement(
        form_id=out.form_id,
        key=contract.key,
        team=out.team,
        version=last.version + 1 if last else 1,
        agreed=agreed,
        review_due=months_after(agreed, count=REVIEW_MONTHS),
        items=items,
        tm=out.tm or fields["signed_tm"],
        bso=out.bso or fields["signed_bso"],
        signed_tm=fields["signed_tm"],
        signed_tm_date=date.fromisoformat(fields["signed_tm_date"]),
        signed_bso=fields["signed_bso"],
        signed_bso_date=date.fromisoformat(fields["signed_bso_date"]),
        supersedes=last.reference if last else "",
        changes=changes_summary(last, items),
        notes=fields.get("agreed_notes", ""),
    )


def agreement_digest(agreement: Agreement) -> str:
    """SHA-256 over everything the form says: a form that is saved again keeps its digest."""
    signed = (agreement.agreed, agreement.signed_tm_date, agreement.signed_bso_date)
    said = {
        "items": [[getattr(item, name) for name in _SAID] for item in agreement.items],
        "dates": [day.isoformat() for day in signed],
        "names": [agreement.signed_tm.casefold(), agreement.signed_bso.casefold()],
        "notes": agreement.notes,
    }
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


_SAID = ("id", "label", "include", *(part for part in AGREED if part != "include"))
_SAID += ("source_of_truth", "notes")


def changes_summary(last: Agreement | None, items: tuple[AgreedItem, ...]) -> str:
    """What a version changes against the one before, a sentence for each item, in words."""
    checked = sum(item.include for item in items)
    if last is None:
        return f"The team's first agreement: {checked} of {len(items)} items are checked."
    before = {item.id: item for item in last.items}
    now = {item.id: item for item in items}
    told = [change for item in items for change in _changes(before.get(item.id), item)]
    told += [f"{item.label}: no longer listed." for key, item in before.items() if key not in now]
    return " ".join(told) or "Reviewed without a change."


@dataclass(frozen=True, slots=True)
class _Row:
    item: AgreedItem | None
    reasons: tuple[Reason, ...] = ()


def _changes(before: AgreedItem | None, now: AgreedItem) -> Iterator[str]:
    if before is None:
        yield f"{now.label}: added."
    elif before.include != now.include:
        yield f"{now.label}: {'checked again' if now.include else 'no longer checked'}."
    elif now.include:
        for part, noun in (("method", "method"), ("frequency", "how often")):
            old, new = getattr(before, part), getattr(now, part)
            if old != new:
                yield f"{now.label}: {noun} was {_label(part, old)}, is {_label(part, new)}."
        if before.who_checks != now.who_checks:
            yield f"{now.label}: checked by somebody else."


def _label(part: str, code: str) -> str:
    labels = {choice.code: choice.label for choice in PART_CHOICES[part]}
    return f"“{labels.get(code, code)}”"


def _fields(
    form: Form, contract: Contract, window: Window, earliest: date
) -> tuple[dict[str, str], list[Reason]]:
    """The fields to fill in and the sign-off; every one but notes is needed."""
    values: dict[str, str] = {}
    wrong: list[Reason] = []
    over = headings(contract)
    for field in (*contract.auditor, *contract.sign_off):
        value = _field(field, form, window)
        if field.type == "date" and isinstance(value, str) and value < earliest.isoformat():
            text = "It lies more than a year before the form was put out: is the year right?"
            value = _reason("date-too-early", field.label, text, uk_date(date.fromisoformat(value)))
        if isinstance(value, Reason):
            wrong.append(replace(value, section=over[field.name]))
        else:
            values[field.name] = value
    return values, wrong


def _field(field: Field, form: Form, window: Window) -> str | Reason:
    found = form.fields.get(field.name)
    if field.name in {*form.conflicts, *form.unclear}:
        return _reason("conflict", field.label, "It stands twice, differently: leave one.")
    if found is None:
        return _reason("missing", field.label, _WRITE[field.type]) if _needed(field) else ""
    value = worth(field.type, found.text, field.choices, window)
    if isinstance(value, Wrong):
        return _reason(value.code, field.label, value.text, found.text)
    return value


_WRITE: Mapping[str, str] = {
    "date": "No date is written. Write a date as dd/mm/yyyy.",
    "name": "Nobody has signed. Write your name.",
    "text": "Nothing is written.",
}


def _needed(field: Field) -> bool:
    return field.type in ("date", "name")


def _item(item: Item, form: Form, agreed: date, before: AgreedItem | None) -> _Row:
    """A standard item as agreed; what is wrong with it names its number and column."""
    texts = {part: _text(form, f"{item.id}.{part}") for part in AGREED}
    wrong = [
        _reason("conflict", _place(item.title, part), "It stands twice, differently: leave one.")
        for part in AGREED
        if f"{item.id}.{part}" in form.conflicts
    ]
    if told := tuple(unclear(item, form)):
        return _Row(None, told)
    if not any(texts.values()) and f"{item.id}.include" not in form.seen:
        text = "The row is no longer in the form: start again from the form that was put out."
        return _Row(None, (_reason("gone", item.title, text),))
    values, faults = _codes(texts, item.title)
    wrong += faults
    wrong += _incomplete(values, texts, item.title)
    made = AgreedItem(
        id=item.id,
        label=item.label,
        include=values["include"] == "yes",
        reason_if_no=texts["reason_if_no"],
        method=values["method"],
        frequency=values["frequency"],
        who_checks=texts["who_checks"],
        source_of_truth=item.check.truth if item.check else "",
        start=_start(before, values["frequency"], agreed),
    )
    return _Row(made, tuple(wrong))


def _under(heading: str, row: _Row) -> _Row:
    """The row, with the heading under which a person finds what is wrong with it."""
    return _Row(row.item, tuple(replace(each, section=heading) for each in row.reasons))


def _local_items(
    form: Form, agreed: date, before: Mapping[str, AgreedItem], others: Iterable[AgreedItem]
) -> list[_Row]:
    """The team's own; a check list tells items by name, so none is called as another is."""
    rows = [_local_item(row, agreed, before) for row in form.local_items]
    labels = [item.label for item in (*others, *(row.item for row in rows if row.item))]
    times = Counter(name_key(label) for label in labels if label)
    return [_once(row, times) for row in rows]


def _local_item(row: Mapping[str, str], agreed: date, before: Mapping[str, AgreedItem]) -> _Row:
    texts = {name: row.get(name, "") for name in LOCAL_COLUMNS}
    label = " ".join(texts["label"].split())
    place = f"Local items, row {row['row']}"
    values, wrong = _codes({part: texts[part] for part in LOCAL_PARTS}, place)
    if not label:
        wrong.append(_reason("missing", place, "The item has no name. Write what is checked."))
    wrong += _incomplete({**values, "include": "yes"}, texts, place)
    key = local_id(label)
    made = AgreedItem(
        id=key,
        label=label,
        method=values["method"],
        frequency=values["frequency"],
        who_checks=texts["who_checks"],
        local=True,
        source_of_truth=texts["source_of_truth"],
        start=_start(before.get(key), values["frequency"], agreed),
        notes=texts["notes"],
    )
    return _Row(made, tuple(wrong))


def local_id(label: str) -> str:
    """The id of a team's own item, made from its name, so that the next version knows it again."""
    plain = _NOT_IN_AN_ID.sub("_", label.casefold()).strip("_")
    digest = hashlib.sha256(" ".join(label.casefold().split()).encode()).hexdigest()
    return f"l_{plain[:21].rstrip('_')}_{digest[:6]}"


def _once(row: _Row, times: Mapping[str, int]) -> _Row:
    if row.item is None or times[name_key(row.item.label)] < 2:
        return row
    text = "An item of that name stands there twice. Leave one, or name them apart."
    return _Row(row.item, (*row.reasons, _reason("twice", f"Local items: {row.item.label}", text)))


def _codes(texts: Mapping[str, str], where: str) -> tuple[dict[str, str], list[Reason]]:
    """The drop-downs' codes, "" where nothing that is on the list was chosen."""
    values, wrong = dict.fromkeys(PART_CHOICES, ""), []
    for part, choices in PART_CHOICES.items():
        text = texts.get(part, "")
        value = worth("choice", text, choices, _ANY_DAY) if text else ""
        if isinstance(value, Wrong):
            wrong.append(_reason(value.code, _place(where, part), value.text, text))
        else:
            values[part] = value
    return values, wrong


_ANY_DAY = Window(returned=date.max)


def _incomplete(
    values: Mapping[str, str], texts: Mapping[str, str], where: str
) -> Iterator[Reason]:
    """Yes needs method and frequency, No a reason, and one of the two must be said."""
    if not values["include"] and not texts.get("include"):
        yield _reason("missing", _place(where, "include"), "Say Yes or No.")
    if values["include"] == "no" and not texts.get("reason_if_no"):
        text = "The item is left out without a reason. Write why it is not checked."
        yield _reason("missing", _place(where, "reason_if_no"), text)
    if values["include"] == "yes":
        for part in ("method", "frequency"):
            if not texts.get(part):
                words = f"An item that is checked needs a {part}. Choose one from the list."
                yield _reason("missing", _place(where, part), words)


def _start(before: AgreedItem | None, frequency: str, agreed: date) -> date:
    """The rhythm goes on from where it began, unless the item or its frequency is new."""
    same = before is not None and before.include and before.frequency == frequency
    return before.start if before and same else agreed


def _as_a_whole(rows: list[_Row], agreed: date, last: Agreement | None) -> Iterator[Reason]:
    if not any(row.item and row.item.include for row in rows):
        yield _reason("nothing-included", "The whole form", "No item is included. Include one.")
    if last and agreed < last.agreed:
        text = (
            f"It was agreed before the agreement now in force, of {uk_date(last.agreed)}. "
            "If it is to count, write the day on which it was agreed again."
        )
        yield _reason("older-agreement", "Date the team manager and the officer met", text)


def _warnings(form: Form, out: AgreementForm) -> Iterator[str]:
    yield from form.notes
    found = form.fields.get("team")
    if found and out.header.get("team") and found.text.split() != out.header["team"].split():
        yield "The team's name was changed on the form: the team it was put out for stands."


def _text(form: Form, tag: str) -> str:
    found = form.answers.get(tag)
    return found.text.strip() if found else ""


def _place(where: str, part: str) -> str:
    return f"{where}, {AGREED.get(part, part)}"


def _reason(code: str, where: str, text: str, found: str = "") -> Reason:
    return Reason(code=code, where=where, text=text, found=found)
