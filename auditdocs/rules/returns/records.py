"""A form made a record: every answer that applies, every recommendation, or all that is wrong."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract, Item
from auditdocs.model.form import Form, Found, Reason, Recommendation, Record
from auditdocs.rules.calendar.dates import months_after, written_date
from auditdocs.rules.caseload.matching import name_key
from auditdocs.rules.forms.headings import headings
from auditdocs.rules.returns.answers import Checked, Window, Wrong, checked, unclear, worth
from auditdocs.rules.returns.recommendations import actioned_items, recommendations

MONTHS_AHEAD = 12
"""How far ahead a meeting may be noted on a form, or beside it in the ledger; our decision."""

Answered = list[tuple[Item, Checked]]
"""Each item of the form with what came of it, in printed order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A record, or the reasons why the form cannot be one; never both."""

    record: Record | None = None
    reasons: tuple[Reason, ...] = ()


def judged(form: Form, contract: Contract, audit: Audit, *, returned: date) -> Judged:
    """What the form is worth. `returned` is the day it came back, no answer may lie after it.

    Source: domain.md A0.5, A0.6, A3.2.
    """
    items = [item for item in contract.items if item.id in audit.printed]
    said = form.answers.keys() | form.unclear
    if said.isdisjoint(key for item in items for key in item.keys):
        return Judged(reasons=(_UNANSWERED,))
    window = Window(returned=returned, born=written_date(audit.header.get("dob", "")))
    audited, date_reasons = _date_audited(form, contract, window)
    actions, action_reasons = recommendations(
        form, contract, audit_id=audit.audit_id, audited=audited
    )
    actioned = actioned_items(form, contract)
    answered = [(item, checked(item, form, actioned=actioned, window=window)) for item in items]
    fields, field_reasons = _fields(form, contract, window)
    field_reasons += _field_conflicts(form, contract)
    unknown = [(item, Checked(reasons=tuple(unclear(item, form)))) for item in contract.items]
    reasons = [*date_reasons, *_item_reasons([*answered, *unknown], contract)]
    reasons += [*action_reasons, *field_reasons]
    if reasons:
        return Judged(reasons=tuple(dict.fromkeys(reasons)))
    record = Record(
        audit_id=audit.audit_id,
        date_audited=audited,
        auditor=_auditor(form, contract, audit),
        answers=tuple(answer for _, each in answered for answer in each.answers),
        comments={item.id: each.comment for item, each in answered if each.comment},
        recommendations=actions,
        fields=fields,
        overall=_overall(answered),
        safe=not _is_unsafe(answered),
        carriers=_carriers(form, contract),
        warnings=tuple(_warnings(form, contract, audit, answered, actions)),
    )
    return Judged(record=record)


_LOOKBACK = "lookback_months"
FROM_SETTINGS = "settings"
"""The carrier of what stands in the settings, for nobody wrote it on the form."""

_UNANSWERED = Reason(
    code="unanswered",
    where="The whole form",
    text="No question is answered: it may have been returned before it was filled in and saved.",
)


def with_lookback(record: Record, contract: Contract, *, months: int) -> Record:
    """The record, with the months of the case record that are looked at where nobody wrote them.

    Source: domain.md A0.3 ("lookback_months (default 12)").
    """
    asked = any(field.name == _LOOKBACK for field in contract.auditor)
    if not asked or record.fields.get(_LOOKBACK):
        return record
    return replace(
        record,
        fields={**record.fields, _LOOKBACK: str(months)},
        carriers={**record.carriers, _LOOKBACK: FROM_SETTINGS},
    )


def digest(record: Record) -> str:
    """SHA-256 over everything the form says: a form that is saved again keeps its digest."""
    said = {
        "answers": sorted((a.item_id, a.facet, a.value) for a in record.answers),
        "comments": sorted(record.comments.items()),
        "recommendations": [_action(each) for each in record.recommendations],
        "fields": sorted(record.fields.items()),
        "audited": record.date_audited.isoformat(),
        "auditor": name_key(record.auditor),
    }
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()


def same_auditor(form_auditor: str, earlier: Iterable[str]) -> bool:
    """Whether a second form for an audit comes from somebody who returned it before.

    Source: settled.md, corrected return or second auditor.
    """
    return name_key(form_auditor) in {name_key(name) for name in earlier}


def changes(before: Record, after: Record) -> tuple[str, ...]:
    """The item ids whose answer or comment a corrected form changed, and "recommendations"."""
    old, new = _said(before), _said(after)
    changed = [item for item in old | new if old.get(item) != new.get(item)]
    acted = [*map(_action, before.recommendations)] != [*map(_action, after.recommendations)]
    return (*sorted(changed), *(["recommendations"] if acted else []))


def _said(record: Record) -> dict[str, set[tuple[str, str]]]:
    """What is said of each item: each facet with its answer, and the comment."""
    said: dict[str, set[tuple[str, str]]] = {}
    for answer in record.answers:
        said.setdefault(answer.item_id, set()).add((answer.facet, answer.value))
    for item, comment in record.comments.items():
        said.setdefault(item, set()).add(("comment", comment))
    return said


def _action(action: Recommendation) -> list[str]:
    """What the form says of a recommendation, less its number."""
    return [
        action.recommendation,
        action.linked_item,
        action.category,
        action.priority,
        action.owner_name,
        action.owner_role,
        action.due_date.isoformat(),
        action.need_type,
    ]


def _item_reasons(answered: Answered, contract: Contract) -> Iterator[Reason]:
    """What is wrong with each item, with the heading under which a person finds it."""
    over = headings(contract)
    for item, each in answered:
        yield from (replace(reason, section=over.get(item.id, "")) for reason in each.reasons)


def _date_audited(form: Form, contract: Contract, window: Window) -> tuple[date, list[Reason]]:
    """The date the auditor wrote; where none is written, the day the form came back."""
    found = form.fields.get("date_audited")
    if found is None:
        return window.returned, []
    day = worth("date", found.text, (), window)
    if isinstance(day, Wrong):
        labels = {field.name: field.label for field in contract.auditor}
        label = labels.get("date_audited", "Date audited")
        return window.returned, [_field_reason("date_audited", label, day, contract, found.text)]
    return date.fromisoformat(day), []


def _fields(form: Form, contract: Contract, window: Window) -> tuple[dict[str, str], list[Reason]]:
    """The auditor's fields and the sign-off, whose meetings may be up to a year ahead."""
    values, reasons = {}, []
    ahead = Window(
        returned=months_after(window.returned, count=MONTHS_AHEAD),
        born=window.born,
        later="It lies more than a year ahead: see whether the year is right.",
    )
    windows = {field.name: ahead for field in contract.sign_off}
    for field in (*contract.auditor, *contract.sign_off):
        found = form.fields.get(field.name)
        if found is None or field.name == "date_audited":
            continue
        value = worth(field.type, found.text, field.choices, windows.get(field.name, window))
        if isinstance(value, Wrong):
            reasons.append(_field_reason(field.name, field.label, value, contract, found.text))
        else:
            values[field.name] = value
    return values, reasons


