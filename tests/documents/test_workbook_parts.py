"""The gate of the ledger, and the zip file that copies what it does not change."""

import struct
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.documents.ledger.parts import MOST_ENTRIES, Deflated, deflated, parts
from auditdocs.documents.ledger.workbook import posted
from auditdocs.documents.unzip import CHUNK
from auditdocs.errors import LedgerFault
from tests.makers.workbooks import (
    DAY,
    a_ledger,
    a_sheet,
    an_id,
    changed_part,
    packed,
    part_of,
    post,
    rows,
    rows_of,
)
from tests.makers.workbooks import parts as contents

PIECES = st.lists(st.binary(max_size=300), max_size=6)


@given(PIECES, st.binary(max_size=50))
def test_a_part_whose_head_is_known_last_is_sound(body, head):
    part = deflated(body, lambda: head)
    whole = head + b"".join(body)
    assert zlib.decompress(b"".join(part.pieces), -15) == whole
    assert (part.crc, part.size) == (zlib.crc32(whole), len(whole))


def test_parts_can_be_changed_added_and_dropped():
    before = parts(packed({"[Content_Types].xml": b"1", "a": b"2", "b": b"3"}))
    after = before.packed({"a": deflated([b"new"]), "c": deflated([b"4"])}, dropped={"b"})
    assert contents(after) == {"[Content_Types].xml": b"1", "a": b"new", "c": b"4"}


def stored(content, *, is_last=False):
    """A block of deflated bytes that says its content as it is."""
    size = len(content)
    return struct.pack("<BHH", is_last, size, size ^ 0xFFFF) + content


