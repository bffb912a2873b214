"""An agreement form received: a new version of its team's agreement, or set aside."""

from dataclasses import replace

from auditdocs.errors import FormFault
from auditdocs.model.accuracy import Agreement, AgreementForm
from auditdocs.model.contract import AGREEMENT
from auditdocs.model.form import Return
from auditdocs.places.archive import form_place
from auditdocs.places.journal.agreements import (
    agreement_digests,
    keep_agreement,
)
from auditdocs.places.journal.returns import return_of
from auditdocs.rules.accuracy.agreements import agreement_digest, judged_agreement
from auditdocs.rules.caseload.matching import name_key
from auditdocs.rules.caseload.teams import name_today
from auditdocs.steps.agreements import form as form_named
from auditdocs.steps.agreements import forms, in_force
from auditdocs.steps.office import Office
from auditdocs.steps.receive.arrival import (
    Arrival,
    Ended,
    came_as,
    contract_then,
    duplicate,
    set_aside,
)


def is_agreement(office: Office, arrived: Arrival) -> bool:
    """Whether a Word document says that it is an agreement form, or names one that was put out."""
    if arrived.document is None:
        return False
    said = arrived.identity
    contract = office.of_teams.get(said.type)
    known = contract is not None and contract.family == AGREEMENT
    return known or any(form_named(office, each) for each in said.references)


def agreement_received(office: Office, arrived: Arrival) -> Ended:
    """The form taken as a version, known for a duplicate, or set aside. Raises FormFault."""
    same = return_of(office.journal, arrived.came.sha256)
    if same is not None:
        return _duplicate(office, arrived.came, same.audit_id, "It is the very same file.")
    out = _put_out(office, arrived)
    contract = contract_then(
        office, office.of_teams.get(out.key), out.fingerprint, otherwise="or fill in a fresh form"
    )
    came = replace(arrived.came, audit_id=out.form_id)
    last = in_force(office).get(out.team)
    form = arrived.form(contract)
    verdict = judged_agreement(form, contract, out, last, returned=office.today)
    if verdict.agreement is None:
        return set_aside(office, came, verdict.reasons, notes=form.notes)
    said = agreement_digest(verdict.agreement)
    if said in agreement_digests(office.journal, out.form_id):
        return _duplicate(office, came, out.form_id, "It says the same.")
    return _taken(office, came, out, verdict.agreement, said, verdict.warnings)


def _taken(
    office: Office,
    came: Return,
    out: AgreementForm,
    agreement: Agreement,
    said: str,
    warnings: tuple[str, ...],
) -> Ended:
    place = form_place(
        office.workspace.archive,
        day=office.today,
        kind=office.sheet(out.key),
        audit_id=out.form_id,
        file=f"{agreement.reference}{came.suffix}",
    )
    details = {"Agreement": agreement.reference, "Changed": agreement.changes}
    if told := (*came_as(came.suffix), *warnings):
        details["To know"] = " ".join(told)
    done = replace(
        came,
        outcome="accepted",
        version=agreement.version,
        digest=said,
        stored=office.workspace.relative(place),
        details=details,
    )
    kept = replace(agreement, archived=done.stored)
    return keep_agreement(office.journal, done, kept, form=out), done


def _put_out(office: Office, arrived: Arrival) -> AgreementForm:
    """The form as it was put out. Raises FormFault when it was not, or names two."""
    references = arrived.identity.references
    if len(references) > 1:
        raise FormFault(
            "two-references",
            "The form names two different forms: it was put together from two.",
            hint="Copy what was agreed into the form that was put out, and return that.",
        )
    named = next(iter(references), "")
    found = form_named(office, named) if named else _of_the_team(office, arrived)
    if found is None:
        raise FormFault(
            "unknown-audit",
            "The form names no agreement form that was put out here.",
            hint='Fill in the form in outbox/forms; "auditdocs issue accuracy-agreement" makes it. '
            "On a blank form write the team's name as the case system has it.",
        )
    return found


def _of_the_team(office: Office, arrived: Arrival) -> AgreementForm | None:
    """The newest form put out for the team that a blank form names; None where it names none."""
    contract = office.of_teams[arrived.identity.type]
    team = arrived.form(contract).fields.get("team")
    if team is None:
        return None
    wanted = name_key(name_today(team.text, office.settings.teams))
    known = [each for each in forms(office) if name_key(each.team) == wanted]
    return known[-1] if known else None


def _duplicate(office: Office, came: Return, form_id: str, why: str) -> Ended:
    out = form_named(office, form_id)
    kind = office.sheet(out.key) if out else "duplicates"
    return duplicate(office, came, form_id, why, kind=kind, suffix=came.suffix)
