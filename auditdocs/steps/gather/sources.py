"""Where the ledger's rows come from: one source for each sheet or family of sheets.

A sheet is declared in rules/register and comes to the ledger with its first post, rows or none.
Its rows come from a function that is named here. A source whose rows grow with the years also
says how to work out those of single keys: then a post costs what changed, not what came before.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from auditdocs.model.ledger import Line
from auditdocs.rules.register.sheets import sheets
from auditdocs.steps.gather.accuracy import accuracy_lines, lines_of_teams, teams_checked
from auditdocs.steps.gather.audits import audit_lines, audits_not_over, lines_of_audits
from auditdocs.steps.gather.coverage import coverage_lines, lines_of_caseloads, newest_caseload
from auditdocs.steps.gather.follow_up import follow_up_lines, lines_of_followed
from auditdocs.steps.gather.returns import lines_of_returns, return_lines
from auditdocs.steps.gather.selections import lines_of_selections, selection_lines
from auditdocs.steps.gather.smg_actions import smg_action_lines
from auditdocs.steps.gather.standards import standard_lines
from auditdocs.steps.office import Office


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from."""

    lines: Callable[[Office], Iterator[Line]]
    """Every row as it should stand today."""
    table: str = ""
    """The table whose changed keys the journal notes for it (triggers of `to_post`)."""
    of_keys: Callable[[Office, Iterable[str]], Iterator[Line]] | None = None
    """The rows that follow from those keys; None works out all of them at every post."""
    of_the_day: Callable[[Office], Iterable[str]] | None = None
    """The keys whose rows may say otherwise on another day; None where no row does."""


SOURCES: tuple[Source, ...] = (
    Source(audit_lines, "audits", lines_of_audits, audits_not_over),
    Source(follow_up_lines, "audits", lines_of_followed, audits_not_over),
    Source(return_lines, "returns", lines_of_returns),
    Source(selection_lines, "selections", lines_of_selections),
    Source(standard_lines),
    Source(smg_action_lines),
    Source(accuracy_lines, "accuracy", lines_of_teams, teams_checked),
    Source(coverage_lines, "caseload", lines_of_caseloads, newest_caseload),
)


def lines(office: Office) -> Iterator[Line]:
    """Every row of the ledger as it should stand today."""
    return _in_full(office, chain.from_iterable(source.lines(office) for source in SOURCES))


def keys_of_the_day(office: Office, table: str) -> tuple[str, ...]:
    """The keys of a table whose rows may say otherwise on another day."""
    daily = {source.of_the_day for source in SOURCES if source.table == table}
    return tuple(key for keys in daily if keys is not None for key in keys(office))


def changed_lines(office: Office, changed: Mapping[str, Iterable[str]]) -> Iterator[Line]:
    """The rows that may stand otherwise since those keys changed, by table."""
    found = (
        source.of_keys(office, changed.get(source.table, ()))
        if source.of_keys is not None
        else source.lines(office)
        for source in SOURCES
    )
    return _in_full(office, chain.from_iterable(found))


def _in_full(office: Office, found: Iterable[Line]) -> Iterator[Line]:
    """The rows with every cell of the tool's: an answer that a corrected form drops goes blank."""
    blank = {
        sheet.name: {column.heading: None for column in sheet.columns if not column.staff}
        for sheet in sheets(map(office.with_earlier_versions, office.contracts.values()))
    }
    for line in found:
        cells = {**blank.get(line.sheet, {}), **line.cells}
        yield Line(line.sheet, line.key, cells, line.first)
