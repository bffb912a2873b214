"""Sheets that people renamed or deleted, and all that they added."""

import re
import warnings
import zipfile
from io import BytesIO

import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Picture
from openpyxl.formatting.rule import CellIsRule
from openpyxl.worksheet.table import Table
from PIL import Image

from auditdocs.documents.ledger.workbook import posted
from auditdocs.model.ledger import CHANGES, Post
from tests.makers.other_hands import by_xlsxwriter, with_excels_own
from tests.makers.workbooks import (
    DAY,
    YELLOW,
    a_ledger,
    a_row,
    a_sheet,
    an_id,
    as_excel_saves,
    by_hand,
    cells,
    changed_part,
    column,
    opened,
    packed,
    part_of,
    parts,
    post,
    rows,
    rows_of,
)

SHEET = a_sheet()


def test_a_renamed_sheet_is_known_by_its_table():
    def rename(book):
        book["Quality"].title = "Quality audits 2026"

    done = post(by_hand(a_ledger(1), rename), rows_of(2))
    assert column(done.workbook, "A", "Quality audits 2026") == [an_id(1), an_id(2)]
    assert opened(done.workbook).sheetnames == ["Read me", "Quality audits 2026", CHANGES.name]


def test_a_deleted_sheet_is_put_back_with_its_rows_and_its_looks():
    def delete(book):
        del book["Quality"]
        book.create_sheet("Mine")["A1"] = "kept"

    done = post(by_hand(a_ledger(1, 2), delete), {}, last=rows_of(1, 2))
    book = opened(done.workbook)
    assert book.sheetnames == ["Read me", CHANGES.name, "Mine", "Quality"]
    assert list(rows(done.workbook, SHEET)) == [an_id(1), an_id(2)]
    assert [one.key for one in done.missing] == [an_id(1), an_id(2)]
    assert done.warnings == ('Sheets that were not in the ledger and are now: "Quality".',)
    fresh = opened(a_ledger(1))["Quality"]
    for cell in ("A1", "F1", "C2"):
        assert book["Quality"][cell].fill.fgColor.rgb == fresh[cell].fill.fgColor.rgb
        assert book["Quality"][cell].number_format == fresh[cell].number_format
    rules = book["Quality"].conditional_formatting
    assert [rule.dxf.font.color.rgb[-6:] for one in rules for rule in one.rules] == [
        "9C0006",
        "FFFFFF",
    ]


def test_both_sheets_deleted_come_back_together():
    def delete(book):
        del book["Quality"]
        del book[CHANGES.name]

    done = post(by_hand(a_ledger(1), delete), rows_of(1), last={})
    assert opened(done.workbook).sheetnames == ["Read me", "Quality", CHANGES.name]
    assert post(done.workbook, rows_of(1), last=rows_of(1)).workbook == done.workbook


def with_everything(book):
    """A chart, a picture, comments, formats, another sheet with a table of its own."""
    page, mine = book["Quality"], book.create_sheet("Mine")
    mine.append(["Team", "Count"])
    mine.append(["North", 3])
    mine.add_table(Table(displayName="Counts", ref="A1:B2"))
    chart = BarChart()
    chart.add_data(Reference(mine, min_col=2, min_row=1, max_row=2), titles_from_data=True)
    page.add_chart(chart, "J2")
    dot = BytesIO()
    Image.new("RGB", (4, 4), "red").save(dot, "PNG")
    mine.add_image(Picture(dot), "D2")
    page["D2"].comment = Comment("Ask Sue", "Ann")
    page.conditional_formatting.add(
        "D2:D3", CellIsRule(operator="equal", formula=['"x"'], fill=YELLOW)
    )


def test_what_people_add_survives_byte_for_byte():
    before = by_hand(a_ledger(1, 2), with_everything)
    after = post(before, rows_of(1, 3, Status="Closed"), last=rows_of(1, 2)).workbook
    old, new = parts(before), parts(after)
    assert list(old) == list(new)
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {part_of(before), "xl/tables/table1.xml"}
    page = opened(after)["Quality"]
    assert page["D2"].comment.text == "Ask Sue"
    assert len(page._charts) == 1
    assert "D2:D4" in [str(one.sqref) for one in page.conditional_formatting]


