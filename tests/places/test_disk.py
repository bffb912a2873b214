"""The disk verbs: whole or not at all, never over another, patient with what holds a file."""

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.errors import Unavailable
from auditdocs.places import disk
from auditdocs.places.file_names import safe_name
from tests.makers.deep_folders import deep_folders
from tests.makers.refusing_disk import Refusal, refusing


def test_a_file_is_whole_or_as_it_was(tmp_path, monkeypatch):
    place = tmp_path / "deep" / "a.txt"
    disk.put(place, b"one")

    def full(descriptor):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(Unavailable, match="disk is full"):
            disk.put(place, b"two")
    assert place.read_bytes() == b"one"
    assert [path.name for path in place.parent.iterdir()] == ["a.txt"]


def test_a_file_that_is_held_for_a_moment_is_tried_again(tmp_path, monkeypatch):
    place, real, held = tmp_path / "a.txt", os.replace, [3]

    def replace(source, target):
        if held[0]:
            held[0] -= 1
            raise PermissionError(errno.EACCES, "held")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(disk.time, "sleep", lambda seconds: None)
    disk.put(place, b"one")
    assert place.read_bytes() == b"one"


def test_a_read_only_file_is_moved_and_replaced_all_the_same(tmp_path, monkeypatch):
    """Windows refuses both with error 5 for as long as the attribute is there."""
    real_unlink, real_replace = Path.unlink, os.replace

    def refused(path):
        if path.exists() and not path.stat().st_mode & stat.S_IWRITE:
            raise PermissionError(errno.EACCES, "read-only")

    def unlink(path, missing_ok=False):
        refused(path)
        real_unlink(path, missing_ok=missing_ok)

    def replace(source, target):
        refused(Path(target))
        real_replace(source, target)

    monkeypatch.setattr(Path, "unlink", unlink)
    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(disk.time, "sleep", lambda seconds: None)
    form = tmp_path / "form.docx"
    form.write_bytes(b"one")
    form.chmod(stat.S_IREAD)
    disk.put(form, b"two")
    form.chmod(stat.S_IREAD)
    placed = disk.moved(form, tmp_path / "archive" / "form.docx")
    assert placed.read_bytes() == b"two"
    assert not form.exists()


def test_a_file_that_stays_held_is_told_as_not_available_now(tmp_path, monkeypatch):
    def replace(source, target):
        raise PermissionError(errno.EACCES, "held")

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(disk.time, "sleep", lambda seconds: None)
    with pytest.raises(Unavailable, match="Cannot write"):
        disk.put(tmp_path / "a.txt", b"one")
    assert list(tmp_path.iterdir()) == []


def test_a_taken_name_is_never_written_over(tmp_path):
    first = disk.put_beside(tmp_path / "form.docx", b"one")
    second = disk.put_beside(tmp_path / "form.docx", b"two")
    again = disk.put_beside(tmp_path / "form.docx", b"two")
    assert (first.name, second.name) == ("form.docx", "form (2).docx")
    assert again == second
    assert first.read_bytes() == b"one"


def test_a_spare_file_of_the_same_bytes_is_moved_there_and_not_written_again(tmp_path):
    spare, taken = tmp_path / "work" / "spare", tmp_path / "archive" / "form.docx"
    disk.put(taken, b"other")
    disk.put(spare, b"form")
    number = spare.stat().st_ino
    placed = disk.put_beside(taken, b"form", spare=spare)
    assert (placed.name, placed.read_bytes()) == ("form (2).docx", b"form")
    assert placed.stat().st_ino == number
    assert not spare.exists()
    assert taken.read_bytes() == b"other"


def test_where_there_is_no_spare_file_or_the_bytes_are_there_it_is_as_without(tmp_path):
    spare, place = tmp_path / "spare", tmp_path / "archive" / "form.docx"
    assert disk.put_beside(place, b"form", spare=spare).read_bytes() == b"form"
    disk.put(spare, b"form")
    assert disk.put_beside(place, b"form", spare=spare) == place
    assert spare.exists()


def test_a_file_is_found_again_by_its_digest_beside_others_of_its_name(tmp_path):
    placed = [disk.put_beside(tmp_path / "form.docx", data) for data in (b"one", b"two", b"three")]
    digests = [disk.sha256(data) for data in (b"one", b"two", b"three", b"four")]
    found = [disk.found_beside(tmp_path / "form.docx", digest) for digest in digests]
    assert found == [*placed, None]
    assert disk.found_beside(tmp_path / "none.docx", digests[0]) is None


