"""Progress: told to whoever waits, and to nobody's annoyance."""

import sys
import time
from io import BytesIO, TextIOWrapper

import pytest

from auditdocs.cli.meter import Meter


def long_ago():
    """A moment after which a line is due."""
    return time.monotonic() - 60


def test_on_a_terminal_one_line_is_written_over_and_taken_away(capsys):
    meter = Meter(quiet=False, on_terminal=True, _last=long_ago())
    meter.told("Forms filled", 12, 100)
    meter._last = long_ago()
    meter.told("Posting to the ledger", 0, 0)
    meter.clear()
    lines = capsys.readouterr().err.split("\r")
    assert [line.rstrip() for line in lines] == [
        "",
        "Forms filled: 12 of 100",
        "Posting to the ledger ...",
        "",
        "",
    ]


def test_in_a_log_each_is_a_line_and_they_are_few(capsys):
    meter = Meter(quiet=False, on_terminal=False, _last=long_ago())
    for done in range(1, 50):
        meter.told("Rows looked at", done, 0)
    meter.clear()
    assert capsys.readouterr().err == "Rows looked at: 1\n"


@pytest.mark.parametrize("on_terminal", [True, False])
def test_what_takes_no_second_tells_nothing(capsys, on_terminal):
    meter = Meter(quiet=False, on_terminal=on_terminal)
    meter.told("Forms filled", 1, 2)
    meter.clear()
    assert capsys.readouterr().err == ""


def test_an_old_console_shows_what_it_can(monkeypatch):
    console = TextIOWrapper(BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stderr", console)
    Meter(quiet=False, on_terminal=False, _last=long_ago()).told("Writing: Zespół", 0, 0)
    console.flush()
    assert console.buffer.getvalue().decode("cp1252").strip() == "Writing: Zespó? ..."


def test_whoever_asks_for_quiet_has_it(capsys):
    meter = Meter(quiet=True, on_terminal=True, _last=long_ago())
    meter.told("Forms filled", 1, 2)
    assert capsys.readouterr().err == ""
