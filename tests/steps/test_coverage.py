"""The sheets Coverage and Capacity: what the audits reach of the caseload."""

from datetime import date, timedelta

import pytest

from auditdocs.places.journal.audits import keep_audits
from auditdocs.steps.collect import collected
from auditdocs.steps.gather.sources import lines
from auditdocs.steps.gather.waiting import waiting
from auditdocs.steps.issue import issued
from auditdocs.steps.post import post
from auditdocs.steps.take import taken
from auditdocs.steps.wish import Wish
from tests.makers.extracts import LIST_6, a_caseload, a_csv, a_row, a_table
from tests.makers.offices import DATA_DATE

OLD = date(2025, 1, 1)
FIRST, NEXT = date(2026, 5, 1), date(2026, 6, 1)


def take(office, tmp_path, day, *rows):
    place = tmp_path / f"{day}.csv"
    place.write_bytes(a_csv([a_caseload(*rows)]))
    office.work(taken, place, data_date=day)


def eighteen(worker, team="North", first=100):
    return [a_row(first + n, worker=worker, team=team, open_date=OLD) for n in range(18)]


def rows(office, sheet, **day):
    """The rows as they should stand, by key."""
    with office.open(**day) as opened:
        return {line.key: line.cells for line in lines(opened) if line.sheet == sheet}


@pytest.fixture
def full(office, tmp_path):
    """A worker with eighteen cases, and one with a single case; one more case is nobody's."""
    single = a_row(1, worker="Bob Baker", team="South", open_date=OLD)
    take(office, tmp_path, FIRST, *eighteen("Ann Archer"), single, a_row(2, worker=None, team=None))
    return office


def test_each_audit_has_a_row_for_the_service_and_for_every_team_at_the_data_date(full):
    found = rows(full, "Coverage")
    teams = [row["Team"] for row in found.values() if row["Audit"] == "Completeness"]
    assert sorted(teams) == ["No team", "North", "South", "Whole service"]
    north = found["2026-05-01 Completeness, North"]
    never = (north["Never audited"], north["Never audited: 12 months or more"])
    assert (north["Open cases"], *never) == (18, 18, 18)
    assert north["Data date"] == FIRST


def test_the_row_of_the_service_says_how_its_targets_stand(full):
    found = rows(full, "Coverage")
    heads = found["2026-05-01 Head of Service, whole service"]
    assert (heads["Target of the quarter"], heads["Target of the year"]) == (6, 24)
    assert heads["Came home in the quarter"] == 0
    quality = found["2026-05-01 Quality, whole service"]
    assert (quality["Target of the year"], quality["Auditors"]) == (160, 0)
    assert "160 short of 160" in quality["In words"]


def test_each_worker_stands_with_the_cases_that_no_session_reaches(full):
    full.work(issued, Wish(type="completeness"))
    found = rows(full, "Capacity")
    ann = found["Ann Archer"]
    assert (ann["Eligible cases"], ann["Sessions in 12 months"]) == (18, 15)
    assert ann["Cases beyond reach"] == 3
    assert "Completeness: 1" in ann["Audits in 12 months"]
    assert found["Bob Baker"]["Cases beyond reach"] == 0


def test_a_newer_extract_adds_its_rows_and_leaves_the_earlier_ones(full, tmp_path):
    before = rows(full, "Coverage")
    full.work(post)
    take(full, tmp_path, NEXT, *eighteen("Ann Archer")[:15])
    after = rows(full, "Coverage")
    assert {key: after[key] for key in before} == before
    assert after["2026-06-01 Completeness, whole service"]["Open cases"] == 15
    assert rows(full, "Capacity")["Bob Baker"]["Open cases"] == 0


def test_a_ledger_made_anew_has_the_rows_of_every_data_date(full, tmp_path):
    before = rows(full, "Coverage")
    take(full, tmp_path, NEXT, *eighteen("Ann Archer"))
    after = rows(full, "Coverage")  # nothing was ever posted
    assert {key: after[key] for key in before} == before


def test_an_audit_changes_the_coverage_of_its_own_type_and_no_other(full):
    _, audit = full.work(issued, Wish(type="completeness")).audits
    full.work(post)
    with full.open() as office:  # every row of the sheet would wait, were it looked at
        office.journal.connection.execute("UPDATE posted SET body = '{}' WHERE sheet = 'Coverage'")
        keep_audits(office.journal, (audit,), day=office.today, cause="looked at")
        waits = {line.key for line in waiting(office).lines if line.sheet == "Coverage"}
    assert waits == {key for key in rows(full, "Coverage") if " Completeness, " in key}
    assert len(waits) < len(rows(full, "Coverage"))


def test_what_came_home_after_the_data_date_stands_apart(full):
    _, audit = full.work(issued, Wish(type="completeness")).audits
    full.drops("form.docx", full.answers(audit, DATA_DATE))
    full.work(collected)
    row = rows(full, "Coverage", today=DATA_DATE + timedelta(days=1))[
        "2026-05-01 Completeness, whole service"
    ]
    assert (row["Audited in 12 months"], row["Audited since the data date"]) == (0, 1)
    assert row["Forms out"] == 1


@pytest.fixture
def namesakes(office, tmp_path):
    """Two workers of one name with a case each, told apart by their ids; a form is out for one."""
    two = [a_row(n, worker="Ann Archer", worker_id=f"E{n}", open_date=OLD) for n in (1, 2)]
    place = tmp_path / "list.csv"
    place.write_bytes(a_csv([a_table("list", {**LIST_6, "worker_id": "Worker ID"}, *two)]))
    office.work(taken, place, data_date=FIRST)
    office.work(issued, Wish(type="completeness", worker="E1"), today=FIRST)
    return office


def test_two_workers_of_one_name_stand_apart_by_their_ids(namesakes):
    found = rows(namesakes, "Capacity", today=FIRST)
    assert {name: row["Open cases"] for name, row in found.items()} == {
        "Ann Archer (E1)": 1,
        "Ann Archer (E2)": 1,
    }


def test_each_of_two_workers_of_one_name_has_the_own_audits(namesakes):
    found = rows(namesakes, "Capacity", today=FIRST)
    given = {name: row["Audits in 12 months"].split(", ")[0] for name, row in found.items()}
    assert given == {"Ann Archer (E1)": "Completeness: 1", "Ann Archer (E2)": "Completeness: 0"}
