"""Files that are still coming, held, torn or gone: what a look makes of them, without waiting."""

import os
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice, pairwise

import pytest

from auditdocs.errors import Unavailable
from auditdocs.places.journal.inbox import memory
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import issued
from auditdocs.steps.look import AWAY, LAST_LOOK
from auditdocs.steps.office import opened
from auditdocs.steps.turns import at_work
from auditdocs.steps.watch import rounds
from auditdocs.steps.wish import Wish
from tests.makers.offices import DATA_DATE, HandClock, Office

DAY = DATA_DATE + timedelta(days=10)
SETTINGS = "[inbox]\nsettled = 5\nevery = 5\n"


class Desk:
    """An office with a form out, and a clock that is moved by hand."""

    def __init__(self, root):
        self.hand = HandClock()
        self.office = Office.made(root, settings=SETTINGS)
        self.office.drops_council(children=40)
        self.look()
        with self.open() as office:
            self.out = issued(office, Wish(type="completeness")).audits

    @contextmanager
    def open(self):
        """The office to ourselves."""
        with (
            opened(self.office.root, today=DAY, clock=self.hand.clock) as office,
            at_work(office),
        ):
            yield office

    def drops(self, name, data):
        """Somebody puts a file in the inbox, now by the clock on the wall."""
        place = self.office.drops(name, data)
        os.utime(place, (self.hand.time, self.hand.time))
        return place

    def look(self):
        """One collect."""
        with self.open() as office:
            return collected(office)

    def watched(self):
        """The rounds of a watch; five seconds pass between two."""
        with opened(self.office.root, today=DAY, clock=self.hand.clock) as office:
            for round_ in rounds(office, every=0.001, beat=lambda: None):
                yield round_
                self.hand.waits(5)

    def form(self):
        """The first form, filled in."""
        return self.office.answers(self.out[0], DAY)


@pytest.fixture(name="desk", scope="module")
def desk_(tmp_path_factory):
    """One desk for all the tests of this module; each leaves the inbox empty."""
    return Desk(tmp_path_factory.mktemp("desk") / "office")


@pytest.fixture(autouse=True)
def empty_inbox(desk):
    """Whatever a test leaves is taken away."""
    yield
    for path in sorted(desk.office.inbox.rglob("*"), reverse=True):
        if path.name != ".gitignore":
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


def whys(took):
    """Why things wait, by file."""
    return {each.file.rpartition("/")[2]: each.why for each in took.waiting}


