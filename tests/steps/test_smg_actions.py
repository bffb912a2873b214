"""What a report proposes to the group, what is answered in the ledger, and the next report."""

from datetime import date

import openpyxl

from auditdocs.steps.collect import collected
from auditdocs.steps.report import reported
from tests.outline import W, part, rows

REPORTED, NEXT = date(2026, 10, 5), date(2027, 1, 8)


def actions(office):
    """The sheet SMG actions: reference to its row by heading."""
    sheet = openpyxl.load_workbook(office.root / "ledger.xlsx")["SMG actions"]
    head, *found = [row for row in sheet.iter_rows(values_only=True) if row[0]]
    return {row[0]: dict(zip(head, row, strict=True)) for row in found}


def answered(office, reference, **told):
    """Somebody writes in the staff columns of one action."""
    path = office.root / "ledger.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["SMG actions"]
    head = {cell.value: cell.column for cell in sheet[1]}
    (row,) = [cells[0].row for cells in sheet.iter_rows() if cells[0].value == reference]
    for heading, value in told.items():
        sheet.cell(row, head[heading.replace("_", " ")], value)
    book.save(path)


def said_and_done(office, done):
    """The rows of "You said, we did" in a report."""
    document = part((office.root / done.files[0]).read_bytes(), "word/document.xml")
    tables = [rows(table) for table in document.iter(f"{W}tbl")]
    return [row for table in tables if table[0][0] == "You said" for row in table[1:]]


def test_what_the_group_answers_stands_in_the_next_report(office):
    office.drops_council(children=20)
    office.work(collected)
    office.work(reported, today=REPORTED, period="2026-09")
    assert not any(each.startswith("SMG-") for each in actions(office)), "a month proposes nothing"
    office.work(reported, today=REPORTED, period="2026-27-Q2")
    proposed = actions(office)
    assert proposed["SMG-2026-27-Q2-targets"]["Proposed action"].startswith("Agree how the target")
    own = "SMG-2026-27-Q2-own-1"
    answered(office, "SMG-2026-27-Q2-targets", State="Under way", What_was_done="Two are trained.")
    answered(office, own, Action_agreed="Visit each team", Owner="Head of Service", State="Done")

    done = office.work(reported, today=NEXT, period="2026-27-Q3")
    told = {row[0]: row[1:] for row in said_and_done(office, done)}
    assert told["Visit each team"] == ["Head of Service", "–", "Done", "–"]
    target = next(row for said, row in told.items() if said.startswith("Agree how the target"))
    assert target[2:] == ["Under way, overdue", "Two are trained."]
    assert actions(office)[own]["Action agreed"] == "Visit each team", "what staff wrote stays"
