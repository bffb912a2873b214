"""What a person asks to be planned or issued, made a request for the selection."""

from dataclasses import dataclass

from auditdocs.errors import UsageFault
from auditdocs.model.contract import CASE, Contract
from auditdocs.places.journal.audits import audits
from auditdocs.rules.calendar.periods import Period, month_of, period, quarter_of
from auditdocs.rules.caseload.teams import name_today
from auditdocs.rules.selection.request import Request
from auditdocs.rules.selection.selection import SAMPLES
from auditdocs.steps.office import Office, Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person asks to be planned or issued."""

    type: str
    period: str = ""
    team: str = ""
    worker: str = ""
    directed: tuple[tuple[str, str], ...] = ()
    theme: str = ""
    because: str = ""
    expression: str = ""
    size: int | None = None


def request_of(office: Office, now: Service, wish: Wish) -> Request:
    """All that the selection depends on. Raises UsageFault for what does not fit together."""
    contract = type_of_cases(office, wish.type)
    _refuse_idle_theme(wish, contract)
    return Request(
        contract=contract,
        period=_period(office, contract, wish.period),
        today=office.today,
        data_date=now.caseload.data_date,
        cases=now.caseload.cases,
        staff=now.staff,
        settings=office.settings,
        audits=audits(office.journal),
        team=name_today(wish.team, office.settings.teams),
        worker=wish.worker,
        directed=wish.directed,
        theme=wish.theme,
        because=wish.because,
        expression=wish.expression,
        size=wish.size,
    )


def type_of_cases(office: Office, key: str) -> Contract:
    """The audit type of that key. Raises UsageFault where its form is not about a single case."""
    contract = office.contract(key)
    if contract.family != CASE:
        raise UsageFault(
            f'No case is chosen for the form "{contract.title}".',
            hint="It goes out by itself with the letter about an audit that has come home. "
            f'A blank one is made by "auditdocs blank {key}".',
        )
    return contract


def _refuse_idle_theme(wish: Wish, contract: Contract) -> None:
    """A theme that would be passed over in silence is refused: other cases would go out."""
    said = {
        "--theme": wish.theme,
        "--because": wish.because,
        "--where": wish.expression,
        "--size": wish.size,
    }
    named = [option for option, value in said.items() if value]
    if named and contract.selection not in SAMPLES:
        raise UsageFault(
            f"{contract.title} is not drawn by a theme, so it takes no {named[0]}.",
            where=", ".join(named),
            hint="Narrow it with --team or --worker, or name cases: --case ID --reason TEXT.",
        )


def _period(office: Office, contract: Contract, text: str) -> Period:
    if text:
        return period(text)
    return (quarter_of if contract.cadence == "quarter" else month_of)(office.today)
