"""Outlook: how far an audit type covers the open cases, and when it will at the present pace.

Source: domain.md D2 (coverage), ambiguities 2 and 9; Audit procedure 1, principles 9 and 10 ("all
open cases will covered within a one year period").
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from auditdocs.model.audit import Audit
from auditdocs.model.case import Case
from auditdocs.model.contract import Contract
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.plural import number_of
from auditdocs.rules.selection.coverage import Coverage, coverage
from auditdocs.rules.selection.history import audited_on, by_child, last_done, within_a_year
from auditdocs.rules.selection.selection import SAMPLES

PACE_DAYS = 91
"""The present pace is that of a quarter; our decision."""
YEAR = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What one audit type covers, of the whole service or of a team, and how fast."""

    contract: Contract
    team: str
    """"" for the whole service."""
    open_cases: int
    coverage: Coverage
    audited_open: int
    """Open cases, eligible or not, audited less than twelve months ago in this episode."""
    recent: int
    """Audits of the present open cases made in the PACE_DAYS up to today, each case once."""
    today: date

    @property
    def per_cent(self) -> int | None:
        """Of the eligible cases those audited in twelve months, rounded down; None of no cases."""
        eligible = self.coverage.eligible
        return 100 * self.coverage.audited // eligible if eligible else None

    @property
    def per_cent_of_open(self) -> int | None:
        """Of the open cases those audited in twelve months, rounded down; None of no cases."""
        return 100 * self.audited_open // self.open_cases if self.open_cases else None

    @property
    def reach(self) -> int:
        """How many cases twelve months of the present pace audit."""
        return self.recent * YEAR // PACE_DAYS

    @property
    def keeps_up(self) -> bool:
        """Whether the present pace audits every eligible case within twelve months."""
        return self.reach >= self.coverage.eligible

    @property
    def covered_on(self) -> date | None:
        """When all are covered at the present pace; None when they never are, or are already.

        Where the pace is short of a year's round, cases fall due again before the last one's turn.
        """
        left = self.coverage.eligible - self.coverage.audited
        return self._after(left) if left and self.keeps_up else None

    @property
    def first_round_on(self) -> date | None:
        """When the last case never audited has had its first, at the present pace."""
        return self._after(self.coverage.never) if self.coverage.never else None

    def _after(self, audits: int) -> date | None:
        if not self.recent:
            return None
        return self.today + timedelta(days=-(-audits * PACE_DAYS // self.recent))


def outlook(
    contract: Contract,
    cases: Iterable[Case],
    audits: Iterable[Audit],
    *,
    data_date: date,
    today: date,
    team: str = "",
) -> Outlook:
    """The outlook of an audit type over the caseload at its data date."""
    mine = [case for case in cases if case.is_open and team in ("", case.team)]
    own = [audit for audit in audits if audit.type == contract.key]
    ids = {case.child_id for case in mine}
    since = today - timedelta(days=PACE_DAYS)
    recent = {a.child_id for a in own if a.is_home and since < audited_on(a) <= today}
    audits_of = by_child(own)
    return Outlook(
        contract=contract,
        team=team,
        open_cases=len(mine),
        coverage=coverage(mine, own, key=contract.key, today=data_date),
        audited_open=sum(_is_audited(case, audits_of, data_date) for case in mine),
        recent=len(recent & ids),
        today=today,
    )


def _is_audited(case: Case, audits: Mapping[str, tuple[Audit, ...]], day: date) -> bool:
    done = last_done(audits.get(case.child_id), since=case.open_date)
    return done is not None and within_a_year(audited_on(done), today=day)


def outlook_words(one: Outlook) -> Iterator[str]:
    """The outlook in sentences with its numbers; of no eligible case there is nothing to say."""
    found, name = one.coverage, one.contract.sheet
    if not found.eligible:
        return
    ages = [f"{count} open {band}" for band, count in found.never_by_age.items() if count]
    yield (
        f"{name}: {found.audited} of {found.eligible} eligible open cases ({one.per_cent}%) were "
        f"audited in twelve months; {found.never} never" + (f" ({', '.join(ages)})" if ages else "")
    )
    if forecast := forecast_words(one):
        yield f"{name}: {forecast}"


def forecast_words(one: Outlook) -> str:
    """When all are covered at the present pace, or how many a month are needed.

    "" where all are, and for a sample, which is not meant to cover them.
    """
    if one.coverage.audited >= one.coverage.eligible or one.contract.selection in SAMPLES:
        return ""
    if not one.recent:
        return f"no audit was made in the last {PACE_DAYS} days, so no day can be forecast"
    pace = f"at the present pace, {number_of(one.recent, 'case')} in {PACE_DAYS} days,"
    if one.covered_on:
        return f"{pace} all are covered by {uk_date(one.covered_on)}"
    short = one.coverage.eligible - one.reach
    first = one.first_round_on
    once = f"; each has its first audit by {uk_date(first)}" if first else ""
    monthly = -(-one.coverage.eligible // 12)
    return (
        f"{pace} twelve months reach {one.reach} of {one.coverage.eligible}, {short} short{once}. "
        f"{monthly} a month {'is' if monthly == 1 else 'are'} needed"
    )
