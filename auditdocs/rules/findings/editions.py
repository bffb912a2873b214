"""Which answers compare: those to the same question, whatever version of the form asked it.

A version that adds a question leaves the others as they were, so a line goes on through it. A
question asked in other words is another question, though it kept its id: its earlier answers stay
in the register and in the archive, and are in no figure beside the new ones.

Source: domain.md D1 ("compare quarters on same questions only").
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract, Item
from auditdocs.model.form import Record
from auditdocs.rules.forms.versions import is_same_question


@dataclass(frozen=True, slots=True)
class Compared:
    """The records of some audits less the answers that do not compare."""

    records: Mapping[str, Record]
    """By audit id, with the answers to questions as they are asked today."""
    asked_otherwise: tuple[str, ...]
    """The ids of the audits that lost an answer."""


def asks_the_same(
    item: Item, audit: Audit, contract: Contract, editions: Mapping[str, Contract]
) -> bool:
    """Whether the audit's own form asked this question as its contract asks it today.

    `editions` are the contracts that forms were issued by, by fingerprint. Of an audit whose own
    is lost only the version tells.
    """
    then = editions.get(audit.fingerprint)
    if then is None:
        return audit.version == contract.version
    return is_same_question(item, then.item(item.id))


def compared(
    audits: Iterable[Audit],
    records: Mapping[str, Record],
    kinds: Mapping[str, Contract],
    editions: Mapping[str, Contract],
) -> Compared:
    """The records of these audits with the answers that compare, given their types by key."""
    changed = {
        (key, fingerprint): _changed(contract, then)
        for key, contract in kinds.items()
        for fingerprint, then in editions.items()
        if then.key == key
    }
    kept, otherwise = dict(records), []
    for audit in audits:
        gone = changed.get((audit.type, audit.fingerprint))
        record = records.get(audit.audit_id) if gone else None
        if record and gone and any(answer.item_id in gone for answer in record.answers):
            answers = tuple(each for each in record.answers if each.item_id not in gone)
            kept[audit.audit_id] = replace(record, answers=answers)
            otherwise.append(audit.audit_id)
    return Compared(kept, tuple(otherwise))


def _changed(contract: Contract, then: Contract) -> frozenset[str]:
    """The ids of the questions that were asked otherwise then."""
    return frozenset(
        item.id
        for item in contract.items
        if (before := then.item(item.id)) and not is_same_question(item, before)
    )
