"""The watch: collect again and again, whatever becomes of the share."""

import errno
import os
import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import islice

import pytest

from auditdocs.errors import AlreadyRunning, Unavailable
from auditdocs.places.journal.returns import returns
from auditdocs.steps import office as steps
from auditdocs.steps.issue import issued
from auditdocs.steps.shares import troubles
from auditdocs.steps.turns import PATIENCE, at_work, turn, watching
from auditdocs.steps.watch import rounds
from auditdocs.steps.wish import Wish
from tests.makers.offices import DATA_DATE, HandClock, Office
from tests.makers.refusing_disk import WHATEVER_IS_WRITTEN, Refusal, refusing

PACE = 0.02


@contextmanager
def watched(office, **told):
    """A watch's rounds, which end with the test and not whenever some thread sweeps memory."""
    watch = rounds(office, every=PACE, **told)
    try:
        yield watch
    finally:
        watch.close()


def test_what_is_dropped_is_taken_in_the_next_round(office):
    office.drops_council(children=40)
    with office.open() as opened, watching(opened) as beat, watched(opened, beat=beat) as watch:
        assert {came.outcome for came in next(watch).returns} == {"extract", "register"}
        office.drops("scan.pdf", b"%PDF")
        assert [came.outcome for came in next(watch).returns] == ["set-aside"]


def test_a_share_that_is_gone_is_told_and_taken_up_again_when_it_is_back(office):
    away = office.root / "away"
    with office.open() as opened, watching(opened) as beat, watched(opened, beat=beat) as watch:
        next(watch)
        office.inbox.rename(away)
        assert isinstance(next(watch), Unavailable)
        away.rename(office.inbox)
        office.drops("scan.pdf", b"%PDF")
        assert next(watch).ended("set-aside")


def test_a_share_that_comes_back_without_its_journal_gets_no_new_one(office):
    away, journal = office.root / "away", office.root / ".auditdocs/journal.sqlite3"
    office.drops_council(children=40)
    with office.open() as opened, watching(opened) as beat, watched(opened, beat=beat) as watch:
        next(watch)
        office.inbox.rename(away)
        next(watch)
        journal.rename(journal.with_suffix(".away"))
        away.rename(office.inbox)
        told = next(watch)
        assert "journal is gone" in told.text
        journal.with_suffix(".away").rename(journal)
        assert next(watch).waiting == ()


def test_forms_that_are_due_go_out_when_an_extract_comes_where_settings_say_so(tmp_path):
    settings = "[inbox]\nsettled = 0\n[on_extract]\nissue = ['completeness']\n"
    office = Office.made(tmp_path / "office", settings=settings)
    office.drops_council(children=40)
    with office.open() as opened, watching(opened) as beat:
        list(islice(rounds(opened, every=PACE, beat=beat), 1))
    assert {audit.status for audit in office.audits()} == {"issued"}


def test_forms_are_issued_while_a_watch_runs_and_the_watch_posts_them(office):
    office.drops_council(children=40)
    with office.open() as opened, watching(opened) as beat, watched(opened, beat=beat) as watch:
        next(watch)
        out = office.work(issued, Wish(type="completeness")).audits
        assert next(watch).posting.posted >= len(out)
        assert next(watch).posting.posted == 0


def test_a_second_watch_and_a_collect_name_the_first(run, office):
    with office.open() as opened, watching(opened):
        for command in ("watch", "collect"):
            assert f"process {os.getpid()}" in run("-w", office.root, command, status=5).err
        assert "It is a watch" in run("-w", office.root, "collect", status=5).err
        run("-w", office.root, "ledger", "post")
        told = run("-w", office.root, "--json", "status").data["items"]
    assert [each["kind"] for each in told if each["kind"] == "watch"] == ["watch"]


def test_a_watch_waits_while_somebody_writes(office):
    with office.open() as opened, watching(opened) as beat, watched(opened, beat=beat) as watch:
        next(watch)
        office.drops("scan.pdf", b"%PDF")
        with office.open() as other, at_work(other):
            assert next(watch).returns == ()
        assert next(watch).ended("set-aside")


