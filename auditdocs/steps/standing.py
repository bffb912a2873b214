"""How things stand: what waits, what was set aside, what is out, and what is due."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

from auditdocs.errors import Unavailable, UsageFault, WorkspaceFault
from auditdocs.model.audit import OUT, WITHDRAWN, Audit
from auditdocs.model.form import Return
from auditdocs.model.letter import LETTERS
from auditdocs.model.standing import Item
from auditdocs.places.journal.audits import audit as audit_of
from auditdocs.places.journal.audits import audits, audits_of, keep_audits
from auditdocs.places.journal.letters import letters
from auditdocs.places.journal.returns import last_seen
from auditdocs.places.ledger import held_by
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.caseload.teams import name_today, team_named
from auditdocs.rules.follow_up.duties import CONCERN, Duty
from auditdocs.rules.plural import number_of
from auditdocs.rules.selection.history import is_released
from auditdocs.steps.accuracy_standing import accuracy_due, accuracy_out
from auditdocs.steps.choices import choices_due
from auditdocs.steps.follow_up.waiting import follow_up_duties
from auditdocs.steps.look import AWAY, LAST_LOOK, Waiting, looked, memory
from auditdocs.steps.office import Office, service
from auditdocs.steps.post import pending
from auditdocs.steps.set_aside import set_aside
from auditdocs.steps.shares import troubles
from auditdocs.steps.turns import watch

LATELY = timedelta(days=6)
"""How far back letters are told of: with today, a week."""


def status(office: Office) -> tuple[Item, ...]:
    """What waits, what was set aside, what is out, what the ledger waits for, how the disk is."""
    return (
        *concerns(office),
        *_waiting(office),
        *_set_aside(office),
        *_out(office),
        *letters_told(office),
        *accuracy_out(office),
        *ledger(office),
        *troubles(office.workspace, office.clock),
        *_watch(office),
        *_last(office),
    )


def due(office: Office, *, on: date, team: str = "") -> tuple[Item, ...]:
    """Everything due by that day, the longest overdue first, of the service or a team.

    What went out before a team had its present name stands under that. Raises UsageFault for a
    team that there is not.
    """
    team = _team(office, team) if team else ""
    every = (
        *_forms_due(office, on),
        *choices_due(office, on),
        *_follow_up_due(office, on),
        *accuracy_due(office, on),
    )
    teams = office.settings.teams
    items = (replace(item, team=name_today(item.team, teams)) for item in every)
    mine = [item for item in items if not team or item.team == team]
    return tuple(sorted(mine, key=lambda item: (item.kind != CONCERN, item.due or on, item.about)))


def _team(office: Office, wanted: str) -> str:
    """The team as it is known. Raises UsageFault when there is none of that name."""
    teams = office.settings.teams
    known = {name for each in audits(office.journal) for name in (each.team, each.auditor_team)}
    known = {name_today(name, teams) for name in known}
    with suppress(WorkspaceFault):  # before the first extract there are only the audits' teams
        now = service(office)
        known |= {*now.staff.teams, *(case.team for case in now.caseload.cases)}
    return team_named(wanted, known, teams)


def withdrawn(office: Office, audit_id: str, *, reason: str) -> Audit:
    """An issued audit closed without a return.

    Raises UsageFault when there is no such audit, when its form is not out, and without a reason.
    """
    audit = office.audit(audit_id)
    if not audit.is_out:
        raise UsageFault(
            f"{audit.audit_id} is not an audit whose form is out: it is {audit.status}.",
            hint='Run "auditdocs status" to see which forms are out.',
        )
    if not reason.strip():
        raise UsageFault(
            "No reason is given why the audit is closed without a return.",
            where="--reason",
            hint='Write it between quotes: --reason "the case has closed".',
        )
    closed = replace(audit, status=WITHDRAWN)
    keep_audits(office.journal, (closed,), day=office.today, cause=f"withdrawn: {reason}")
    return closed


def _waiting(office: Office) -> list[Item]:
    try:
        found = waiting(office)
    except Unavailable as refusal:
        return [away(office, refusal)]
    lines = [Item(kind="waiting", about=each.file, text=why_since(each)) for each in found]
    return [*lines, *([_waiting_in_all(found)] if found else [])]


def waiting(office: Office) -> tuple[Waiting, ...]:
    """Every file that lies in the inbox, and why it is not taken yet. Raises Unavailable."""
    seen = looked(office, memory(office))
    prefix = office.workspace.relative(office.workspace.inbox)
    ready = (
        Waiting(f"{prefix}/{each.file}", "to be taken at the next look") for each in seen.ready
    )
    return (*ready, *seen.waiting)


def why_since(each: Waiting) -> str:
    """Why a file waits, and since when, in words."""
    return f"{each.why}, since {time_words(each.since)}" if each.since else each.why


def time_words(stamp: str) -> str:
    """An ISO time as people write it: "10:15 on 25/11/2026"."""
    return f"{datetime.fromisoformat(stamp):%H:%M on %d/%m/%Y}" if stamp else ""


def _waiting_in_all(found: tuple[Waiting, ...]) -> Item:
    since = min((each.since for each in found if each.since), default="")
    oldest = f", the oldest since {time_words(since)}" if since else ""
    files = number_of(len(found), "file")
    return Item(kind="waiting in all", about=files, text=f"in the inbox{oldest}")


def away(office: Office, refusal: Unavailable) -> Item:
    """A share that is gone, and since when."""
    since = office.journal.fact(AWAY)
    gone = f" Gone since {time_words(since)}." if since else ""
    return Item(kind="share", about=refusal.where, text=f"{refusal.text}{gone}", late=True)


def _set_aside(office: Office) -> list[Item]:
    return [set_aside_item(office, came) for _, came in set_aside(office)]


def set_aside_item(office: Office, came: Return) -> Item:
    """A file that was set aside; nothing is left to do when its audit has come home since."""
    audit = audit_of(office.journal, came.audit_id) if came.audit_id else None
    home = audit is not None and audit.is_home
    to_mend = f"{len(came.reasons)} to mend; see {came.note}" if came.note else came.reasons[0].text
    text = "a later form was accepted" if home else to_mend
    return Item(kind="set aside", about=came.stored, text=text, late=not home)


def _out(office: Office) -> list[Item]:
    return [form_item(office, audit, office.today) for audit in audits_of(office.journal, OUT)]


def form_item(office: Office, audit: Audit, on: date) -> Item:
    """A form that is out, whether it is late, and whether its case may be issued again."""
    late = audit.due < on
    words = "overdue since" if late else "due"
    is_free = is_released(audit, today=on, grace=office.settings.supervision_days)
    released = "; its case is released and may be issued again" if is_free else ""
    return Item(
        kind="form out",
        about=audit.audit_id,
        text=f"{words} {uk_date(audit.due)}{released}",
        team=audit.auditor_team or audit.team,
        due=audit.due,
        late=late,
    )


def ledger(office: Office) -> list[Item]:
    """Whether rows wait for the ledger, and who has it open since when."""
    waiting = pending(office)
    holder = held_by(office.workspace.ledger, now=office.clock.seconds())
    held = f"; it is open in {holder.program} ({holder.words})" if holder else ""
    text = f"{number_of(waiting, 'row')} still to be posted{held}"
    return [Item(kind="ledger", about="ledger.xlsx", text=text)] if waiting or holder else []


def _watch(office: Office) -> list[Item]:
    """The watch that is at work, and its last sign of life."""
    said = watch(office.workspace)
    text = f"process {said.get('pid')}, watching since {time_words(said.get('started', ''))}"
    beat = f"; last sign of life {time_words(said.get('beat', ''))}"
    return [Item(kind="watch", about=said.get("host", ""), text=text + beat)] if said else []


def _last(office: Office) -> list[Item]:
    noted, taken = office.journal.fact(LAST_LOOK), last_seen(office.journal)
    looked_at = Item(kind="last look", about="inbox", text=time_words(noted))
    lines = [looked_at] if noted else []
    if taken:
        lines.append(Item(kind="last success", about="a file taken in", text=uk_date(taken)))
    return lines


def _forms_due(office: Office, on: date) -> list[Item]:
    out = audits_of(office.journal, OUT)
    return [form_item(office, audit, on) for audit in out if audit.due <= on]


def _follow_up_due(office: Office, on: date) -> list[Item]:
    return [duty_item(duty, on) for duty in follow_up_duties(office) if duty.due <= on]


def duty_item(duty: Duty, on: date) -> Item:
    """A thing that waits, as a line of a list."""
    late = duty.due < on
    return Item(
        kind=duty.kind,
        about=duty.about,
        text=f"{duty.text}; {'overdue since' if late else 'due'} {uk_date(duty.due)}",
        team=duty.team,
        due=duty.due,
        late=late or duty.urgent,
    )


def concerns(office: Office) -> list[Item]:
    """The children found not safe, first in the list until what was done is verified."""
    return [duty_item(duty, office.today) for duty in follow_up_duties(office) if duty.urgent]


def letters_told(office: Office) -> list[Item]:
    """The letters that wait, and how many of each kind were put in the outbox this last week."""
    since = office.today - LATELY
    made = [
        each
        for _, each in letters(office.journal)
        if each.made and since <= each.made <= office.today
    ]
    counted = Counter(LETTERS[each.kind] for each in made)
    told = ", ".join(f"{count} × {kind}" for kind, count in counted.most_common())
    text = f"{len(made)} put there in the last seven days: {told}"
    lately = [Item(kind="letters", about="outbox/letters", text=text)] if made else []
    return [*letters_waiting(office), *lately]


def letters_waiting(office: Office) -> list[Item]:
    """The letters that wait, as their template is missing or broken."""
    return [
        Item(
            kind="letter waits",
            about=f"templates/letters/{letter.kind}.docx",
            text=f"{LETTERS[letter.kind]} for {letter.audit_id or letter.about} is not made yet",
            team=letter.team,
            late=True,
        )
        for _, letter in letters(office.journal, waiting=True)
    ]
