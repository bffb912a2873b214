"""What Word would stumble over in a document of ours: each fault is found and told."""

import pytest

from auditdocs.documents.accessibility import faults
from auditdocs.documents.reports.report import report_document
from tests.makers.reports import a_chapter, a_chart, a_report, a_table, with_part

DOCUMENT = "word/document.xml"


def a_document():
    """A report with a table and two charts."""
    return report_document(a_report(a_chapter(a_table(), a_chart(), a_chart())))


def test_a_report_has_none():
    assert faults(a_document()) == ()


@pytest.mark.parametrize(
    ("part", "old", "new", "told"),
    [
        (
            "word/_rels/document.xml.rels",
            "charts/chart2.xml",
            "charts/chart9.xml",
            "word/_rels/document.xml.rels: a link leads to word/charts/chart9.xml, which is not "
            "there.",
        ),
        (
            "[Content_Types].xml",
            'Extension="xlsx"',
            'Extension="xlsy"',
            "word/embeddings/chart1.xlsx: the document does not say of what kind it is.",
        ),
        (
            DOCUMENT,
            'w:anchor="_Toc000000001"',
            'w:anchor="_Toc000000077"',
            'A link leads to the bookmark "_Toc000000077", which is not there.',
        ),
        (
            DOCUMENT,
            '<w:pStyle w:val="Note"/>',
            '<w:pStyle w:val="Remark"/>',
            'The style "Remark" is used and is not there.',
        ),
        (
            DOCUMENT,
            '<w:gridCol w:w="',
            '<w:gridCol/><w:gridCol w:w="',
            "Table 1: 3 of its 3 rows have not 6 cells.",
        ),
        (DOCUMENT, '<wp:docPr id="2"', '<wp:docPr id="1"', "Two drawings have the number 1."),
    ],
)
def test_each_fault_is_told(part, old, new, told):
    assert told in faults(with_part(a_document(), part, old, new))
