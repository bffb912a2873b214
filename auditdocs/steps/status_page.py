"""outbox/status.html: how things stand, for those who never see a command line.

A list of sections over the same lines that `status` and `due` show, but with references for names:
a file that people have named may be named for a child. Whoever has something new to show appends a
function to `SECTIONS`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from pathlib import PurePosixPath

from auditdocs.documents.status_page import is_sealed, status_page
from auditdocs.errors import Unavailable
from auditdocs.model.audit import OUT
from auditdocs.model.form import Return
from auditdocs.model.standing import Item, Section, Standing
from auditdocs.places.disk import is_there, put, whole
from auditdocs.places.journal.audits import audit as audit_of
from auditdocs.places.journal.audits import audits_of
from auditdocs.places.journal.caseload import data_dates, register
from auditdocs.places.journal.returns import record as record_of
from auditdocs.places.journal.returns import returns, unsafe_records
from auditdocs.places.outbox import status_place
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.follow_up.duties import CONCERN
from auditdocs.rules.plural import first_named
from auditdocs.steps import standing
from auditdocs.steps.look import LAST_LOOK, Waiting
from auditdocs.steps.office import Office
from auditdocs.steps.set_aside import set_aside

MOST = 40
"""Lines of a list on the page; the rest is counted."""
_NAMED = 6
"""References shown of what is late in a team."""
LATELY = timedelta(days=13)
_ENDS = {
    "accepted": "accepted",
    "superseded": "replaced by a corrected form",
    "duplicate": "known already",
    "set-aside": "set aside",
    "extract": "extract taken",
    "register": "staff register taken",
}


def put_status_page(office: Office) -> bool:
    """Bring the page up to date where it says something else; gives whether it was written.

    A page that cannot be written now is written at the next change: nothing else waits for it.
    """
    now = _standing(office)
    place = status_place(office.workspace.outbox)
    try:
        if is_there(place) and is_sealed(whole(place), now):
            return False
        put(place, status_page(now))
    except Unavailable:
        return False
    return True


def _standing(office: Office) -> Standing:
    return Standing(
        service=office.settings.service_name,
        marking=office.settings.marking,
        today=office.today,
        sections=tuple(section(office) for section in SECTIONS),
        looked=standing.time_words(office.journal.fact(LAST_LOOK)),
    )


def _concerns(office: Office) -> Section:
    """Every one there was; open until what was done is verified in the ledger, as in `status`."""
    open_ones = {item.about for item in standing.concerns(office)}
    unsafe = {record.audit_id: record for record in unsafe_records(office.journal)}
    told = {each: found[0] for each in open_ones if (found := record_of(office.journal, each))}
    teams = {each: of.team for each in {*unsafe, *told} if (of := audit_of(office.journal, each))}
    items = [
        Item(
            kind=CONCERN,
            about=record.audit_id,
            text=(_SAFE_SINCE if record.safe else _NOT_SAFE)
            + f"; audited on {uk_date(record.date_audited)}",
            team=teams.get(record.audit_id, ""),
            late=record.audit_id in open_ones,
        )
        for record in {**unsafe, **told}.values()
    ]
    open_first = sorted(items, key=lambda item: (not item.late, item.about))
    return _section("Immediate concerns", "Audit", open_first, "No immediate concern.")


_NOT_SAFE = (
    "the auditor says that the child is not safe today: see that the team manager and head of "
    "service know"
)
_SAFE_SINCE = "a corrected form says that the child is safe after all: have that verified"


def _set_aside(office: Office) -> Section:
    """Files set aside by reference; their own names stand in the folder alone."""
    items = [
        Item(
            kind="set aside",
            about=came.audit_id or _file_words(number, came),
            text=f"came on {uk_date(came.seen)}: "
            + (_why(came) if is_open else "a later form was accepted since; nothing is to do"),
            late=is_open,
        )
        for number, came in reversed(set_aside(office))
        for is_open in (standing.set_aside_item(office, came).late,)
    ]
    more = "Each lies in outbox/set-aside beside a note that says what to mend."
    return _section("Set aside", "Audit or file", items, "Nothing is set aside.", more=more)


def _file_words(number: int, came: Return) -> str:
    """A file without its name, which may be a child's."""
    return f"Return {number}{_suffix(came.file)}" if number else f"A file{_suffix(came.file)}"


def _why(came: Return) -> str:
    words = " ".join(dict.fromkeys(f"{each.where}: {each.text}" for each in came.reasons[:3]))
    others = len(came.reasons) - 3
    return f"{words} … and {others} more" if others > 0 else words


