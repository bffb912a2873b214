"""The inbox as one look finds it."""

import errno
import os
from pathlib import Path

import pytest

from auditdocs.errors import Unavailable
from auditdocs.places.inbox import is_ignored, look
from tests.makers.deep_folders import deep_folders
from tests.makers.refusing_disk import Refusal, refusing

NOW = 1_800_000_000.0


def dropped(inbox, name, *, changed=NOW - 60):
    """A file in the inbox that changed then."""
    place = inbox / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"x")
    os.utime(place, (changed, changed))
    return place


@pytest.mark.parametrize(
    "name",
    [
        "~$form.docx",
        "~WRD0001.tmp",
        "~WRL0001.tmp",
        "x.TMP",
        ".~lock.form.docx#",
        ".DS_Store",
        "._form.docx",
        "Thumbs.db",
        "desktop.ini",
        "Form.lnk",
        "form.docx.part",
        "form.crdownload",
        ".sync_1234.db",
        "@eaDir",
        "System Volume Information",
        "__MACOSX",
    ],
)
def test_what_programs_leave_behind_is_passed_over(name):
    assert is_ignored(name)


@pytest.mark.parametrize(
    "name", ["form.docx", "form.doc", "scan.pdf", "forms.zip", "mail.msg", "thing", "a.xyz"]
)
def test_everything_else_counts(name):
    assert not is_ignored(name)


def test_a_look_finds_files_in_every_subfolder_by_name(tmp_path):
    for name in ("b.docx", "a.docx", "team/c.docx", ".hidden/d.docx", "__MACOSX/e.docx"):
        dropped(tmp_path, name)
    found = [each.file for each in look(tmp_path, now=NOW)]
    assert found == ["a.docx", "b.docx", "team/c.docx"]


@pytest.mark.parametrize("owner", ["~$completeness form.docx", "~$mpleteness form.docx"])
def test_a_living_owner_file_beside_it_says_that_it_is_open(tmp_path, owner):
    dropped(tmp_path, "completeness form.docx")
    dropped(tmp_path, owner).write_bytes(b"\x0bKaren Smith" + b"\0" * 40)
    os.utime(tmp_path / owner, (NOW, NOW))
    assert [each.holder for each in look(tmp_path, now=NOW)] == ["Karen Smith"]


def test_an_owner_file_left_behind_for_days_holds_nothing(tmp_path):
    dropped(tmp_path, "form.docx")
    dropped(tmp_path, "~$form.docx", changed=NOW - 3 * 24 * 3600)
    assert [(each.holder, each.stale_owner) for each in look(tmp_path, now=NOW)] == [("", True)]


def test_libre_office_says_who_has_a_file_open_in_its_own_way(tmp_path):
    dropped(tmp_path, "Form.docx")
    owner = dropped(tmp_path, ".~lock.Form.docx#")
    owner.write_bytes(b"Karen Smith,ksmith,PC1,01.10.2026 09:00,file:///home/ksmith;")
    os.utime(owner, (NOW, NOW))
    assert [each.holder for each in look(tmp_path, now=NOW)] == ["Karen Smith"]


def test_links_are_not_followed_and_not_passed_over_either(tmp_path):
    (tmp_path / "inbox").mkdir()
    dropped(tmp_path, "outside/secret.docx")
    (tmp_path / "inbox" / "link").symlink_to(tmp_path / "outside")
    (found,) = look(tmp_path / "inbox", now=NOW)
    assert (found.file, "never followed" in found.trouble) == ("link", True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes in folders")
def test_a_pipe_is_told_and_never_opened(tmp_path):
    dropped(tmp_path, "form.docx")
    for name in ("pipe.docx", "~$form.docx"):
        os.mkfifo(tmp_path / name)
    form, pipe = look(tmp_path, now=NOW)
    assert (form.file, form.holder, form.trouble) == ("form.docx", "", "")
    assert (pipe.file, "never opened" in pipe.trouble) == ("pipe.docx", True)


def test_five_thousand_files_cost_one_listing(tmp_path, monkeypatch):
    for number in range(5_000):
        (tmp_path / f"{number}.docx").touch()
    listings, real = [], os.scandir

    def counted(folder):
        listings.append(folder)
        return real(folder)

    monkeypatch.setattr(os, "scandir", counted)
    monkeypatch.setattr(os, "stat", None)
    assert len(look(tmp_path, now=NOW)) == 5_000
    assert listings == [tmp_path]


def test_an_inbox_that_is_gone_is_not_available_and_not_empty(tmp_path):
    with pytest.raises(Unavailable, match="cannot be looked at"):
        look(tmp_path / "gone", now=NOW)


@pytest.mark.parametrize(
    "refusal",
    [Refusal(errno.ENOENT, 53), Refusal(errno.ENOENT, 15), Refusal(errno.EACCES, 21)],
    ids=str,
)
def test_a_share_that_goes_while_a_folder_is_looked_into_is_not_an_empty_folder(tmp_path, refusal):
    dropped(tmp_path, "team/form.docx")
    with (
        refusing(tmp_path, at=2, refusal=refusal, only="scandir"),
        pytest.raises(Unavailable, match="cannot be looked at"),
    ):
        look(tmp_path, now=NOW)


@pytest.mark.parametrize(
    "refusal",
    [Refusal(errno.ENOENT, 3), Refusal(errno.ENOENT, 206), Refusal(errno.ENAMETOOLONG)],
    ids=str,
)
def test_a_folder_that_is_listed_and_cannot_be_reached_is_told(tmp_path, refusal):
    """Windows says of a path that is too long for it that there is none."""
    dropped(tmp_path, "team/form.docx")
    with refusing(tmp_path, at=2, refusal=refusal, only="scandir"):
        (found,) = look(tmp_path, now=NOW)
    assert (found.file, "too long" in found.trouble) == ("team", True)


@pytest.mark.skipif(os.name == "nt", reason="no path there is long enough")
def test_folders_however_deep_stop_no_look(tmp_path):
    with deep_folders(tmp_path, levels=200, file="form.docx"):
        (found,) = look(tmp_path, now=NOW)
    assert (found.file.endswith("d/form.docx"), found.trouble) == (True, "")


@pytest.mark.skipif(os.name == "nt", reason="names there are text of one kind")
def test_a_name_that_is_no_text_is_told_and_can_be_written_down(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.docx")).touch()
    (found,) = look(tmp_path, now=NOW)
    assert (found.file, "another name" in found.trouble) == ("caf?.docx", True)
