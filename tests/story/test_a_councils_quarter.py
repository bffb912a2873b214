"""A council's quarter, told through the command line alone, fit to be read aloud."""

import json
from datetime import date

import docx
import openpyxl

from auditdocs.documents.check_lists.answer import checked_list
from auditdocs.documents.forms.answer import answered
from tests.makers.agreements import signed


def cells(path, sheet):
    """A ledger sheet as a list of rows by heading."""
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if any(row)]


def words(path):
    """Every word of a Word document, table cells among them."""
    document = docx.Document(str(path))
    text = [paragraph.text for paragraph in document.paragraphs]
    text += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(text)


def test_a_councils_quarter(office, run):
    """Forms go out in July, come home, and become the quarter's report."""

    def on(day, *arguments, status=0):
        return run("-w", office.root, "--today", day, *arguments, status=status)

    # On 1 July business support drops the extract and the staff list in the inbox.
    council = office.drops_council(children=60)
    came = on("2026-07-01", "--json", "collect")
    assert sorted(each["cases"] for each in came.data["extracts"]) == [0, 60]
    assert office.tree("inbox") == []

    # The forms of every type go out, each to the folder of the person who fills it in.
    completeness = on("2026-07-01", "--json", "issue", "completeness").data["issued"]
    quality = on("2026-07-01", "--json", "issue", "quality").data["issued"]
    themed = on(
        "01/07/2026",
        "--json",
        "issue",
        "head-of-service",
        "--theme",
        "Is permanence on time?",
        "--because",
        "SMG minute 4 of June",
        "--where",
        "'LAC' in case_types",
    ).data["issued"]
    assert completeness
    assert quality
    assert len(themed) == 6
    for form in [*completeness, *quality, *themed]:
        assert (office.root / form["file"]).is_file()
        assert form["auditor"].replace("'", "") in form["file"].replace("'", "")
    children = [form["child_id"] for form in [*completeness, *quality, *themed]]
    assert len(children) == len(set(children))

    # Issued again on the same day there is nobody left to ask.
    assert on("2026-07-01", "--json", "issue", "completeness").data["issued"] == []

    # In two weeks most come home. One is sent twice, one was not filled in, one is a PDF.
    first, second, third, *others = [office.audit(form["audit_id"]) for form in completeness]
    day = date(2026, 7, 15)
    office.drops("first.docx", office.answers(first, day))
    office.drops("sub/Copy of first.docx", office.answers(first, day))
    office.drops("second.docx", office.form(second))
    office.drops("third.docx", office.answers(third, day, date_audited="31/02/2026"))
    office.drops("scan.pdf", b"%PDF-1.4")
    office.drops("~$minutes.docx", b"\x03Ann")
    came = on("2026-07-15", "--json", "collect", status=1).data
    assert [each["audit_id"] for each in came["accepted"]] == [first.audit_id]
    assert [each["of"] for each in came["duplicate"]] == [first.audit_id]
    reasons = {each["file"]: each["reasons"] for each in came["set_aside"]}
    assert {file: reasons[file][0]["code"] for file in reasons} == {
        "inbox/second.docx": "unanswered",
        "inbox/third.docx": "not-a-date",
        "inbox/scan.pdf": "pdf",
    }
    assert office.tree("inbox") == ["~$minutes.docx"]
    note = words(office.root / "outbox/set-aside/third.docx.note.docx")
    assert "Date audited" in note
    assert "31/02/2026" in note
    assert "31/02/2026" not in json.dumps(came)

    # The three are mended, the rest come late, and one auditor thinks better of an answer.
    day = date(2026, 8, 20)
    for each in [second, third, *others, *map(office.audit, [q["audit_id"] for q in quality])]:
        office.drops(f"{each.audit_id}.docx", office.answers(each, day))
    office.drops("first corrected.docx", office.answers(first, date(2026, 7, 15), seed="again"))
    came = on("2026-08-20", "--json", "collect").data
    assert len(came["accepted"]) == len(completeness) + len(quality)
    assert [each["audit_id"] for each in came["superseded"]] == [first.audit_id]
    assert office.audit(first.audit_id).form_version == 2

    # The ledger has a row for each, once, and its words agree with what was written.
    ledger = office.root / "ledger.xlsx"
    rows = {row["Audit ID"]: row for row in cells(ledger, "Completeness")}
    assert sorted(rows) == sorted(form["audit_id"] for form in completeness)
    assert rows[first.audit_id]["Child ID"] == first.child_id
    assert rows[first.audit_id]["Returned"].date() == date(2026, 7, 15)
    assert rows[first.audit_id]['1.3 Disability recorded (including "none") – in place'] in (
        "Yes",
        "No",
        "Not applicable",
        "Not due",
    )
    outcomes = [row["Outcome"] for row in cells(ledger, "Returns")]
    assert outcomes.count("Duplicate") == 1
    assert outcomes.count("Set aside") == 3
    assert on("2026-08-20", "--json", "ledger", "check").data["differences"] == []

    # A team agrees what it checks, gets its list, and sends it back with an error and a query.
    agreement = on("2026-08-20", "--json", "issue", "accuracy-agreement").data["issued"][0]
    blank = (office.root / agreement["file"]).read_bytes()
    office.drops("agreed.docx", answered(blank, signed(date(2026, 8, 20))))
    assert on("2026-08-20", "--json", "collect").data["accepted"][0]["version"] == 1
    assert [path for path in office.tree("outbox/letters") if agreement["team"] in path]
    planned = on("2026-08-20", "--json", "plan", "accuracy-check").data["planned"]
    assert {each["team"] for each in planned} == {agreement["team"]}
    (checks,) = on("2026-08-20", "--json", "issue", "accuracy-check").data["issued"]
    assert checks["due"] == planned[0]["due"] == "2026-08-27"
    answers = {
        0: {"correct": "N", "correct_value": "another"},
        1: {"correct": "N"},
        2: {"correct": "Y"},
    }
    office.drops("list.xlsx", checked_list((office.root / checks["file"]).read_bytes(), answers))
    came = on("2026-08-27", "--json", "collect").data
    assert [each["audit_id"] for each in came["accepted"]] == [checks["audit_id"]]
    found = [row["Correct?"] for row in cells(ledger, "Accuracy")]
    assert sorted(found) == ["No", "Query"]

    # One themed audit is given up; the other five are told as overdue.
    on("2026-08-20", "withdraw", themed[0]["audit_id"], "--reason", "the case has moved away")
    due = on("2026-10-05", "--json", "due", status=1).data["items"]
    late = [item["about"] for item in due if item["kind"] == "form out"]
    assert late == [form["audit_id"] for form in themed[1:]]

    # In October the compiler makes the report, and its figures are those of the forms.
    report = on("2026-10-05", "--json", "report", "smg", "--period", "2026-27-Q2").data
    delivery = report["figures"]["delivery"]
    assert delivery["completeness"]["issued"] == len(completeness)
    assert delivery["completeness"]["returned"] == len(completeness)
    assert delivery["quality"]["returned"] == len(quality)
    assert delivery["head-of-service"]["returned"] == 0
    assert delivery["head-of-service"]["missed"] == 5
    assert sum(report["figures"]["grades"]["quality"].values()) == len(quality)
    assert report["accessibility"] == []
    text = words(office.root / report["files"][0])
    assert "Why this theme: SMG minute 4 of June" in text
    for row in council.staff[1:]:
        if row[3] in ("sw", "ssw"):
            assert row[1] not in text
    for form in [*completeness, *quality, *themed]:
        assert form["child_id"] not in text

    # One of completeness, whose figures are those of the first.
    own = on("2026-10-05", "--json", "report", "completeness", "--period", "2026-27-Q2").data
    assert own["figures"]["coverage"] == report["figures"]["coverage"] | {"lapsed": 0}
    assert own["figures"]["delivery"]["returned"] == len(completeness)
    assert own["accessibility"] == []

    # And one of accuracy, in which the same list is counted.
    accuracy = on("2026-10-05", "--json", "report", "accuracy", "--period", "2026-27-Q2").data
    assert accuracy["figures"]["in_all"]["errors"] == 1
    assert accuracy["accessibility"] == []
