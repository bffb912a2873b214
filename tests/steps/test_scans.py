"""What a form costs does not grow with the years: nothing asked for it reads a whole table."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from auditdocs.steps.collect import collected
from auditdocs.steps.issue import Wish, issued
from tests.makers.offices import DATA_DATE, Office

GROW = (
    "audits",
    "records",
    "returns",
    "letters",
    "events",
    "posted",
    "closed",
    "papers",
    "paper_records",
    "staff_columns",
    "cases",
)
"""The tables that years of work fill."""

BACK = DATA_DATE + timedelta(days=14)
ONCE = 3
"""How often, at most, a whole table is read in a look at the inbox, be it for one form or many."""


@pytest.fixture(scope="module")
def statements(tmp_path_factory):
    """The statements of a look at the inbox in which five forms lie, and how each was answered."""
    office = Office.made(tmp_path_factory.mktemp("scans") / "office")
    office.drops_council()
    office.work(collected)
    for audit in office.work(issued, Wish(type="completeness", period="2026-07")).audits[:5]:
        office.drops(Path(audit.file).name, office.answers(audit, BACK))
    return office.work(traced, today=BACK)


def traced(office):
    """Everything in the inbox taken in; gives each statement with SQLite's plan for it."""
    asked = []
    office.journal.connection.set_trace_callback(asked.append)
    assert len(collected(office).ended("accepted")) == 5
    office.journal.connection.set_trace_callback(None)
    return [(said, plan(office.journal.connection, said)) for said in asked]


def plan(connection, statement):
    """How SQLite answers a statement, in its own words, a line a step."""
    if not statement.startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
        return ()
    return tuple(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}"))


def scanned(statements):
    """Which tables that grow were read whole, each as often as that was."""
    walked = re.compile(r"SCAN (?P<table>\w+)(?! USING (COVERING )?INDEX \w+_(waiting|unfinished))")
    steps = (walked.match(step) for _, steps in statements for step in steps)
    return [found["table"] for found in steps if found and found["table"] in GROW]


def test_no_form_costs_a_walk_through_all_that_came_before(statements):
    found = scanned(statements)
    assert {table: found.count(table) for table in found if found.count(table) > ONCE} == {}


def test_statements_are_seen_as_they_are_made(statements):
    assert any(said.startswith("UPDATE returns") for said, _ in statements)
    assert scanned([("", ("SCAN returns",))]) == ["returns"]
    assert scanned([("", ("SCAN returns USING INDEX returns_unfinished",))]) == []
