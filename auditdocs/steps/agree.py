"""Agreement forms put out, one for each team, and copies of the signed ones for business support.

The journal is written before the copy, and the copy before the day it was put out: a stop between
the two leaves an agreement without its copy, and the next run makes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from auditdocs.documents.forms.answer import answered
from auditdocs.documents.forms.fill import prepared
from auditdocs.documents.letters.fill import prepared_letter
from auditdocs.errors import TemplateFault
from auditdocs.model.accuracy import Agreement, AgreementForm
from auditdocs.model.contract import AGREEMENT, Contract
from auditdocs.model.people import ROLES, Team
from auditdocs.places.journal.agreements import (
    agreements,
    change_agreement,
    keep_forms,
    last_form_serial,
)
from auditdocs.places.outbox import form_place, letter_place, put_form, put_report
from auditdocs.places.templates import form_template, keep_contract, letter_template
from auditdocs.rules.accuracy.agreement_copy import agreement_copy
from auditdocs.rules.accuracy.agreement_form import (
    agreement_answers,
    agreement_header,
    agreement_values,
    local_rows,
)
from auditdocs.rules.calendar.periods import month_of
from auditdocs.rules.caseload.teams import team_named
from auditdocs.steps.agreed import in_force
from auditdocs.steps.office import Office, Service, contract_warnings, service


@dataclass(frozen=True, slots=True)
class AgreementsOut:
    """The agreement forms that were, or would be, put out."""

    forms: tuple[AgreementForm, ...]
    warnings: tuple[str, ...] = ()


def planned_agreements(office: Office, contract: Contract, *, team: str = "") -> AgreementsOut:
    """For which teams a form would be put out; nothing is written. Raises UsageFault."""
    now = service(office)
    forms = tuple(_forms(office, contract, now, team))
    nobody = [form.team for form in forms if not (form.tm and form.bso)]
    told = "The register names no team manager or no business support officer for: "
    vacant = (f"{told}{', '.join(nobody)}.",) if nobody else ()
    return AgreementsOut(forms, (*contract_warnings(office, contract), *vacant))


def agreements_out(office: Office, contract: Contract, *, team: str = "") -> AgreementsOut:
    """An agreement form for each team, or for one, in the outbox. Raises UsageFault."""
    planned = planned_agreements(office, contract, team=team)
    template = prepared(form_template(office.workspace.templates, contract), contract)
    last, now = in_force(office), service(office)
    keep_contract(office.workspace.archive, office.workspace.templates, contract)
    out = []
    for form in planned.forms:
        header = agreement_header(
            form,
            contract,
            now.staff.teams.get(form.team, Team(name=form.team)),
            last.get(form.team),
            open_cases=_open_cases(now, form.team),
        )
        blank = template.filled(agreement_values(header, contract, office.settings))
        filled = answered(
            blank,
            agreement_answers(contract, last.get(form.team), bso=form.bso),
            local_items=local_rows(last.get(form.team)),
        )
        name = f"{form.form_id} {contract.title} {form.team}"
        place = form_place(office.workspace.outbox, team=form.team, person=form.tm, name=name)
        put_form(place, filled)
        out.append(replace(form, header=header, file=office.workspace.relative(place)))
    keep_forms(office.journal, out)
    return AgreementsOut(tuple(out), planned.warnings)


def copies_put_out(office: Office) -> tuple[str, ...]:
    """The copy of each signed agreement that has none yet put out; why any goes on waiting.

    Source: settled.md (the copy is a letter that names the post, its holder and the team).
    """
    waiting = [each for each in agreements(office.journal) if each.copied is None]
    try:
        for agreement in waiting:
            _copied(office, agreement)
    except TemplateFault as fault:
        return (f"Copies of agreements wait: {fault.text} {fault.hint}".strip(),)
    return ()


def agreement_contract(office: Office) -> Contract | None:
    """The contract of agreements, None where the service has none."""
    found = (each for each in office.of_teams.values() if each.family == AGREEMENT)
    return next(found, None)


def _forms(office: Office, contract: Contract, now: Service, team: str) -> Iterator[AgreementForm]:
    stem = f"{contract.prefix}-{month_of(office.today).label}-"
    serial = last_form_serial(office.journal, stem)
    for number, name in enumerate(_teams(office, now, team), start=serial + 1):
        known = now.staff.teams.get(name, Team(name=name))
        yield AgreementForm(
            form_id=f"{stem}{number:04d}",
            key=contract.key,
            fingerprint=contract.fingerprint,
            team=name,
            tm=known.manager,
            bso=known.business_support,
            issued=office.today,
            due=office.today + timedelta(days=contract.due_days),
        )


def _teams(office: Office, now: Service, team: str) -> list[str]:
    """The teams with open cases, or the one named. Raises UsageFault for one that has none."""
    names = sorted({case.team for case in now.caseload.cases if case.is_open and case.team})
    return [team_named(team, names, office.settings.teams)] if team else names


def _open_cases(now: Service, team: str) -> int:
    return sum(case.is_open and case.team == team for case in now.caseload.cases)


def _copied(office: Office, agreement: Agreement) -> None:
    """The copy in the outbox, and the day noted. Raises TemplateFault."""
    to, settings = _holder(office), office.settings
    values = agreement_copy(agreement, settings, to=to, on=office.today)
    template = letter_template(office.workspace.templates, "agreement-copy")
    letter = prepared_letter(template, known=values).filled(values)
    name = f"Accuracy agreement {agreement.team} version {agreement.version}"
    place = put_report(letter_place(office.workspace.outbox, name), letter)
    copied = replace(agreement, copied=office.today, copy=office.workspace.relative(place))
    change_agreement(office.journal, copied)


def _holder(office: Office) -> str:
    """The title of the post, and who holds it today where the register says so."""
    post = office.settings.posts.get("hos_bs", ROLES["hos_bs"])
    people = service(office).staff.people
    held = (p.name for p in people if p.role == "hos_bs" and p.active_on(office.today))
    return ", ".join([post, *list(held)[:1]])
