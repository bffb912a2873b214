"""What the journal, the archive and the caseload say of themselves."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import PurePath

from auditdocs.documents.ledger.workbook import lost_headings
from auditdocs.errors import LedgerFault, Unavailable
from auditdocs.model.audit import OUT
from auditdocs.model.standing import Item
from auditdocs.places import ledger as ledgers
from auditdocs.places.archive import is_sound
from auditdocs.places.disk import is_there
from auditdocs.places.journal.audits import audits, audits_of
from auditdocs.places.journal.caseload import data_dates, register
from auditdocs.places.journal.returns import unfinished
from auditdocs.places.templates import readable_contracts
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.plural import number_of
from auditdocs.rules.unknown_names import unknown_names
from auditdocs.steps.doctor.finding import finding
from auditdocs.steps.look import AWAY, LAST_LOOK
from auditdocs.steps.office import Office, service
from auditdocs.steps.post import LEDGER_SHA, pending, sheets
from auditdocs.steps.standing import letters_waiting

SAMPLE = 200
"""Archived forms whose hash is looked at: the newest, which are the likeliest to be at fault."""
_MOST_NAMED = 10
_OLD_EXTRACT = timedelta(days=35)
_LONG_AGO = timedelta(days=1)


def archive(office: Office) -> Iterator[Item]:
    """What is gone from the archive or no longer as it came: forms, and contracts of forms."""
    for fault in readable_contracts(office.workspace.archive)[1]:
        yield finding("archive", fault.where, fault.text, fault.hint)
    home = sorted(
        (audit for audit in audits(office.journal) if audit.archived),
        key=lambda audit: (audit.returned or office.today, audit.audit_id),
    )
    unsound = [
        audit.audit_id
        for audit in home[-SAMPLE:]
        if not is_sound(office.workspace.absolute(audit.archived), audit.sha256)
    ]
    if unsound:
        more = ", …" if len(unsound) > _MOST_NAMED else ""
        named = ", ".join(unsound[:_MOST_NAMED])
        text = f"Gone or changed: {number_of(len(unsound), 'archived form')} ({named}{more})."
        do = 'Put back what is in your backup; "auditdocs ledger check" looks at every one.'
        yield finding("archive", office.workspace.archive, text, do)


def caseload(office: Office) -> Iterator[Item]:
    """A caseload or a staff register that is missing or old."""
    where, drop = office.workspace.inbox, "Drop the newest one in the inbox."
    dates = data_dates(office.journal)
    if not dates:
        yield finding("extract", where, "No extract has been taken yet.", drop)
    elif office.today - dates[-1] > _OLD_EXTRACT:
        text = f"The newest extract is as at {uk_date(dates[-1])}, more than five weeks ago."
        yield finding("extract", where, text, drop)
    if register(office.journal) is None:
        text = "There is no staff register: managers' names stay blank on forms."
        yield finding("register", where, text, drop)


def work(office: Office) -> Iterator[Item]:
    """Work begun and not finished, rows that wait, a share that was away, looks that stopped."""
    if left := len(unfinished(office.journal)):
        text = f"Taken, and not yet moved to where it belongs: {number_of(left, 'file')}."
        yield finding("unfinished", office.workspace.inbox, text, 'Run "auditdocs collect".')
    if office.journal.fact(LEDGER_SHA) and not is_there(office.workspace.ledger):
        text = "The ledger is gone. The next post makes it anew, without what people added to it."
        do = "To keep that, put it back first from .auditdocs/ledger-copies or from a backup."
        yield finding("ledger", office.workspace.ledger, text, do)
    if waiting := pending(office):
        text = f"{number_of(waiting, 'row')} still to be posted."
        yield finding("ledger", office.workspace.ledger, text, 'Run "auditdocs ledger post".')
    if since := office.journal.fact(AWAY):
        text = f"The inbox could not be looked at since {_time(since)}."
        yield finding("share", office.workspace.inbox, text, "See whether the share is connected.")
    noted = office.journal.fact(LAST_LOOK)
    if noted and office.clock.now() - datetime.fromisoformat(noted) > _LONG_AGO:
        text = f"Nobody has looked in the inbox since {_time(noted)}."
        do = 'See whether the scheduled task runs: "auditdocs schedule" prints it.'
        yield finding("watch", office.workspace.inbox, text, do)


def letters(office: Office) -> Iterator[Item]:
    """Letters that wait, as their template is missing or broken."""
    if late := letters_waiting(office):
        templates = ", ".join(sorted({PurePath(each.about).name for each in late}))
        text = f"{number_of(len(late), 'letter')} cannot be made from the template: {templates}."
        do = (
            '"auditdocs template check" says what is wrong with one; "auditdocs init" in the '
            "workspace puts back one that is missing."
        )
        yield finding("letters", office.workspace.templates / "letters", text, do)


def headings(office: Office) -> Iterator[Item]:
    """Sheets of the ledger that have lost the heading by which their rows are known."""
    try:
        workbook = ledgers.ledger(office.workspace.ledger)
        for fault in lost_headings(workbook, sheets(office)) if workbook else ():
            yield finding(
                "ledger", f"{office.workspace.ledger}, {fault.where}", fault.text, fault.hint
            )
    except (LedgerFault, Unavailable):
        return  # a ledger that cannot be read at all is told from outside


def types(office: Office) -> Iterator[Item]:
    """Types whose forms are out, and of which no contract is among the templates."""
    out = Counter(audit.type for audit in audits_of(office.journal, OUT))
    for key in sorted(out.keys() - office.contracts.keys()):
        text = f"Out by a contract that is not there: {number_of(out[key], 'form')} of {key}."
        do = (
            "If that was meant, nothing: they come home by the contract they went out by. If not, "
            f'put {key}.toml back; "auditdocs init" does for those that come with auditdocs.'
        )
        yield finding("contract", office.workspace.templates / "forms", text, do)


def names(office: Office) -> Iterator[Item]:
    """Settings that name an audit type or a team that there is not."""
    types, teams = office.types.keys(), _teams(office)
    for told in unknown_names(office.settings, types=types, teams=teams):
        do = "Mend the name in auditdocs.toml, or take the line out."
        yield finding("settings", office.workspace.settings, told, do)


def _teams(office: Office) -> frozenset[str]:
    """The teams of register and extract; none before the first extract."""
    if not data_dates(office.journal):
        return frozenset()
    found = service(office)
    of_people = (team for person in found.staff.people for team in person.teams)
    return frozenset((*of_people, *(case.team for case in found.caseload.cases)))


def _time(stamp: str) -> str:
    return f"{datetime.fromisoformat(stamp):%H:%M on %d/%m/%Y}"


PARTS: tuple[Callable[[Office], Iterator[Item]], ...] = (
    archive,
    caseload,
    headings,
    work,
    letters,
    types,
    names,
)
"""Everything to look at inside, in the order in which it is told."""
