"""What a form says before anybody writes on it: the header block and the extract's own evidence.

Source: domain.md A0.3, A3.2 (advisory results).
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from auditdocs.model.audit import Audit
from auditdocs.model.case import Case
from auditdocs.model.contract import Contract, Item
from auditdocs.model.people import Staff, Team
from auditdocs.model.settings import Settings
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.caseload.matching import name_key, person_for
from auditdocs.rules.forms.advice import advice_for
from auditdocs.rules.forms.applicability import label_for


def header(
    case: Case, audit: Audit, contract: Contract, staff: Staff, settings: Settings
) -> dict[str, str]:
    """The header block's fields by name, every one the contract has, "" where nothing is known."""
    team = staff.teams.get(case.team, Team(name=case.team))
    known = {
        **_of_audit(audit, contract, settings),
        **_of_child(case),
        "team": case.team,
        "team_manager": case.team_manager or team.manager,
        "allocated_worker": case.worker,
        "supervisor": _signatory(case, staff, team),
        "iro_or_chair": case.iro or case.cp_chair,
    }
    return {field.name: known.get(field.name, "") for field in contract.header}


def form_values(
    contract: Contract,
    audit: Audit,
    case: Case,
    settings: Settings,
    *,
    data_date: date,
    note: str = "",
) -> dict[str, Any]:
    """Everything a template may use for one form; `note` stands under the items that ask for it."""
    items = [item for item in contract.items if item.id in audit.printed]
    return {
        **audit.header,
        **identity_values(contract, audit.audit_id, settings),
        **printed_values(items),
        "advice": {
            item.id: note if item.note else advice_for(item, case, data_date)
            for item in contract.items
        },
        "labels": {item.id: label_for(item, case) for item in contract.items},
    }


def blank_values(contract: Contract, settings: Settings) -> dict[str, Any]:
    """The same for the intranet's copy: every item, and a header to be filled in by hand."""
    prompts = {
        field.name: contract.prompts["date" if field.type == "date" else "field"]
        for field in contract.header
    }
    return {
        **prompts,
        **identity_values(contract, "", settings),
        **printed_values(contract.items),
        "advice": {item.id: "" for item in contract.items},
        "labels": {item.id: item.label for item in contract.items},
    }


def printed_values(items: Collection[Item]) -> dict[str, tuple[str, ...]]:
    """The ids of the items a form prints, and the keys of their sections."""
    sections = dict.fromkeys(item.section for item in items)
    return {"printed": tuple(item.id for item in items), "sections": tuple(sections)}


def identity_values(contract: Contract, audit_id: str, settings: Settings) -> Mapping[str, str]:
    """What every form says of itself and of its service."""
    return {
        "audit_id": audit_id,
        "audit_type": contract.title,
        "form_version": str(contract.version),
        "type_key": contract.key,
        "type_version": str(contract.version),
        "fingerprint": contract.fingerprint,
        "form_name": f"{contract.title}, version {contract.version}",
        "service_name": settings.service_name,
        "marking": settings.marking,
    }


def _of_audit(audit: Audit, contract: Contract, settings: Settings) -> Mapping[str, str]:
    return {
        "audit_id": audit.audit_id,
        "audit_type": contract.title,
        "form_version": str(audit.version),
        "theme": audit.theme,
        "period_label": audit.period,
        "auditor": audit.auditor,
        "auditor_role": settings.post(audit.auditor_role),
        "auditor_team": audit.auditor_team,
        "date_issued": uk_date(audit.issued),
        "date_due": uk_date(audit.due),
    }


def _of_child(case: Case) -> Mapping[str, str]:
    return {
        "child_id": case.child_id,
        "child_initials": case.initials,
        "dob": uk_date(case.dob)
        or (f"Expected {uk_date(case.expected_dob)}" if case.expected_dob else ""),
        "age": "Unborn" if case.age == -1 else str(case.age) if case.age is not None else "",
        "gender": case.gender,
        "ethnicity": case.ethnicity,
        "disability": case.disability,
        "case_types": case.type_label,
        "legal_status": case.legal_status,
        "category_of_abuse": case.cp_category,
        "case_open_date": uk_date(case.open_date),
        "plan_start_date": uk_date(case.cp_start),
        "care_start_date": uk_date(case.care_start),
    }


def _signatory(case: Case, staff: Staff, team: Team) -> str:
    """The worker's supervisor; where that is the worker, the team manager or the head of service.

    Source: domain.md A3.1 ("a supervisor who is also the case-holder needs another signatory").
    """
    worker = person_for(case.worker, case.worker_id, staff.people)
    supervisor = case.supervisor or (worker.supervisor if worker else "")
    own = name_key(case.worker)
    if name_key(supervisor) != own:
        return supervisor
    over = (team.manager, team.head_of_service)
    return next((name for name in over if name and name_key(name) != own), "")
