"""Cases that the team manager has to agree to before an IRO or a CP adviser audits them.

Source: Audit procedure 3, Quality Audit ("these should be agreed by negotiation with the relevant
Team Managers"); domain.md A2.1, edges ("status proposed/agreed").
"""

from collections.abc import Iterator, Mapping
from datetime import date

from auditdocs.model.audit import ISSUED
from auditdocs.model.standing import Item
from auditdocs.places.journal.audits import audits
from auditdocs.places.journal.posted import staff_row
from auditdocs.rules.register.forms_out import FORMS_OUT, choice
from auditdocs.steps.office import Office

_TO_SAY: Mapping[str, str] = {
    "Proposed": "the team manager is to agree to the case, in the sheet Forms out",
    "Refused": "the team manager refused the case: withdraw the form, and issue another",
}


def choices_due(office: Office, on: date) -> Iterator[Item]:
    """A line for each form out whose case is proposed still, or refused, by audit id."""
    for audit in audits(office.journal, status=ISSUED):
        found = choice(audit, staff_row(office.journal, FORMS_OUT.name, audit.audit_id))
        if found in _TO_SAY and audit.issued <= on:
            yield Item(
                kind="case to agree",
                about=audit.audit_id,
                text=_TO_SAY[found],
                team=audit.team,
                due=audit.issued,
                late=found == "Refused",
            )
