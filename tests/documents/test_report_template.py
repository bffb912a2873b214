"""The Word template of reports: what a service may change, and what is told of a broken one."""

import base64
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from auditdocs.documents.accessibility import faults
from auditdocs.documents.reports.layout import report_template
from auditdocs.documents.reports.report import report_document
from auditdocs.errors import TemplateFault
from tests.makers.reports import a_quarter, a_report
from tests.outline import outline, part, text

DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)
"""A picture of one point."""

SHIPPED = Path(__file__).parents[2] / "templates" / "reports" / "report.docx"


def changed(change):
    """The shipped template after somebody has changed it in Word."""
    document = Document(BytesIO(report_template()))
    change(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def paragraph_of(document, words):
    """The one paragraph that holds these words."""
    return next(each for each in document.paragraphs if words in each.text)


def test_the_shipped_template_is_what_its_layout_gives():
    assert SHIPPED.read_bytes() == report_template()


def test_a_cover_of_the_services_own_wording_is_kept():
    def reworded(document):
        paragraph_of(document, "{{ title }}").text = "{{ title }} for {{ service }}"
        paragraph_of(document, "{{ contents }}").insert_paragraph_before("For decision.")

    told = outline(report_document(a_quarter(), changed(reworded)))
    assert "Title: Case audit report for Harrowmere Children's Services" in told
    assert any(each.endswith(": For decision.") for each in told)
    assert faults(report_document(a_quarter(), changed(reworded))) == ()


def test_a_header_of_the_services_own_is_on_every_page():
    def reworded(document):
        document.sections[0].header.paragraphs[0].text = "{{ marking }}: not for circulation"

    document = report_document(a_report(), changed(reworded))
    assert text(part(document, "word/header2.xml")) == "OFFICIAL-SENSITIVE: not for circulation"


def test_a_logo_of_the_services_own_does_no_harm_to_the_charts():
    def with_logo(document):
        logo = BytesIO(base64.b64decode(DOT))
        drawn = document.paragraphs[0].insert_paragraph_before().add_run().add_picture(logo)
        drawn._inline.docPr.set("descr", "The service's logo")

    assert faults(report_document(a_quarter(), changed(with_logo))) == ()


def test_tables_are_as_wide_as_the_margins_leave_room():
    def narrowed(document):
        document.sections[0].left_margin = document.sections[0].right_margin = 1440 * 635

    document = part(report_document(a_quarter(), changed(narrowed)), "word/document.xml")
    widths = {
        int(table.get(document[0][0].tag.replace("}p", "}w")))
        for table in document.iter(document[0][0].tag.replace("}p", "}tblW"))
    }
    assert widths == {11906 - 2 * 1440}


def test_fractions_that_other_programs_write_in_sizes_do_no_harm():
    def refined(document):
        section = document.element.body.sectPr
        for size in (section.pgSz, section.pgMar):
            for name, said in size.items():
                if said.isdigit():
                    size.set(name, f"{said}.25")

    assert report_document(a_report(), changed(refined))


def _without_chapters(document):
    paragraph_of(document, "{{ report }}").text = ""


def _with_chapters_in_a_sentence(document):
    paragraph_of(document, "{{ report }}").text = "Here: {{ report }}"


def _with_an_unknown_name(document):
    paragraph_of(document, "{{ title }}").text = "{{ tittle }}"


def _without_margins(document):
    section = document.element.body.sectPr
    section.remove(section.pgMar)


def _with_chapters_in_a_table(document):
    place = paragraph_of(document, "{{ report }}")
    cell = document.add_table(1, 1).cell(0, 0)
    cell._tc.remove(cell.paragraphs[0]._p)
    cell._tc.append(place._p)


def _without_a_style(document):
    document.styles["Table Text"].delete()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_without_chapters, "the chapters have no places of their own"),
        (_with_chapters_in_a_sentence, "{{ report }} is not alone"),
        (_with_chapters_in_a_table, "{{ report }} is not alone"),
        (_with_an_unknown_name, "tittle"),
        (_without_margins, "no size or no margins"),
        (_without_a_style, "TableText"),
    ],
)
def test_a_broken_template_is_told_in_words(change, told):
    with pytest.raises(TemplateFault, match=told):
        report_document(a_report(), changed(change))
