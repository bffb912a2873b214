"""Zips of forms and conflict copies: each file in exactly one end state."""

from datetime import timedelta

import pytest

from auditdocs.documents.extracts.build import annex_a_workbook
from auditdocs.places.journal.returns import records, returns
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import issued
from auditdocs.steps.wish import Wish
from tests.makers.offices import DATA_DATE
from tests.makers.wrong_files import a_zip, encrypted

DAY = DATA_DATE + timedelta(days=10)


@pytest.fixture(name="out")
def out_(office):
    """The Completeness forms of a small council, issued."""
    office.drops_council(children=40)
    office.work(collected)
    return office.work(issued, Wish(type="completeness")).audits


def ended(took):
    """How each file ended, by name."""
    return {came.file.removeprefix("inbox/"): came.outcome for came in took.returns}


def test_each_file_of_a_zip_ends_by_itself_and_the_zip_is_archived(office, out):
    office.drops(
        "team/forms.zip",
        a_zip(
            ("North/one.docx", office.answers(out[0], DAY)),
            ("South/one.docx", office.answers(out[1], DAY)),
            ("South/~$one.docx", b"\x03Ann"),
            ("__MACOSX/._one.docx", b"x"),
            ("scan.pdf", b"%PDF"),
        ),
    )
    assert ended(office.work(collected, today=DAY)) == {
        "team/forms.zip": "unpacked",
        "team/North - one.docx": "accepted",
        "team/South - one.docx": "accepted",
        "team/scan.pdf": "set-aside",
    }
    assert office.tree("inbox") == []
    assert [name for name in office.tree("archive") if name.endswith("forms.zip")]


def test_the_same_zip_again_counts_nothing_twice(office, out):
    bundle = a_zip(("one.docx", office.answers(out[0], DAY)))
    for outcome in ("accepted", "duplicate"):
        office.drops("forms.zip", bundle)
        took = office.work(collected, today=DAY)
        assert ended(took) == {"forms.zip": "unpacked", "one.docx": outcome}


@pytest.mark.parametrize("name", ["nested", "locked", "leading out", "too many"])
def test_a_zip_that_is_not_to_be_unpacked_is_set_aside_whole(office, name):
    form = a_zip(("[Content_Types].xml", b"x"))
    bundles = {
        "nested": ("nested-zip", a_zip(("a.docx", form), ("b.zip", a_zip(("c.docx", form))))),
        "locked": ("password", encrypted(a_zip(("a.docx", form)))),
        "leading out": ("hostile", a_zip(("../a.docx", form))),
        "too many": ("too-many", a_zip(*((f"{n}.docx", b"x") for n in range(501)))),
    }
    code, bundle = bundles[name]
    office.drops("forms.zip", bundle)
    took = office.work(collected, today=DAY)
    assert [came.reasons[0].code for came in took.returns] == [code]
    assert office.tree("inbox") == []


def test_a_workbook_in_a_zip_is_no_workbook_of_its_own(office):
    office.drops("lists.zip", a_zip(("cases.xlsx", annex_a_workbook({"List": [["x"]]}))))
    took = office.work(collected, today=DAY)
    assert ended(took) == {"lists.zip": "unpacked", "cases.xlsx": "set-aside"}


@pytest.mark.parametrize("first", ["full", "poor"])
def test_of_conflict_copies_the_fullest_counts_and_the_other_is_listed(office, out, first):
    audit = out[0]
    full = office.answers(audit, DAY, **{f"{i}__comment": "Said more." for i in audit.printed})
    poor = office.answers(audit, DAY)
    names = ["form.docx", "form-COUNCIL-PC12.docx"]
    for name, data in zip(names, (full, poor) if first == "full" else (poor, full), strict=True):
        office.drops(name, data)
        took = office.work(collected, today=DAY)
    with office.open() as opened:
        outcomes = sorted(came.outcome for _, came in returns(opened.journal) if came.audit_id)
        (record,) = records(opened.journal)
    assert outcomes == ["accepted", "superseded"]
    assert "Said more." in record.comments.values()
    assert [came.audit_id for came in took.superseded] == [audit.audit_id]
    assert len(office.tree("archive/2026/Completeness")) == 2


def test_a_conflict_copy_that_is_not_filled_in_is_listed_and_troubles_nobody(office, out):
    office.drops("form.docx", office.answers(out[0], DAY))
    office.work(collected, today=DAY)
    office.drops("form (1).docx", office.form(out[0]))
    took = office.work(collected, today=DAY)
    assert ended(took) == {"form (1).docx": "superseded"}
    assert "inbox/form.docx" in took.returns[0].details["To know"]


def test_collect_tells_of_a_conflict_copy_that_it_was_kept(run, office, out):
    office.drops("form.docx", office.answers(out[0], DAY))
    office.work(collected, today=DAY)
    office.drops("form (1).docx", office.form(out[0]))
    said = run("-w", office.root, "--today", DAY.isoformat(), "collect").out
    assert f"Kept a less full copy of {out[0].audit_id}: the fuller one counts." in said
    assert "Nothing new" not in said


def test_a_heads_form_for_a_case_that_has_closed_counts_and_says_so(office, out):
    wish = Wish(type="head-of-service", theme="Is the plan clear?", expression="age >= 0")
    out = office.work(issued, wish).audits
    form = office.answers(out[0], DAY)
    council = office.drops_council(children=40, data_date=DATA_DATE + timedelta(days=5))
    gone = annex_a_workbook(
        {
            name: [row for row in rows if out[0].child_id not in map(str, row)]
            for name, rows in council.sheets.items()
        }
    )
    office.drops("annex a.xlsx", gone)
    office.work(collected, today=DAY)
    office.drops("form.docx", form)
    took = office.work(collected, today=DAY)
    assert ended(took) == {"form.docx": "accepted"}
    assert "no longer among the open" in took.returns[0].details["To know"]
