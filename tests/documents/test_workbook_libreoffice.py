"""A ledger that LibreOffice opened and saved is still the ledger."""

import shutil
import subprocess
from datetime import date

import pytest

from auditdocs.model.ledger import Column
from tests.makers.other_hands import by_xlsxwriter, with_excels_own
from tests.makers.workbooks import (
    a_ledger,
    a_sheet,
    an_id,
    by_hand,
    opened,
    parts,
    post,
    rows,
    rows_of,
)

TRAPS = "=1+1\ttab\nline  two 🙂 _x0041_ <&>"


def saved_by_libreoffice(folder, *workbooks):
    """The workbooks after LibreOffice converted them to its own idea of an .xlsx."""
    target, sources = folder / "saved", []
    for number, workbook in enumerate(workbooks):
        sources.append(folder / f"{number}.xlsx")
        sources[-1].write_bytes(workbook)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", target]
    subprocess.run([*command, *sources], check=True, capture_output=True, timeout=100)
    return [(target / source.name).read_bytes() for source in sources]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_ledger_saved_by_libreoffice_is_posted_to(tmp_path):
    sheet = a_sheet(more=(Column(heading="Form", kind="link", width=60),))
    before = rows_of(1, 2, Status=TRAPS, Form="archive/2026/It’s here/a form.docx")

    def write(book):
        book["Quality"]["F2"], book["Quality"]["D3"] = "Yes", "Good"

    others = [
        post(workbook, rows_of(3), last=rows_of(1, 2)).workbook
        for workbook in (by_xlsxwriter(rows_of(1, 2)), with_excels_own(a_ledger(1, 2)))
    ]
    saved, *opened_again = saved_by_libreoffice(
        tmp_path, by_hand(a_ledger(rows=before, sheet=sheet), write), *others
    )
    for other in opened_again:
        assert list(rows(other, a_sheet())) == [an_id(1), an_id(2), an_id(3)]
        notes = [part for name, part in parts(other).items() if "comments" in name]
        assert any(b"Ask Sue" in note for note in notes)
    done = post(saved, rows_of(3), last=before, sheet=sheet)
    assert [(one.key, one.heading, one.theirs) for one in done.changes] == [
        (an_id(2), "Status", "Good")
    ]
    found = rows(done.workbook, sheet)
    assert found[an_id(1)] == before[an_id(1)] | {"Agreed": "Yes", "Done on": None}
    assert found[an_id(2)]["Status"] == TRAPS
    assert found[an_id(3)]["Due"] == date(2026, 9, 22)
    page = opened(done.workbook)["Quality"]
    assert page.tables["Quality_table"].ref == "A1:H4"
    assert page["C4"].number_format.lower() == "dd/mm/yyyy"
    assert (done.strangers, done.missing, done.warnings) == ((), (), ())
    again = post(done.workbook, rows_of(3), last=before | rows_of(3), sheet=sheet)
    assert again.workbook == done.workbook
