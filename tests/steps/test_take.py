"""Extracts and registers taken: recognised by what they hold, kept with their date."""

from datetime import date

import pytest

from auditdocs.errors import ExtractFault, WorkspaceFault
from auditdocs.places.journal.caseload import caseload, data_dates, register
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import Wish, issued, planned
from auditdocs.steps.office import faults_of_records, service
from auditdocs.steps.take import looked_at, taken
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
