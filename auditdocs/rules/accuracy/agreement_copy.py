"""What the copy of a signed agreement says, by the names that its Word template uses.

Source: the procedure, Process (Accuracy Audit: "a copy sent to the Head of Service for Business
Support"); settled.md.
"""

from collections.abc import Mapping
from datetime import date

from auditdocs.model.accuracy import FREQUENCIES, METHODS, AgreedItem, Agreement
from auditdocs.model.settings import Settings
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.forms.scales import label_of

Values = Mapping[str, str | tuple[Mapping[str, str], ...]]
"""Words by name, and the rows of tables."""


LETTER_NAME = "Copy of an Accuracy agreement"


def agreement_copy(agreement: Agreement, settings: Settings, *, to: str, on: date) -> Values:
    """Who signed what when, what changed, and every item as it was agreed."""
    left_out = (item for item in agreement.items if not item.include)
    return {
        "service_name": settings.service_name,
        "marking": settings.marking,
        "letter_name": LETTER_NAME,
        "reference": agreement.form_id,
        "to": to,
        "made": uk_date(on),
        "team": agreement.team,
        "version": str(agreement.version),
        "agreed": uk_date(agreement.agreed),
        "signed_tm": agreement.signed_tm,
        "signed_tm_date": uk_date(agreement.signed_tm_date),
        "signed_bso": agreement.signed_bso,
        "signed_bso_date": uk_date(agreement.signed_bso_date),
        "supersedes": agreement.supersedes,
        "changes": agreement.changes,
        "review_due": uk_date(agreement.review_due),
        "notes": agreement.notes,
        "checked": tuple(map(_checked, agreement.included)),
        "left_out": tuple({"item": i.label, "reason": i.reason_if_no} for i in left_out),
    }


def _checked(item: AgreedItem) -> Mapping[str, str]:
    return {
        "item": f"{item.label} (the team's own)" if item.local else item.label,
        "method": label_of("choice", item.method, METHODS),
        "frequency": label_of("choice", item.frequency, FREQUENCIES),
        "who": item.who_checks,
    }
