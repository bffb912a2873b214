"""A part unpacked from where it lies in a zip file says what was put in, or that it is damaged."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.documents.unzip import CHUNK, NOT_WHOLE, content

METHODS = st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])


def a_zip(data, method):
    """A zip file of one part; gives its entry too."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("part", data)
        return archive.getinfo("part"), file


@given(st.binary(max_size=300), st.integers(1, 3_000), METHODS)
def test_what_was_put_in_comes_out_in_chunks(pattern, times, method):
    data = pattern * times
    entry, file = a_zip(data, method)
    chunks = [*content(entry, file.getvalue())]
    assert b"".join(chunks) == data
    assert all(0 < len(chunk) <= CHUNK for chunk in chunks)


@given(st.binary(min_size=1, max_size=300), st.data(), METHODS)
def test_a_part_of_which_a_bit_was_changed_or_the_end_is_gone_is_damaged(data, chosen, method):
    entry, file = a_zip(data, method)
    start = entry.header_offset + 30 + len("part")
    whole = bytearray(file.getvalue()[: start + entry.compress_size])
    at = chosen.draw(st.integers(start, len(whole) - 1))
    with pytest.raises(NOT_WHOLE):
        list(content(entry, bytes(whole[:at])))
    whole[at] ^= 1 << chosen.draw(st.integers(0, 7))
    try:
        said = b"".join(content(entry, bytes(whole)))
    except NOT_WHOLE:
        return
    assert said == data  # a bit that means nothing, behind the end of what was packed


@pytest.mark.parametrize("name", ["file_size", "CRC", "header_offset"])
def test_a_size_a_checksum_or_a_place_that_is_not_true_is_damage(name):
    entry, file = a_zip(b"words " * 100, zipfile.ZIP_DEFLATED)
    setattr(entry, name, getattr(entry, name) + 1)
    with pytest.raises(NOT_WHOLE):
        list(content(entry, file.getvalue()))
