"""Reports as Word documents: what a head of service sees, and what a screen reader is told."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from auditdocs.documents.accessibility import faults
from auditdocs.documents.reports.layout import WIDTH
from auditdocs.documents.reports.report import report_document
from auditdocs.model.report import Chapter, Paragraph, TableBlock
from tests.makers.reports import a_chapter, a_chart, a_quarter, a_report, a_table
from tests.outline import W, outline, paragraphs, part, rows, text


def body(document):
    """The body element of a document."""
    return part(document, "word/document.xml")[0]


def the_table(block):
    """The one table of a report of that block, as an element."""
    return body(report_document(a_report(a_chapter(block)))).find(f"{W}tbl")


def on_the_right(table):
    """For each column, whether its figures stand to the right, heading included."""
    marks = [
        [mark.get(f"{W}val") == "TableFigure" for mark in row.iter(f"{W}pStyle")]
        for row in table.iter(f"{W}tr")
    ]
    assert all(each == marks[0] for each in marks)
    return marks[0]


def widths(table):
    """The widths of a table's columns."""
    return [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]


def test_a_report_reads_from_title_to_end():
    report = a_report(
        a_chapter(Paragraph(text="Most came home."), a_table(), a_chart()),
        a_chapter(Paragraph(text="Visits", style="bullet"), heading="By team", level=2),
        a_chapter(a_table(note="At the data cut."), heading="Annex", numbered=False),
    )
    assert outline(report_document(report)) == [
        "Masthead: Harrowmere Children's Services\tOFFICIAL-SENSITIVE",
        "Title: Case audit report",
        "Subtitle: Quarter 2 of 2026-27: July to September 2026",
        "Facts: Period\t1 July 2026 to 30 September 2026",
        "TOCHeading: Contents",
        "TOC1: 1\tDelivery",
        "TOC2: 1.1\tBy team",
        "TOC1: Annex",
        "TOC1: Annex: tables and figures",
        "Heading1: Delivery",
        "Normal: Most came home.",
        "Caption: Table 1: Audits issued and returned",
        "| Audit type | Issued | Returned |",
        "| Quality | 40 | 36 |",
        "| Completeness | 310 | 287 |",
        "Caption: Figure 1: Overall grades by team",
        "Chart: [North has 10 of 16 audits good or better, South 9 of 15.]",
        "Heading2: By team",
        "ListBullet: Visits",
        "Heading1: Annex",
        "Caption: Table 2: Audits issued and returned",
        "| Audit type | Issued | Returned |",
        "| Quality | 40 | 36 |",
        "| Completeness | 310 | 287 |",
        "Note: At the data cut.",
        "Heading1: Annex: tables and figures",
        "TableofFigures: Table 1: Audits issued and returned",
        "TableofFigures: Table 2: Audits issued and returned",
        "TableofFigures: Figure 1: Overall grades by team",
        "Note: End of report",
    ]


def test_a_quarters_report_keeps_nobody_from_reading_it():
    assert faults(report_document(a_quarter())) == ()


def test_the_same_report_is_always_the_same_bytes():
    assert report_document(a_quarter()) == report_document(a_quarter())


def test_every_entry_of_the_contents_leads_to_its_heading():
    document = body(report_document(a_quarter()))
    entries = {link.get(f"{W}anchor"): text(link) for link in document.iter(f"{W}hyperlink")}
    headings = {
        mark.get(f"{W}name"): text(mark.getparent()) for mark in document.iter(f"{W}bookmarkStart")
    }
    assert {name: entry.split("\t")[-1] for name, entry in entries.items()} == headings
    assert len([name for name in headings if name.startswith("_Toc")]) == 12


