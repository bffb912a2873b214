"""auditdocs.toml: every fault at once, and a file that says what holds where nothing is changed."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.errors import SettingsFault
from auditdocs.model.settings import Difficulties, Settings, TeamSettings
from auditdocs.rules.caseload.teams import name_today
from auditdocs.rules.settings import PLACES, settings

SHIPPED = (Path(__file__).parents[2] / "templates" / "auditdocs.toml").read_text(encoding="utf-8")
SETTING = re.compile(r"""# (?=(?:\[teams|[a-z_]+ = |"[a-z.-]+" = ))""")


def told(text):
    """The faults of a settings file, in order."""
    with pytest.raises(SettingsFault) as caught:
        settings(text)
    assert caught.value.where == "auditdocs.toml"
    assert caught.value.hint
    return caught.value.text.splitlines()


def test_nothing_written_is_every_default():
    assert settings("") == Settings()
    assert settings("\n# only words\n") == Settings()


def test_the_shipped_file_changes_nothing():
    assert settings(SHIPPED) == Settings()


def test_the_shipped_file_states_the_defaults_behind_its_comment_marks():
    plain = re.sub(SETTING, "", SHIPPED)
    assert plain.count(" = ") > 25
    stated, defaults = settings(plain), Settings()
    examples = {
        "posts", "teams", "targets", "extract_columns", "issue_on_extract", "paths",
    }  # fmt: skip
    for field in fields(Settings):
        if field.name not in examples:
            assert getattr(stated, field.name) == getattr(defaults, field.name), field.name
    assert stated.paths.keys() == set(PLACES)
    assert stated.teams["Assessment Team North"].renamed_from == ("Duty Team North",)
    assert all(getattr(stated, name) for name in examples)


def test_the_shipped_file_shows_every_setting_there_is():
    shown = tomllib.loads(re.sub(SETTING, "", SHIPPED))
    known = {"service": 3, "quality": 3, "calendar": 2, "inbox": 2, "on_extract": 1, "ledger": 1}
    known["difficulties"] = len(fields(Difficulties))
    for table, number in (known | {"reports": 2, "paths": len(PLACES)}).items():
        assert len(shown[table]) == number, table


def test_a_team_that_was_renamed_twice_leads_to_its_last_name():
    stated = settings(
        '[teams.B]\nmanager = "Nora"\nrenamed_from = ["A"]\n'
        '[teams.C]\nrenamed_from = ["b", "X"]\n'
        '[teams."North-Team"]\nrenamed_from = ["North Team", "Duty"]\n'
        '[teams.One]\nrenamed_from = ["Other"]\n[teams.Other]\nrenamed_from = ["One"]\n'
    )
    assert stated.teams["C"].renamed_from == ("b", "X", "A")
    assert stated.teams["B"].renamed_from == ()
    assert name_today("A", stated.teams) == name_today("B", stated.teams) == "C"
    assert name_today("Duty", stated.teams) == "North-Team"
    assert name_today("One", stated.teams) == "One", "round and round is nowhere"


WHOLE = """
[service]
name = "Children's Services of Anywhere"
[posts]
hos_qap = "Head of Service for Performance, Audit and Review"
[teams."North"]
manager = "Nora North"
renamed_from = ["Duty North"]
[teams.South]
pair = "North"
[quality]
auditors = ["Ann Archer", "Bob Baker"]
quiet_months = []
reserves = 0
[targets]
"quality.year" = 120
"head-of-service.quarter" = 4
[calendar]
supervision_days = 28
[extract.columns]
team = "Allocated Team"
[inbox]
settled = 0
[on_extract]
issue = ["completeness"]
[paths]
inbox = '\\\\server\\share\\inbox'
"""


def test_what_a_service_writes_is_what_holds():
    found = settings(WHOLE)
    assert found.service_name == "Children's Services of Anywhere"
    assert found.posts == {"hos_qap": "Head of Service for Performance, Audit and Review"}
    assert found.teams == {
        "North": TeamSettings(manager="Nora North", renamed_from=("Duty North",)),
        "South": TeamSettings(pair="North"),
    }
    assert (found.quality_auditors, found.quiet_months) == (("Ann Archer", "Bob Baker"), ())
    assert (found.reserves, found.supervision_days, found.inbox_settled) == (0, 28, 0)
    assert found.targets == {"quality.year": 120, "head-of-service.quarter": 4}
    assert found.extract_columns == {"team": "Allocated Team"}
    assert found.issue_on_extract == ("completeness",)
    assert found.paths == {"inbox": r"\\server\share\inbox"}
    assert (found.marking, found.inbox_every) == ("OFFICIAL-SENSITIVE", 5)


def test_a_file_from_a_windows_editor_is_read():
    assert settings("\ufeff" + WHOLE.replace("\n", "\r\n")) == settings(WHOLE)


