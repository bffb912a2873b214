"""What a workbook's XML says, and how text is said in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.documents.ledger.text import CUT, MOST_TEXT, clean, plain_text, runs_text, text_xml


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("a &amp; b &lt;c&gt; &quot;&apos;", "a & b <c> \"'"),
        ("&#65;&#x42;&#xE000;&#x10FFFF;", "AB\ue000\U0010ffff"),
        ("&nbsp;&amp;lt;", "&nbsp;&lt;"),
        ("a_x000D__x000A_b_x0041_", "a\nbA"),
        ("_x005F_x0041_", "_x0041_"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("_xD83D_ &#xDE00; &#1114112; _x0000_&#7;", "\ufffd \ufffd \ufffd "),
    ],
)
def test_escapes_and_entities_stand_for_characters(held, said):
    assert plain_text(held) == said


def test_rich_text_is_its_runs_without_how_they_are_pronounced():
    held = b'<r><rPr><b/></rPr><t xml:space="preserve">Seen </t></r><r><t>alone</t></r>'
    assert runs_text(held + b"<rPh sb='0' eb='1'><t>x</t></rPh>") == "Seen alone"


def test_text_is_cut_only_beyond_what_a_cell_holds():
    assert clean("a" * MOST_TEXT) == "a" * MOST_TEXT
    cut = clean("a" * (MOST_TEXT + 1))
    assert (len(cut), cut.endswith(CUT)) == (MOST_TEXT, True)


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_clean_text_is_read_as_it_was_written(text):
    kept = clean(text)
    assert runs_text(text_xml(kept)) == kept
    assert clean(kept) == kept
