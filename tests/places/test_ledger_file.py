"""The ledger's file: replaced whole, copies kept, and told when somebody has it open."""

import errno
import os
from datetime import date, datetime

import pytest

from auditdocs.errors import Unavailable
from auditdocs.places.ledger import held_by, ledger, left_behind, replace_ledger, set_by
from auditdocs.places.owner import LIVES
from tests.makers.refusing_disk import WHATEVER_IS_WRITTEN, Refusal, refusing

DAY = date(2026, 10, 1)
OPENED = datetime(2026, 10, 1, 9, 5)
NOW = OPENED.timestamp()


def replaced(path, data, day=DAY, keep=2, now=NOW):
    """A new ledger in the old one's place."""
    before, copies = ledger(path), path.parent / "copies"
    replace_ledger(path, data, before=before, copies=copies, day=day, keep=keep, now=now)


def opened_by_karen(folder):
    """A ledger that Karen Smith opened in Excel at five past nine."""
    path, lying = folder / "ledger.xlsx", folder / "~$ledger.xlsx"
    path.write_bytes(b"old")
    lying.write_bytes(b"\x0bKaren Smith" + b"\0" * 40)
    os.utime(lying, (NOW, NOW))
    return path


def test_there_is_no_ledger_before_the_first(tmp_path):
    assert ledger(tmp_path / "ledger.xlsx") is None


def test_the_first_of_each_day_keeps_the_one_before_and_old_copies_go(tmp_path):
    path = tmp_path / "ledger.xlsx"
    for number in range(5):
        replaced(path, f"{number} early".encode(), day=date(2026, 10, 1 + number))
        replaced(path, f"{number} late".encode(), day=date(2026, 10, 1 + number))
    copies = sorted((tmp_path / "copies").iterdir())
    assert [copy.name for copy in copies] == ["ledger 2026-10-04.xlsx", "ledger 2026-10-05.xlsx"]
    assert copies[-1].read_bytes() == b"3 late"
    assert ledger(path) == b"4 late"


def test_a_ledger_that_is_open_is_not_written_to_and_its_holder_named(tmp_path):
    path = opened_by_karen(tmp_path)
    holder = held_by(path, now=NOW)
    assert (holder.name, holder.since) == ("Karen Smith", OPENED)
    with pytest.raises(Unavailable, match=r"Excel \(Karen Smith, since 09:05 on 01/10/2026"):
        replaced(path, b"new")
    assert path.read_bytes() == b"old"


def test_an_owner_file_that_excel_left_behind_holds_nothing_up_after_a_day(tmp_path):
    path, soon = opened_by_karen(tmp_path), NOW + LIVES
    assert left_behind(path, now=soon - 1) is None
    with pytest.raises(Unavailable, match="Karen Smith"):
        replaced(path, b"new", now=soon - 1)
    assert held_by(path, now=soon) is None
    assert left_behind(path, now=soon).name == "Karen Smith"
    replaced(path, b"new", now=soon)
    assert path.read_bytes() == b"new"


def test_a_ledger_left_open_for_days_is_still_held(tmp_path):
    path, later = opened_by_karen(tmp_path), NOW + 5 * LIVES
    sharing_violation = Refusal(errno.EACCES, 32)
    with refusing(tmp_path, refusal=sharing_violation, mode=WHATEVER_IS_WRITTEN):
        assert held_by(path, now=later).name == "Karen Smith"
        with pytest.raises(Unavailable, match="Karen Smith"):
            replaced(path, b"new", now=later)
    assert path.read_bytes() == b"old"


def test_a_ledger_open_in_libreoffice_is_not_written_to_either(tmp_path):
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(b"old")
    said = ",karen,office-pc,01.10.2026 09:05,file:///profile;"
    lying = tmp_path / ".~lock.ledger.xlsx#"
    lying.write_text(said, encoding="utf-8")
    os.utime(lying, (NOW, NOW))
    with pytest.raises(Unavailable, match=r"open in LibreOffice \(karen, since"):
        replaced(path, b"new")
    assert path.read_bytes() == b"old"


def test_what_somebody_saved_while_a_post_was_made_is_not_written_over(tmp_path):
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(b"saved by somebody")
    with pytest.raises(Unavailable, match="saved by somebody while it was being posted to"):
        replace_ledger(
            path, b"new", before=b"old", copies=tmp_path / "copies", day=DAY, keep=2, now=0
        )
    assert path.read_bytes() == b"saved by somebody"


def test_a_ledger_that_is_set_by_is_kept(tmp_path):
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(b"old")
    set_by(path, copies=tmp_path / "copies", day=DAY)
    assert not path.exists()
    assert (tmp_path / "copies" / "ledger set by 2026-10-01.xlsx").read_bytes() == b"old"
