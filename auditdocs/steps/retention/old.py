"""What is past its keeping time and wants nothing more from anybody, gathered from the journal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from auditdocs.model.accuracy import OUT, CheckList
from auditdocs.model.audit import Audit
from auditdocs.model.form import Return
from auditdocs.model.ledger import Line
from auditdocs.model.letter import Letter, Paper
from auditdocs.model.selection import Selection
from auditdocs.places.journal.audits import audits, numbered_selections
from auditdocs.places.journal.caseload import stored_extracts, stored_registers
from auditdocs.places.journal.check_lists import check_lists
from auditdocs.places.journal.letters import letters
from auditdocs.places.journal.papers import papers
from auditdocs.places.journal.removals import removed_references
from auditdocs.places.journal.returns import returns
from auditdocs.rules.calendar.periods import year_of
from auditdocs.rules.retention import is_past
from auditdocs.steps.close_year import finished_audits
from auditdocs.steps.follow_up.waiting import follow_up_duties
from auditdocs.steps.office import Office

AUDIT, CHECK_LIST, SELECTION, RETURN = "audit", "check list", "selection", "returned file"
EXTRACT, REGISTER, LEDGER, LETTER = "extract", "staff register", "ledger of a year", "letter"
_OF_ITSELF = frozenset({"unpacked", "duplicate"})
"""How files end that go by their own day where they belong to no audit that was issued."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """What may go, and the references of what is as old and may not."""

    audits: tuple[Audit, ...]
    lists: tuple[CheckList, ...]
    papers: tuple[Paper, ...]
    letters: tuple[tuple[int, Letter], ...]
    returns: tuple[tuple[int, Return], ...]
    selections: tuple[tuple[int, Selection], ...]
    extracts: tuple[tuple[date, str], ...]
    """The day of each, and where the file is."""
    registers: tuple[tuple[date, str], ...]
    years: tuple[str, ...]
    """The financial years of which nothing is left to be done."""
    open_still: tuple[str, ...]

    @property
    def references(self) -> frozenset[str]:
        """Audit ids and check lists' references."""
        return frozenset(
            (*(each.audit_id for each in self.audits), *(each.list_id for each in self.lists))
        )


def old(office: Office, rows: Iterable[Line]) -> Old:
    """What is past its keeping time today; `rows` are all of the ledger's as they should stand."""
    aged = _aged_audits(office)
    spans = {year_of(audit.issued) for audit in aged}
    waited_for = {duty.about.partition("/")[0] for duty in follow_up_duties(office)}
    finished = {each for span in spans for each in finished_audits(office, span, rows)} - waited_for
    over = tuple(audit for audit in aged if audit.audit_id in finished)
    lists = _aged_lists(office)
    done = tuple(each for each in lists if each.status != OUT)
    open_audits = [audit for audit in aged if audit.audit_id not in finished]
    unsettled = {year_of(audit.issued).label for audit in open_audits}
    ids = {audit.audit_id for audit in over}
    went = tuple(each for each in papers(office.journal) if each.audit_id in ids)
    known = {*ids, *(each.list_id for each in done), *(each.reference for each in went)}
    extracts = _all_but_newest(office, stored_extracts(office.journal))
    registers = _all_but_newest(office, stored_registers(office.journal))
    files = {file for _, file in (*extracts, *registers)}
    return Old(
        audits=over,
        lists=done,
        papers=went,
        letters=tuple(_letters(office, ids)),
        returns=tuple(_returns(office, known, files)),
        selections=_selections(office, unsettled),
        extracts=extracts,
        registers=registers,
        years=tuple(sorted({span.label for span in spans} - unsettled)),
        open_still=(
            *(audit.audit_id for audit in open_audits),
            *(each.list_id for each in lists if each.status == OUT),
        ),
    )


def _is_aged(office: Office, day: date) -> bool:
    return is_past(day, years=office.settings.keep_audits_years, today=office.today)


def _aged_audits(office: Office) -> tuple[Audit, ...]:
    gone = removed_references(office.journal, AUDIT)
    return tuple(
        audit
        for audit in audits(office.journal)
        if audit.audit_id not in gone and _is_aged(office, audit.issued)
    )


def _aged_lists(office: Office) -> tuple[CheckList, ...]:
    gone = removed_references(office.journal, CHECK_LIST)
    return tuple(
        each
        for each in check_lists(office.journal)
        if each.list_id not in gone and _is_aged(office, each.due)
    )


def _returns(office: Office, known: set[str], files: set[str]) -> Iterable[tuple[int, Return]]:
    """The returns of what goes, and old ones that belong to nothing and still have a file."""
    for number, came in returns(office.journal):
        alone = came.outcome in _OF_ITSELF and came.stored and _is_aged(office, came.seen)
        if came.audit_id in known or came.stored in files or (alone and not came.audit_id):
            yield number, came


def _letters(office: Office, ids: set[str]) -> Iterable[tuple[int, Letter]]:
    """The letters about what goes, and old ones that are about no single audit."""
    gone = removed_references(office.journal, LETTER)
    for number, letter in letters(office.journal):
        alone = not letter.audit_id and letter.made and _is_aged(office, letter.made)
        if letter.audit_id in ids or (alone and str(number) not in gone):
            yield number, letter


def _selections(office: Office, unsettled: set[str]) -> tuple[tuple[int, Selection], ...]:
    """Old selections of years of which no audit is open."""
    gone = removed_references(office.journal, SELECTION)
    return tuple(
        (number, chosen)
        for number, made, chosen in numbered_selections(office.journal)
        if str(number) not in gone
        and _is_aged(office, made)
        and year_of(made).label not in unsettled
    )


def _all_but_newest(
    office: Office, stored: tuple[tuple[date, str], ...]
) -> tuple[tuple[date, str], ...]:
    years = office.settings.keep_extracts_years
    return tuple(
        (day, file)
        for day, file in stored[:-1]
        if is_past(day, years=years, today=office.today) and file != stored[-1][1]
    )
