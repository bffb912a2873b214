"""The Accuracy report from a workspace: figures, documents, and the SMG report's headlines."""

from datetime import date

import openpyxl
import pytest
from docx import Document

from auditdocs.places.disk import sha256
from auditdocs.places.journal.posted import STAFF_READ_FROM
from auditdocs.rules.calendar.periods import period
from auditdocs.steps.accuracy_counts import accuracy_in
from auditdocs.steps.collect import collected
from auditdocs.steps.gather.caseloads import Caseloads
from auditdocs.steps.issue import Wish, issued
from auditdocs.steps.report import reported
from auditdocs.steps.report_accuracy import accuracy_reported
from tests.makers.agreements import agreed, forms_out
from tests.makers.check_lists import filled, lists_out
from tests.makers.extracts import a_caseload, a_row, a_workbook
from tests.makers.offices import DATA_DATE, Office

DAY = date(2026, 7, 6)
END = date(2026, 8, 3)


@pytest.fixture(scope="module", name="prepared")
def prepared_(tmp_path_factory):
    """An office, and a team that has agreed and whose first list came home with two errors and a
    query."""
    office = Office.made(tmp_path_factory.mktemp("accuracy") / "office")
    office.drops_council(children=30)
    office.work(collected)
    team, form = next(iter(forms_out(office, DATA_DATE).items()))
    office.drops("agreement.docx", agreed(office, form, DATA_DATE))
    office.work(collected)
    (out,) = lists_out(office, DAY)
    wrong = {"Correct (Y/N/NK)": "N", "Correct value": "V2"}
    answers = {
        0: {**wrong, "Corrected on system": date(2026, 7, 8), "Checked on": DAY},
        1: wrong,
        2: {"Correct (Y/N/NK)": "N"},
        3: {"Correct (Y/N/NK)": "Y"},
    }
    office.drops("list.xlsx", filled((office.root / out.file).read_bytes(), answers))
    office.work(collected, today=date(2026, 7, 8))
    return office, team


@pytest.fixture(name="checked")
def checked_(prepared, tmp_path):
    """That office, for one test to do with as it likes."""
    return prepared[0].copied(tmp_path / "checked")


@pytest.fixture(name="team")
def team_(prepared):
    """That team."""
    return prepared[1]


def test_the_report_counts_what_the_lists_say(checked, team):
    done = checked.work(accuracy_reported, period="2026-07", today=END)
    assert done.accessibility == ()
    assert done.figures["by_team"][team] == done.figures["in_all"]
    counted = done.figures["in_all"]
    names = ("checked", "errors", "corrected", "queries", "repeats")
    assert [counted[name] for name in names] == [3, 2, 1, 1, 0]
    assert team not in done.figures["agreements"]["overdue"]
    told = "\n".join(
        paragraph.text for paragraph in Document(checked.root / done.files[0]).paragraphs
    )
    assert (
        "As the lists stand, 1 row is to be made clear. No errors were said to be corrected "
        in told
    )
    assert [file.rpartition("/")[2] for file in done.files] == [
        "Accuracy report 2026-07.docx",
        "Accuracy report 2026-07 figures.xlsx",
    ]


def test_the_ledger_is_read_back_before_anything_is_counted(checked):
    ledger = checked.root / "ledger.xlsx"
    openpyxl.load_workbook(ledger).save(ledger)
    checked.work(accuracy_reported, period="2026-07", today=END)
    with checked.open() as office:
        read_from, *_ = office.journal.fact(STAFF_READ_FROM).split()
        assert read_from == sha256(ledger.read_bytes())


def test_the_smg_report_has_the_headlines(checked):
    done = checked.work(reported, period="2026-07", today=END)
    assert done.figures["accuracy"]["in_all"]["errors"] == 2
    assert done.accessibility == ()


def test_a_service_without_agreements_gets_a_report_that_says_so(office):
    office.drops_council(children=30)
    office.work(collected)
    done = office.work(accuracy_reported, period="2026-07", today=END)
    assert done.accessibility == ()
    assert done.figures["agreements"]["in_force"] == 0
    assert len(done.figures["agreements"]["overdue"]) == done.figures["agreements"]["teams"] > 0


def test_a_faulty_row_counts_for_its_team_even_where_it_names_no_child(office):
    rows = a_row("", team="North"), a_row(2, open_date=None, team="North"), a_row(3, team="South")
    office.drops("list.xlsx", a_workbook([a_caseload(*rows)]))
    office.work(collected)
    done = office.work(accuracy_reported, period="2026-07", today=END)
    assert done.figures["extract_faults"] == {"North": 2}


def test_a_column_that_is_there_and_blank_in_every_row_shows_that_none_is_recorded(office):
    rows = [a_row(child, team="North", ethnicity="") for child in (1, 2)]
    office.drops("list.xlsx", a_workbook([a_caseload(*rows)]))
    office.work(collected)
    (rate,) = office.work(
        lambda o: accuracy_in(o, period("2026-07"), Caseloads(o.journal), ()), today=END
    ).recorded
    assert (rate.field, rate.children, rate.recorded) == ("ethnicity", 2, 0)


def test_an_answer_that_cannot_be_right_if_the_extract_is_counts_as_a_finding(office):
    rows = [
        a_row(child, team="North", worker=worker, last_seen=date(2026, 5, 1))
        for child, worker in ((1, "Ann Archer"), (2, "Bo Baker"))
    ]
    office.drops("list.xlsx", a_workbook([a_caseload(*rows)]))
    office.work(collected)
    against, with_it = office.work(issued, Wish(type="completeness")).audits
    for audit, answer in ((against, "Yes"), (with_it, "Not applicable")):
        said = {"T": "Not applicable", "U": answer}
        tags = {f"c_cin_visits__{part}": text for part, text in said.items()}
        office.drops(f"{audit.audit_id}.docx", office.answers(audit, DAY, **tags))
    assert len(office.work(collected, today=DAY).ended("accepted")) == 2
    done = office.work(accuracy_reported, period="2026-07", today=END)
    assert done.figures["disagreements"] == 1
    tables = Document(office.root / done.files[0]).tables
    cells = [tuple(cell.text for cell in row.cells) for table in tables for row in table.rows]
    assert ("North", "2.3 Child seen at home", "1") in cells
    book = openpyxl.load_workbook(office.root / done.files[1])
    traced = [row for row in book.active.values if "Answers against the extract" in row]
    assert against.audit_id in str(traced)
    assert with_it.audit_id not in str(traced)
    smg = office.work(reported, period="2026-07", today=END)
    assert smg.figures["accuracy"]["disagreements"] == 1
