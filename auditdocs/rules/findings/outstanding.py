"""Outstanding recommendations: what is open, how old it is, and how the pile grows or shrinks.

Source: domain.md A0.6, A0.8, D1 (9).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from auditdocs.rules.calendar.dates import months_after
from auditdocs.rules.calendar.periods import Period, month_of, month_to
from auditdocs.rules.findings.counts import Counted, Spread, by_label, counted, together
from auditdocs.rules.follow_up.followed import Followed, Tracked

AGES = ("up to 30 days", "31 to 60 days", "over 60 days")
"""How long past its due date a recommendation is."""

NOT_YET_DUE = "Not yet due"
TO_VERIFY = "Done, to be verified"
BANDS = (NOT_YET_DUE, *AGES, TO_VERIFY)
"""How long past its due date an open recommendation is; one that is done is past due no more."""

MONTHS = 12
"""How many months a burn-down line shows, the period's last month the last of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Immediate:
    """A recommendation to be carried out the same day, told by itself."""

    reference: str
    audit_id: str
    team: str
    due: date
    standing: str
    """"Overdue", "Open", "To be verified", "Finished" …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One point of a burn-down line; numbers of recommendations."""

    label: str
    """"Sep 2026", "5 Oct 2026" of a month that runs."""
    made: Counted
    """In audits that came back in the month."""
    finished: Counted
    open: Counted
    """On its last day, or on the day the figures are as at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outstanding:
    """What is still to be done of everything that audits recommended."""

    by_age: Spread
    """Those open now, by BANDS."""
    carried: Counted
    """Those open now that audits of earlier periods made."""
    done_in_time: Counted
    """Of those made in the period, the ones finished as they should be by their due date."""
    immediate: tuple[Immediate, ...]
    """Those made in the period, and earlier ones that are open."""
    burn_down: tuple[Month, ...]
    """From the first month in which anything was recommended, twelve months at most."""

    @property
    def open(self) -> Counted:
        """All that are open now."""
        return together(self.by_age.values())


@dataclass(frozen=True, slots=True)
class _Action:
    each: Tracked
    of: Followed
    made: date
    ended: date | None
    """None while it is open."""

    def is_open(self, day: date) -> bool:
        """Whether something was still to be done for it at the end of that day."""
        return self.made <= day and (self.ended is None or self.ended > day)


def outstanding(audits: Iterable[Followed], *, period: Period, today: date) -> Outstanding:
    """What became of the recommendations of every audit that is home.

    Those finished without a date: what was dropped ended with the discussion, the rest today. None
    ended before its form came home, nor later than today, whatever was written.
    """
    found = tuple(_actions(audits, today))
    last = min(period.last, today)
    open_now = [each for each in found if each.is_open(today)]
    return Outstanding(
        by_age=by_label(
            ((_band(each, today), each.of.audit.audit_id) for each in open_now), order=BANDS
        ),
        carried=_count(each for each in open_now if each.made < period.first),
        done_in_time=_count(each for each in found if each.made in period and _in_time(each)),
        immediate=tuple(_immediate(found, period, today)),
        burn_down=tuple(_burn_down(found, last)),
    )


def _actions(audits: Iterable[Followed], today: date) -> Iterator[_Action]:
    for of in audits:
        if made := of.audit.returned:
            for each in of.recommendations:
                yield _Action(each, of, made, _ended(each, of, today))


def _ended(each: Tracked, of: Followed, today: date) -> date | None:
    if not each.is_finished:
        return None
    made = of.audit.returned or today
    dropped = of.decided or of.talked or made
    day = dropped if each.is_dropped else each.verified or each.done or today
    return max(made, min(day, today))


def _in_time(each: _Action) -> bool:
    """By the day it was done: its verification may take longer."""
    day = each.each.done or each.ended
    is_done = each.ended is not None and not each.each.is_dropped
    return is_done and day is not None and day <= each.each.made.due_date


def _band(each: _Action, today: date) -> str:
    if each.each.awaits_verification:
        return TO_VERIFY
    days = (today - each.each.made.due_date).days
    return BANDS[(days > 0) + (days > 30) + (days > 60)]


def _immediate(found: Iterable[_Action], period: Period, today: date) -> Iterator[Immediate]:
    for action in found:
        made = action.each.made
        if made.priority == "immediate" and (action.made in period or action.is_open(today)):
            yield Immediate(
                reference=made.reference,
                audit_id=made.audit_id,
                team=action.of.audit.team,
                due=made.due_date,
                standing=action.each.standing(today),
            )


def _burn_down(found: tuple[_Action, ...], last: date) -> Iterator[Month]:
    begun = min((each.made for each in found), default=last)
    for back in range(MONTHS - 1, -1, -1):
        month = month_of(months_after(last.replace(day=1), count=-back))
        if month.last >= begun:
            yield _month(found, month, min(month.last, last))


def _month(found: tuple[_Action, ...], month: Period, last: date) -> Month:
    span = Period(month.first, last, month.label)
    return Month(
        label=month_to(last),
        made=_count(each for each in found if each.made in span),
        finished=_count(each for each in found if each.ended and each.ended in span),
        open=_count(each for each in found if each.is_open(last)),
    )


def _count(found: Iterable[_Action]) -> Counted:
    return counted(each.of.audit.audit_id for each in found)
