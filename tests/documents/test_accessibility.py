"""The checks that every document passes before it is called done; each can fail."""

from functools import cache
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Pt

from auditdocs.documents.accessibility import faults
from auditdocs.documents.reports.report import report_document
from auditdocs.model.report import Paragraph
from tests.makers.reports import a_chapter, a_chart, a_quarter, a_report, a_table, with_part

BODY = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def a_document():
    """A sound report with a sentence, a table and a chart under one heading."""
    return report_document(a_report(a_chapter(Paragraph(text="Told."), a_table(), a_chart())))


def a_word_document(write):
    """A document that a person could have made in Word, as bytes, with a title."""
    document, out = Document(), BytesIO()
    document.core_properties.title = "By hand"
    write(document)
    document.save(out)
    return out.getvalue()


def test_a_sound_report_has_no_fault():
    assert faults(a_document()) == ()
    assert faults(report_document(a_quarter())) == ()


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        (
            "docProps/core.xml",
            "<dc:title>Case audit report</dc:title>",
            "<dc:title> </dc:title>",
            "The document has no title in its properties.",
        ),
        (
            "docProps/core.xml",
            "Case audit report",
            "{{ title }}",
            "A template tag was left in the properties of the document.",
        ),
        (
            "word/styles.xml",
            '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>',
            "",
            "The language of the text is not set.",
        ),
        (
            BODY,
            "<w:tblHeader/>",
            "",
            'Table 1, under "Delivery": its first row is not marked as a heading row.',
        ),
        (
            BODY,
            "<w:tblHeader/>",
            '<w:tblHeader w:val="0"/>',
            'Table 1, under "Delivery": its first row is not marked as a heading row.',
        ),
        (
            BODY,
            "<w:cantSplit/>",
            "",
            'Table 1, under "Delivery": 3 of its 3 rows may be split over two pages.',
        ),
        (
            BODY,
            ' descr="North has 10 of 16 audits good or better, South 9 of 15."',
            ' descr=" "',
            'Under "Delivery": a picture or chart has no alternative text.',
        ),
        (
            BODY,
            "Told.",
            "{{ told }}",
            'Under "Delivery": a template tag was left in the text.',
        ),
        (
            BODY,
            "Told.",
            "{% if told %}</w:t></w:r><w:r><w:t>",
            'Under "Delivery": a template tag was left in the text.',
        ),
        (
            "word/footer2.xml",
            "SMG-2026-27-Q2",
            "{{ reference }}",
            "In the footer: a template tag was left in the text.",
        ),
        (
            BODY,
            '<w:t xml:space="preserve">Told.',
            '<w:rPr><w:sz w:val="17"/></w:rPr><w:t>Told.',
            'Under "Delivery": text of 8.5 pt is too small; 11 pt is the least.',
        ),
        (
            "word/styles.xml",
            '<w:sz w:val="22"/>',
            '<w:sz w:val="16"/>',
            'Under "Delivery": text of 8 pt is too small; 11 pt is the least.',
        ),
        (
            "word/charts/chart1.xml",
            'sz="1100"',
            'sz="800"',
            "Chart 1: its text is smaller than 11 pt.",
        ),
        (
            BODY,
            '<w:pStyle w:val="Heading1"/>',
            '<w:pStyle w:val="Heading2"/>',
            'The heading "Delivery" is of level 2: a level is skipped.',
        ),
        (
            BODY,
            '<w:pStyle w:val="Note"/></w:pPr>',
            '<w:pStyle w:val="Note"/></w:pPr><w:bookmarkStart w:id="9" w:name="_toc000000001"/>',
            'The bookmark "_toc000000001" stands 2 times.',
        ),
    ],
)
def test_each_fault_is_found_and_told_with_its_place(part, old, new, fault):
    assert fault in faults(with_part(a_document(), part, old, new))


def test_a_document_that_ends_in_a_table_is_told():
    found = faults(a_word_document(lambda document: document.add_table(1, 1)))
    assert "The document ends in a table: Word needs a paragraph after it." in found
    assert (
        "Table 1, before the first heading: 1 of its 1 rows may be split over two pages." in found
    )


def test_the_text_is_looked_at_behind_the_colour_of_its_page():
    def write(document):
        document.add_heading("Deep", level=2)
        document.element.insert(0, OxmlElement("w:background"))

    assert any("a level is skipped" in each for each in faults(a_word_document(write)))


@pytest.mark.parametrize("size", ["", "22.5", "11pt", "9" * 5_000])
def test_a_size_may_be_anything(size):
    def write(document):
        document.add_paragraph("Told.").runs[0]._r.get_or_add_rPr().get_or_add_sz()
        for each in (document.element, document.styles.element):
            for mark in each.iter(f"{W}sz", f"{W}outlineLvl"):
                mark.set(f"{W}val", size)

    assert isinstance(faults(a_word_document(write)), tuple)


def test_a_heading_level_may_be_left_but_not_skipped():
    def write(document):
        for level in (1, 2, 3, 1, 2):
            document.add_heading(f"Level {level}", level)

    assert faults(a_word_document(write)) == ()

    def skip(document):
        document.add_heading("One", 1)
        document.add_heading("Three", 3)

    assert faults(a_word_document(skip)) == (
        'The heading "Three" is of level 3: a level is skipped.',
    )


def test_a_style_passes_its_size_and_its_level_on():
    def write(document):
        styles = document.styles
        small = styles.add_style("Small", 1)
        small.font.size = Pt(8)
        styles.add_style("Small too", 1).base_style = small
        styles.add_style("My heading", 1).base_style = styles["Heading 2"]
        document.add_paragraph("Mine", "My heading")
        document.add_paragraph("Hard to read", "Small too")

    assert faults(a_word_document(write)) == (
        'Under "Mine": text of 8 pt is too small; 11 pt is the least.',
        'The heading "Mine" is of level 2: a level is skipped.',
    )


def test_a_decorative_picture_needs_no_words():
    decorative = (
        '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="x">'
        '<d:decorative xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" '
        'val="1"/></a:ext></a:extLst></wp:docPr>'
    )
    plain = with_part(a_document(), BODY, ' descr="North has', ' name2="North has')
    assert faults(plain) == ('Under "Delivery": a picture or chart has no alternative text.',)
    marked = with_part(plain, BODY, 'title="Overall grades by team"/>', f">{decorative}")
    assert faults(marked) == ()


def test_an_old_picture_without_words_is_told():
    picture = (
        '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata/></v:shape></w:pict>'
    )
    told = '<w:t xml:space="preserve">Told.</w:t>'
    assert faults(with_part(a_document(), BODY, told, picture)) == (
        'Under "Delivery": a picture has no alternative text.',
    )


def test_braces_alone_are_no_tag():
    text = "Plan {draft} and {{ half"
    assert faults(report_document(a_report(a_chapter(Paragraph(text=text))))) == ()


def test_one_fault_in_many_places_of_a_chapter_is_told_once():
    chapter = a_chapter(*(Paragraph(text="{{ a }}") for _ in range(5)))
    assert len(faults(report_document(a_report(chapter)))) == 1
