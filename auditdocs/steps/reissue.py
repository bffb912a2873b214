"""Audits made again from the forms that went out: each form says at its head what it was issued as.

For a journal of which neither copy nor day book is left. What a form cannot say is lost with the
journal: why its case was chosen, who withdrew it, which letters went out, and which open actions of
earlier audits it listed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from auditdocs.errors import FormFault
from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.form import Form, Return
from auditdocs.model.people import ROLES
from auditdocs.places.disk import sha256, whole
from auditdocs.places.journal.audits import audits, keep_audits
from auditdocs.places.journal.caseload import data_dates
from auditdocs.rules.calendar.dates import written_date
from auditdocs.rules.caseload.matching import name_key
from auditdocs.steps.office import Office, service
from auditdocs.steps.receive.arrival import arrival, contract_then


def reissued(office: Office, forms: Iterable[Path]) -> tuple[Audit, ...]:
    """The audits of these forms that the journal does not know, kept as issued on their day."""
    known = {audit.audit_id for audit in audits(office.journal)}
    made: dict[str, Audit] = {}
    for path in forms:
        audit = _audit(office, path)
        if audit is not None and audit.audit_id not in known:
            made.setdefault(audit.audit_id, audit)
    for audit in _with_worker_ids(office, made.values()):
        keep_audits(office.journal, (audit,), day=audit.issued, cause="read from its form")
    return tuple(made[audit_id] for audit_id in sorted(made))


def _with_worker_ids(office: Office, made: Iterable[Audit]) -> Iterator[Audit]:
    """The audits with the ids of their workers, as the extract of their day has them: forms show
    none. Where no extract is left there are none."""
    by_day = sorted(made, key=attrgetter("issued"))
    if not data_dates(office.journal):
        yield from by_day
        return
    for day, audits_then in groupby(by_day, key=attrgetter("issued")):
        cases = {case.child_id: case for case in service(office, on=day).caseload.cases}
        for audit in audits_then:
            case = cases.get(audit.child_id)
            if case is not None and name_key(case.worker) == name_key(audit.worker):
                audit = replace(audit, worker_id=case.worker_id)
            yield audit


def _audit(office: Office, path: Path) -> Audit | None:
    """What a form was issued as, None where it is no audit's form or does not say it."""
    data = whole(path)
    came = Return(seen=office.today, file=path.name, sha256=sha256(data), outcome="set-aside")
    try:
        arrived = arrival(office, came, path.name, data)
        said = arrived.identity
        if said.type not in office.contracts or len(said.references) != 1:
            return None
        current = office.contracts[said.type]
        contract = contract_then(office, current, said.fingerprint, otherwise="")
        form = arrived.form(contract)
    except FormFault:
        return None
    (audit_id,) = said.references
    return _as_issued(office, form, contract, audit_id, office.workspace.relative(path))


def _as_issued(
    office: Office, form: Form, contract: Contract, audit_id: str, file: str
) -> Audit | None:
    header = {field.name: _said(form, field.name) for field in contract.header}
    issued, due = (written_date(header.get(name, "")) for name in ("date_issued", "date_due"))
    if issued is None or due is None or not header.get("child_id"):
        return None
    roles = {**{title: key for key, title in ROLES.items()}, **_own_titles(office)}
    asked = {tag.partition(".")[0] for tag in form.seen}
    return Audit(
        audit_id=audit_id,
        type=contract.key,
        version=contract.version,
        fingerprint=contract.fingerprint,
        child_id=header["child_id"],
        team=header.get("team", ""),
        worker=header.get("allocated_worker", ""),
        auditor=header.get("auditor", ""),
        auditor_role=roles.get(header.get("auditor_role", ""), ""),
        auditor_team=header.get("auditor_team", ""),
        period=header.get("period_label", ""),
        issued=issued,
        due=due,
        theme=header.get("theme", ""),
        file=file,
        header=header,
        printed=tuple(item.id for item in contract.items if item.id in asked),
    )


def _own_titles(office: Office) -> dict[str, str]:
    return {title: key for key, title in office.settings.posts.items()}


def _said(form: Form, name: str) -> str:
    found = form.fields.get(name)
    return found.text if found else ""
