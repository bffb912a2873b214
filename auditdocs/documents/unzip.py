"""A part of a zip file unpacked where it lies, piece by piece, and proved by its checksum.

What may be unpacked, and how much of it, is for the gates to say; here nothing is believed that the
file says of a part but where it begins.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import cast

from isal import igzip_lib, isal_zlib

CHUNK = 1 << 18
"""Bytes that are unpacked at a time, at most."""
_GIVEN = 1 << 16
"""Compressed bytes that are unpacked at a time."""

NOT_WHOLE = (
    zipfile.BadZipFile,
    cast(type[Exception], igzip_lib.IsalError),  # its stubs call the class an instance
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
"""What the libraries say of a zip file that was cut short or damaged."""

_LOCAL_MARK, _LOCAL_SIZE, _LENGTHS = b"PK\x03\x04", 30, 26
"""What a zip file says before a part: how it begins, its size, where the lengths of names stand."""


def content(entry: zipfile.ZipInfo, data: bytes) -> Iterator[bytes]:
    """A part's content, CHUNK bytes at a time, as long as it says and with its checksum.

    Raises one of NOT_WHOLE when it comes to what is wrong.
    """
    check, size = 0, 0
    for chunk in _inflated(entry.compress_type, packed_content(entry, data)):
        check, size = isal_zlib.crc32(chunk, check), size + len(chunk)
        yield chunk
    if (check, size) != (entry.CRC, entry.file_size):
        raise zipfile.BadZipFile


def packed_content(entry: zipfile.ZipInfo, data: bytes) -> memoryview:
    """The bytes of a part where they lie, for they may be many. Raises BadZipFile."""
    head = data[entry.header_offset : entry.header_offset + _LOCAL_SIZE]
    if not head.startswith(_LOCAL_MARK) or len(head) < _LOCAL_SIZE:
        raise zipfile.BadZipFile
    start = entry.header_offset + _LOCAL_SIZE + sum(struct.unpack_from("<HH", head, _LENGTHS))
    return memoryview(data)[start : start + entry.compress_size]


def _inflated(method: int, raw: memoryview) -> Iterator[bytes]:
    """The same unproved."""
    if method == zipfile.ZIP_STORED:
        yield from (bytes(raw[at : at + CHUNK]) for at in range(0, len(raw), CHUNK))
        return
    if method != zipfile.ZIP_DEFLATED:
        raise NotImplementedError
    inflate, at = igzip_lib.IgzipDecompressor(igzip_lib.DECOMP_DEFLATE), 0
    while not inflate.eof:
        given = raw[at : at + _GIVEN] if inflate.needs_input else b""
        if inflate.needs_input and not given:
            raise EOFError
        at += len(given)
        if chunk := inflate.decompress(given, CHUNK):  # a chunk that was just full leaves none
            yield chunk