@pytest.mark.parametrize(
    ("made", "page"),
    [
        (lambda: by_xlsxwriter(rows_of(1, 2)), "sheet1"),
        (lambda: with_excels_own(a_ledger(1, 2)), "sheet2"),
        (lambda: by_hand(a_ledger(1, 2), with_everything), "sheet2"),
        (lambda: with_excels_own(as_excel_saves(a_ledger(1, 2))), "sheet2"),
    ],
    ids=["XlsxWriter", "slicer, thread and pivot", "openpyxl", "shared texts"],
)
def test_what_other_programs_put_in_survives_and_nothing_new_is_warned_of(made, page):
    before = made()
    after = post(before, rows_of(1, 3, Status="Closed"), last=rows_of(1, 2)).workbook
    old, new = parts(before), parts(after)
    changed = {name for name in old if old[name] != new[name]}
    page = f"xl/worksheets/{page}.xml"
    assert list(old) == list(new)
    assert changed == {page, "xl/tables/table1.xml"}
    assert warned(after) == warned(before)
    assert list(rows(after, SHEET)) == [an_id(1), an_id(2), an_id(3)]
    kept = re.compile(rb"<(?:drawing|legacyDrawing|extLst)\b.*", re.DOTALL)
    assert kept.search(new[page])[0] == kept.search(old[page])[0]


def warned(workbook):
    """What openpyxl warns of when it opens the workbook."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        opened(workbook)
    return [str(one.message) for one in caught]


def test_unchanged_parts_are_copied_as_they_were_compressed():
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts(a_ledger(1)).items():
            archive.writestr(name, content)
    with zipfile.ZipFile(BytesIO(post(stored.getvalue(), rows_of(2)).workbook)) as archive:
        kinds = {one.filename: one.compress_type for one in archive.infolist()}
        assert archive.testzip() is None
    assert kinds["xl/styles.xml"] == zipfile.ZIP_STORED
    assert kinds[part_of(a_ledger(1))] == zipfile.ZIP_DEFLATED


def test_the_calculation_chain_goes_when_a_formula_of_it_is_gone():
    def chain(workbook):
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
        link = f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'
        entry = '<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>'
        workbook = changed_part(
            workbook,
            "xl/_rels/workbook.xml.rels",
            lambda xml: xml.replace(b"</Relationships>", link.encode()),
        )
        return changed_part(
            workbook, "[Content_Types].xml", lambda xml: xml.replace(b"</Types>", entry.encode())
        )

    def change(book):
        book["Quality"]["D2"] = "=A2"

    calculated = chain(by_hand(a_ledger(1), change))
    calculated = packed(parts(calculated) | {"xl/calcChain.xml": b"<calcChain/>"})
    assert "xl/calcChain.xml" in parts(post(calculated, rows_of(2)).workbook)
    after = parts(post(calculated, {}, last=rows_of(1)).workbook)
    assert "xl/calcChain.xml" not in after
    assert b"calcChain" not in after["[Content_Types].xml"] + after["xl/_rels/workbook.xml.rels"]
    emptied = Post(sheet=SHEET, rows={}, gone=frozenset(rows_of(1)))
    after = posted(calculated, [emptied], last={}, changed_on=DAY).workbook
    assert "xl/calcChain.xml" not in parts(after)


def test_hand_changes_are_found_in_what_excel_saved():
    def change(book):
        book["Quality"]["D3"] = "Outstanding"

    saved = as_excel_saves(by_hand(a_ledger(1, 2), change))
    done = post(saved, rows_of(3), last=rows_of(1, 2))
    assert [one.theirs for one in done.changes] == ["Outstanding"]
    assert column(done.workbook, "D") == ["Accepted"] * 3
    assert DAY in [row[0].date() for row in cells(done.workbook, CHANGES.name)[1:]]
    assert rows(done.workbook, SHEET)[an_id(3)] == a_row(3) | {"Agreed": None, "Done on": None}
