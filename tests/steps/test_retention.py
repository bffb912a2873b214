"""What is past its keeping time goes for good; figures stay, and so does whatever is open."""

import shutil
from datetime import date

import openpyxl
import pytest

from auditdocs.places.journal.check_lists import check_lists, found_rows
from auditdocs.places.journal.removals import removals
from auditdocs.places.journal.returns import record
from auditdocs.steps.check import differences
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import issued
from auditdocs.steps.post import sheets
from auditdocs.steps.standing import withdrawn
from auditdocs.steps.wish import Wish
from tests.makers.agreements import agreed, forms_out
from tests.makers.check_lists import filled, lists_out
from tests.makers.offices import DATA_DATE, Office
from tests.makers.workbooks import rows

DAY = date(2026, 7, 6)
BACK = date(2026, 7, 8)
LATER = date(2033, 4, 1)
"""The first day on which what is of 2026-27 may go."""
ON = ("--today", f"{LATER}")
REMARK = "A remark that only the first form has"


@pytest.fixture(name="old", scope="module")
def old_(tmp_path_factory):
    """Seven years ago: audits finished, withdrawn, open and out, a check list, two extracts."""
    office = Office.made(tmp_path_factory.mktemp("retention") / "office")
    office.drops_council(children=40)
    office.work(collected)
    team, form = next(iter(forms_out(office, DATA_DATE).items()))
    office.drops("agreement.docx", agreed(office, form, DATA_DATE))
    office.work(collected)
    (listed,) = lists_out(office, DAY, team=team)
    wrong = {0: {"Correct (Y/N/NK)": "N", "Correct value": "something else"}}
    office.drops("list.xlsx", filled((office.root / listed.file).read_bytes(), wrong))
    finished, gone, still, *_ = office.work(issued, Wish(type="completeness"), today=DAY).audits
    office.drops("a.docx", office.answers(finished, BACK, seed="old"))
    office.work(collected, today=BACK)
    office.drops("a2.docx", office.answers(finished, BACK, **{"c_basic_details__comment": REMARK}))
    office.drops("c.docx", office.answers(still, BACK))
    office.work(withdrawn, gone.audit_id, reason="moved", today=BACK)
    office.work(collected, today=BACK)
    all_done(office, finished.audit_id)
    office.drops_council(children=40, data_date=date(2026, 8, 1))
    office.work(collected, today=date(2026, 8, 2))
    return office


def all_done(office, audit_id):
    """Staff write in the ledger that everything that came of an audit is done."""
    path = office.root / "ledger.xlsx"
    book = openpyxl.load_workbook(path)
    written = {
        "Recommendations": {
            "Status": "Verified",
            "Done date": BACK,
            "Evidence": "Seen on file",
            "Verified by": "Somebody Else",
            "Verified date": BACK,
        },
        "Contact sheets": {"Attached on": BACK},
        "Completeness": {"Date of supervision": BACK},
    }
    for name, said in written.items():
        sheet = book[name]
        heads = [cell.value for cell in sheet[1]]
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, heads.index("Audit ID") + 1).value == audit_id:
                for heading, value in said.items():
                    sheet.cell(row, heads.index(heading) + 1, value)
    book.save(path)
    office.work(collected, today=BACK)


@pytest.fixture(name="office")
def office_(old, tmp_path):
    """A copy of it."""
    shutil.copytree(old.root, tmp_path / "office")
    return Office(tmp_path / "office")


@pytest.fixture(name="known")
def known_(office):
    """The finished audit, the withdrawn one and the open one, as they stand."""
    found = {audit.audit_id: audit for audit in office.audits()}
    return [found[key] for key in sorted(found)[:3]]


def shown(office):
    """Every row of the ledger by sheet."""
    workbook = (office.root / "ledger.xlsx").read_bytes()
    with office.open(LATER) as opened:
        return {sheet.name: rows(workbook, sheet) for sheet in sheets(opened)}


def named(office, audit):
    """The cells of the ledger that begin with an audit's id."""
    cells = (c for keyed in shown(office).values() for row in keyed.values() for c in row.values())
    return [cell for cell in cells if str(cell).startswith(audit.audit_id)]


def holding(office, text):
    """The archived files and the outbox's whose name or bytes hold that text."""
    places = [path for top in ("archive", "outbox") for path in (office.root / top).rglob("*.*")]
    return [
        path.name
        for path in places
        if path.is_file() and path.parent.name != "journal" and text in str(path)
    ]


def test_a_dry_run_lists_references_and_changes_nothing(run, office, known):
    def everything():
        kept = office.root / "archive", office.root / "outbox", office.root / "ledger.xlsx"
        files = [p for top in kept for p in (top, *top.rglob("*")) if p.is_file()]
        return {path: path.read_bytes() for path in files}

    before, stood = everything(), office.audits()
    data = run("-w", office.root, *ON, "--json", "retention").data
    finished, gone, still = known
    told = {each["reference"] for each in data["items"]}
    assert {finished.audit_id, gone.audit_id, "2026-07-01"} <= told
    assert still.audit_id in data["open"]
    assert data["counts"]["audit"] == 2
    assert (data["counts"]["extract"], data["counts"]["check list"]) == (1, 1)
    assert not data["applied"]
    assert (everything(), office.audits()) == (before, stood)
    said = run("-w", office.root, *ON, "retention").out
    assert "Nothing was changed" in said
    assert finished.worker not in said
    assert finished.child_id not in said


