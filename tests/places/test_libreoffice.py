"""LibreOffice as a converter: bounded, careful, and not needed."""

import os
import shutil
import sys
import time

import psutil
import pytest

from auditdocs.documents.package import package
from auditdocs.places import libreoffice
from auditdocs.places.libreoffice import MOST_MEGABYTES, converted, program
from tests.makers.forms import SMALL, a_form

WORDS = b"{\\rtf1\\ansi Dear all}"


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_a_file_is_converted_into_another_format():
    made = converted(WORDS, suffix=".rtf")
    assert b"Dear all" in package(made).parts["word/document.xml"]


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_what_cannot_be_converted_gives_nothing():
    assert converted(a_form(of=SMALL)[:900], suffix=".odt") == b""


def test_without_libreoffice_nothing_is_converted(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert converted(WORDS, suffix=".rtf") == b""


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_a_program_that_hangs_is_ended(tmp_path, monkeypatch):
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 30 &\nwait\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    start = time.monotonic()
    assert converted(WORDS, suffix=".rtf", seconds=0.3) == b""
    assert time.monotonic() - start < 2


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_a_program_does_not_outlive_the_command_that_is_stopped(tmp_path, monkeypatch):
    slow, number = tmp_path / "soffice", tmp_path / "number"
    slow.write_text(f"#!/bin/sh\necho $$ > '{number}'\nexec sleep 30\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    def stopped(process):
        if number.is_file() and number.read_text(encoding="utf-8"):
            raise KeyboardInterrupt
        return 0

    monkeypatch.setattr(libreoffice, "megabytes", stopped)
    with pytest.raises(KeyboardInterrupt):
        converted(WORDS, suffix=".rtf")
    assert not psutil.pid_exists(int(number.read_text(encoding="utf-8")))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux bounds it so")
def test_the_memory_of_the_program_is_bounded(tmp_path, monkeypatch):
    greedy, told = tmp_path / "soffice", tmp_path / "told"
    greedy.write_text(f"#!/bin/sh\nsleep 0.3\nulimit -d > '{told}'\n", encoding="utf-8")
    greedy.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert converted(WORDS, suffix=".rtf") == b""
    assert int(told.read_text(encoding="utf-8")) == MOST_MEGABYTES * 1024


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_a_program_that_takes_too_much_memory_is_ended(tmp_path, monkeypatch):
    greedy, grown = tmp_path / "soffice", tmp_path / "grown.py"
    grown.write_text(
        "import mmap, pathlib, sys, time\n"
        f"taken = mmap.mmap(-1, {MOST_MEGABYTES + 100} << 20)\n"  # shared: no limit holds it
        "for place in range(0, len(taken), mmap.PAGESIZE):\n"
        "    taken[place] = 1\n"
        "time.sleep(1)\n"
        "made = pathlib.Path(sys.argv[-2])\n"
        "made.mkdir()\n"
        "(made / 'form0.docx').write_bytes(b'made after all')\n",
        encoding="utf-8",
    )
    greedy.write_text(f'#!/bin/sh\n"{sys.executable}" "{grown}" "$@"\n', encoding="utf-8")
    greedy.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert converted(WORDS, suffix=".rtf") == b""
