"""Everything that waits for somebody, gathered; and the one letter a week that tells each."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain

from auditdocs.model.audit import CLOSED, HOME, OUT
from auditdocs.model.letter import Letter
from auditdocs.places.journal.audits import audits_graded, audits_issued_after, audits_of
from auditdocs.places.journal.letters import letters_about
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.follow_up.addressees import Addressee
from auditdocs.rules.follow_up.duties import Duty, Matter, duties, form_duty
from auditdocs.rules.register.concerns import CONCERNS, is_verified
from auditdocs.steps.follow_up.desk import Desk, desk
from auditdocs.steps.follow_up.of_accuracy import accuracy_duties
from auditdocs.steps.gather.followed import followed
from auditdocs.steps.office import Office


def all_duties(at_hand: Desk, *, today: date) -> Iterator[Duty]:
    """What waits because of every audit: first the forms that are out, then what follows."""
    office = at_hand.office
    grace = office.settings.supervision_days
    for audit in audits_of(office.journal, OUT):
        yield form_duty(audit, at_hand.directory, today=today, grace=grace)
    yield from _after_the_form(at_hand, _may_wait(office))


def follow_up_duties(office: Office) -> tuple[Duty, ...]:
    """What waits because of the audits that are home."""
    known = _may_wait(office)
    return tuple(_after_the_form(desk(office), known)) if known else ()


def reminders(at_hand: Desk) -> tuple[Letter, ...]:
    """One letter to each person for whom anything is due by the end of this week, or of whom the
    Accuracy audit waits for something."""
    today = at_hand.office.today
    until = monday(today) + timedelta(days=6)
    found: dict[str, tuple[Addressee, list[Duty]]] = {}
    now = (duty for duty in all_duties(at_hand, today=today) if duty.due <= until)
    for duty in chain(now, accuracy_duties(at_hand, until=until)):
        for to in duty.to:
            found.setdefault(to.person, (to, []))[1].append(duty)
    return tuple(_reminder(to, mine, today) for to, mine in found.values())


def monday(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())


def _after_the_form(at_hand: Desk, known: Iterable[str]) -> Iterator[Duty]:
    journal = at_hand.office.journal
    days = at_hand.office.settings.supervision_days
    for of in followed(at_hand.office, at_hand.known, known):
        audit = of.audit
        matter = Matter(
            of=of,
            letters=tuple(each for _, each in letters_about(journal, audit.audit_id)),
            later=audits_issued_after(
                journal, of.record.date_audited, child_id=audit.child_id, type=audit.type
            ),
            verified=is_verified(at_hand.known.wrote(CONCERNS.name, audit.audit_id)),
        )
        yield from duties(matter, at_hand.directory, supervision_days=days)


def _may_wait(office: Office) -> tuple[str, ...]:
    """The ids of the audits that are home and of which anything may be left to do.

    A closed audit has nothing left to do but, found inadequate, to be done again.
    """
    left = audits_of(office.journal, HOME - {CLOSED})
    again = (each for each in audits_graded(office.journal, "I") if each.status == CLOSED)
    return tuple(sorted(each.audit_id for each in (*left, *again)))


def _reminder(to: Addressee, mine: list[Duty], today: date) -> Letter:
    ordered = sorted(mine, key=lambda duty: (not duty.urgent, duty.due, duty.about))
    rows = ("\t".join(_cells(duty, to, today)) for duty in ordered)
    return Letter(
        kind="reminders",
        about=f"Week of {monday(today).isoformat()}",
        team=to.team,
        person=to.person,
        wanted=today,
        details={f"{place:04d}": row for place, row in enumerate(rows)},
    )


def _cells(duty: Duty, to: Addressee, today: date) -> tuple[str, str, str, str]:
    others = dict.fromkeys(each.person for each in duty.to if each.person != to.person)
    words = " ".join(duty.words.split())
    text = f"{duty.text}: {words}" if words else duty.text
    day = uk_date(duty.due)
    late = f"Overdue since {day}" if duty.due < today else day
    return late, duty.about, text, " and ".join(others)
