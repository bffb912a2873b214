"""The command line: its names, its endings, and that it says what to do."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import click
import pytest

from auditdocs.cli import main
from auditdocs.cli.root import COMMANDS, SUMMARIES
from auditdocs.documents.accessibility import faults
from auditdocs.documents.reports.shell import NAMES as REPORT_NAMES
from auditdocs.steps import standing
from tests.makers.extracts import a_caseload, a_csv, a_row
from tests.makers.forms import replaced

ROOT = Path(__file__).parents[1]
DAY = "2026-07-01"


def commands(group=main, before=()):
    """Every command and subcommand, as typed."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        typed = (*before, name)
        yield " ".join(typed), command
        if isinstance(command, click.Group):
            yield from commands(command, typed)


@pytest.mark.parametrize(("typed", "command"), list(commands()))
def test_every_command_has_help_and_stands_in_the_readme(typed, command):
    assert command.help
    if not isinstance(command, click.Group):
        assert f"auditdocs {typed}" in (ROOT / "README.md").read_text(encoding="utf-8")
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help, parameter.name


OF_DOCUMENTS = ("docx", "docxtpl", "openpyxl", "xlsxwriter", "pptx", "python_calamine", "watchdog")


def libraries(*arguments, among=OF_DOCUMENTS):
    """What a command said, and which of those libraries it loaded to say it."""
    code = f"""
import sys
from auditdocs.cli import main
try:
    main({[*map(str, arguments)]!r})
except SystemExit:
    pass
print([name for name in {among!r} if name in sys.modules], file=sys.stderr)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return ran.stdout, ran.stderr.splitlines()[-1]


def test_status_needs_no_code_of_word_excel_or_charts(office):
    said, loaded = libraries("-w", office.root, "status")
    assert said
    assert loaded == "[]"


def test_the_list_of_commands_needs_no_heavy_library():
    heavy = (*OF_DOCUMENTS, "lxml", "holidays", "sqlite3", "msgspec")
    said, loaded = libraries("--help", among=heavy)
    assert loaded == "[]"
    for name in COMMANDS:
        assert SUMMARIES[name] in " ".join(said.split())


def test_a_folder_that_is_no_workspace_is_told_and_ends_with_3(run, tmp_path):
    answer = run("-w", tmp_path, "status", status=3)
    assert "no auditdocs workspace" in answer.err
    assert "auditdocs init" in answer.err


def test_a_refusal_is_one_json_object_with_what_where_and_a_hint(run, tmp_path):
    answer = run("-w", tmp_path, "--json", "status", status=3)
    assert set(answer.data["error"]) == {"code", "text", "where", "hint"}


def test_an_unknown_type_gives_the_nearest(run, office):
    office.drops_council(children=40)
    run("-w", office.root, "collect")
    answer = run("-w", office.root, "plan", "completness", status=2)
    assert "Did you mean completeness?" in answer.err


@pytest.mark.parametrize(
    "wrong",
    [
        ("frobnicate",),
        ("--today", "13/13/2026", "status"),
        ("issue", "completeness", "--case", "1"),
        ("report", "smg", "--period", "2026-Q9"),
    ],
)
def test_a_wrong_command_line_ends_with_2(run, office, wrong):
    run("-w", office.root, *wrong, status=2)


def test_nothing_can_be_planned_before_the_first_extract(run, office):
    answer = run("-w", office.root, "plan", "completeness", status=3)
    assert "No extract has been taken yet" in answer.err


def test_init_overwrites_nothing(run, tmp_path):
    (tmp_path / "auditdocs.toml").write_text("[service]\nname = 'Mine'\n", encoding="utf-8")
    run("init", tmp_path)
    run("init", tmp_path)
    assert "Mine" in (tmp_path / "auditdocs.toml").read_text(encoding="utf-8")
    assert (tmp_path / "templates/forms/quality.docx").is_file()


def test_init_puts_back_what_is_missing_where_the_settings_say_that_it_lies(run, office):
    text = "[paths]\ntemplates = 'ours'\narchive = 'kept'\n"
    (office.root / "auditdocs.toml").write_text(text, encoding="utf-8")
    assert "auditdocs init" in run("-w", office.root, "status", status=4).err
    run("init", office.root)
    assert (office.root / "ours/forms/quality.docx").is_file()
    assert (office.root / "kept").is_dir()
    run("-w", office.root, "status")


def test_an_inbox_that_holds_the_workspace_takes_nothing_in(run, office):
    (office.root / "auditdocs.toml").write_text("[paths]\ninbox = '.'\n", encoding="utf-8")
    answer = run("-w", office.root, "collect", status=3)
    assert "[paths] inbox holds outbox, archive, ledger," in answer.err
    assert (office.root / "templates/forms/quality.docx").is_file()
    assert "inbox holds outbox" in run("-w", office.root, "doctor", status=1).out


def test_settings_with_faults_tell_all_of_them_and_end_with_3(run, office):
    text = "[inbox]\nevry = 5\nsettled = 'long'\n[servise]\nname = 'x'\n"
    (office.root / "auditdocs.toml").write_text(text, encoding="utf-8")
    answer = run("-w", office.root, "status", status=3)
    for word in ("evry", "did you mean every?", "settled", "servise", "did you mean service?"):
        assert word in answer.err


def test_a_second_instance_names_the_first_and_ends_with_5(run, office):
    other = {"host": "PC-OTHER", "pid": 4711, "started": "2026-07-01T09:00:00"}
    lock = {**other, "beat": "2999-01-01T00:00:00"}
    (office.root / ".auditdocs/lock").write_text(json.dumps(lock), encoding="utf-8")
    answer = run("-w", office.root, "collect", status=5)
    assert "PC-OTHER" in answer.err
    assert "4711" in answer.err


def test_a_dead_computers_lock_is_taken_over(run, office):
    other = {"host": "PC-OTHER", "pid": 4711, "started": "2001-01-01T09:00:00"}
    lock = {**other, "beat": "2001-01-01T09:00:00"}
    (office.root / ".auditdocs/lock").write_text(json.dumps(lock), encoding="utf-8")
    run("-w", office.root, "collect")


def test_an_extract_with_faulty_rows_is_taken_and_ends_with_1(run, office, tmp_path):
    council = tmp_path / "annex a.xlsx"
    office.drops_council(children=60)
    (office.inbox / "annex a.xlsx").rename(council)
    answer = run("-w", office.root, "--json", "extract", "take", council, status=1)
    assert answer.data["cases"] == 60
    assert answer.data["data_date"] == DAY
    assert set(answer.data) >= {"mapping", "unmapped", "ambiguous", "rows", "cases", "problems"}
    assert set(answer.data) >= {"withdrawn", "to_act"}
    assert all(set(each) >= {"row", "field", "text"} for each in answer.data["problems"])
    assert council.exists()


def test_checking_an_extract_takes_nothing(run, office, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(a_csv([a_caseload(a_row())]))
    run("-w", office.root, "extract", "check", path)
    run("-w", office.root, "plan", "completeness", status=3)


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("nothing.xlsx", b"", "empty"),
        ("page.html", b"<html></html>", ""),
        ("wrong.csv", b"colour,size\r\nred,1\r\n", "headings"),
    ],
)
def test_what_is_no_extract_is_refused_with_3_and_told(run, office, tmp_path, name, data, word):
    path = tmp_path / name
    path.write_bytes(data)
    answer = run("-w", office.root, "extract", "take", path, status=3)
    assert word in answer.err
    assert "What to do" in answer.err


def test_collect_watch_status_due_and_set_aside_speak_json(run, office):
    office.drops_council(children=40)
    on = ("-w", office.root, "--today", DAY, "--json")
    keys = {"accepted", "superseded", "duplicate", "set_aside", "waiting", "extracts", "ledger"}
    keys |= {"check_lists", "issued", "letters", "unpacked", "warnings"}
    assert set(run(*on, "collect").data) == keys
    run(*on, "issue", "completeness")
    for command in (("status",), ("due",), ("set-aside", "list")):
        assert set(run(*on, *command).data) == {"items"}
    office.drops("a.pdf", b"%PDF")
    watched = run(*on, "watch", "--every", "0.1", "--rounds", "1")
    assert len(watched.data["set_aside"]) == 1


def test_plan_writes_nothing_and_agrees_with_issue(run, office):
    office.drops_council(children=60)
    on = ("-w", office.root, "--today", DAY, "--json")
    run(*on, "collect")
    planned = run(*on, "plan", "quality").data
    dry = run(*on, "issue", "quality", "--dry-run").data
    assert office.tree("outbox/forms") == [] if (office.root / "outbox/forms").exists() else True
    done = run(*on, "issue", "quality").data
    assert planned["planned"] == dry["planned"]
    chosen = [(each["child_id"], each["auditor"]) for each in planned["planned"]]
    assert [(each["child_id"], each["auditor"]) for each in done["issued"]] == chosen
    assert all(each["why"] for each in planned["planned"])


def test_no_words_that_somebody_typed_stand_in_json(run, office):
    office.drops_council(children=60)
    on = ("-w", office.root, "--today", DAY, "--json")
    run(*on, "collect")
    themed = ("head-of-service", "--theme", "Jo Bloggs's drift", "--because", "Jo Bloggs asked")
    told = run(*on, "plan", *themed, "--where", "age() > 2 and gender != 'Bloggs'")
    assert "Bloggs" not in told.out
    assert {told.data[key] for key in ("theme", "because", "filter", "seed")} == {"given"}
    child = told.data["planned"][0]["child_id"]
    whys = []
    for key in ("quality", "completeness", "head-of-service"):
        asked = ("--case", child, "--reason", "Jo Bloggs complained")
        theme = ("--theme", "Drift") if key == "head-of-service" else ()
        told = run(*on, "plan", key, *theme, *asked)
        assert "Bloggs" not in told.out
        whys += [each["why"] for each in told.data["planned"] if each["child_id"] == child]
    assert whys
    assert all("directed: given" in why for why in whys)
    unthemed = run(*on, "plan", "quality").data
    assert unthemed["theme"] == unthemed["because"] == ""


def test_the_ledger_is_posted_rebuilt_and_checked(run, office):
    office.drops_council(children=40)
    on = ("-w", office.root, "--today", DAY)
    run(*on, "collect")
    run(*on, "issue", "completeness")
    run(*on, "ledger", "post")
    (office.root / "ledger.xlsx").unlink()
    run(*on, "ledger", "rebuild")
    assert run(*on, "--json", "ledger", "check").data["differences"] == []


def test_a_row_is_explained_down_to_the_form_and_shows_no_answer(run, office):
    office.drops_council(children=40)
    on = ("-w", office.root, "--today", DAY)
    run(*on, "collect")
    run(*on, "issue", "completeness")
    out = office.audits()[0]
    day = date.fromisoformat(DAY)
    office.drops("home.docx", office.answers(out, day, supervision_date="02/07/2026"))
    run(*on, "collect")
    told = run(*on, "--json", "ledger", "explain", out.audit_id).data
    assert told["sheet"] == "Completeness"
    assert told["sha256"] == office.audit(out.audit_id).sha256
    assert [each["status"] for each in told["events"]][1:3] == ["issued", "accepted"]
    by_heading = {cell["heading"]: cell for cell in told["cells"]}
    assert by_heading["Audit ID"]["source"] == "the issue of the form on 01/07/2026"
    said = [each for each in told["cells"] if each["source"].startswith("the form, version 1, ")]
    said = [each for each in said if not each["source"].endswith("left empty")]
    assert len(said) > 40
    unread = {each["heading"] for each in said if each["how"] != "by its content control"}
    lookback = "Months of the record looked at (usually 12)"
    assert unread == {"Form", "SHA-256", "Returned", lookback}
    assert by_heading[lookback]["how"] == "nobody wrote it: it is the settings' own"
    kinds = (" – comment", "Date of supervision", "Date audited")
    assert all(any(kind in each["heading"] for each in said) for kind in kinds)
    assert all(cell["posted"] for cell in told["cells"])
    assert out.worker not in json.dumps(told)
    assert out.audit_id in run(*on, "ledger", "explain", out.audit_id).out
    assert "no audit" in run(*on, "ledger", "explain", "X-1", status=2).err


def test_a_damaged_ledger_is_told_with_4_and_the_forms_are_safe(run, office):
    office.drops_council(children=40)
    on = ("-w", office.root, "--today", DAY)
    run(*on, "collect")
    (office.root / "ledger.xlsx").write_bytes(b"not a workbook")
    run(*on, "issue", "completeness")
    answer = run(*on, "ledger", "post", status=4)
    assert "What to do" in answer.err
    run(*on, "ledger", "rebuild")
    assert run(*on, "--json", "ledger", "check").data["differences"] == []


def test_no_name_of_the_register_is_in_what_collect_says(run, office):
    council = office.drops_council(children=60)
    on = ("-w", office.root, "--today", DAY)
    said = run(*on, "collect")
    names = [row[1] for row in council.staff[1:]]
    assert not [name for name in names if name in said.out + said.err]


def test_a_form_is_built_from_a_contract_and_issued_without_a_line_of_code(run, office, tmp_path):
    contract = office.root / "templates/forms/residential.toml"
    contract.write_text(
        'key = "residential"\nprefix = "R"\ntitle = "Case Audit (Residential)"\nversion = 1\n'
        '[[sections]]\ntitle = "The home"\n[[sections.items]]\nid = "r_record"\n'
        'label = "Daily records are kept"\ntype = "ynp"\n',
        encoding="utf-8",
    )
    on = ("-w", office.root, "--today", DAY, "--json")
    assert run(*on, "template", "new", contract).data["files"]
    office.drops_council(children=40)
    run(*on, "collect")
    out = run(*on, "issue", "residential").data["issued"]
    audit = office.audit(out[0]["audit_id"])
    office.drops("r.docx", office.answers(audit, date(2026, 7, 1), r_record="Yes"))
    assert len(run(*on, "collect").data["accepted"]) == 1


def test_a_template_check_tells_every_finding_and_ends_with_1(run, office):
    form = office.root / "templates/forms/quality.docx"
    label = replaced(form.read_bytes(), "word/footer1.xml", b"{{ audit_id }}", b"{{ adit_id }}")
    form.write_bytes(label)
    on = ("-w", office.root, "--json", "template")
    told = run(*on, "check", "--comments", status=1).data
    (finding,) = told["findings"]
    assert finding["file"] == "templates/forms/quality.docx"
    assert {"rule", "where", "text", "hint"} <= set(finding)
    assert (finding["rule"], finding["where"]) == ("tag-name", "footer (word/footer1.xml)")
    assert [Path(file).is_file() for file in told["files"]] == [True]
    assert run(*on, "check", form, status=1).data["findings"][0]["text"] == finding["text"]


def test_a_contract_that_cannot_be_read_is_a_finding_for_each_fault_and_ends_with_3(run, office):
    contract = office.root / "templates/forms/quality.toml"
    text = contract.read_text(encoding="utf-8")
    text = text.replace('type = "grade"', 'type = "grdae"', 2).replace("due_days", "due_dais")
    contract.write_text(text, encoding="utf-8")
    for files in ((), (contract,), (contract.with_suffix(".docx"),)):
        told = run("-w", office.root, "--json", "template", "check", *files, status=3).data
        assert [finding["rule"] for finding in told["findings"]] == ["contract"] * 3
        assert sum("did you mean" in finding["text"] for finding in told["findings"]) == 3


def test_a_contract_saved_in_another_encoding_is_told_and_ends_with_3(run, office):
    contract = office.root / "templates/forms/quality.toml"
    contract.write_bytes(contract.read_text(encoding="utf-8").encode("utf-16"))
    for command in ("check", "new"):
        answer = run("-w", office.root, "template", command, contract, status=3)
        assert "UTF-8" in answer.out + answer.err


def test_a_check_list_has_no_word_form_to_build(run, office):
    contract = office.root / "templates/forms/accuracy-check.toml"
    assert "workbook" in run("-w", office.root, "template", "new", contract, status=2).err


def test_a_sound_workspace_has_no_findings_and_its_forms_can_be_previewed(run, office):
    on = ("-w", office.root, "--json", "template")
    assert run(*on, "check").data["findings"] == []
    files = run(*on, "preview", "quality").data["files"]
    assert len(files) == 3
    assert all((office.root / file).is_file() for file in files)
    (report,) = run(*on, "preview", "reports/report").data["files"]
    assert faults((office.root / report).read_bytes()) == ()
    assert report in run(*on, "preview").data["files"]
    template = office.root / "templates/reports/report.docx"
    assert run(*on, "preview", template).data["files"] == [report]
    assert "reports/report" in run(*on, "preview", "reports/smg", status=2).out
    rows = run(*on, "fields").data["fields"]
    assert {"type", "kind", "written", "text"} == set(rows[0])
    assert all(row["text"] for row in rows)
    of_reports = {row["written"] for row in rows if row["type"] == "reports/report"}
    tags = {f"{{{{ {name} }}}}" for name in REPORT_NAMES if name != "facts"}
    assert tags < of_reports


def test_the_manners_of_every_message_are_plain():
    for summary in SUMMARIES.values():
        assert re.fullmatch(r"[A-Z].*\.", summary)


def test_a_fault_of_ours_ends_with_70_and_tells_nobodys_name(run, office, monkeypatch):
    def broken(office):
        raise ValueError("Jane Doe, born 01/02/2015")

    monkeypatch.setattr(standing, "status", broken)
    answer = run("-w", office.root, "status", status=70)
    log = (office.root / ".auditdocs/auditdocs.log").read_text(encoding="utf-8")
    assert "ValueError" in answer.err
    assert "ValueError" in log
    assert "Jane" not in answer.err + log


def test_an_interrupt_ends_with_130(run, office, monkeypatch):
    def interrupted(office):
        raise KeyboardInterrupt

    monkeypatch.setattr(standing, "status", interrupted)
    run("-w", office.root, "status", status=130)


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be taken away there")
@pytest.mark.parametrize("named", [(), ("-w", "office")])
def test_a_folder_that_goes_while_one_is_in_it_is_told_with_4(run, tmp_path, monkeypatch, named):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert "not there any more" in run(*named, "status", status=4).err
