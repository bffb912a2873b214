"""Extracts and registers taken: recognised by what they hold, kept with their date."""

from datetime import date

import pytest

from auditdocs.errors import ExtractFault, WorkspaceFault
from auditdocs.places.journal.audits import events
from auditdocs.places.journal.caseload import caseload, data_dates, register
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import issued, planned
from auditdocs.steps.office import faults_of_records, service
from auditdocs.steps.take import looked_at, taken
from auditdocs.steps.wish import Wish
from tests.makers.extracts import a_caseload, a_csv, a_row, a_workbook
from tests.makers.offices import DATA_DATE


def a_list(tmp_path, *rows, name="list.csv"):
    """A plain list on disk."""
    place = tmp_path / name
    place.write_bytes(a_csv([a_caseload(*(rows or (a_row(),)))]))
    return place


def test_a_list_is_taken_at_the_date_given_and_the_file_stays(office, tmp_path):
    path = a_list(tmp_path)
    found = office.work(taken, path, data_date=date(2026, 6, 30))
    assert not found.assumed_today
    with office.open() as opened:
        assert caseload(opened.journal).data_date == date(2026, 6, 30)
    assert path.exists()
    assert len(office.tree("archive/2026/extracts")) == 1


def test_a_list_without_a_date_is_taken_at_todays_and_that_is_said(office, tmp_path):
    found = office.work(taken, a_list(tmp_path))
    assert found.assumed_today
    assert found.extract.data_date == DATA_DATE


def test_a_look_keeps_nothing(office, tmp_path):
    office.work(looked_at, a_list(tmp_path))
    with office.open() as opened:
        assert data_dates(opened.journal) == ()
    assert office.tree("archive") == []


def test_a_file_that_is_not_there_is_told(office, tmp_path):
    with pytest.raises(ExtractFault, match="no such file"):
        office.work(taken, tmp_path / "nowhere.xlsx")


def test_a_register_in_the_inbox_is_known_for_one(office):
    office.drops_council(children=40)
    office.work(collected)
    with office.open() as opened:
        assert register(opened.journal).people
        assert service(opened).staff.teams


def test_an_extract_that_cannot_be_taken_is_set_aside_with_its_note(office):
    office.drops("wrong.csv", b"colour,size\r\nred,1\r\n")
    took = office.work(collected)
    assert [came.reasons[0].code for came in took.returns] == ["extract"]
    assert office.tree("outbox/set-aside") == ["wrong.csv", "wrong.csv.note.docx"]


def test_before_the_first_extract_nothing_can_be_chosen(office):
    with pytest.raises(WorkspaceFault, match="No extract"):
        office.work(planned, Wish(type="completeness"))


def test_forms_carry_what_the_extract_and_the_register_say(office):
    office.drops_council(children=60)
    office.work(collected)
    out = office.work(issued, Wish(type="completeness")).audits
    for audit in out:
        header = audit.header
        assert header["child_id"] == audit.child_id
        assert header["allocated_worker"] == audit.worker == audit.auditor
        assert header["team_manager"]
        assert header["supervisor"]
        assert header["date_issued"] == "01/07/2026"
    assert any(audit.header["care_start_date"] for audit in out)


def test_the_faults_of_an_extract_can_be_asked_for_by_team(office):
    sheet = a_caseload(a_row(1, open_date=None, team="North"), a_row(2, worker=None, team="South"))
    office.drops("list.xlsx", a_workbook([sheet]))
    office.work(collected)
    with office.open() as opened:
        found = faults_of_records(opened)
    assert {team: {each.field for each in several} for team, several in found.items()} == {
        "North": {"open_date"},
        "South": {"worker"},
    }


def test_a_workbook_with_macros_dropped_in_the_inbox_is_an_extract(office):
    office.drops("caseload.xlsm", a_workbook([a_caseload(a_row())]))
    took = office.work(collected)
    assert [came.outcome for came in took.returns] == ["extract"]


def cases(tmp_path, count, *, closed=(), name="list.csv"):
    rows = (a_row(n, close_date=date(2026, 6, 1) if n in closed else None) for n in range(count))
    return a_list(tmp_path, *rows, name=name)


@pytest.fixture
def out(office, tmp_path):
    """A caseload of 24 with a worker's form out; gives its audit."""
    office.work(taken, cases(tmp_path, 24), data_date=date(2026, 5, 1))
    (audit,) = office.work(issued, Wish(type="completeness")).audits
    return audit


def test_a_form_is_withdrawn_with_its_cause_when_its_case_closes_and_what_comes_is_kept(
    office, tmp_path, out
):
    form = office.answers(out, DATA_DATE)
    path = cases(tmp_path, 24, closed={int(out.child_id)}, name="next.csv")
    found = office.work(taken, path, data_date=date(2026, 6, 2))
    assert [(a.audit_id, why) for a, why in found.withdrawn] == [
        (out.audit_id, "the case closed on 01/06/2026")
    ]
    with office.open() as opened:
        day, status, cause = events(opened.journal, out.audit_id)[-1]
    assert (day, status) == (DATA_DATE, "withdrawn")
    assert cause == "withdrawn: the case closed on 01/06/2026"
    office.drops("late.docx", form)
    (came,) = office.work(collected).returns
    assert came.outcome == "set-aside"
    assert "withdrawn on 01/07/2026" in came.reasons[0].text
    assert "the sheet Forms out" in came.reasons[0].text
    assert "late.docx" in office.tree("outbox/set-aside")
    assert office.work(taken, path, data_date=date(2026, 6, 2)).withdrawn == ()


def test_an_extract_of_an_earlier_day_closes_nothing(office, tmp_path, out):
    path = cases(tmp_path, 2, name="old.csv")
    found = office.work(taken, path, data_date=date(2026, 4, 1))
    assert (found.withdrawn, found.far_fewer_than) == ((), 0)
    assert office.audit(out.audit_id).is_out


def test_an_extract_of_a_part_is_not_taken_unless_somebody_says_so(office, tmp_path, out):
    path = cases(tmp_path, 11, name="one team.csv")
    with pytest.raises(ExtractFault, match="has 11 open cases, the one before it had 24"):
        office.work(taken, path, data_date=date(2026, 6, 2))
    office.drops("one team.csv", path.read_bytes())
    took = office.work(collected)
    assert [came.outcome for came in took.returns] == ["set-aside"]
    assert office.audit(out.audit_id).is_out
    found = office.work(taken, path, data_date=date(2026, 6, 2), fewer=True)
    assert len(found.extract.cases) == 11


def test_pairs_that_were_assumed_are_told_for_audits_that_go_by_pairs_alone(office):
    office.drops_council()
    office.work(collected)
    for key, is_told in (("completeness", False), ("quality", True)):
        warnings = office.work(planned, Wish(type=key)).selection.warnings
        assert any("paired in name order" in each for each in warnings) == is_told