def test_the_contents_tell_the_numbers_that_word_will_give():
    levels = [(1, True), (2, True), (2, True), (1, True), (2, True), (1, False), (1, True)]
    chapters = [a_chapter(heading="A", level=level, numbered=on) for level, on in levels]
    entries = paragraphs(report_document(a_report(*chapters)), "TOC1", "TOC2")
    assert entries == ["1\tA", "1.1\tA", "1.2\tA", "2\tA", "2.1\tA", "A", "3\tA"]


def test_each_list_is_one_field_that_word_can_update():
    document = body(report_document(a_quarter()))
    marks = [mark.get(f"{W}fldCharType") for mark in document.iter(f"{W}fldChar")]
    assert marks == ["begin", "separate", "end"] * 3
    asked = [each.text.split()[:2] for each in document.iter(f"{W}instrText")]
    assert asked == [["TOC", "\\o"], ["TOC", "\\h"], ["TOC", "\\h"]]


def test_pages_that_somebody_has_counted_stand_in_every_list():
    report = a_report(a_chapter(a_table()), a_chapter(a_chart(), heading="Grades"))
    pages = {"_Toc000000001": 2, "_Toc000000002": 3, "_Table000001": 2, "_Figure000001": 14}
    entries = paragraphs(report_document(report, pages=pages), "TOC1", "TableofFigures")
    assert entries == [
        "1\tDelivery\t2",
        "2\tGrades\t3",
        "Annex: tables and figures",
        "Table 1: Audits issued and returned\t2",
        "Figure 1: Overall grades by team\t14",
    ]


def test_a_table_too_wide_for_an_upright_page_gets_one_on_its_side():
    wide = a_table(
        ("North", *range(12)), headings=("Team", *(f"Requirement{n}" for n in range(12)))
    )
    report = a_report(a_chapter(a_table()), a_chapter(wide, a_table(), heading="Heat"))
    document = body(report_document(report))
    turned = [size.get(f"{W}orient", "") for size in document.iter(f"{W}pgSz")]
    assert turned == ["", "landscape", ""]
    assert [section.find(f"{W}titlePg") is not None for section in document.iter(f"{W}sectPr")] == [
        True,
        False,
        False,
    ]
    assert sum(widths([*document.iter(f"{W}tbl")][1])) > WIDTH
    told = outline(report_document(report))
    assert told.index("Heading1: Heat") < told.index("Caption: Table 2: Audits issued and returned")


def test_word_has_nothing_to_ask_when_a_report_is_opened():
    document = report_document(a_quarter())
    assert part(document, "word/settings.xml").find(f"{W}updateFields") is None
    assert not [mark for mark in body(document).iter() if mark.get(f"{W}dirty")]


def test_the_heading_row_is_repeated_and_no_row_is_split():
    for table in body(report_document(a_quarter())).iter(f"{W}tbl"):
        first, *others = table.iter(f"{W}tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert not any(row.find(f"{W}trPr/{W}tblHeader") is not None for row in others)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (first, *others))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ((12, 3), True),
        ((12, "<5"), True),
        ((12, "*"), True),
        ((12, "* of 40"), True),
        ((1204, "–"), True),
        (("45%", "n/a"), True),
        (("3 (25%)", "7"), True),
        (("3 of 6", "–"), True),
        (("+3", "−2"), True),
        (("0.5", "–"), True),
        (("1000001", "1000002"), False),
        (("2026-27", "2025-26"), False),
        (("01/10/2026", "02/10/2026"), False),
        (("Done (all)", "Under way"), False),
        (("–", ""), False),
    ],
)
def test_figures_stand_to_the_right_and_words_to_the_left(cells, expected):
    block = a_table(*(("Row", cell) for cell in cells), headings=("What", "How many"))
    assert on_the_right(the_table(block)) == [False, expected]


def test_the_first_column_heads_its_rows_whatever_it_holds():
    table = the_table(a_table((1, 2), headings=("Month", "Audits")))
    assert on_the_right(table) == [False, True]
    assert table.find(f"{W}tblPr/{W}tblLook").get(f"{W}firstColumn") == "1"


