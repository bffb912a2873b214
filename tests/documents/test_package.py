"""The gate: every wrong file told apart with words, sound ones let through, nothing trusted."""

import io
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.documents.bundle import is_bundle
from auditdocs.documents.forms import read as form_read
from auditdocs.documents.package import is_list, package, parsed, zipped
from auditdocs.documents.zip_parts import listed_entries, packed, zip_of
from auditdocs.errors import FormFault
from tests.makers import forms
from tests.makers.forms import (
    BODY,
    SMALL,
    TYPES,
    a_form,
    part_of,
    parts_of,
    texts,
    with_part,
)
from tests.makers.hostile_files import with_overlapping_entries
from tests.makers.wrong_files import (
    a_compound_file,
    as_on_the_web,
    as_strict,
    broken,
    with_field,
    with_link,
)

FORM = a_form({"x_text": "Tom & Jerry's <plan>", "x_grade": "Good"}, of=SMALL)
BROKEN = broken(FORM)

SAID = {
    "empty": "empty",
    "too-large": "25 MB",
    "truncated": "cut short",
    "damaged": "damaged",
    "pdf": "a PDF",
    "picture": "a picture",
    "rtf": "rich text",
    "web-page": "a web page",
    "e-mail": "e-mail, not",
    "old-word": "(.doc)",
    "open-document": "(.odt)",
    "workbook": "Excel",
    "template": "template",
    "macros": "macros",
    "password": "password",
    "label": "sensitivity label",
    "zip": "zip file of forms",
    "not-word": "not a Word",
    "doctype": "document type",
    "linked": "linked to other files",
    "embedded": "embedded object",
    "hostile": "form",
}
"""What the words for each kind of wrong file must say."""


def read(form):
    return forms.read(form, SMALL)


def opened(data):
    """The file as far as it can be read."""
    return form_read.document(package(data))


def fault_of(data):
    with pytest.raises(FormFault) as caught:
        opened(data)
    return caught.value


@pytest.mark.parametrize("what", BROKEN)
def test_each_wrong_file_is_told_for_what_it_is_with_what_to_do(what):
    kind, data = BROKEN[what]
    fault = fault_of(data)

    assert fault.kind == kind
    assert SAID[kind] in fault.text
    assert fault.text.endswith(".")
    assert fault.hint.endswith(".")
    assert "\n" not in fault.text + fault.hint


def test_no_words_for_a_wrong_file_repeat_what_stands_in_it():
    secret = with_part(FORM, BODY, b"<w:document><w:t>Mary Brown 03/05/2018")
    fault = fault_of(secret)
    assert "Mary" not in str(fault)
    assert "2018" not in str(fault)


def test_a_form_that_word_saved_as_strict_is_read_like_any_other():
    strict = as_strict(FORM)
    assert b"purl.oclc.org/ooxml/wordprocessingml" in part_of(strict, BODY)
    assert read(strict) == read(FORM)


def test_a_form_whose_body_word_on_the_web_calls_document2_is_read_like_any_other():
    assert read(as_on_the_web(FORM)) == read(FORM)


def test_a_form_may_hold_links_that_a_click_opens():
    for target in ("https://www.gov.uk/", "http://intranet/", "mailto:a@example.org"):
        linked = with_link(FORM, "hyperlink", target)
        assert texts(read(linked).answers) == texts(read(FORM).answers)


def test_a_picture_beside_a_link_is_no_picture_from_outside():
    both = with_link(with_link(FORM, "image", "media/x.png", mode=""), "hyperlink", "https://x/")
    assert read(both).answers == read(FORM).answers


def test_words_that_look_like_a_field_are_only_words():
    words = "The DDE form and the INCLUDETEXT leaflet, DDEAUTO too"
    assert texts(read(a_form({"x_text": words}, of=SMALL)).answers) == {"x_text": words}


def test_page_numbers_and_other_quiet_fields_are_let_through():
    quiet = with_field(FORM, ' HYPERLINK "https://example.org/link" ', " PAGE ")
    assert read(quiet).answers == read(FORM).answers


def test_a_picture_in_a_form_does_not_disturb_it():
    pictured = with_part(FORM, "word/media/image1.png", b"\x89PNG{{ {% \xff\xfe" * 100)
    assert read(pictured).answers == read(FORM).answers


def test_the_parts_come_as_they_lie_in_the_file():
    assert dict(package(FORM).parts) == parts_of(FORM)
    assert next(iter(package(FORM).parts)) == TYPES
    assert [*package(FORM).named("word/footer")] == ["word/footer1.xml"]
    assert package(FORM).xml("word/none.xml") is None


@given(st.binary(max_size=2000))
def test_any_bytes_are_a_wrong_file_and_nothing_else(data):
    assert isinstance(fault_of(data), FormFault)