def _field_conflicts(form: Form, contract: Contract) -> Iterator[Reason]:
    """The fields that somebody fills in and that stand twice, differently."""
    for field in (*contract.auditor, *contract.sign_off):
        if field.name in {*form.conflicts, *form.unclear}:
            yield _field_reason(field.name, field.label, _TWICE, contract)


_TWICE = Wrong("conflict", "It stands twice, differently: leave one.")


def _carriers(form: Form, contract: Contract) -> dict[str, str]:
    """How each comment and each field was found; an answer says so itself."""
    comments = {item.comment_key for item in contract.items if item.comment_key}
    fields = {field.name for field in (*contract.auditor, *contract.sign_off)}
    found = {
        **{key: each for key, each in form.answers.items() if key in comments},
        **{name: each for name, each in form.fields.items() if name in fields},
    }
    return {key: each.carrier for key, each in found.items()}


def _field_reason(
    name: str, label: str, wrong: Wrong, contract: Contract, found: str = ""
) -> Reason:
    section = headings(contract).get(name, "")
    return Reason(code=wrong.code, where=label, text=wrong.text, found=found, section=section)


def _auditor(form: Form, contract: Contract, audit: Audit) -> str:
    """Who signed, else who is named in the header, else to whom the form was issued."""
    signature = next((f.name for f in contract.sign_off if f.type == "name"), "")
    named = form.fields.get(signature) or form.fields.get("auditor")
    return named.text if named else audit.auditor


def _overall(answered: Answered) -> str:
    grades = (each.answers for item, each in answered if item.overall)
    return next((answers[0].value for answers in grades if answers), "")


def _is_unsafe(answered: Answered) -> bool:
    return any(_holds(each, "no") for item, each in answered if item.safety)


def _holds(each: Checked, value: str) -> bool:
    return any(answer.value == value for answer in each.answers)


def _warnings(
    form: Form,
    contract: Contract,
    audit: Audit,
    answered: Answered,
    actions: Iterable[Recommendation],
) -> Iterator[str]:
    yield from form.notes
    if "date_audited" not in form.fields:
        yield "No date of audit was written: the day the form came back was taken."
    for field in contract.header:
        found, issued = form.fields.get(field.name), audit.header.get(field.name, "")
        if found and issued and _plain(found) != " ".join(issued.split()):
            yield f'"{field.label}" was changed on the form: what was issued stands.'
        elif issued and not found and field.name in form.seen and form.identity.references:
            yield f'"{field.label}" was emptied on the form: what was issued stands.'
    yield from _gone(form, answered)
    unsafe = any(item.safeguarding and _holds(each, "I") for item, each in answered)
    if unsafe and _overall(answered) in ("O", "G"):
        yield "The overall grade is good although safeguarding was found inadequate."
    if _is_unsafe(answered):
        yield "The auditor says that the child is not safe today."
        if all(action.priority != "immediate" for action in actions):
            yield "None of the recommendations is immediate."


def _gone(form: Form, answered: Answered) -> Iterator[str]:
    """The questions that need no answer and whose rows somebody took out of the form."""
    gone = [item.number for item, _ in answered if form.seen.isdisjoint(item.keys)]
    if gone:
        yield f"No longer in the form: {', '.join(gone)}."


def _plain(found: Found) -> str:
    return " ".join(found.text.split())
