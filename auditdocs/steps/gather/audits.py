"""The rows of audits: their type's sheet, their recommendations, and the forms that are out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from auditdocs.model.audit import CLOSED, WITHDRAWN, Audit
from auditdocs.model.contract import Contract
from auditdocs.model.ledger import Line
from auditdocs.places.journal.audits import audit as audit_of
from auditdocs.places.journal.audits import ids_of_audits, withdrawal_of
from auditdocs.places.journal.posted import staff_row
from auditdocs.places.journal.returns import versions
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.follow_up.followed import Followed, Tracked
from auditdocs.rules.follow_up.sayings import after_talk
from auditdocs.rules.register.audits import audit_row, first_staff_values
from auditdocs.rules.register.columns import Row
from auditdocs.rules.register.forms_out import FORMS_OUT, form_out_row
from auditdocs.rules.register.recommendations import (
    NO_LONGER_MADE,
    RECOMMENDATIONS,
    recommendation_row,
)
from auditdocs.steps.gather.followed import (
    background,
    followed,
    with_those_asked_after,
)
from auditdocs.steps.office import Office


@dataclass(frozen=True, slots=True)
class _Whole:
    """An audit with all that its rows are worked out from."""

    audit: Audit
    contract: Contract
    """With the items of earlier versions."""
    of: Followed | None
    """None while its form is out."""


def audit_lines(office: Office) -> Iterator[Line]:
    """Every audit's rows; those of a type that the workspace no longer has are left as they are."""
    return _lines_of(office, ids_of_audits(office.journal, but=()))


def lines_of_audits(office: Office, audit_ids: Iterable[str]) -> Iterator[Line]:
    """The rows of those audits, and of earlier ones of which they may say what became of their
    recommendations."""
    return _lines_of(office, with_those_asked_after(office, audit_ids))


def _lines_of(office: Office, audit_ids: Iterable[str]) -> Iterator[Line]:
    """The rows of those audits, one audit read after the other: years of them are too many."""
    known, beside = _known(office), background(office)
    for audit in filter(None, (audit_of(office.journal, each) for each in audit_ids)):
        if audit.type in known:
            of = next(followed(office, beside, (audit.audit_id,)), None)
            yield from _lines(office, _Whole(audit, known[audit.type], of))


def audits_not_over(office: Office) -> tuple[str, ...]:
    """The ids of the audits of which something may still become overdue."""
    return ids_of_audits(office.journal, but=(CLOSED, WITHDRAWN))


def _known(office: Office) -> Mapping[str, Contract]:
    """The audit types by key, as the ledger shows them."""
    return {key: office.with_earlier_versions(each) for key, each in office.contracts.items()}


def _lines(office: Office, whole: _Whole) -> Iterator[Line]:
    audit, contract = whole.audit, whole.contract
    yield Line(FORMS_OUT.name, audit.audit_id, _form_out(office, audit, contract))
    if whole.of is not None:
        record, asked = whole.of.record, whole.of.contract
        first = first_staff_values(record, contract, asked)
        row = audit_row(audit, record, contract, asked)
        yield Line(contract.sheet, audit.audit_id, row, first)
        yield from _actions(whole.of, office.today)
        yield from _dropped(office, whole.of)


def _form_out(office: Office, audit: Audit, contract: Contract) -> Row:
    ended = withdrawal_of(office.journal, audit.audit_id) if audit.status == WITHDRAWN else None
    return form_out_row(
        audit,
        contract,
        today=office.today,
        grace=office.settings.supervision_days,
        said=staff_row(office.journal, FORMS_OUT.name, audit.audit_id),
        cause=f"{uk_date(ended[0])}: {ended[1]}" if ended else "",
    )


def _actions(of: Followed, today: date) -> Iterator[Line]:
    for place, each in enumerate(of.recommendations, start=1):
        outcome, amended = after_talk(place, of.papers)
        row = recommendation_row(
            each, of.audit, of.contract, today=today, outcome=outcome, amended=amended
        )
        yield Line(RECOMMENDATIONS.name, each.reference, row)


def _dropped(office: Office, of: Followed) -> Iterator[Line]:
    """What an earlier version of the form recommended and the corrected one does not."""
    if of.audit.form_version < 2:
        return
    known = {each.reference for each in of.recommendations}
    earlier = {
        each.reference: each
        for _, version in versions(office.journal, of.audit.audit_id)
        for each in version.recommendations
        if each.reference not in known
    }
    for reference, each in earlier.items():
        row = recommendation_row(Tracked(made=each), of.audit, of.contract, today=office.today)
        yield Line(RECOMMENDATIONS.name, reference, {**row, "Standing": NO_LONGER_MADE})
