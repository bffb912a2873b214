"""A check list goes out, is filled in, comes home, comes home again; nothing is lost."""

import sqlite3
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest

from auditdocs.documents.check_lists.write import check_list_workbook
from auditdocs.model.accuracy import ListedRow
from auditdocs.places.journal.agreements import change_agreement
from auditdocs.places.journal.caseload import caseload
from auditdocs.places.journal.check_lists import keep_list
from auditdocs.rules.accuracy.answers import merged
from auditdocs.rules.calendar.periods import period
from auditdocs.rules.register.accuracy import ACCURACY, ROUNDS
from auditdocs.steps.accuracy_counts import accuracy_in
from auditdocs.steps.accuracy_standing import accuracy_due
from auditdocs.steps.agreements import in_force
from auditdocs.steps.collect import collected
from auditdocs.steps.gather.accuracy import accuracy_lines, lines_of_teams
from auditdocs.steps.gather.caseloads import Caseloads
from auditdocs.steps.post import post
from auditdocs.steps.rounds import results
from tests.makers.agreements import agreed, forms_out
from tests.makers.check_lists import filled, in_the_journal, lists_out, sheet_rows
from tests.makers.offices import DATA_DATE, Office
from tests.makers.workbooks import rows

DAY = date(2026, 7, 6)
BACK = date(2026, 7, 8)
OWN = {"label": "Bus pass number", "method": "Other", "frequency": "Weekly"}


@pytest.fixture(scope="module", name="prepared")
def prepared_(tmp_path_factory):
    """An office, a team that has signed its agreement, and the team's first list."""
    office = Office.made(tmp_path_factory.mktemp("lists") / "office")
    office.drops_council(children=60)
    office.work(collected)
    team, form = next(iter(forms_out(office, DATA_DATE).items()))
    office.drops("agreement.docx", agreed(office, form, DATA_DATE, local_items=[OWN]))
    office.work(collected)
    (out,) = lists_out(office, DAY)
    return office, team, out


@pytest.fixture(name="office")
def office_(prepared, tmp_path):
    """That office, for one test to do with as it likes."""
    return prepared[0].copied(tmp_path / "office")


@pytest.fixture(name="team")
def team_(prepared):
    """The team that has signed."""
    return prepared[1]


@pytest.fixture(name="out")
def out_(prepared):
    """The team's first list."""
    return prepared[2]


def workbook(office, out):
    """The list's workbook as it was put out."""
    return (office.root / out.file).read_bytes()


def returns(office, data, day=BACK, name="back.xlsx"):
    """What came of a workbook dropped in the inbox."""
    office.drops(name, data)
    return office.work(collected, today=day).returns[0]


def test_a_list_holds_each_open_case_for_each_item_flagged_rows_first(office, team, out):
    rows = sheet_rows(workbook(office, out))
    flags = [bool(row["Flag"]) for row in rows]
    assert out.due == date(2026, 7, 8)
    assert len(rows) == out.rows
    assert flags == sorted(flags, reverse=True)
    assert {row["Item"] for row in rows} == {item.label for item in out.items}
    mine = {row["Child ID"] for row in rows if row["Item"] == "Bus pass number"}
    visits = {row["Child ID"] for row in rows if row["Item"].startswith("Last visit")}
    assert mine == visits
    own = [row for row in rows if row["Item"] == "Bus pass number"]
    assert not any(row["Value on system"] or row["Flag"] for row in own)


def test_a_list_says_for_what_there_is_no_test_and_which_tests_were_not_run(office, out):
    sheet = openpyxl.load_workbook(BytesIO(workbook(office, out)))["Summary"]
    said = [row[0] for row in sheet.iter_rows(min_row=20, values_only=True) if row[0]]
    at = said.index("No automatic test exists for: Bus pass number.")
    assert said[at + 1] == "Automatic tests that were not run, for want of what each needs:"
    assert said[at + 2] == (
        "MIS01 missing for more than seven days, or the end is not entered; it needs Missing "
        "Episode Start Date and Missing Episode End Date"
    )
    assert len(said[at + 2 :]) == len(out.not_run) == 2