@given(st.sampled_from([b"PK\3\4", b"\xd0\xcf\x11\xe0", b"PK\5\6"]), st.binary(max_size=500))
def test_bytes_that_begin_like_a_document_are_a_wrong_file_and_nothing_else(start, data):
    assert isinstance(fault_of(start + data), FormFault)


@given(
    st.lists(
        st.tuples(st.integers(0, len(FORM) - 1), st.binary(min_size=1, max_size=8)),
        min_size=1,
        max_size=6,
    )
)
def test_a_form_damaged_anywhere_is_read_or_told_as_damaged(changes):
    data = bytearray(FORM)
    for place, new in changes:
        data[place : place + len(new)] = new
    assert_read_or_told(bytes(data))


@given(st.integers(0, 40_000), st.binary(min_size=1, max_size=40), st.integers(0, 60))
def test_a_body_damaged_anywhere_is_read_or_told_as_damaged(place, new, gone):
    body = part_of(FORM, BODY)
    place = place * len(body) // 40_000
    assert_read_or_told(with_part(FORM, BODY, body[:place] + new + body[place + gone :]))


NUMBERS = st.text("0123456789-x٣", max_size=12)


@given(st.sampled_from([b"gridSpan", b"gridBefore", b"result", b"id"]), NUMBERS)
def test_a_number_in_the_body_may_be_anything(name, number):
    mark = b"<w:%s w:val=" % name
    body = part_of(FORM, BODY)
    odd = body.replace(b"<w:cantSplit/>", mark + f'"{number}"/>'.encode())
    odd = odd.replace(b'<w:gridSpan w:val="2"', f'<w:gridSpan w:val="{number}"'.encode())
    assert_read_or_told(with_part(FORM, BODY, odd))


def assert_read_or_told(data):
    with suppress(FormFault):
        form_read.form(opened(data), SMALL)


def test_an_entity_is_neither_read_nor_dropped_in_silence():
    fault = fault_of(BROKEN["a document type"][1])
    assert fault.kind == "doctype"


def test_a_document_type_in_another_encoding_is_seen_when_it_is_parsed():
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e "boom">]><x>&e;</x>'
    with pytest.raises(FormFault) as caught:
        parsed(text.encode("utf-16"))
    assert caught.value.kind == "doctype"


@pytest.mark.parametrize(
    ("name", "data", "listed"),
    [
        ("annex-a.xlsx", zipped({"xl/workbook.xml": b""}), True),
        ("annex-a.xls", a_compound_file("Workbook"), True),
        ("staff.csv", b"name,role\n", True),
        ("staff.TXT", b"name\trole\n", True),
        ("staff.csv", b" \r\n", False),
        ("form.docx", FORM, False),
        ("form.doc", a_compound_file("WordDocument", "Workbook"), False),
        ("locked.xlsx", a_compound_file("EncryptedPackage", "Workbook"), False),
        ("message.msg", a_compound_file("__substg1.0_0037", "Workbook"), False),
        ("notes.docx", b"name,role\n", False),
    ],
)
def test_a_list_is_known_by_what_is_in_it(name, data, listed):
    assert is_list(data, name) is listed


PARTS = st.dictionaries(
    st.text("abcäé/.", min_size=1, max_size=12), st.binary(max_size=400), max_size=5
)


def test_no_entry_is_hidden_by_a_number_that_looks_like_the_end_of_the_file():
    many = bytearray(zip_of(packed(f"{n}.docx", b"") for n in range(2_001)))
    many[-6:-2] = b"PK\5\6"
    assert listed_entries(bytes(many)) == 2_001
    assert not is_bundle(bytes(many))


@given(PARTS)
def test_what_is_zipped_is_what_any_reader_unzips(parts):
    with zipfile.ZipFile(io.BytesIO(zipped(parts))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == parts
        assert archive.namelist() == [*parts]


def test_a_zipped_part_says_what_the_standard_library_would_say():
    part = part_of(FORM, BODY)
    ours, theirs = io.BytesIO(zip_of([packed("é/x.xml", part)])), io.BytesIO()
    with zipfile.ZipFile(theirs, "w") as archive:
        entry = zipfile.ZipInfo("é/x.xml")
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, part, compresslevel=6)
    told = [zipfile.ZipFile(each).infolist()[0] for each in (ours, theirs)]
    for fact in ("filename", "CRC", "file_size", "compress_size", "compress_type", "date_time"):
        assert getattr(told[0], fact) == getattr(told[1], fact)
    assert date(*told[0].date_time[:3]) == date(1980, 1, 1)


def test_the_same_parts_are_always_the_same_bytes():
    assert zipped(parts_of(FORM)) == zipped(parts_of(FORM))


def test_parts_that_lie_over_each_other_are_refused_however_little_they_unpack_to():
    with pytest.raises(FormFault) as caught:
        package(with_overlapping_entries(20, 100_000))
    assert caught.value.kind == "hostile"
    assert "built in a way no Word form is" in caught.value.text
