"""What is past its keeping time, and what stays of it: figures, and nobody in them.

The procedure says nothing of keeping times. That a service sets them in years, counted from the end
of the financial year, and that an audit with anything still to do is kept whatever its age, is our
decision, 2026-11-25.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from auditdocs.model.accuracy import FoundRow
from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.form import Answer, Record, Return
from auditdocs.model.letter import Letter, Paper
from auditdocs.model.selection import Exclusion, Pick, Selection
from auditdocs.rules.calendar.dates import months_after, uk_date
from auditdocs.rules.calendar.periods import year_of

_WORDS = frozenset({"text", "date"})
"""The kinds of answer that are somebody's words or say when something happened to a child."""
_FIGURES = ("case_types",)
"""What of a form's header is counted in reports and tells nobody apart."""


def is_past(day: date, *, years: int, today: date) -> bool:
    """Whether a thing of that day may go: so many whole years after its financial year ended.

    No years at all means that it is kept for ever.
    """
    return years > 0 and months_after(year_of(day).last, count=12 * years) < today


def bare_audit(audit: Audit) -> Audit:
    """The audit as figures: type, team, period, dates, grades; no child, no worker, no file."""
    header = {name: audit.header[name] for name in _FIGURES if name in audit.header}
    return replace(
        audit,
        child_id="",
        worker="",
        auditor="",
        file="",
        archived="",
        sha256="",
        header=header,
    )


def bare_record(record: Record, contract: Contract | None) -> Record:
    """The record with its coded answers alone; without its contract none can be told for coded."""
    return replace(
        record,
        auditor="",
        answers=tuple(each for each in record.answers if _is_coded(each, contract)),
        comments={},
        recommendations=tuple(
            replace(each, recommendation="", owner_name="") for each in record.recommendations
        ),
        fields={},
        warnings=(),
    )


def bare_paper(paper: Paper) -> Paper:
    """The form that went out with a letter, without what it said at its head."""
    return replace(paper, header={})


def bare_letter(letter: Letter) -> Letter:
    """The letter: that there was one, and when."""
    return replace(letter, person="", file="", form="", details={})


def bare_return(came: Return, *, today: date) -> Return:
    """The return: how it ended, and that its file was removed."""
    note = {"To know": f"Removed on {uk_date(today)}: its keeping time was over."}
    return replace(came, file="", stored="", note="", reasons=(), details=note)


def bare_selection(selection: Selection) -> Selection:
    """The selection in numbers: how many for which team and period, and why not the others.

    Warnings name cases, and a filter may.
    """
    return replace(
        selection,
        picks=tuple(map(_bare_pick, selection.picks)),
        reserves=tuple(map(_bare_pick, selection.reserves)),
        excluded=tuple(map(_bare_exclusion, selection.excluded)),
        waiting=(),
        warnings=(),
        expression="",
    )


def bare_findings(
    found: Mapping[str, Iterable[FoundRow]],
) -> dict[str, tuple[FoundRow, ...]]:
    """What lists found, by list, without words or names.

    Children are numbered, the same one alike on every list, so that a repeat error stays one; the
    first list stands before the number, so that children removed another year are not the same.
    """
    lists = {list_id: tuple(rows) for list_id, rows in found.items()}
    children = sorted({row.listed.child_id for rows in lists.values() for row in rows})
    first = min(lists, default="")
    numbers = {child: f"removed {first}/{nth}" for nth, child in enumerate(children, start=1)}
    return {
        list_id: tuple(_bare_found(row, numbers[row.listed.child_id]) for row in rows)
        for list_id, rows in lists.items()
    }


def _is_coded(answer: Answer, contract: Contract | None) -> bool:
    item = contract.item(answer.item_id) if contract else None
    return item is not None and item.kind not in _WORDS


def _bare_pick(pick: Pick) -> Pick:
    return replace(pick, child_id="", worker="", auditor="", why="", said="")


def _bare_exclusion(exclusion: Exclusion) -> Exclusion:
    return Exclusion(child_id="", reason=exclusion.reason.partition(": ")[0])


def _bare_found(row: FoundRow, child: str) -> FoundRow:
    listed = replace(row.listed, child_id=child, initials="", worker="", value="", flag="")
    said = replace(row.said, child_id=child, correct_value="", checked_by="", comment="")
    return FoundRow(listed=listed, said=replace(said, why="a query" if said.why else ""))
