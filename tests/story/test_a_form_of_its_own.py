"""A service adds an audit type of its own and changes it later, without a line of code."""

from datetime import date

import pytest

from tests.story.test_a_councils_quarter import cells, words

CONTRACT = """
key = "residential"
prefix = "R"
title = "Residential Case Audit"
version = 1
sheet = "Residential"
selection = "oldest-first"
cadence = "month"

[targets]
year = 40

[[sections]]
title = "The home"

[[sections.items]]
id = "r_warm"
label = "The child is settled in the home"
type = "grade"

[[sections.items]]
id = "r_contact"
label = "Contact with the family happens as planned"
type = "yn"
applies = ["LAC"]

[[sections.items]]
id = "r_protected"
label = "The plan keeps the child safe"
type = "yn"
applies = ["CP"]

[[sections.items]]
id = "r_overall"
label = "Overall judgement"
type = "grade+text"
overall = true

[[sections]]
title = "The records of the home"

[[sections.items]]
id = "r_log"
label = "Daily log"
type = "facet"
facets = ["P", "U"]
"""

CHANGED = (
    CONTRACT.replace("version = 1", "version = 2")
    .replace("The child is settled in the home", "The child feels at home")
    .replace('id = "r_contact"\nlabel = "Contact with the family happens as planned"',
             'id = "r_school"\nlabel = "The child goes to school"')
    .replace('type = "facet"\nfacets = ["P", "U"]', 'type = "yn"')
)  # fmt: skip
"""A question reworded, one asked otherwise, one taken out and another put in its place."""


@pytest.fixture(name="on")
def on_(office, run):
    """A day's command in a service with a contract of its own, form built and cases there."""

    def on(day, *arguments, status=0):
        return run("-w", office.root, "--today", day, "--json", *arguments, status=status)

    office.drops_council(children=60)
    on("2026-07-01", "collect")
    adopt(office, on, CONTRACT)
    return on


def adopt(office, on, contract):
    """The contract put in the templates, and its Word form built from it."""
    place = office.root / "templates/forms/residential.toml"
    place.write_text(contract, encoding="utf-8")
    on("2026-07-01", "template", "new", place)


def returned(office, on, form, day, **changes):
    """A form answered by its auditor and collected; gives what collect said."""
    audit = office.audit(form["audit_id"])
    office.drops(f"{audit.audit_id}.docx", office.answers(audit, day, **changes))
    return on(day.isoformat(), "collect").data


def test_a_fifth_audit_type_goes_from_contract_to_ledger_and_report(office, on):
    planned = on("2026-07-01", "plan", "residential").data["planned"]
    issued = on("2026-07-01", "issue", "residential").data["issued"]
    assert {form["child_id"] for form in issued} == {form["child_id"] for form in planned}
    assert all(form["audit_id"].startswith("R-2026-07-") for form in issued)

    # Only the questions that apply to the case are printed.
    printed = [
        (office.audit(form["audit_id"]), words(office.root / form["file"])) for form in issued
    ]
    for audit, text in printed:
        case_types = audit.header["case_types"]
        assert ("1.2 Contact with the family" in text) is ("LAC" in case_types)
        assert ("1.3 The plan keeps the child safe" in text) is ("CP" in case_types)
        assert "2.1 Daily log" in text

    day = date(2026, 7, 15)
    for form in issued[:3]:
        assert returned(office, on, form, day, r_overall="Good")["accepted"]

    rows = {row["Audit ID"]: row for row in cells(office.root / "ledger.xlsx", "Residential")}
    for form in issued[:3]:
        row = rows[form["audit_id"]]
        assert row["Overall grade"] == "Good"
        assert row["2.1 Daily log – in place"] in ("Yes", "No", "Not applicable", "Not due")

    told = on("2026-10-05", "report", "smg", "--period", "2026-27-Q2").data
    report = next(file for file in told["files"] if file.endswith(".docx"))
    assert "Residential Case Audit" in words(office.root / report)
    assert told["figures"]["delivery"]["residential"]["returned"] == 3
    assert told["figures"]["grades"]["residential"]["G"] == 3


def test_forms_of_an_older_version_are_read_by_their_own_contract(office, on):
    issued = on("2026-07-01", "issue", "residential").data["issued"]
    cases = {form["audit_id"]: office.audit(form["audit_id"]) for form in issued}
    first = next(form for form in issued if "LAC" in cases[form["audit_id"]].header["case_types"])
    adopt(office, on, CHANGED.replace("version = 2", "version = 1"))
    place = office.root / "templates/forms/residential.toml"
    planned = on("2026-07-01", "plan", "residential").data["warnings"]
    assert "(reworded: 1.1, 2.1; new: 1.2; no longer asked: 1.2)" in planned[0]
    assert 'Write "version = 2" in the contract.' in planned[0]
    checked = on("2026-07-01", "template", "check", place, status=1).data["findings"]
    assert [(each["rule"], each["where"]) for each in checked] == [
        ("version-number", "version, line 5")
    ]

    adopt(office, on, CHANGED)
    day = date(2026, 7, 15)
    office.drops("old.docx", old_answers(office, first, day))
    assert on("2026-07-15", "collect").data["accepted"]

    newer = on("2026-08-03", "issue", "residential").data["issued"][0]
    assert office.audit(newer["audit_id"]).version == 2
    assert returned(office, on, newer, date(2026, 8, 10), r_warm="Inadequate", r_log="No")[
        "accepted"
    ]

    kept = office.tree("archive/contracts")
    assert [name[:15] for name in kept] == ["residential-v1-", "residential-v2-"]

    # One column for the question under its words of today; what is asked no more keeps its own.
    rows = cells(office.root / "ledger.xlsx", "Residential")
    by_id = {row["Audit ID"]: row for row in rows}
    old, new = by_id[first["audit_id"]], by_id[newer["audit_id"]]
    assert old["1.1 The child feels at home"] == "Good"
    assert new["1.1 The child feels at home"] == "Inadequate"
    assert not [heading for heading in old if "settled in the home" in heading]
    assert "2.1 Daily log – in place" not in old
    assert old["1.2 Contact with the family happens as planned"] == "Yes"
    assert new["1.2 Contact with the family happens as planned"] is None
    assert old["2.1 Daily log (earlier) – in place"] == "Yes"
    assert (old["2.1 Daily log"], new["2.1 Daily log"]) == (None, "No")
    assert on("2026-08-10", "ledger", "check").data["differences"] == []


def old_answers(office, form, day):
    """The first version's form as its auditor fills it in, whatever the contract says now."""
    current = office.root / "templates/forms/residential.toml"
    current.write_text(CONTRACT, encoding="utf-8")
    said = office.answers(
        office.audit(form["audit_id"]), day, r_warm="Good", r_contact="Yes", r_log__P="Yes"
    )
    current.write_text(CHANGED, encoding="utf-8")
    return said