def test_a_command_waits_for_a_watch_that_is_taking_something_in(office):
    hand = HandClock()
    with (
        office.open() as opened,
        watching(opened),
        turn(opened),
        steps.opened(office.root, today=DATA_DATE, clock=hand.clock) as other,
        pytest.raises(AlreadyRunning),
        at_work(other),
    ):
        pytest.fail("the watch has its turn")
    assert hand.time - HandClock().time == PATIENCE


def test_a_watch_that_runs_past_midnight_writes_in_the_new_days_book(office):
    days = iter([DATA_DATE, DATA_DATE + timedelta(days=1)])
    with (
        office.open() as opened,
        watching(opened) as beat,
        watched(opened, beat=beat, today=lambda: next(days)) as watch,
    ):
        for name in ("one.pdf", "two.pdf"):
            office.drops(name, f"%PDF {name}".encode())
            assert next(watch).ended("set-aside")
    books = sorted(path.name for path in (office.root / "archive/journal").glob("changes *"))
    assert books == [
        f"changes {DATA_DATE}.jsonl",
        f"changes {DATA_DATE + timedelta(days=1)}.jsonl",
    ]


def test_a_workspace_that_is_gone_is_not_made_anew_and_its_journal_is_opened_again(office):
    away = office.root.with_name("away")
    with office.open() as opened, watching(opened) as beat, watched(opened, beat=beat) as watch:
        next(watch)
        office.root.rename(away)
        assert isinstance(next(watch), Unavailable)
        assert not office.root.exists()
        shutil.copytree(away, office.root)  # other files than those that were open
        office.drops("scan.pdf", b"%PDF")
        assert next(watch).ended("set-aside")
    with office.open() as again:
        assert [came.outcome for _, came in returns(again.journal)] == ["set-aside"]


@pytest.mark.parametrize(
    ("error", "words"),
    [(errno.EROFS, "may only be read"), (errno.ENOSPC, "full"), (errno.EACCES, "does not allow")],
)
def test_a_share_that_is_full_or_only_to_be_read_is_told_and_taken_up_again(
    run, office, error, words
):
    on = ("-w", office.root)
    with office.open() as opened, watching(opened) as beat, watched(opened, beat=beat) as watch:
        next(watch)
        scan = office.drops("scan.pdf", b"%PDF")
        with refusing(office.root, refusal=Refusal(error), mode=WHATEVER_IS_WRITTEN):
            assert isinstance(next(watch), Unavailable)
            told = run(*on, "--json", "status", status=1).data["items"]
        assert scan.exists()
        assert next(watch).ended("set-aside")
    assert {each["kind"] for each in told} >= {"rights", "waiting"}
    office.drops("scan.pdf", b"%PDF two")
    with refusing(office.root, refusal=Refusal(error), mode=WHATEVER_IS_WRITTEN):
        assert words in run(*on, "collect", status=4).err


def test_a_share_that_is_slow_or_whose_clock_is_wrong_is_told(office):
    hand = HandClock()

    class Slow:
        """A clock by which every look at it takes three seconds."""

        def __call__(self):
            hand.waits(3)
            return hand.time

    clock = replace(hand.clock, seconds=Slow())
    with office.open() as opened:
        kinds = {each.kind for each in troubles(opened.workspace, clock)}
    assert kinds == {"speed", "clock"}


def test_a_file_that_the_disk_refuses_waits_on_the_page_without_its_name(office):
    with office.open() as opened, watching(opened) as beat, watched(opened, beat=beat) as watch:
        next(watch)
        place = office.drops("Maisie Thistlewick.pdf", b"%PDF")
        with refusing(place, refusal=Refusal(errno.EBUSY)):
            assert "cannot be read now" in next(watch).waiting[0].why
    page = (office.root / "outbox/status.html").read_text(encoding="utf-8")
    assert "cannot be read now" in page
    assert "Maisie" not in page
