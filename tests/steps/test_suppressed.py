"""Copies with small counts hidden: no small count stands in any, and none can be worked out."""

import re
from io import BytesIO

import docx
import openpyxl
import pytest
from docx.table import Table

from auditdocs.steps.collect import collected
from auditdocs.steps.issue import Wish, issued
from tests.makers.offices import Office
from tests.steps.test_reports import (
    DAY,
    END,
    KINDS,
    LABEL,
    THEMED,
    agree_and_check,
    charted,
    figures,
    numbers_in,
)

LEAST = 5
KINDS_FOR_SMG = ("smg", "completeness")
NO_COUNTS = {"Target", "Supervisions", "Version", "Days late", "Standards", "Due"}
"""Headings of columns that hold no count of audits, cases or people."""

SMALL = re.compile(
    r"\b[1-4] (of \d|audit|form|case|recommendation|worker|row|value|child|dispute)"
    r"|\bof [1-4]\b|: [1-4][.,;](?!\d)"
)
ADD_UP = (
    ("Returned", ("On time", "Late")),
    (
        "n",
        ("Outstanding", "Good", "Requires improvement to be good", "Inadequate"),
    ),
    ("Good or better", ("Outstanding", "Good")),
    ("Applies", ("Met", "Not met")),
    ("Eligible", ("Audited in a year", "Longer ago", "Never audited")),
)
"""Headings of a whole, and of its parts, in one row."""

OF_STANDARDS = re.compile(r"Statutory standards found not met at least once: \d+")
"""What a sentence counts that is neither an audit nor a case nor a person."""


@pytest.fixture(name="copies", scope="module")
def copies_(tmp_path_factory):
    """Every kind of report of a quarter, small counts hidden: its documents, books and figures."""
    office = Office.made(tmp_path_factory.mktemp("hidden") / "office")
    office.drops_council(children=60)
    office.work(collected)
    agree_and_check(office)
    out = [
        audit
        for wish in (Wish(type="completeness"), Wish(type="quality"), THEMED)
        for audit in office.work(issued, wish).audits
    ]
    for audit in out[:-2]:
        office.drops(f"{audit.audit_id}.docx", office.answers(audit, DAY))
    office.work(collected, today=DAY)
    found = {}
    for key, made in KINDS.items():
        done = office.work(made, period=LABEL, suppress=LEAST, today=END)
        read = {file: (office.root / file).read_bytes() for file in done.files}
        found[key] = (
            [data for file, data in read.items() if file.endswith(".docx")],
            [data for file, data in read.items() if file.endswith(".xlsx")],
            done.figures,
        )
    return found


def tables(data):
    """The tables of a document, each as its headings and rows of text."""
    document = docx.Document(BytesIO(data))
    for table in (Table(each, document) for each in document.element.body.iter(_name("tbl"))):
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        yield rows[0], rows[1:]


def sentences(data):
    """The paragraphs of a document that are its report's text: no title block, heading, caption."""
    for each in docx.Document(BytesIO(data)).paragraphs:
        if each.style.name in ("Normal", "List Bullet", "ListBullet", "Note") and each.text:
            yield each.text


def _name(tag):
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{tag}"


def number(cell):
    """The number of a cell, or None where there is none or it is hidden."""
    found = re.fullmatch(r"([\d,]+)( \(\d+%\))?", cell)
    return int(found[1].replace(",", "")) if found else None


def is_hidden(cell):
    """Whether a count stands there that is not told."""
    return cell == "*" or cell == f"<{LEAST}"


@pytest.mark.parametrize("kind", KINDS)
def test_no_small_count_stands_in_a_table(kind, copies):
    for data in copies[kind][0]:
        for headings, rows in tables(data):
            columns = [n for n, told in enumerate(headings) if told not in NO_COUNTS]
            told = {row[n] for row in rows for n in columns[1:]}
            small = {each for each in told if 0 < (number(each) or 0) < LEAST}
            assert not small, headings
            assert not [each for each in told if SMALL.search(each)], headings


@pytest.mark.parametrize("kind", KINDS)
def test_no_small_count_stands_in_a_sentence(kind, copies):
    for data in copies[kind][0]:
        told = [OF_STANDARDS.sub("", each) for each in sentences(data)]
        assert not [each for each in told if SMALL.search(each)]


@pytest.mark.parametrize("kind", KINDS)
def test_no_small_count_stands_behind_a_chart_or_in_the_workbook(kind, copies):
    documents, books, _ = copies[kind]
    assert not [n for data in documents for n in charted(data) if 0 < n < LEAST]
    for data in books:
        values = {key: value for key, (value, _) in figures(data) if not key[1].endswith("Target")}
        small = [key for key, value in values.items() if str(value) in ("1", "2", "3", "4")]
        assert not small
        assert not [key for key, (_, audits) in figures(data) if audits]


@pytest.mark.parametrize("kind", KINDS)
def test_no_total_of_a_table_tells_the_one_count_that_is_hidden_above_it(kind, copies):
    for data in copies[kind][0]:
        for headings, rows in tables(data):
            if len(rows) > 1 and rows[-1][0].startswith("All"):
                for place, column in enumerate(zip(*rows, strict=True)):
                    shown = [n for n in map(number, column) if n is not None]
                    adds_up = len(shown) + sum(map(is_hidden, column)) == len(column)
                    if place and adds_up and headings[place] not in NO_COUNTS:
                        assert sum(map(is_hidden, column)) != 1, (headings, column)


@pytest.mark.parametrize("kind", KINDS)
def test_no_row_of_a_table_tells_the_one_count_that_is_hidden_in_it(kind, copies):
    seen = 0
    for data in copies[kind][0]:
        for headings, rows in tables(data):
            for whole, parts in ADD_UP:
                if {whole, *parts} <= set(headings):
                    for row in rows:
                        cells = [row[headings.index(told)] for told in (whole, *parts)]
                        assert sum(map(is_hidden, cells)) != 1, (headings, row)
                        seen += any(map(is_hidden, cells))
    assert seen or kind in ("accuracy", "team")


def test_what_json_adds_up_tells_no_hidden_count(copies):
    told = copies["smg"][2]
    for each in told["delivery"].values():
        assert sum(is_hidden(str(each[key])) for key in ("returned", "on_time", "late")) != 1
    assert "<5" in str(told)
    assert "*" in str(told)


@pytest.mark.parametrize("kind", KINDS)
def test_no_small_count_stands_in_json(kind, copies):
    assert not [number for number in numbers_in(copies[kind][2]) if 0 < number < LEAST]


def test_what_one_report_hides_no_other_of_the_period_shows(copies):
    told, other = ({k: v for k, (v, _) in figures(copies[kind][1][0])} for kind in KINDS_FOR_SMG)
    both = told.keys() & other.keys()
    assert len(both) > 50
    assert {key: told[key] for key in both} == {key: other[key] for key in both}
    assert "*" in {told[key] for key in both}


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_with_hidden_counts_does_not_bear_the_name_of_a_full_one(kind, copies):
    for data in copies[kind][1]:
        title = openpyxl.load_workbook(BytesIO(data)).properties.title
        assert title.endswith(" small numbers hidden: figures")