def test_thousands_are_told_apart():
    assert rows(the_table(a_table(("Cases", 12040), headings=("What", "n"))))[1] == [
        "Cases",
        "12,040",
    ]


def test_the_end_of_the_report_takes_a_line_of_the_last_list_with_it_to_a_new_page():
    tables = (a_table(caption=f"Table of {number}") for number in range(60))
    body = part(report_document(a_report(a_chapter(*tables))), "word/document.xml")
    listed = [
        each.find(f"{W}pPr")
        for each in body.iter(f"{W}p")
        if each.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "TableofFigures"
    ]
    kept = [each.find(f"{W}keepNext") is not None for each in listed]
    assert kept == [False] * 57 + [True] * 3  # of a list longer than a page the heading stays


def test_a_table_without_rows_says_none():
    block = TableBlock(caption="Overdue", headings=("Team", "Overdue"), rows=())
    assert rows(the_table(block)) == [["Team", "Overdue"], ["None", ""]]


def test_a_short_table_stays_on_one_page_and_a_long_one_may_go_on():
    for count, loose in ((12, 1), (13, 13)):
        table = the_table(a_table(*(("Row", n) for n in range(count)), headings=("What", "n")))
        kept = [row.find(f".//{W}keepNext") is not None for row in table.iter(f"{W}tr")]
        assert kept.count(False) == loose
        assert kept[0]


def test_a_total_stands_out_and_a_heat_table_is_shaded():
    table = the_table(a_table(("North", 5), ("All", 5), headings=("Team", "n"), totalled=True))
    look = table.find(f"{W}tblPr/{W}tblLook")
    assert (look.get(f"{W}lastRow"), look.get(f"{W}val")) == ("1", "04E0")
    table = the_table(a_table(("North", 5), headings=("Team", "n"), shades=((0, 3),)))
    shaded = [cell.find(f"{W}tcPr/{W}shd") is not None for cell in table.iter(f"{W}tc")]
    assert shaded == [False, False, False, True]


def test_widths_that_a_report_asks_for_are_kept():
    found = widths(the_table(a_table(("a", "b"), headings=("A", "B"), widths=(3, 1))))
    assert found == [WIDTH * 3 // 4, WIDTH // 4]


def test_no_width_that_is_asked_for_breaks_a_word():
    headings = ("Team", "Outstanding", "Requires improvement")
    found = widths(
        the_table(a_table(("North", 1, "12 (40%)"), headings=headings, widths=(50, 1, 1)))
    )
    assert found[1] > 1178 + 140, "the word in Arial 10 bold, and the margins of the cell"
    assert found[2] > 1256 + 140
    assert found[0] > sum(found[1:])


def test_a_note_stays_with_its_table():
    block = a_table(*(("Row", n) for n in range(20)), headings=("What", "n"), note="As at today.")
    *others, last = the_table(block).iter(f"{W}tr")
    assert last.find(f".//{W}keepNext") is not None
    assert others[-1].find(f".//{W}keepNext") is None


def test_columns_of_figures_are_as_wide_as_each_other():
    found = widths(the_table(a_table(("Quality", 1, 2), headings=("Type", "Late", "Returned"))))
    assert abs(found[1] - found[2]) <= 1


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), max_size=40)


@settings(max_examples=15, deadline=None)
@given(
    st.integers(1, 6).flatmap(lambda n: st.lists(st.tuples(*[WORDS] * n), min_size=2, max_size=3))
)
def test_columns_fill_the_page_to_the_last_point_and_none_vanishes(table):
    found = widths(the_table(a_table(*table[1:], headings=table[0])))
    assert sum(found) in (WIDTH, 16838 - 2 * 907), "upright, or a page on its side"
    assert min(found) > 0


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x85"), max_size=60))
def test_what_is_written_is_what_is_read(words):
    kept = "".join(letter for letter in words if letter.isprintable() or letter == " ")
    document = report_document(a_report(a_chapter(Paragraph(text=kept), heading="One")))
    assert outline(document)[-2] == f"Normal: {kept}"