def _waiting(office: Office) -> Section:
    try:
        found = standing.waiting(office)
    except Unavailable as refusal:
        gone = standing.away(office, refusal)
        return _section("Waiting in the inbox", "Share", [gone], "")
    items = [
        Item(kind="waiting", about=f"A file{_suffix(each.file)}", text=_nameless(each))
        for each in sorted(found, key=lambda each: each.since)
    ]
    return _section("Waiting in the inbox", "File", items, "Nothing waits in the inbox.")


def _nameless(each: Waiting) -> str:
    """Why it waits, without the name of whoever has it open."""
    _, held, rest = each.why.partition(" has it open")
    return standing.why_since(each._replace(why=f"somebody{held}{rest}") if held else each)


def _ledger(office: Office) -> Section:
    items = standing.ledger(office)
    return _section("Ledger", "File", items, "The ledger is up to date.")


def _letters(office: Office) -> Section:
    items = standing.letters_told(office)
    return _section("Letters", "Folder or template", items, "No letter was made this week.")


def _came(office: Office) -> Section:
    since = office.today - LATELY
    ends: dict[date, Counter[str]] = {}
    for _, came in returns(office.journal):
        if came.seen >= since:
            ends.setdefault(came.seen, Counter())[came.outcome] += 1
    items = [
        Item(kind="came", about=_day(day, office.today), text=_counts(ends[day]))
        for day in sorted(ends, reverse=True)
    ]
    return _section("What came in the last 14 days", "Day", items, "Nothing came.")


def _out(office: Office) -> Section:
    out = audits_of(office.journal, OUT)
    lines = [standing.form_item(office, audit, office.today) for audit in out]
    items = _by_team(lines, "out")
    return _section("Forms out, by the auditor's team", "Team", items, "No form is out.")


def _due(office: Office) -> Section:
    """What is due or overdue and is no form: the forms stand above."""
    found = standing.due(office, on=office.today)
    items = _by_team([item for item in found if item.kind != "form out"], "due")
    return _section("Due and overdue, by team", "Team", items, "Nothing else is due.")


def _by_team(lines: Iterable[Item], word: str) -> list[Item]:
    """A line for each team and kind of thing: how many, how many late, the first of those."""
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in lines:
        groups.setdefault((item.team or "No team", item.kind), []).append(item)
    return [_group(team, kind, groups[team, kind], word) for team, kind in sorted(groups)]


def _group(team: str, kind: str, items: list[Item], word: str) -> Item:
    late = sorted((i for i in items if i.late), key=lambda item: (item.due or date.max, item.about))
    what = "" if word == "out" else f"{kind}: "
    counted = f"{what}{len(items)} {word}, {len(late)} late"
    named = first_named([item.about for item in late], most=_NAMED)
    text = f"{counted} ({named})" if late else counted
    soonest = min((item.due for item in items if item.due), default=None)
    return Item(
        kind=kind, about=team, text=text[0].upper() + text[1:], due=soonest, late=bool(late)
    )


def _caseload(office: Office) -> Section:
    dates = data_dates(office.journal)
    newest = [Item(kind="caseload", about=uk_date(day), text="data date") for day in dates[-1:]]
    listed = register(office.journal)
    people = f"{len(listed.people)} people" if listed else ""
    staff = [Item(kind="register", about="Staff register", text=people)] if listed else []
    return _section("Caseload", "As at", [*newest, *staff], "No extract has been taken yet.")


SECTIONS: tuple[Callable[[Office], Section], ...] = (
    _concerns,
    _set_aside,
    _waiting,
    _ledger,
    _out,
    _due,
    _letters,
    _came,
    _caseload,
)
"""The page from top to bottom."""


def _section(
    title: str, about: str, items: Iterable[Item], nothing: str, *, more: str = ""
) -> Section:
    every = tuple(items)
    left = max(len(every) - MOST, 0)
    rest = f"{left} more; “auditdocs status” and “auditdocs due” show all of them. " if left else ""
    return Section(
        title=title,
        about=about,
        items=every[:MOST],
        nothing=nothing,
        more=f"{rest}{more}".strip(),
        left=left,
    )


def _counts(ends: Mapping[str, int]) -> str:
    known = [f"{ends[end]} {words}" for end, words in _ENDS.items() if ends.get(end)]
    other = sum(count for end, count in ends.items() if end not in _ENDS)
    return ", ".join([*known, *([f"{other} other"] if other else [])])


def _day(day: date, today: date) -> str:
    return f"Today, {uk_date(day)}" if day == today else uk_date(day)


def _suffix(file: str) -> str:
    """The kind of a file in brackets: its ending, never its name."""
    ending = PurePosixPath(file).suffix.lower()
    return f" ({ending})" if ending[1:].isalnum() and len(ending) <= 5 else ""