def deflated_to_the_brim():
    """Content and its compressed bytes, the first 64 KB of which hold 256 KB exactly."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = bytes(CHUNK - 60_000)
    front = squeeze.compress(zeros) + squeeze.flush(zlib.Z_FULL_FLUSH)
    words = b"words " * 10_000
    front += stored(words)
    front += stored(b"") * ((64 * 1024 - len(front)) // 5)
    return zeros + words + b"the end", front, stored(b"the end", is_last=True)


def test_a_part_is_read_whole_though_a_chunk_of_it_was_just_full():
    content, front, end = deflated_to_the_brim()
    part = Deflated(zlib.crc32(content), len(content), (front, end))
    before = parts(packed({"[Content_Types].xml": b"1"}))
    chunks = [*parts(before.packed({"a": part})).chunks("a")]
    assert b"".join(chunks) == content
    assert all(chunks)


class OneWay(BytesIO):
    """A stream that cannot go back, so that sizes follow what is written."""

    def seekable(self):
        return False

    def tell(self):
        raise OSError


def test_a_workbook_written_as_a_stream_with_large_fields_is_copied():
    out = OneWay()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents(a_ledger(1)).items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as stream:
                stream.write(content)
    done = post(out.getvalue(), rows_of(2)).workbook
    with zipfile.ZipFile(BytesIO(done)) as archive:
        assert archive.testzip() is None
    assert list(rows(done, a_sheet())) == [an_id(1), an_id(2)]


@pytest.mark.parametrize(
    ("workbook", "words"),
    [
        (b"", "not an Excel workbook"),
        (b"Audit ID,Status\n", "not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "damaged"),
        (packed({"[Content_Types].xml": b"<Types/>"}), "not an Excel workbook"),
        (packed({str(n): b"" for n in range(MOST_ENTRIES + 1)}), "larger"),
    ],
)
def test_what_is_no_workbook_is_told_apart_in_words(workbook, words):
    with pytest.raises(LedgerFault, match=words) as refused:
        post(workbook, rows_of(1))
    assert refused.value.hint
    assert refused.value.status == 4


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_that_was_cut_short_is_refused(share):
    ledger = a_ledger(1)
    with pytest.raises(LedgerFault, match="damaged"):
        post(ledger[: int(len(ledger) * share)], rows_of(1))


def test_a_workbook_whose_list_of_parts_is_damaged_is_refused():
    ledger = bytearray(a_ledger(1))
    ledger[-3] = 0xFF  # where the list begins
    with pytest.raises(LedgerFault, match="damaged"):
        post(bytes(ledger), rows_of(1))


def test_a_workbook_whose_names_of_parts_are_no_text_is_refused():
    ledger = packed({**contents(a_ledger(1)), "xl/é.bin": b""})
    with pytest.raises(LedgerFault, match="damaged"):
        post(ledger.replace("é".encode(), b"\xff\xff"), rows_of(1))


@pytest.mark.parametrize("told", [b' min="', b'<row r="'])
def test_a_number_of_thousands_of_figures_is_posted_past_or_refused(told):
    def change(part):
        before, _, after = part.partition(told)
        return before + told + b"9" * 5_000 + after

    ledger = a_ledger(1)
    with suppress(LedgerFault):
        post(changed_part(ledger, part_of(ledger), change), rows_of(2))


def test_a_damaged_part_is_named():
    ledger = bytearray(a_ledger(1))
    with zipfile.ZipFile(BytesIO(ledger)) as archive:
        entry = archive.getinfo(part_of(ledger))
    start = entry.header_offset + 30 + len(entry.filename)
    ledger[start : start + 40] = bytes(40)
    with pytest.raises(LedgerFault, match="damaged") as refused:
        post(bytes(ledger), rows_of(1))
    assert refused.value.where == entry.filename


@pytest.mark.parametrize("place", [1, 2**31])
def test_a_part_that_is_not_where_the_file_says_is_named(place):
    ledger = bytearray(a_ledger(1))
    at = ledger.rfind(b"xl/theme/theme1.xml") - 4
    ledger[at : at + 4] = place.to_bytes(4, "little")
    with pytest.raises(LedgerFault, match="damaged") as refused:
        post(bytes(ledger), rows_of(2))
    assert refused.value.where == "xl/theme/theme1.xml"


def test_a_part_with_a_password_is_refused():
    ledger = bytearray(a_ledger(1))
    at = ledger.rfind(b"PK\x01\x02")
    ledger[at + 8] |= 1
    with pytest.raises(LedgerFault, match="damaged"):
        post(bytes(ledger), rows_of(1))


@pytest.mark.parametrize(
    "strange",
    [
        lambda xml: b'<!DOCTYPE x [<!ENTITY y "z">]>' + xml,
        lambda xml: xml.replace(b"<sheetData>", b"<sheetData><!-- -->"),
        lambda xml: xml.replace(b"</sheetData>", b"<![CDATA[x]]></sheetData>"),
        lambda xml: xml.decode().encode("utf-16"),
        lambda xml: xml[:-30],
        lambda xml: xml.replace(b"</worksheet>", b" " * 17_000_000 + b"</worksheet>"),
        lambda xml: xml.replace(b'<row r="2"', b'<row r="2000000"'),
        lambda xml: xml.replace(b"</c></row>", b"</c><other/></row>"),
        lambda xml: b"",
    ],
)
def test_a_sheet_that_no_spreadsheet_wrote_is_refused(strange):
    ledger = a_ledger(1)
    with pytest.raises(LedgerFault, match="unusual way") as refused:
        post(changed_part(ledger, part_of(ledger), strange), rows_of(1, Status="Closed"))
    assert "Accepted" not in str(refused.value)


def test_a_document_type_in_a_list_of_parts_is_refused():
    def typed(xml):
        return b'<!DOCTYPE x [<!ENTITY y "z">]>' + xml

    with pytest.raises(LedgerFault, match="unusual way"):
        post(changed_part(a_ledger(1), "xl/workbook.xml", typed), rows_of(1))


def test_a_list_of_parts_that_unpacks_to_far_too_much_is_refused():
    with pytest.raises(LedgerFault, match="larger"):
        post(changed_part(a_ledger(1), "xl/workbook.xml", lambda xml: xml + b" " * 21_000_000), {})


def test_a_shared_text_that_is_missing_is_told():
    def lose(xml):
        return xml.replace(b't="inlineStr"><is><t>Accepted</t></is>', b't="s"><v>7</v>')

    ledger = changed_part(a_ledger(1), part_of(a_ledger(1)), lose)
    with pytest.raises(LedgerFault, match="text of a cell is missing"):
        rows(ledger, a_sheet())


def test_nothing_to_post_gives_back_the_very_bytes():
    ledger = a_ledger(1)
    assert posted(ledger, [], last={}, changed_on=DAY).workbook is ledger
