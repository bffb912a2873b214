"""Targets: what was done of a quarter's and a year's number, and whether there are the people.

Source: domain.md ambiguities 2, 3 and 4; Audit procedure 2, "Coverage" of each audit.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from auditdocs.model.audit import Audit
from auditdocs.rules.calendar.periods import Period, quarter_of, year_of
from auditdocs.rules.plural import number_of
from auditdocs.rules.selection.coverage import beyond_reach, capacity
from auditdocs.rules.selection.request import Request
from auditdocs.rules.selection.rota import rota

SPANS: Mapping[str, Callable[..., Period]] = {"quarter": quarter_of, "year": year_of}


def target_words(request: Request) -> Iterator[str]:
    """For each target of the audit type, in words: done so far, of how many."""
    for span, period_of in SPANS.items():
        if number := target(request, span):
            period = period_of(request.today)
            done = home_in(request.own_audits, period)
            yield f"{request.contract.sheet}: {done} of {number} came home in {period.label}"


def target(request: Request, span: str) -> int:
    """The number for a "quarter" or "year": of the settings, else of the contract, else 0."""
    contract = request.contract
    return request.settings.targets.get(f"{contract.key}.{span}", contract.targets.get(span, 0))


def home_in(audits: Iterable[Audit], period: Period) -> int:
    """How many audits came home in the period."""
    return sum(1 for a in audits if a.is_home and a.returned is not None and a.returned in period)


def auditors_a_year(request: Request) -> tuple[int, int]:
    """The most auditors due in a month of the financial year, and the audits due in all of it.

    One a month for each, quiet months left out: ten a year where August and December are quiet.
    """
    plan, year = rota(request), year_of(request.today)
    counts = [len(plan.due(month)) for month in year.months]
    return max(counts, default=0), sum(counts)


def has_rota(request: Request) -> bool:
    """Whether the audits are made by auditors who are each due one a month."""
    return _CAPACITY.get(request.contract.selection) is _of_auditors


def capacity_words(request: Request) -> Iterator[str]:
    """Where the audits cannot be done by those there are, in numbers and by post, no name."""
    told = _CAPACITY.get(request.contract.selection)
    yield from told(request) if told else ()


def _of_auditors(request: Request) -> Iterator[str]:
    number = target(request, "year")
    auditors, a_year = auditors_a_year(request)
    if number and a_year < number:
        yield (
            f"{request.contract.sheet}: the register has {number_of(auditors, 'auditor')}, who can "
            f"do {number_of(a_year, 'audit')} in {year_of(request.today).label}, "
            f"{number - a_year} short of {number}"
        )
    open_cases = len(request.open_cases)
    if a_year < open_cases:
        yield (
            f"{request.contract.sheet}: {number_of(auditors, 'auditor')} can reach {a_year} of "
            f"{number_of(open_cases, 'open case')} in a year, {open_cases - a_year} short of all"
        )


def _of_workers(request: Request) -> Iterator[str]:
    days = request.settings.supervision_days
    found = capacity(request.open_cases, today=request.today, supervision_days=days)
    short = [one for one in found if one.is_short]
    if short:
        have = "has" if len(short) == 1 else "have"
        yield (
            f"{request.contract.sheet}: {len(short)} of {number_of(len(found), 'worker')} {have} "
            f"more eligible cases than the {number_of(short[0].sessions, 'session')} of twelve "
            f"months; {beyond_reach(short)}"
        )


_CAPACITY: Mapping[str, Callable[[Request], Iterator[str]]] = {
    "oldest-first": _of_workers,
    "paired-managers": _of_auditors,
}
"""By the named selection rule: whose time the audits take."""