def test_nothing_goes_a_day_too_early_or_where_the_settings_keep_it_for_ever(run, office):
    early = ("-w", office.root, "--today", "2033-03-31", "--json", "retention")
    assert run(*early).data["items"] == []
    with (office.root / "auditdocs.toml").open("a", encoding="utf-8") as file:
        file.write("\n[retention]\naudits = 0\nextracts = 0\n")
    assert run("-w", office.root, *ON, "--json", "retention").data["items"] == []


def test_what_is_past_its_time_is_gone_from_archive_outbox_ledger_and_journal(run, office, known):
    finished, gone, _ = known
    assert holding(office, finished.audit_id)
    run("-w", office.root, *ON, "retention", "--apply")
    assert holding(office, finished.audit_id) == holding(office, gone.audit_id) == []
    assert holding(office, "2026-07-01 annex a") == []
    assert holding(office, "2026-08-0") != []
    assert not named(office, finished)
    assert not named(office, gone)
    assert shown(office)["Accuracy"] == {}
    journal = (office.root / ".auditdocs/journal.sqlite3").read_bytes()
    assert REMARK.encode() not in journal
    assert b"Seen on file" not in journal
    assert b"something else" not in journal
    noted = {kind for _, kind, _ in office.work(lambda o: removals(o.journal), today=LATER)}
    assert noted == {"audit", "check list", "extract", "letter", "staff register"}


def test_what_is_open_is_not_touched_and_the_three_records_agree(run, office, known):
    still = known[2]
    before = shown(office)["Completeness"][still.audit_id]
    run("-w", office.root, *ON, "retention", "--apply")
    assert office.audit(still.audit_id) == still
    assert shown(office)["Completeness"][still.audit_id] == before
    assert office.work(differences, today=LATER)[1] == ()
    run("-w", office.root, *ON, "ledger", "rebuild")
    assert office.work(differences, today=LATER)[1] == ()
    letters = office.work(collected, today=LATER).letters
    assert known[0].audit_id not in str([(letter.audit_id, letter.details) for letter in letters])


def test_figures_are_kept(run, office, known):
    ask = ("-w", office.root, *ON, "--json", "report", "smg", "--period", "2026-27-Q2")
    before = run(*ask).data["figures"]
    run("-w", office.root, *ON, "retention", "--apply")
    after = run(*ask).data["figures"]
    for figure in ("delivery", "grades", "recommendations"):
        assert after[figure] == before[figure]
    with office.open(LATER) as opened:
        read, _ = record(opened.journal, known[0].audit_id)
        assert read.answers
        assert all(len(answer.value) < 10 for answer in read.answers)
        (of,) = check_lists(opened.journal)
        assert len(found_rows(opened.journal, of.list_id)) == 1


def test_a_second_removal_finds_nothing(run, office):
    run("-w", office.root, *ON, "retention", "--apply")
    again = run("-w", office.root, *ON, "--json", "retention", "--apply").data
    assert (again["items"], again["files"], again["rows"]) == ([], 0, 0)


def test_a_file_that_cannot_be_removed_waits_and_goes_the_next_time(run, office, known):
    form = office.root / known[0].archived
    data = form.read_bytes()
    form.unlink()
    form.mkdir()
    stopped = run("-w", office.root, *ON, "--json", "retention", "--apply", status=1)
    assert len(stopped.data["waiting"]) == 1
    form.rmdir()
    form.write_bytes(data)
    run("-w", office.root, *ON, "retention", "--apply")
    assert not form.exists()


def test_rows_of_a_ledger_that_is_open_in_excel_go_when_it_is_closed(run, office, known):
    owner = office.root / "~$ledger.xlsx"
    owner.write_bytes(b"\x0bKaren Smith" + b"\0" * 40)
    run("-w", office.root, *ON, "retention", "--apply")
    assert known[0].audit_id in shown(office)["Completeness"]
    owner.unlink()
    run("-w", office.root, *ON, "ledger", "post")
    assert not named(office, known[0])


def test_the_ledger_of_a_closed_year_goes_whole(run, office, known):
    run("-w", office.root, "--today", "2027-04-05", "ledger", "close-year", "2026-27")
    assert (office.root / "ledger 2026-27.xlsx").is_file()
    run("-w", office.root, *ON, "retention", "--apply")
    assert (office.root / "ledger 2026-27.xlsx").is_file()
    for audit in office.audits():
        if audit.is_out:
            office.work(withdrawn, audit.audit_id, reason="long ago", today=LATER)
    all_done(office, known[2].audit_id)
    run("-w", office.root, *ON, "retention", "--apply")
    assert not (office.root / "ledger 2026-27.xlsx").exists()
    assert {audit.child_id for audit in office.audits()} == {""}
    assert office.work(differences, today=LATER)[1] == ()