def test_a_list_all_of_whose_tests_were_run_says_so_and_of_which_items(office, out):
    def said(of):
        with office.open() as opened:
            data = check_list_workbook(
                of, (), opened.contract("accuracy-check"), service="", marking=""
            )
        sheet = openpyxl.load_workbook(BytesIO(data))["Summary"]
        return [cell for (cell, *_) in sheet.iter_rows(values_only=True) if cell][-2:]

    run = replace(out, not_run=())
    assert said(run)[1] == "Every automatic test of the other items was run."
    assert said(replace(run, untested=()))[1] == "Every automatic test of these items was run."
    own = replace(run, items=out.items[-1:])
    assert said(own)[1] == "No automatic test exists for: Bus pass number."


def test_only_the_last_six_columns_can_be_written_in_and_it_prints_one_page_wide(office, out):
    sheet = openpyxl.load_workbook(BytesIO(workbook(office, out)))["Check list"]
    locked = [cell.protection.locked for cell in sheet[4]]
    assert locked == [True] * 6 + [False] * 6
    assert sheet.protection.sheet
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == "B4"
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation] == ['"Y,N,NK"']


def test_text_that_looks_like_a_formula_stays_text(office, team, out):
    with zipfile.ZipFile(BytesIO(workbook(office, out))) as archive:
        parts = [archive.read(name) for name in archive.namelist() if "worksheets" in name]
    assert not any(b"<f>" in part or b"hyperlink" in part for part in parts)


def test_a_value_longer_than_a_cell_may_be_is_cut_and_its_row_no_higher_than_one_may_be(
    office, out
):
    listed = [ListedRow(child_id="1", item_id="x", value="long words " * 4_000)]
    with office.open() as opened:
        contract = opened.contract("accuracy-check")
        data = check_list_workbook(out, listed, contract, service="", marking="")
    sheet = openpyxl.load_workbook(BytesIO(data))["Check list"]
    assert len(sheet["E4"].value) == 32_767
    assert sheet.row_dimensions[4].height == 409


def test_what_was_put_out_is_not_put_out_again(office, team, out):
    assert lists_out(office, DAY) == ()
    (second,) = lists_out(office, date(2026, 7, 9))
    assert second.due == date(2026, 7, 15)


def test_of_lists_of_the_same_items_the_newest_is_due_and_the_earlier_are_counted(office, out):
    (newest,) = lists_out(office, date(2026, 7, 9))
    assert {item.id for item in out.items} <= {item.id for item in newest.items}

    def due(day):
        found = office.work(lambda opened: tuple(accuracy_due(opened, day)))
        return [(each.about, each.text, each.late) for each in found if each.kind[:5] == "check"]

    besides = " (1 earlier list of its items never came back)"
    assert due(date(2026, 7, 9)) == [(out.list_id, "overdue since 08/07/2026", True)]
    assert due(date(2026, 7, 15)) == [(newest.list_id, f"due 15/07/2026{besides}", True)]
    assert due(date(2026, 7, 16)) == [(newest.list_id, f"overdue since 15/07/2026{besides}", True)]