def test_a_form_that_is_written_slowly_is_taken_once_it_is_whole(desk):
    data, looks = desk.form(), desk.watched()
    for cut in (100, 2_000, len(data) // 2, len(data)):
        place = desk.drops("slow.docx", data[:cut])
        took = next(looks)
        assert took.returns == ()
        assert "on its way" in whys(took)["slow.docx"]
    assert [came.outcome for came in next(looks).returns] == ["accepted"]
    assert not place.exists()


def test_half_a_form_is_no_damage_until_it_has_lain_so_for_ten_minutes(desk):
    half = desk.form()[:5_000]
    desk.drops("half.docx", half)
    assert "not whole" in whys(desk.look())["half.docx"]
    desk.hand.waits(300)
    assert "not whole" in whys(desk.look())["half.docx"]
    desk.hand.waits(300)
    took = desk.look()
    assert [came.reasons[0].code for came in took.returns] == ["truncated"]


def test_a_file_without_bytes_waits_and_is_told_as_empty_after_ten_minutes(desk):
    desk.drops("new.docx", b"")
    assert "empty" in whys(desk.look())["new.docx"]
    desk.hand.waits(601)
    assert [came.reasons[0].code for came in desk.look().returns] == ["empty"]


def test_words_way_of_saving_leaves_nothing_but_the_form(desk):
    form, looks = desk.drops("form.docx", desk.form()), desk.watched()
    owner = desk.drops("~$form.docx", b"\x03Ann" + b"\0" * 50)
    assert whys(next(looks)) == {"form.docx": "Ann has it open: it is taken when it is closed"}
    temporary = desk.drops("~WRD0001.tmp", b"PK half")
    assert list(whys(next(looks))) == ["form.docx"]
    form.rename(form.with_name("~WRL0001.tmp"))
    temporary.write_bytes(desk.form())
    assert next(looks).waiting == ()
    temporary.rename(form)
    (form.with_name("~WRL0001.tmp")).unlink()
    assert list(whys(next(looks))) == ["form.docx"]
    owner.unlink()
    assert [came.outcome for came in next(looks).returns] == ["duplicate"]


def test_a_form_that_is_held_for_ten_minutes_is_told_once(desk):
    desk.drops("form.docx", desk.form())
    owner = desk.drops("~$form.docx", b"\x03Ann")
    told = [took for took in islice(desk.watched(), 130) if took.is_news]
    assert [(each.file, each.why[:3]) for took in told for each in took.waiting] == [
        ("inbox/form.docx", "Ann")
    ]
    os.utime(owner, (desk.hand.time - 90_000,) * 2)
    took = desk.look()
    assert took.ended("duplicate")
    assert ["more than a day old" in warning for warning in took.warnings] == [True]


def test_a_form_that_cannot_be_read_is_tried_again_ever_more_seldom(desk, monkeypatch):
    place = desk.drops("form.docx", desk.form())
    tries, real = [], type(place).read_bytes

    def refused(path):
        if path.name == "form.docx":
            tries.append(desk.hand.time)
            raise PermissionError(13, "held")
        return real(path)

    desk.hand.waits(10)
    with monkeypatch.context() as patch:
        patch.setattr(type(place), "read_bytes", refused)
        list(islice(desk.watched(), 40))
    assert [round(b - a) for a, b in pairwise(tries)] == [5, 10, 20, 40, 60, 60]
    desk.hand.waits(60)
    assert desk.look().ended("duplicate")


def test_a_file_that_changes_while_it_is_read_is_left_for_later(desk, monkeypatch):
    place = desk.drops("form.docx", desk.form())
    real = type(place).read_bytes

    def grows(path):
        data = real(path)
        if path.name == "form.docx":
            path.write_bytes(data + b"more")
        return data

    desk.hand.waits(10)
    with monkeypatch.context() as patch:
        patch.setattr(type(place), "read_bytes", grows)
        assert "changed" in whys(desk.look())["form.docx"]
    assert place.read_bytes().endswith(b"more")


def test_a_share_that_vanishes_is_told_remembered_and_taken_up_again(desk):
    inbox, away = desk.office.inbox, desk.office.root / "away"
    desk.drops("one.docx", desk.form())
    desk.drops("~$one.docx", b"\x03Ann")
    looks = desk.watched()
    next(looks)
    inbox.rename(away)
    assert isinstance(next(looks), Unavailable)
    with desk.office.open() as office:
        assert office.journal.fact(AWAY)
        assert list(memory(office.journal).files) == ["one.docx"]
    away.rename(inbox)
    assert list(whys(next(looks))) == ["one.docx"]
    with desk.office.open() as office:
        assert office.journal.fact(AWAY) == ""


def test_an_inbox_found_empty_at_one_look_is_not_believed_at_once(desk):
    for name in ("one.docx", "two.docx"):
        desk.drops(name, desk.form() + name.encode())
        desk.drops(f"~${name}", b"\x03Ann")
    looks = desk.watched()
    before = next(looks).memory
    hidden = desk.office.root / "hidden"
    desk.office.inbox.rename(hidden)
    desk.office.inbox.mkdir()
    assert next(looks).memory.files == before.files
    desk.office.inbox.rmdir()
    hidden.rename(desk.office.inbox)
    assert next(looks).memory == before


def test_an_idle_round_of_five_thousand_files_writes_nothing_and_lists_once(desk, monkeypatch):
    for number in range(5_000):
        (desk.office.inbox / f"{number}.docx").touch()
    listings, real = [], os.scandir
    looks = desk.watched()
    next(looks)
    next(looks)
    with desk.office.open() as office:
        looked = office.journal.fact(LAST_LOOK)
        written = office.journal.asked("PRAGMA data_version")

        def counted(folder):
            listings.append(folder)
            return real(folder)

        monkeypatch.setattr(os, "scandir", counted)
        took = next(looks)
        assert len(took.waiting) == 5_000
        assert listings == [desk.office.inbox]
        assert office.journal.fact(LAST_LOOK) == looked
        assert office.journal.asked("PRAGMA data_version") == written


def test_inodes_that_change_at_every_look_change_nothing(desk):
    looks = desk.watched()
    place = desk.drops("form.docx", desk.form())
    stamp = place.stat().st_mtime_ns
    next(looks)
    other = place.with_name("other")
    other.write_bytes(place.read_bytes())
    os.utime(other, ns=(stamp, stamp))
    other.rename(place)
    assert next(looks).ended("duplicate")
