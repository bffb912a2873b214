"""Forms that come home as .odt, .doc or .rtf: converted where LibreOffice is, else told."""

import io
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from auditdocs.documents.package import zipped
from auditdocs.places.journal.returns import record
from auditdocs.places.libreoffice import converted, program
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import issued
from auditdocs.steps.wish import Wish
from tests.makers.offices import DATA_DATE
from tests.makers.wrong_files import a_compound_file

DAY = DATA_DATE + timedelta(days=10)


@pytest.fixture(name="out")
def out_(office):
    """The Completeness forms of a small council, issued."""
    office.drops_council(children=20)
    office.work(collected)
    return office.work(issued, Wish(type="completeness")).audits


def as_abiword_leaves_it(odt):
    """The .odt with its paragraphs closed as headings, which no program opens."""
    with zipfile.ZipFile(io.BytesIO(odt)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    content = parts["content.xml"].replace(b"<text:h", b"<text:p").replace(b"text:h>", b"text:p>")
    return zipped(parts | {"content.xml": content.replace(b"</text:p>", b"</text:h>")})


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", [".odt", ".doc", ".rtf"])
def test_a_form_in_another_format_is_accepted_and_kept_as_it_came(office, out, suffix):
    audit = out[0]
    answered = office.answers(audit, DAY)
    theirs = converted(answered, suffix=".docx", to=suffix[1:])
    theirs = as_abiword_leaves_it(theirs) if suffix == ".odt" else theirs
    office.drops(f"form{suffix}", theirs)

    (came,) = office.work(collected, today=DAY).ended("accepted")
    assert came.stored.endswith(f"v1{suffix}")
    assert Path(office.root / came.stored).read_bytes() == theirs
    assert f"It came as {suffix} and was converted" in came.details["To know"]
    assert "found by the bookmarks" in came.details["To know"]

    said = office.work(lambda opened: record(opened.journal, audit.audit_id))
    office.drops("the same in word.docx", answered)
    (again,) = office.work(collected, today=DAY).returns
    assert (again.outcome, again.audit_id) == ("duplicate", audit.audit_id)
    assert office.work(lambda opened: record(opened.journal, audit.audit_id)) == said


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (a_compound_file("WordDocument"), "old-word", "This is an old Word document (.doc)."),
        (b"{\\rtf1 x}", "rtf", "This is a rich text file, not a Word document."),
    ],
)
def test_without_libreoffice_the_sender_is_told_how_to_save(office, monkeypatch, data, kind, words):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    office.drops("form.doc", data)
    (came,) = office.work(collected, today=DAY).ended("set-aside")
    assert came.reasons[0].code == kind
    assert came.reasons[0].text.startswith(words)
    assert "Save As, Word Document (.docx)" in came.reasons[0].text


def test_an_old_document_that_cannot_be_opened_is_told_and_not_lost(office):
    data = a_compound_file("WordDocument")
    office.drops("form.doc", data)
    (came,) = office.work(collected, today=DAY).ended("set-aside")
    assert came.reasons[0].code in ("old-word", "not-our-form")
    assert Path(office.root / came.stored).read_bytes() == data
