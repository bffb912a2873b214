"""Every kind of report of one period: the same figures, nobody named, nothing written over."""

import re
import zipfile
from collections import Counter
from datetime import date, timedelta
from io import BytesIO

import docx
import openpyxl
import pytest

from auditdocs.places.journal.caseload import caseload, register
from auditdocs.rules.calendar.periods import period
from auditdocs.steps.collect import collected
from auditdocs.steps.gather.caseloads import Caseloads
from auditdocs.steps.gather.programme import programme_of
from auditdocs.steps.issue import issued
from auditdocs.steps.pack import pack
from auditdocs.steps.report import reported
from auditdocs.steps.report_accuracy import accuracy_reported
from auditdocs.steps.report_compliance import compliance_reported
from auditdocs.steps.report_teams import heads_reported, teams_reported
from auditdocs.steps.wish import Wish
from tests.makers.agreements import agreed, forms_out
from tests.makers.check_lists import filled, lists_out
from tests.makers.offices import DATA_DATE, Office
from tests.validity import needs_the_validator, repairs

DAY = DATA_DATE + timedelta(days=10)
END = date(2026, 10, 5)
LABEL = "2026-27-Q2"
THEMED = Wish(type="head-of-service", theme="Is permanence on time?", expression="age() > 10")
KINDS = {
    "smg": reported,
    "completeness": compliance_reported,
    "accuracy": accuracy_reported,
    "team": teams_reported,
    "head-of-service": heads_reported,
}
FOR_SMG = ("SMG report", "Completeness report", "Accuracy report")


@pytest.fixture(name="quarter", scope="module")
def quarter_(tmp_path_factory):
    """A quarter of a made-up council with every kind of report, and what each came to."""
    office = Office.made(tmp_path_factory.mktemp("reports") / "office")
    office.drops_council(children=60)
    office.work(collected)
    agree_and_check(office)
    wishes = (Wish(type="completeness"), Wish(type="quality"), THEMED)
    out = [audit for wish in wishes for audit in office.work(issued, wish).audits]
    for audit in out[: len(out) - 2]:
        office.drops(f"{audit.audit_id}.docx", office.answers(audit, DAY))
    office.work(collected, today=DAY)
    done = {key: office.work(made, period=LABEL, today=END) for key, made in KINDS.items()}
    return office, done


def agree_and_check(office):
    team, form = next(iter(forms_out(office, DATA_DATE).items()))
    office.drops("agreement.docx", agreed(office, form, DATA_DATE))
    office.work(collected)
    (out, *_) = lists_out(office, DATA_DATE + timedelta(days=5))
    wrong = {"Correct (Y/N/NK)": "N", "Correct value": "V2"}
    answers = {0: wrong, 1: {"Correct (Y/N/NK)": "Y"}}
    office.drops("list.xlsx", filled((office.root / out.file).read_bytes(), answers))
    office.work(collected, today=DATA_DATE + timedelta(days=7))
    return team


@pytest.fixture(name="mine")
def mine_(quarter, tmp_path):
    """A copy of that workspace, to be changed."""
    return quarter[0].copied(tmp_path / "office")


def figures(data):
    """The figures of a workbook: chapter and name to value and audits."""
    book = openpyxl.load_workbook(BytesIO(data), read_only=True)
    rows = book["Figures"].iter_rows(min_row=2, values_only=True)
    return [((row[0], row[1]), (row[2], row[4])) for row in rows if row[0]]


def workbooks(office):
    """The data workbooks of all reports, by name."""
    found = sorted((office.root / "outbox/reports").glob("*figures.xlsx"))
    return {path.name: path.read_bytes() for path in found}


