"""Zip files written from parts, of which those that never change are compressed once.

The same parts always give the same bytes: no clock and no machine is in them.
"""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from isal import igzip_lib

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_NAMES_ARE_UTF_8 = 0x800
_DEFLATED = 8
_DATE = (1 << 5) | 1
"""1 January 1980, the first day that a zip file knows."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One part, compressed: its name, and what a zip file says of it and holds."""

    name: bytes
    facts: tuple[int, ...]
    """Version, flags, method, time, date, CRC-32, sizes packed and unpacked, length of the name."""
    data: bytes | memoryview


_QUICK = 2
"""Of isal's levels: a form's body takes a sixteenth of the time and a quarter more room than when
it is packed well."""


def listed_entries(data: bytes) -> int:
    """How many entries a zip file lists at the most, told without a parser; 0 without an end.

    Only the listing before the end record counts: the zip files in a zip file have theirs too. What
    the end record says of their number need not be so.
    """
    end = data.rfind(b"PK\5\6")
    if data[-_END.size :].startswith(b"PK\5\6") and data.endswith(b"\0\0"):
        end = len(data) - _END.size  # no remark follows: what looks like another end is a number
    if end < 0:
        return 0
    if data.rfind(b"PK\6\7", 0, end) >= 0:  # the long form: its listing may be anywhere
        return data.count(b"PK\1\2")
    length = int.from_bytes(data[end + 12 : end + 16], "little")
    return data.count(b"PK\1\2", max(0, end - length), end)


def packed(name: str, part: bytes) -> Packed:
    """A part compressed well, once for any number of zip files."""
    return packed_in_turn(name, (part,))


def packed_quickly(name: str, part: bytes) -> Packed:
    """The same of a part that is one file's alone: packing is most of what filling a form costs."""
    data = igzip_lib.compress(part, _QUICK, igzip_lib.COMP_DEFLATE)
    return _packed(name, data, zlib.crc32(part), len(part))


def packed_in_turn(name: str, pieces: Iterable[bytes]) -> Packed:
    """A part compressed well piece by piece, so that it is never whole in memory."""
    squeeze = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    data, check, size = bytearray(), 0, 0
    for piece in pieces:
        data += squeeze.compress(piece)
        check, size = zlib.crc32(piece, check), size + len(piece)
    data += squeeze.flush()
    return _packed(name, bytes(data), check, size)


def zip_of(parts: Iterable[Packed]) -> bytes:
    """The zip file of these parts, in their order."""
    files: list[bytes | memoryview] = []
    listing: list[bytes] = []
    start = 0
    for part in parts:
        files += (_LOCAL.pack(b"PK\3\4", *part.facts, 0), part.name, part.data)
        central = _CENTRAL.pack(b"PK\1\2", _VERSION, *part.facts, 0, 0, 0, 0, 0, start)
        listing += (central, part.name)
        start += _LOCAL.size + len(part.name) + len(part.data)
    count, length = len(listing) // 2, sum(map(len, listing))
    end = _END.pack(b"PK\5\6", 0, 0, count, count, length, start, 0)
    return b"".join((*files, *listing, end))


def _packed(name: str, data: bytes, check: int, size: int) -> Packed:
    label = name.encode()
    flags = 0 if name.isascii() else _NAMES_ARE_UTF_8
    facts = (_VERSION, flags, _DEFLATED, 0, _DATE, check, len(data), size, len(label))
    return Packed(label, facts, data)
