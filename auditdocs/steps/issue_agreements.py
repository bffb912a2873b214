"""Agreement forms put out, one for each team, and copies of the signed ones for business support.

The journal is written first, and the form or copy after it: what a stop kept from being put out has
no file in the journal, and the next run puts it out under the same reference.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

from auditdocs.documents.forms.answer import answered
from auditdocs.documents.forms.fill import PreparedForm, prepared
from auditdocs.documents.letters.fill import prepared_letter
from auditdocs.errors import AuditdocsError, TemplateFault, Unavailable
from auditdocs.model.accuracy import OUT, Agreement, AgreementForm
from auditdocs.model.contract import AGREEMENT, Contract
from auditdocs.model.people import Team
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
from auditdocs.steps.agreements import forms, in_force
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
    out = _put_out(office, contract, planned.forms)
    return AgreementsOut(out, planned.warnings)


def agreements_in_place(office: Office) -> tuple[str, ...]:
    """Put out the agreement forms that a stop kept from being put out.

    Gives in words why any goes on waiting: it holds up nothing, and is tried again.
    """
    left = _not_put_out(office)
    try:
        for key in dict.fromkeys(form.key for form in left):
            _put_out(office, office.contract(key), [form for form in left if form.key == key])
    except Unavailable:
        raise
    except AuditdocsError as fault:
        told = f"Agreement forms that a stop held up are not put out yet: {fault.text}"
        return (f"{told} {fault.hint}".strip(),)
    return ()


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
    serials = count(last_form_serial(office.journal, stem) + 1)
    left = {form.team: form.form_id for form in _not_put_out(office)}
    for name in _teams(office, now, team):
        known = now.staff.teams.get(name, Team(name=name))
        yield AgreementForm(
            form_id=left.get(name) or f"{stem}{next(serials):04d}",
            key=contract.key,
            fingerprint=contract.fingerprint,
            team=name,
            tm=known.manager,
            bso=known.business_support,
            issued=office.today,
            due=office.today + timedelta(days=contract.due_days),
        )


def _not_put_out(office: Office) -> tuple[AgreementForm, ...]:
    """The forms that are asked for still, and of which a stop left only the reference."""
    return tuple(form for form in forms(office) if form.status == OUT and not form.file)


def _put_out(
    office: Office, contract: Contract, wanted: Iterable[AgreementForm]
) -> tuple[AgreementForm, ...]:
    """The forms in the outbox; the journal knows them before, and where they lie after it."""
    template = prepared(form_template(office.workspace.templates, contract), contract)
    keep_contract(office.workspace.archive, office.workspace.templates, contract)
    new = [replace(form, fingerprint=contract.fingerprint) for form in wanted]
    keep_forms(office.journal, (*_overtaken(office, new), *new))
    last, now = in_force(office), service(office)
    out = tuple(_placed(office, contract, template, form, last.get(form.team), now) for form in new)
    keep_forms(office.journal, out)
    return out


def _overtaken(office: Office, new: Iterable[AgreementForm]) -> Iterator[AgreementForm]:
    """The forms still out of the same teams, under their present names, as keep_forms knows them.

    A form of a team that was renamed since is replaced by the new one like any other.
    """
    teams = {form.team for form in new}
    return (form for form in forms(office) if form.status == OUT and form.team in teams)


def _placed(
    office: Office,
    contract: Contract,
    template: PreparedForm,
    form: AgreementForm,
    last: Agreement | None,
    now: Service,
) -> AgreementForm:
    """The form filled in and in the outbox, with its header and where it lies."""
    team = now.staff.teams.get(form.team, Team(name=form.team))
    open_cases = _open_cases(now, form.team)
    header = agreement_header(form, contract, team, last, open_cases=open_cases)
    filled = answered(
        template.filled(agreement_values(header, contract, office.settings)),
        agreement_answers(contract, last, bso=form.bso),
        local_items=local_rows(last),
    )
    name = f"{form.form_id} {contract.title} {form.team}"
    place = form_place(office.workspace.outbox, team=form.team, person=form.tm, name=name)
    put_form(place, filled)
    return replace(form, header=header, file=office.workspace.relative(place))


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
    post = office.settings.post("hos_bs")
    people = service(office).staff.people
    held = (p.name for p in people if p.role == "hos_bs" and p.active_on(office.today))
    return ", ".join([post, *list(held)[:1]])