def parts(data):
    """The text of every part of a package, of the workbooks in it too, without its tags."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return "\n".join(
            parts(part) if name.endswith(".xlsx") else plain(part)
            for name, part in ((name, archive.read(name)) for name in archive.namelist())
        )


def plain(part):
    """A part as it is, for its attributes, and its text, in which no tag divides a word."""
    raw = part.decode("utf-8", "replace")
    text = re.sub(r"</(w:p|w:tc|c|si|a:p|c:v|c:pt)>", "\n", raw)
    return f"{raw}\n{re.sub(r'<[^>]+>', '', text)}"


def everybody(office):
    """Every child's name and number, and the name and number of everybody on the register."""
    with office.open(END) as opened:
        cases, people = caseload(opened.journal).cases, register(opened.journal).people
    names = {case.child_id for case in cases} | {case.worker for case in cases}
    for case in cases:
        names |= {f"{case.forename} {case.surname}", f"{case.surname}, {case.forename}"}
    for person in people:
        names |= {person.name, person.worker_id, *person.aliases}
    names = {name for name in names if name.strip(", ")}
    assert len(names) > 100
    return names


def named(names, text):
    """Those of the names that stand in a text."""
    return sorted(name for name in names if name in text)


def test_every_kind_is_written_and_sound(quarter):
    office, done = quarter
    for key, each in done.items():
        assert each.accessibility == (), key
        assert each.unmade == ()
        assert all((office.root / file).is_file() for file in each.files)
        assert sum(file.endswith("figures.xlsx") for file in each.files) * 2 == len(each.files)


@needs_the_validator
def test_word_and_excel_find_nothing_to_repair_in_a_report_of_any_kind(quarter):
    office, done = quarter
    assert repairs(office.root / file for each in done.values() for file in each.files[:2]) == {}


def test_the_same_figure_has_the_same_value_and_audits_in_every_report(quarter):
    office, _ = quarter
    first, shared = {}, 0
    for book, data in workbooks(office).items():
        for key, told in figures(data):
            shared += key in first
            where, value = first.setdefault(key, (book, told))
            assert value == told, (key, where, book)
    assert shared > 200
    assert len({where for where, _ in first.values()}) > 5


def test_no_figure_stands_twice_in_one_workbook(quarter):
    office, _ = quarter
    for book, data in workbooks(office).items():
        names = [key for key, _ in figures(data)]
        assert len(names) == len(set(names)), book


def test_the_figures_of_the_command_are_those_of_the_workbooks(quarter):
    office, done = quarter
    told = done["team"].figures["teams"]
    assert told == done["head-of-service"].figures["teams"]
    rows = dict(figures(workbooks(office)[f"SMG report {LABEL} figures.xlsx"]))
    for team, each in told.items():
        owed = rows.get(("Delivery", f"Auditor's team, {team}: Returned"), (0, ""))
        assert owed[0] == each["returned"]
        late = rows.get(("Recommendations", f"Team, {team}: Overdue"), (0, ""))
        assert late[0] == each["recommendations_overdue"]
    assert (
        sum(each["eligible"] for each in told.values())
        == done["smg"].figures["coverage"]["eligible"]
    )


def test_nobody_is_named_in_any_paper_for_the_group(quarter, tmp_path):
    office = quarter[0].copied(tmp_path / "office")
    office.work(pack, period=LABEL, today=END)
    names = everybody(office)
    below = [
        *(office.root / "outbox/reports").iterdir(),
        *(office.root / "outbox/packs").rglob("*"),
    ]
    papers = [path for path in below if path.name.startswith((*FOR_SMG, "Front", "manifest"))]
    assert len(papers) == 14
    for path in papers:
        assert named(names, path.name) == []
        data = path.read_bytes()
        text = data.decode("utf-8-sig") if path.suffix == ".csv" else parts(data)
        assert named(names, text) == [], path.name


def test_a_name_that_was_planted_is_found(quarter):
    office, done = quarter
    document = docx.Document(office.root / done["smg"].files[0])
    for name in sorted(everybody(office))[::25]:
        document.add_paragraph().add_run(f"Thanks to {name[:3]}").bold = True
        document.paragraphs[-1].add_run(f"{name[3:]} for this.")
        planted = BytesIO()
        document.save(planted)
        assert name in named(everybody(office), parts(planted.getvalue()))


def test_a_team_report_is_marked_and_names_its_own_workers(quarter):
    office, done = quarter
    with office.open(END) as opened:
        cases = caseload(opened.journal).cases
    for file in done["team"].files[::2]:
        text = parts((office.root / file).read_bytes())
        assert "OFFICIAL-SENSITIVE" in text
    team = max(done["team"].figures["teams"], key=lambda t: sum(c.team == t for c in cases))
    (file,) = [f for f in done["team"].files if f.endswith(f"{team}.docx")]
    workers = {case.worker for case in cases if case.team == team and case.worker}
    assert named(workers, parts((office.root / file).read_bytes()))


