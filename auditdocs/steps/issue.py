"""Forms issued: cases chosen as the procedure says, filled forms put in the outbox, all recorded.

The journal is written first and the forms after it, so that a stop anywhere leaves audits that are
"selected": the next run puts their forms in place, the same ones.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from auditdocs.documents.forms.fill import PreparedForm, prepared
from auditdocs.errors import AuditdocsError, Unavailable, UsageFault
from auditdocs.model.audit import ISSUED, SELECTED, Audit
from auditdocs.model.case import Case
from auditdocs.model.contract import AGREEMENT, CHECK_LIST, Contract
from auditdocs.model.letter import Letter
from auditdocs.model.people import ROLES
from auditdocs.model.selection import Pick, Selection
from auditdocs.places.journal.audits import (
    audits,
    audits_recommending,
    keep_audits,
    keep_selection,
    last_serial,
)
from auditdocs.places.outbox import blank_place, form_place, put_anew, put_form
from auditdocs.places.templates import form_template, keep_contract
from auditdocs.rules.calendar.periods import month_of, period, quarter_of
from auditdocs.rules.follow_up.exchange import exchange_letters
from auditdocs.rules.follow_up.followed import Tracked
from auditdocs.rules.follow_up.shown import carried
from auditdocs.rules.forms.applicability import items_for
from auditdocs.rules.forms.prefill import blank_values, form_values, header
from auditdocs.rules.programme.outlook import Outlook, outlook, outlook_words
from auditdocs.rules.programme.spread import TeamSpread, team_spreads, worker_shares
from auditdocs.rules.programme.targets import capacity_words, target_words
from auditdocs.rules.programme.to_act import ToAct, to_act
from auditdocs.rules.selection.request import Request
from auditdocs.rules.selection.selection import PAIRED, selection
from auditdocs.steps.follow_up.desk import desk
from auditdocs.steps.follow_up.making import letters_made
from auditdocs.steps.gather.followed import Background, background, followed
from auditdocs.steps.office import Office, Service, contract_warnings, service
from auditdocs.steps.wish import Wish, request_of, type_of_cases


@dataclass(frozen=True, slots=True)
class Issued:
    """The audits whose forms went out, and the selection they follow from."""

    audits: tuple[Audit, ...]
    selection: Selection
    letters: tuple[Letter, ...] = ()
    """The exchange lists for the managers."""


@dataclass(frozen=True, slots=True)
class Planned:
    """Who would be chosen and why, and how the programme stands."""

    selection: Selection
    spread: tuple[TeamSpread, ...]
    outlook: Outlook
    programme: tuple[str, ...]
    """In sentences with numbers: done of each target, covered, forecast, capacity."""
    to_act: tuple[ToAct, ...]
    """Who has to act before every case can be audited."""


def planned(office: Office, wish: Wish) -> Planned:
    """Who would be chosen and why, who would not and why; nothing is written."""
    now = service(office)
    request = request_of(office, now, wish)
    chosen = _selected(office, request)
    own, cases = request.own_audits, [case for case in request.open_cases if request.covers(case)]
    ahead = outlook(
        request.contract, request.cases, own, data_date=request.data_date, today=request.today
    )
    return Planned(
        selection=chosen,
        spread=team_spreads(worker_shares(cases, own, chosen.picks, today=request.today)),
        outlook=ahead,
        programme=(*target_words(request), *outlook_words(ahead), *capacity_words(request)),
        to_act=to_act(cases, request.staff, today=request.today),
    )


def issued(office: Office, wish: Wish) -> Issued:
    """The forms of a selection put in the outbox, after those that an earlier stop left behind."""
    contract = type_of_cases(office, wish.type)
    template = prepared(form_template(office.workspace.templates, contract), contract)
    not_out = put_in_place(office)
    now = service(office)
    chosen = _selected(office, request_of(office, now, wish))
    cases = {case.child_id: case for case in now.caseload.cases}
    new = tuple(_audits(office, contract, chosen, cases, now))
    keep_contract(office.workspace.archive, office.workspace.templates, contract)
    lists = exchange_letters(chosen, contract, now.caseload.cases, now.staff, today=office.today)
    keep_selection(office.journal, chosen, new, made=office.today, letters=lists)
    beside = background(office)
    out = tuple(
        _placed(office, audit, contract, cases, now, template, beside)
        for audit in office.counted("Forms filled", new)
    )
    keep_audits(office.journal, out, day=office.today, cause="form put in the outbox")
    letters = letters_made(desk(office))[0] if lists else ()
    told = replace(chosen, warnings=(*not_out, *chosen.warnings))
    return Issued(out, told, letters)


def put_in_place(office: Office) -> tuple[str, ...]:
    """Put out the forms of audits that were selected when a stop came.

    Gives in words why those of a type are not: they hold up nothing, and are tried again.
    """
    left: dict[str, list[Audit]] = {}
    for audit in audits(office.journal, status=SELECTED):
        left.setdefault(audit.type, []).append(audit)
    return tuple(filter(None, (_put_out_late(office, key, left[key]) for key in left)))


def _put_out_late(office: Office, key: str, left: Sequence[Audit]) -> str:
    """The forms of a type put out after a stop; gives why they are not, "" when they are."""
    try:
        contract = office.contract(key)
        template = prepared(form_template(office.workspace.templates, contract), contract)
    except Unavailable:
        raise
    except AuditdocsError as fault:
        told = f"Forms of {key} that were chosen before a stop are not put out yet: {fault.text}"
        return f"{told} {fault.hint}".strip()
    chosen_from = service(office, on=min(audit.issued for audit in left)).caseload.cases
    now = service(office)  # a child of a sample may be gone from it
    cases = {case.child_id: case for case in (*chosen_from, *now.caseload.cases)}
    beside = background(office)
    out = [
        _placed(office, audit, contract, cases, now, template, beside)
        for audit in office.counted("Forms filled", left)
    ]
    keep_audits(office.journal, out, day=office.today, cause="form put in the outbox after a stop")
    return ""


def blanks(office: Office, types: Iterable[str]) -> tuple[str, ...]:
    """The intranet's blank forms of these types, or of all; gives where they are."""
    agreements = (each for each in office.of_teams.values() if each.family == AGREEMENT)
    every = [*office.contracts.values(), *agreements]
    wanted = [_on_paper(office, key) for key in types] or every
    return tuple(_blank(office, contract) for contract in wanted)