def test_the_agreement_of_a_renamed_team_goes_on_under_its_present_name(office, team, out):
    with (office.root / "auditdocs.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[teams."Family Hub"]\nrenamed_from = ["{team}"]\n')
    assert lists_out(office, DAY) == ()
    lists = lists_out(office, date(2026, 7, 27), team="Family Hub")
    assert (lists[0].team, lists[0].due) == ("Family Hub", date(2026, 7, 29))
    rows = [row for each in lists for row in in_the_journal(office, each.list_id)[1]]
    flags = {row.flag for row in rows if row.item_id == "a_allocated_worker"}
    assert flags
    assert not any("WRK04" in flag for flag in flags), "the register has the team's earlier name"
    found = office.work(lambda o: accuracy_in(o, period("2026-07"), Caseloads(o.journal), ()))
    standing = {each.team: each.agreement for each in found.teams}
    assert standing["Family Hub"].version == 1
    assert team not in standing


def test_a_list_comes_home_by_heading_with_columns_moved_and_added(office, out):
    answers = {
        0: {"Correct (Y/N/NK)": "y", "Checked by": "Karen"},
        1: {"Correct (Y/N/NK)": "No", "Correct value": "V2",
            "Corrected on system": date(2026, 7, 7), "Checked on": "06/07/2026"},
        2: {"Correct (Y/N/NK)": "N"},
        3: {"Correct value": "V3"},
        4: {"Correct (Y/N/NK)": "nk"},
    }  # fmt: skip
    rows = sheet_rows(filled(workbook(office, out), answers))
    book = openpyxl.Workbook()
    book.active.append([f"{out.list_id} copied by hand"])
    headings = ["Ward", *reversed(list(rows[0]))]
    book.active.append(headings)
    for row in reversed(rows):
        book.active.append(["West" if row["Correct value"] else None, *reversed(row.values())])
    data = BytesIO()
    book.save(data)
    came = returns(office, data.getvalue())
    _, listed, ((*said,),) = in_the_journal(office, out.list_id)
    assert came.outcome == "accepted"
    assert sorted(row.verdict for row in said) == ["not known", "query", "query", "right", "wrong"]
    wrong = next(row for row in said if row.verdict == "wrong")
    assert (wrong.corrected, wrong.checked) == (date(2026, 7, 7), date(2026, 7, 6))
    assert wrong.comment == "Ward: West"
    assert {row.key for row in said} <= {row.key for row in listed}
    assert came.details["Checked"] == f"5 rows in this return, 5 of {out.rows} in all"
    assert came.details["Queries"] == "2 rows are to be made clear."


def test_two_people_send_parts_and_the_later_check_counts(office, out):
    blank = workbook(office, out)
    first = {0: {"Correct (Y/N/NK)": "Y", "Checked on": date(2026, 7, 6)},
             1: {"Correct (Y/N/NK)": "Y", "Checked on": date(2026, 7, 6)}}  # fmt: skip
    second = {1: {"Correct (Y/N/NK)": "N", "Correct value": "other",
                  "Checked on": date(2026, 7, 7)},
              2: {"Correct (Y/N/NK)": "Y"}}  # fmt: skip
    returns(office, filled(blank, first))
    came = returns(office, filled(blank, second), name="karen's part.xlsx")
    assert came.version == 2
    assert came.details["Differing"].startswith("1 row was answered otherwise before")
    all_rows, differing = merged(in_the_journal(office, out.list_id)[2])
    verdicts = sorted(row.verdict for row in all_rows)
    assert (verdicts, differing) == (["right", "right", "wrong"], 1)


def test_the_same_list_sent_twice_is_counted_once(office, out):
    answers = {0: {"Correct (Y/N/NK)": "Y"}}
    data = filled(workbook(office, out), answers)
    assert returns(office, data).outcome == "accepted"
    assert returns(office, data, name="again.xlsx").outcome == "duplicate"
    saved_again = filled(data, {})
    assert returns(office, saved_again, name="saved again.xlsx").outcome == "duplicate"


def test_a_list_in_which_nothing_is_checked_is_set_aside(office, out):
    came = returns(office, filled(workbook(office, out), {}))
    assert [reason.code for reason in came.reasons] == ["unanswered"]


def test_a_list_that_was_not_put_out_here_is_set_aside(office, out):
    data = filled(workbook(office, out), {0: {"Correct (Y/N/NK)": "Y"}})
    book = openpyxl.load_workbook(BytesIO(data))
    book["Summary"]["B4"] = "AC-2026-07-0999"
    changed = BytesIO()
    book.save(changed)
    came = returns(office, changed.getvalue())
    assert [reason.code for reason in came.reasons] == ["two-references"]


def test_a_post_works_out_the_rows_of_the_teams_that_changed_and_of_no_other(office, team, out):
    office.work(post, today=BACK)
    returns(office, filled(workbook(office, out), {0: {"Correct (Y/N/NK)": "NK"}}))
    piecemeal = (office.root / "ledger.xlsx").read_bytes()
    (row,) = rows(piecemeal, ACCURACY).values()
    assert (row["Team"], row["Correct?"]) == (team, "Not known")
    standing = {each["Standing"] for each in rows(piecemeal, ROUNDS).values()}
    assert standing == {"Returned"}
    with office.open(BACK) as opened:
        assert not opened.journal.asked("SELECT * FROM to_post")
        opened.journal.connection.execute("UPDATE check_lists SET body = '{}'")
        opened.journal.connection.execute("INSERT INTO to_post VALUES ('accuracy', 'Another')")
        assert post(opened).posted == 0


def test_a_renamed_teams_rounds_go_on_and_every_post_says_the_same_of_them(office, team, out):
    wrong = {"Correct (Y/N/NK)": "N", "Correct value": "Another"}
    returns(office, filled(workbook(office, out), {0: wrong}))
    with (office.root / "auditdocs.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[teams."Family Hub"]\nrenamed_from = ["{team}"]\n')
    (second,) = lists_out(office, date(2026, 7, 13))
    (first,) = in_the_journal(office, out.list_id)[2]
    listed = [(row["Item"], row["Child ID"]) for row in sheet_rows(workbook(office, second))]
    label = {item.id: item.label for item in out.items}[first[0].item_id]
    place = listed.index((label, first[0].child_id))
    returns(office, filled(workbook(office, second), {place: wrong}), date(2026, 7, 14), "2.xlsx")
    with office.open(date(2026, 7, 14)) as opened:
        found = results(opened)
        assert [each.repeat for each in found.findings] == [False, True]
        assert [each.of.list_id for each in found.left_open] == [second.list_id]
        whole = {(each.sheet, each.key): each.cells for each in accuracy_lines(opened)}
        for name in (team, "Family Hub"):
            lines = lines_of_teams(opened, [name])
            assert {(each.sheet, each.key): each.cells for each in lines} == whole
    assert {cells["Team"] for cells in whole.values()} == {"Family Hub"}


def test_lists_go_out_by_themselves_where_the_settings_say_so(office, team, out):
    settings = office.root / "auditdocs.toml"
    asked = settings.read_text(encoding="utf-8") + "[on_extract]\nissue = ['accuracy-check']\n"
    settings.write_text(asked, encoding="utf-8")
    assert office.tree("outbox/check-lists") == [out.file.removeprefix("outbox/check-lists/")]
    office.work(collected, today=date(2026, 7, 7))
    assert len(office.tree("outbox/check-lists")) == 1, "nothing more is due by then"
    office.work(collected, today=date(2026, 7, 14))
    second = next(name for name in office.tree("outbox/check-lists") if "0002" in name)
    assert second.endswith(f"AC-2026-07-0002 Check list {team} due 2026-07-15.xlsx")
    office.work(collected, today=date(2026, 7, 14))
    assert len(office.tree("outbox/check-lists")) == 2


def test_an_extract_is_still_an_extract(office, out):
    office.drops_council(children=60, data_date=date(2026, 7, 7))
    came = office.work(collected, today=BACK).returns
    assert sorted(each.outcome for each in came) == ["extract", "register"]


def test_a_workbook_that_a_stop_kept_from_being_written_is_written_by_the_next_run(office, out):
    before = sheet_rows(workbook(office, out))
    (office.root / out.file).unlink()
    office.work(lambda o: keep_list(o.journal, replace(out, file="")))
    office.work(collected)
    assert sheet_rows(workbook(office, out)) == before


def test_only_children_whose_value_has_changed_are_listed_for_items_checked_on_change(
    office, team, out
):
    before = {case.child_id: case for case in cases(office)}
    office.drops_council(children=60, data_date=date(2026, 7, 10))
    office.work(collected, today=date(2026, 7, 10))
    now = [case for case in cases(office) if case.is_open and case.team == team]
    fields = ("surname", "forename", "dob", "expected_dob", "gender")
    other = {
        case.child_id
        for case in now
        if case.child_id not in before
        or any(getattr(case, f) != getattr(before[case.child_id], f) for f in fields)
    }
    lists = lists_out(office, date(2026, 7, 13))
    rows = [row for each in lists for row in in_the_journal(office, each.list_id)[1]]
    assert {row.child_id for row in rows if row.item_id == "a_dob_name"} == other
    assert other


def test_a_team_that_was_renamed_has_not_changed_its_workers(office, team, out):
    def on_change(o):
        agreement = in_force(o)[team]
        items = (replace(item, frequency="on_change") for item in agreement.items)
        change_agreement(o.journal, replace(agreement, items=tuple(items)))

    office.work(on_change)
    with (office.root / "auditdocs.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[teams."Family Hub"]\nrenamed_from = ["{team}"]\n')
    office.drops_council(children=60, data_date=date(2026, 7, 10))
    office.work(collected, today=date(2026, 7, 10))
    mine = [case for case in cases(office) if case.is_open and case.team == team]
    new = mine[0].child_id
    with sqlite3.connect(office.root / ".auditdocs/journal.sqlite3") as journal:
        first = "(SELECT min(id) FROM extracts)"
        journal.execute(f"DELETE FROM cases WHERE extract = {first} AND child_id = ?", (new,))
    journal.close()
    (of,) = lists_out(office, date(2026, 7, 13), team="Family Hub")
    rows = in_the_journal(office, of.list_id)[1]
    listed = [row for row in rows if row.item_id == "a_allocated_worker"]
    assert 0 < len(listed) < len(mine)
    own = [row.child_id for row in rows if row.item_id.startswith("l_bus_pass")]
    assert own == [new], "of the team's own item, the new case is listed"


def test_a_change_is_told_though_the_extract_before_it_is_no_longer_kept(office, team, out):
    for day in (10, 20):
        office.drops_council(children=60, data_date=date(2026, 7, day))
        office.work(collected, today=date(2026, 7, day))
    with sqlite3.connect(office.root / ".auditdocs/journal.sqlite3") as journal:
        journal.execute("DELETE FROM extracts WHERE data_date = '2026-07-01'")
    journal.close()
    lists = lists_out(office, date(2026, 7, 21))
    rows = [row for each in lists for row in in_the_journal(office, each.list_id)[1]]
    assert [row for row in rows if row.item_id == "a_dob_name"]


def cases(office):
    """The cases of the newest extract."""
    with office.open() as opened:
        return caseload(opened.journal).cases


def told_of(took, about):
    """Who has been told of a list in a week's letter."""
    letters = (letter for letter in took.letters if letter.kind == "reminders")
    return {
        letter.person for letter in letters if any(about in row for row in letter.details.values())
    }


def test_the_weeks_letter_tells_the_checker_of_a_list_and_the_manager_of_a_late_one(office, out):
    on_time = office.work(collected, today=DAY)
    assert told_of(on_time, out.list_id) == {out.checker}
    late = office.work(collected, today=DAY + timedelta(days=7))
    assert len(told_of(late, out.list_id)) == 2
    rows = [row for each in late.letters for row in each.details.values() if out.list_id in row]
    assert all(row.startswith("Overdue since 08/07/2026\t") for row in rows)
    assert out.checker in told_of(late, out.list_id)
    returns(office, filled(workbook(office, out), {0: {"Correct (Y/N/NK)": "Y"}}), day=BACK)
    after = office.work(collected, today=DAY + timedelta(days=14))
    assert told_of(after, out.list_id) == set()


def test_the_weeks_letter_tells_what_is_unclear_and_what_did_not_reach_the_system(office, out):
    wrong = {"Correct (Y/N/NK)": "N", "Correct value": "V2", "Corrected on system": "07/07/2026"}
    answers = dict.fromkeys(range(20), wrong) | {20: {"Correct (Y/N/NK)": "N"}}
    returns(office, filled(workbook(office, out), answers))
    office.drops_council(children=60, data_date=date(2026, 7, 10))
    told = office.work(collected, today=date(2026, 7, 13))
    still = [each for each in office.work(results).findings if each.still_wrong]
    assert still
    assert told_of(told, out.list_id) == {out.checker, *(each.listed.worker for each in still)}
    rows = [row for each in told.letters for row in each.details.values() if out.list_id in row]
    (query,) = [row for row in rows if "Make 1 row of the" in row]
    assert "N without the correct value: write it" in query
    shown = "said to be corrected: the extract of 10/07/2026 shows the same as before"
    named = [row for row in rows if shown in row]
    assert any(still[0].listed.child_id in row for row in named)
