"""An agreement form before anybody writes on it: its header, and what stands in its answers.

What stands there is what the team last agreed, or the contract's defaults (domain.md C1, C2).
"""

from collections.abc import Mapping
from typing import Any

from auditdocs.model.accuracy import (
    PART_CHOICES,
    AgreedItem,
    Agreement,
    AgreementForm,
)
from auditdocs.model.contract import AGREED, Contract, Item
from auditdocs.model.form import LOCAL_COLUMNS
from auditdocs.model.people import Team
from auditdocs.model.settings import Settings
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.forms.scales import label_of


def agreement_header(
    form: AgreementForm,
    contract: Contract,
    team: Team,
    last: Agreement | None,
    *,
    open_cases: int,
) -> dict[str, str]:
    """The header block's fields by name, "" where nothing is known."""
    known = {
        "audit_id": form.form_id,
        "form_version": str(contract.version),
        "team": form.team,
        "team_manager": form.tm,
        "business_support": form.bso,
        "head_of_service": team.head_of_service,
        "agreement_version": f"To replace version {last.version}" if last else "The team's first",
        "last_agreed": uk_date(last.agreed) if last else "",
        "review_due": uk_date(last.review_due) if last else "",
        "open_cases": str(open_cases),
        "date_issued": uk_date(form.issued),
        "date_due": uk_date(form.due),
    }
    return {field.name: known.get(field.name, "") for field in contract.header}


def agreement_values(
    header: Mapping[str, str], contract: Contract, settings: Settings
) -> dict[str, Any]:
    """Everything a template may use for one agreement form."""
    return {
        **header,
        "type_key": contract.key,
        "type_version": str(contract.version),
        "fingerprint": contract.fingerprint,
        "form_name": f"{contract.title}, version {contract.version}",
        "service_name": settings.service_name,
        "marking": settings.marking,
        "printed": tuple(item.id for item in contract.items),
        "sections": tuple(section.key for section in contract.sections),
        "advice": {item.id: "" for item in contract.items},
        "labels": {item.id: item.label for item in contract.items},
    }


def agreement_answers(contract: Contract, last: Agreement | None, *, bso: str) -> dict[str, str]:
    """What stands in the answers of the standard items, by tag."""
    agreed = {item.id: item for item in last.items} if last else {}
    return {
        f"{item.id}.{part}": text
        for item in contract.items
        for part, text in _row(item, agreed.get(item.id), bso).items()
        if text
    }


def local_rows(last: Agreement | None) -> tuple[dict[str, str], ...]:
    """The team's own items as rows of the form, by column."""
    mine = [item for item in last.items if item.local] if last else []
    return tuple(_local_row(item) for item in mine)


def _row(item: Item, agreed: AgreedItem | None, bso: str) -> Mapping[str, str]:
    if agreed:
        return _shown(
            {
                "include": "yes" if agreed.include else "no",
                **{part: getattr(agreed, part) for part in AGREED if part != "include"},
            }
        )
    check = item.check
    assert check is not None  # the contract's shape: an item of an agreement has its check
    return _shown(
        {
            "include": "yes",
            "method": check.method,
            "frequency": check.frequency,
            "who_checks": bso or check.who,
        }
    )


def _local_row(item: AgreedItem) -> dict[str, str]:
    row = {name: str(getattr(item, name)) for name in LOCAL_COLUMNS}
    return {name: text for name, text in _shown(row).items() if text}


def _shown(row: Mapping[str, str]) -> dict[str, str]:
    """Codes in the words of their drop-downs."""
    return {
        part: label_of("choice", text, PART_CHOICES[part]) if part in PART_CHOICES else text
        for part, text in row.items()
    }