def test_who_sets_grades_is_told_where_a_scale_of_ones_own_is_said():
    (fault,) = told('[grades]\nO = "Exceptional"')
    assert fault.startswith("[grades] is not a part of the settings: take it out.")
    assert 'type = "choice" with your choices, "int" for 0 to 10, or "yn+text"' in fault
    assert "did you mean" not in fault


def test_every_fault_is_told_at_once():
    assert told(
        """
        inboxx = 5
        [service]
        nmae = "x"
        marking = 3
        [quality]
        reserves = 11
        quiet_months = [8, 13]
        auditors = "Ann Archer"
        [calender]
        [targets]
        "a" = 1
        "completeness.moth" = 1
        "quality.year" = -1
    """
    ) == [
        "[inboxx] is not a part of the settings; did you mean inbox?",
        "[service] nmae is not a setting; did you mean name?",
        '[service] marking must be text in quotation marks ("…")',
        "[quality] reserves must be a whole number from 0 to 10",
        "[quality] quiet_months must be a list of month numbers ([8, 12])",
        '[quality] auditors must be a list of texts (["…", "…"])',
        "[calender] is not a part of the settings; did you mean calendar?",
        '[targets] a is not a target: write "a.year" or "a.quarter", in quotes',
        '[targets] completeness.moth is not a target: write "completeness.year" or '
        '"completeness.quarter", in quotes',
        "[targets] quality.year must be a whole number from 0 to 100000",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("service = 3", "service must be a part of its own: write [service] above its lines"),
        ("[service]\nname = ['x']", '[service] name must be text in quotation marks ("…")'),
        ("[quality]\nreserves = true", "[quality] reserves must be a whole number from 0 to 10"),
        ("[quality]\nreserves = 2.0", "[quality] reserves must be a whole number from 0 to 10"),
        ("[quality]\nquiet_months = [true]",
         "[quality] quiet_months must be a list of month numbers ([8, 12])"),
        ("[quality]\nquiet_months = ['August']",
         "[quality] quiet_months must be a list of month numbers ([8, 12])"),
        ("[quality]\nquiet_months = 8",
         "[quality] quiet_months must be a list of month numbers ([8, 12])"),
        ("[targets]\nquality.year = 160",
         '[targets] quality is not a target: write "quality.year" or "quality.quarter", in quotes'),
        ("[posts]\nhos_qpa = 'x'", "[posts] hos_qpa is not a setting; did you mean hos_qap?"),
        ("[teams]\nNorth = 'x'", '[teams] must name each team above its lines: [teams."North"]'),
        ("[teams.North]\nmanger = 'x'",
         '[teams."North"] manger is not a setting; did you mean manager?'),
        ("[extract]\nteam = 'x'",
         "[extract] team is not a setting; headings are fixed under [extract.columns]"),
        ("[extract.columns]\nteams = 'x'",
         "[extract.columns] teams is not a setting; did you mean team?"),
        ("[ledger]\nzzz = 'x'", "[ledger] zzz is not a setting (known: keep_copies)"),
        ("[paths]\ninbox = ' '", "[paths] inbox must name a place, or be left out"),
        ("[inbox]\nevery = 0", "[inbox] every must be a whole number from 1 to 3600"),
    ],
)  # fmt: skip
def test_each_fault_is_told_by_name_with_what_to_write(text, fault):
    assert told(text) == [fault]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[service]\nname = Children's Services\n", "at line 2: no value stands there"),
        ("[service]\nname = “Children’s Services”\n", 'write words in straight "quotes"'),
        ("[service]\nname\n", "at line 2: a name stands there without = and a value"),
        ('[service]\nname = "Children\n', "at line 2: a quotation mark is not closed"),
        ("[service]\nname = 'Children\n", "at its end: a quotation mark is not closed"),
        ('[paths]\ninbox = "C:\\inbox"\n', r"at line 2: a \ stands between double quotes"),
        ('[paths]\ninbox = "\\\\server\\Users"\n', r"at line 2: a \ stands between double quotes"),
        ("[service]\n[service]\n", "at line 2: a heading stands there for the second time"),
        ("[service\n", "at line 1: a [heading] is not closed"),
        ("[inbox]\nevery = " + "9" * 5_000, "at all: a number in it is far too large"),
        ("[inbox]\nevery = 0x" + "f" * 5_000, "at all: a number in it is far too large"),
        ("[inbox]\nevery = " + "[" * 5_000, "at all: lists or tables stand too deep"),
        ("[inbox]\nevery = " + "[" * 30 + "]" * 30, "at all: lists or tables stand too deep"),
        ("[" + ".".join("a" * 5_000) + "]\n", "at all: lists or tables stand too deep"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_words_with_its_line(text, wrong):
    (fault,) = told(text)
    assert fault.startswith("auditdocs.toml cannot be read ")
    assert wrong in fault


@given(st.text(max_size=60) | st.text("[]\"'=.#\n abservicenmty08", max_size=60))
def test_any_text_is_settings_or_told_as_faults(text):
    try:
        found = settings(text)
    except SettingsFault:
        return
    assert isinstance(found, Settings)