def test_a_file_that_changed_since_it_was_read_is_not_taken_away(tmp_path):
    place = tmp_path / "form.docx"
    place.write_bytes(b"newer")
    assert not disk.removed(place, b"older")
    assert place.read_bytes() == b"newer"
    assert disk.removed(place, b"newer")
    assert disk.removed(place, b"newer")


def test_a_file_that_a_share_says_is_gone_though_it_lists_it_is_removed(tmp_path):
    place = tmp_path / "form.docx"
    place.write_bytes(b"taken")
    with refusing(tmp_path, refusal=Refusal(errno.ENOENT)) as share:
        assert disk.removed(place, b"taken")
    assert share.refused == ["stat form.docx"]
    assert not place.exists()


def test_links_are_not_followed(tmp_path):
    (tmp_path / "inside").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.docx").write_bytes(b"x")
    (tmp_path / "inside" / "link").symlink_to(tmp_path / "outside")
    assert list(disk.files_below(tmp_path / "inside")) == []


@given(st.text(max_size=300))
def test_a_name_from_data_never_leaves_its_folder(text):
    name = safe_name(text)
    assert name
    assert not set(name) & set('<>:"/\\|?*\0')
    assert name not in (".", "..")
    assert not name.endswith((".", " "))
    assert len(name) <= 120
    assert safe_name(name) == name


@given(st.text("ab. ", min_size=120, max_size=300))
def test_a_name_that_is_cut_keeps_its_suffix(text):
    assert safe_name(f"{text}.docx").endswith(".docx")
    assert safe_name(f"con {text}.docx") == safe_name(safe_name(f"con {text}.docx"))


@pytest.mark.skipif(os.name == "nt", reason="no path there is long enough")
def test_folders_are_looked_into_however_deep_they_lie(tmp_path):
    with deep_folders(tmp_path, levels=200, file="form.docx"):
        assert [path.name for path in disk.files_below(tmp_path)] == ["form.docx"]


@pytest.mark.parametrize("name", ["CON", "nul.txt", "com1", "LPT9.docx", "aux .docx"])
def test_names_that_windows_reserves_are_changed(name):
    assert safe_name(name) == f"_{name}"


def test_what_is_made_in_place_replaces_what_was_there_whole_or_not_at_all(tmp_path):
    place = tmp_path / "new" / "copy.sqlite3"
    disk.put_made(place, lambda temporary: temporary.write_bytes(b"one"))

    def stopped(temporary):
        temporary.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(Unavailable, match="The disk is full"):
        disk.put_made(place, stopped)
    assert place.read_bytes() == b"one"
    place.with_name("~copy.sqlite3.tmp").write_bytes(b"left by a stop")
    disk.put_made(place, lambda temporary: temporary.write_bytes(b"two"))
    assert place.read_bytes() == b"two"
    assert [path.name for path in place.parent.iterdir()] == ["copy.sqlite3"]


@pytest.mark.parametrize("windows", [None, 67])
def test_a_file_that_a_share_denies_to_have_and_lists_is_not_taken_for_gone(tmp_path, windows):
    place = tmp_path / "form.docx"
    place.write_bytes(b"form")
    with refusing(tmp_path, at=10**9) as counting:
        assert disk.removed(place, b"form")
    place.write_bytes(b"form")
    refusal = Refusal(errno.ENOENT, windows)
    with refusing(tmp_path, at=counting.calls, refusal=refusal), pytest.raises(Unavailable):
        disk.removed(place, b"form")
    assert disk.removed(place, b"form")
    assert not place.exists()


def test_what_is_made_beside_never_overwrites_and_is_kept_once(tmp_path):
    place = tmp_path / "copy.sqlite3"
    made = [
        disk.put_made_beside(place, lambda temporary, data=data: temporary.write_bytes(data)).name
        for data in (b"one", b"one", b"two", b"two", b"one")
    ]
    assert made == ["copy.sqlite3"] * 2 + ["copy (2).sqlite3"] * 2 + ["copy.sqlite3"]
    assert (place.read_bytes(), len(list(tmp_path.iterdir()))) == (b"one", 2)


@pytest.mark.parametrize(
    "refusal", [Refusal(errno.ENOENT, 206), Refusal(errno.ENAMETOOLONG)], ids=str
)
def test_a_path_that_is_too_long_is_told_as_such_and_not_as_a_file_that_is_not_there(
    tmp_path, refusal
):
    with (
        refusing(tmp_path, refusal=refusal, only="stat"),
        pytest.raises(Unavailable, match="longer than the system takes"),
    ):
        disk.is_there(tmp_path / "form.docx")