def test_markup_and_marks_that_no_document_holds_do_no_harm():
    told = 'Tom & <b>Jo</b> "x"\x0b\x00 {{ y }}\nnext'
    chapter = a_chapter(
        Paragraph(text=told), a_table((told, 1), headings=("a", "b"), caption=told), heading=told
    )
    document = report_document(a_report(chapter, title=told, service=told, footer=told))
    assert 'Normal: Tom & <b>Jo</b> "x" {{ y }}\nnext' in outline(document)
    assert "<b>Jo</b>" in text(part(document, "word/footer1.xml"))


def test_the_marking_is_on_every_page():
    document = report_document(a_report(marking="OFFICIAL"))
    first, others = (part(document, f"word/header{number}.xml") for number in (1, 2))
    assert text(first) == ""
    assert text(others) == "Harrowmere Children's Services\tOFFICIAL"
    assert outline(document)[0].endswith("\tOFFICIAL")


def test_the_first_page_holds_the_title_and_the_contents_and_nothing_else():
    document = body(report_document(a_quarter()))
    first, *others, _ = (each for each in document if each.find(f"{W}bookmarkStart") is not None)
    assert first.find(f"{W}pPr/{W}pageBreakBefore") is not None
    assert not any(each.find(f"{W}pPr/{W}pageBreakBefore") is not None for each in others)
    assert document.find(f"{W}sectPr/{W}titlePg") is not None


def test_the_lists_at_the_end_open_a_page_so_that_the_last_page_is_not_a_line_or_two():
    document = body(report_document(a_quarter()))
    *_, lists = (each for each in document if each.find(f"{W}bookmarkStart") is not None)
    assert text(lists) == "Annex: tables and figures"
    assert lists.find(f"{W}pPr/{W}pageBreakBefore") is not None


def test_every_page_has_its_number_and_the_reference():
    document = report_document(a_report())
    for number in (1, 2):
        footer = part(document, f"word/footer{number}.xml")
        assert text(footer) == "Case audit report · SMG-2026-27-Q2\tPage 1 of 1"
        fields = [field.get(f"{W}instr").strip() for field in footer.iter(f"{W}fldSimple")]
        assert fields == ["PAGE", "NUMPAGES"]


def test_the_properties_name_the_service_and_nobody_and_no_date():
    properties = part(report_document(a_report(keywords=("audit", "SMG"))), "docProps/core.xml")
    assert [child.text for child in properties] == [
        "Case audit report",
        "Quarter 2 of 2026-27: July to September 2026",
        "Harrowmere Children's Services",
        "audit, SMG",
        "en-GB",
    ]


def test_nothing_of_python_docxs_own_document_is_left():
    with zipfile.ZipFile(BytesIO(report_document(a_report()))) as archive:
        names = archive.namelist()
        styles = archive.read("word/styles.xml").decode()
    assert not [name for name in names if "thumbnail" in name or "customXml" in name]
    assert "Calibri" not in styles
    assert 'w:lang w:val="en-GB"' in styles


def test_a_report_without_chapters_or_facts_is_still_a_document():
    document = report_document(a_report(chapters=(), facts=()))
    assert outline(document)[-1] == "Note: End of report"
    assert faults(document) == ()


def test_words_that_lead_to_a_table_stand_on_its_page():
    table = TableBlock(caption="Actions", headings=("Action",), rows=(("Finish",),))
    blocks = (Paragraph(text="Before."), Paragraph(text="Drafted."), table)
    chapter = Chapter(heading="Actions", blocks=blocks)
    document = Document(BytesIO(report_document(a_report(chapter))))
    kept = {each.text: each.paragraph_format.keep_with_next for each in document.paragraphs}
    assert kept["Drafted."]
    assert not kept["Before."]