def _selected(office: Office, request: Request) -> Selection:
    """The selection; first among its warnings is what ails the contract, and what the staff."""
    chosen = selection(request)
    told = contract_warnings(office, request.contract)
    if request.contract.selection in PAIRED:
        told = (*told, *request.staff.pair_warnings)
    return replace(chosen, warnings=(*told, *request.staff.warnings, *chosen.warnings))


def _audits(
    office: Office, contract: Contract, chosen: Selection, cases: dict[str, Case], now: Service
) -> Iterator[Audit]:
    """The audits of the picks, each with the next free serial of its period."""
    serials: dict[str, int] = {}
    for pick in chosen.picks:
        label = pick.period or chosen.period
        stem = f"{contract.prefix}-{_reference_period(label, office)}"
        serial = serials.get(stem) or last_serial(office.journal, f"{stem}-")
        serials[stem] = serial + 1
        audit = _audit(office, contract, pick, label, f"{stem}-{serial + 1:04d}", chosen.theme)
        case = cases[pick.child_id]
        printed = tuple(item.id for item in items_for(contract, case))
        filled = header(case, audit, contract, now.staff, office.settings)
        yield replace(audit, header=filled, printed=printed)


def _reference_period(label: str, office: Office) -> str:
    """A period of any length that is neither a month nor a quarter counts from its month."""
    span = period(label)
    is_short = span in (month_of(span.first), quarter_of(span.first))
    return span.label if is_short else month_of(office.today).label


def _audit(
    office: Office, contract: Contract, pick: Pick, label: str, audit_id: str, theme: str
) -> Audit:
    return Audit(
        audit_id=audit_id,
        type=contract.key,
        version=contract.version,
        fingerprint=contract.fingerprint,
        child_id=pick.child_id,
        team=pick.team,
        worker=pick.worker,
        worker_id=pick.worker_id,
        auditor=pick.auditor,
        auditor_role=pick.auditor_role,
        auditor_team=pick.auditor_team,
        period=label,
        issued=office.today,
        due=pick.due,
        status=SELECTED,
        theme=theme,
    )


def _placed(
    office: Office,
    audit: Audit,
    contract: Contract,
    cases: dict[str, Case],
    now: Service,
    template: PreparedForm,
    beside: Background,
) -> Audit:
    """The audit with its form in the outbox, in the folder of the person who is to fill it in."""
    before = _carried(office, audit, beside) if any(item.note for item in contract.items) else ()
    values = form_values(
        contract,
        audit,
        cases[audit.child_id],
        office.settings,
        data_date=now.caseload.data_date,
        note=carried(before),
    )
    name = f"{audit.audit_id} {contract.sheet} {audit.child_id}"
    place = form_place(
        office.workspace.outbox,
        team=audit.auditor_team or ROLES.get(audit.auditor_role, ""),
        person=audit.auditor,
        name=name,
    )
    put_form(place, template.filled(values))
    listed = tuple(each.reference for each in before)
    return replace(audit, status=ISSUED, file=office.workspace.relative(place), carried=listed)


def _carried(office: Office, audit: Audit, beside: Background) -> tuple[Tracked, ...]:
    """What earlier audits of the child left to be done."""
    before = [
        each.audit_id
        for each in audits_recommending(office.journal, audit.child_id)
        if each.is_home and each.audit_id != audit.audit_id
    ]
    return tuple(
        each
        for of in followed(office, beside, before)
        for each in of.recommendations
        if not each.is_finished
    )


def _on_paper(office: Office, key: str) -> Contract:
    """The contract of that key. Raises UsageFault where it is of a workbook."""
    contract = office.contract(key)
    if contract.family == CHECK_LIST:
        raise UsageFault(
            f'There is no blank form of "{contract.title}": it is a workbook, made for each team.',
            hint=f'Run "auditdocs issue {key}" to put out the lists that are due.',
        )
    return contract


def _blank(office: Office, contract: Contract) -> str:
    template = prepared(form_template(office.workspace.templates, contract), contract)
    keep_contract(office.workspace.archive, office.workspace.templates, contract)
    values = blank_values(contract, office.settings)
    place = blank_place(office.workspace.outbox, title=contract.title)
    put_anew(place, template.filled(values, blank=True))
    return office.workspace.relative(place)