def test_a_head_of_service_report_names_no_worker_and_no_child(quarter):
    office, done = quarter
    with office.open(END) as opened:
        cases = caseload(opened.journal).cases
    names = {each for case in cases for each in (case.child_id, case.worker) if each}
    for file in done["head-of-service"].files:
        assert named(names, parts((office.root / file).read_bytes())) == []


def test_a_team_that_is_written_wrong_is_refused_with_the_one_that_was_meant(run, quarter):
    office, done = quarter
    team = next(iter(done["team"].figures["teams"]))
    on = ("-w", office.root, "--today", END, "--json", "report")
    for kind in ("team", "head-of-service"):
        told = run(*on, kind, "--team", team[:-1], status=2).data["error"]
        assert f'Did you mean "{team}"?' in told["hint"]
    assert "whole service" in run(*on, "smg", "--team", team, status=2).data["error"]["text"]


def test_of_a_period_that_has_not_begun_no_report_is_made(run, quarter):
    """It would be empty, and the group's actions of that quarter would stand in the ledger."""
    on = ("-w", quarter[0].root, "--today", END, "--json")
    for command in (("report", "smg"), ("report", "team"), ("pack",)):
        told = run(*on, *command, "--period", "2027-28-Q1", status=2).data["error"]
        assert told["text"] == "2027-28-Q1 has not begun: its first day is 01/04/2027."


def test_one_team_alone_and_its_head_of_service(run, mine, quarter):
    team = next(iter(quarter[1]["team"].figures["teams"]))
    on = ("-w", mine.root, "--today", END, "--json", "report")
    one = run(*on, "team", "--period", LABEL, "--team", team.upper()).data
    assert set(one["figures"]["teams"]) == {team}
    heads = run(*on, "head-of-service", "--period", LABEL, "--team", team).data
    assert team in heads["figures"]["teams"]
    assert len(heads["files"]) == 2
    month = run(*on, "team", "--team", team).data
    assert "2026-09" in month["files"][0]


def numbers_in(told):
    """Every whole number of a JSON object."""
    if isinstance(told, dict | list | tuple):
        inside = told.values() if isinstance(told, dict) else told
        return [number for each in inside for number in numbers_in(each)]
    return [told] if isinstance(told, int) else []


def charted(report):
    """Every whole number in the workbooks behind a report's charts, but for the targets."""
    with zipfile.ZipFile(BytesIO(report)) as inside:
        books = [inside.read(name) for name in inside.namelist() if name.endswith(".xlsx")]
    sheets = [sheet for book in books for sheet in openpyxl.load_workbook(BytesIO(book))]
    columns = [column for sheet in sheets for column in sheet.iter_cols(values_only=True)]
    told = [cell for column in columns if column[0] != "Target" for cell in column]
    return [cell for cell in told if isinstance(cell, int)]


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_author_wrote_stays_and_a_new_draft_lies_beside_it(mine, quarter, kind):
    first = quarter[1][kind].files[0]
    document = docx.Document(mine.root / first)
    document.add_paragraph("The author has thought about this.")
    document.save(mine.root / first)
    theirs = (mine.root / first).read_bytes()
    done = mine.work(KINDS[kind], period=LABEL, today=END)
    assert (mine.root / first).read_bytes() == theirs
    assert done.files[0] == first.replace(".docx", " (2).docx")
    again = mine.work(KINDS[kind], period=LABEL, today=END)
    assert again.files == done.files


def test_audits_of_a_team_that_was_renamed_count_under_its_present_name(mine):
    def by_team():
        with mine.open(today=END) as opened:
            found = programme_of(opened, period(LABEL), Caseloads(opened.journal))
        return Counter(audit.team for audit in found.audits)

    before = by_team()
    old = "Family Support East"
    with (mine.root / "auditdocs.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[teams."Family Support Docks"]\nrenamed_from = ["{old}"]\n')
    after = by_team()
    assert before[old]
    assert after == Counter({**before, old: 0, "Family Support Docks": before[old]})
