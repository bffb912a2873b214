"""What past audits mean for a case: when it was last audited, and what is out for it now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from auditdocs.model.audit import Audit
from auditdocs.rules.calendar.dates import months_after, uk_date


def audited_on(audit: Audit) -> date:
    """The day that an audit counts from: audited, or else returned, or else issued."""
    return audit.date_audited or audit.returned or audit.issued


def by_child(audits: Iterable[Audit]) -> Mapping[str, tuple[Audit, ...]]:
    """The audits of each child id, oldest first; in the same order however they come."""
    found: dict[str, list[Audit]] = defaultdict(list)
    for audit in sorted(audits, key=lambda audit: (audited_on(audit), audit.audit_id)):
        found[audit.child_id].append(audit)
    return {child_id: tuple(several) for child_id, several in found.items()}


def last_done(audits: Iterable[Audit] | None, *, since: date | None = None) -> Audit | None:
    """The latest audit that came home, made on or after that day, or None; of None, None.

    With the open date as `since`, an audit of an earlier episode does not count.
    Source: domain.md A3.1, done(c).
    """
    if audits is None:  # as of most cases
        return None
    done = (a for a in audits if a.is_home and (since is None or audited_on(a) >= since))
    return max(done, key=lambda audit: (audited_on(audit), audit.audit_id), default=None)


def forms_out(audits: Iterable[Audit], *, today: date, grace: int) -> tuple[Audit, ...]:
    """The audits whose form is with somebody and holds its case, first issued first.

    `grace` is as in is_released. Source: domain.md A3.1, held(c).
    """
    held = (a for a in audits if a.is_out and not is_released(a, today=today, grace=grace))
    return tuple(sorted(held, key=lambda audit: (audit.issued, audit.audit_id)))


def is_released(audit: Audit, *, today: date, grace: int) -> bool:
    """Whether a form has been out so long that its case may be offered again.

    `grace` is the days from one supervision to the next: a form is due at the first and released
    after the second. Source: domain.md A3.1 ("unreturned after two supervisions").
    """
    return audit.is_out and today > audit.due + timedelta(days=grace)


def against_another(audits: Iterable[Audit], form: Audit | None, *, today: date) -> Iterator[str]:
    """What speaks against another audit of a case: one within twelve months, a form that is out.

    Source: domain.md A1.1, step 2; A2.1, hard exclusions.
    """
    done = last_done(audits)
    if done and within_a_year(audited_on(done), today=today):
        yield f"audited within twelve months: {done.audit_id} on {uk_date(audited_on(done))}"
    if form:
        yield f"an audit is in progress: {form.audit_id}"


def within_a_year(day: date, *, today: date) -> bool:
    """Whether that day lies less than twelve months back; the same day a year on does not."""
    passed = (today - day).days
    return passed < 365 or (passed <= 366 and months_after(day, count=12) > today)
