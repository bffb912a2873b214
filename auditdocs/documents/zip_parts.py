"""Zip files written from parts, of which those that never change are compressed once.

The same parts always give the same bytes: no clock and no machine is in them.
"""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

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
    data: bytes


WELL, QUICKLY = 6, 2
"""How hard a part is compressed. A form's body takes a third of the time and an eighth more room
quickly, and is most of what filling one costs; what is packed once is packed well."""


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


def packed(name: str, part: bytes, *, level: int = WELL) -> Packed:
    """A part compressed, WELL or QUICKLY, ready for any number of zip files."""
    return packed_in_turn(name, (part,), level=level)


def packed_in_turn(name: str, pieces: Iterable[bytes], *, level: int = WELL) -> Packed:
    """A part compressed piece by piece, so that it is never whole in memory."""
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    data, check, size = bytearray(), 0, 0
    for piece in pieces:
        data += squeeze.compress(piece)
        check, size = zlib.crc32(piece, check), size + len(piece)
    data += squeeze.flush()
    label = name.encode()
    flags = 0 if name.isascii() else _NAMES_ARE_UTF_8
    facts = (_VERSION, flags, _DEFLATED, 0, _DATE, check, len(data), size, len(label))
    return Packed(label, facts, bytes(data))


def zip_of(parts: Iterable[Packed]) -> bytes:
    """The zip file of these parts, in their order."""
    files, listing, start, count = bytearray(), bytearray(), 0, 0
    for part in parts:
        start, count = len(files), count + 1
        files += _LOCAL.pack(b"PK\3\4", *part.facts, 0) + part.name + part.data
        listing += _CENTRAL.pack(b"PK\1\2", _VERSION, *part.facts, 0, 0, 0, 0, 0, start) + part.name
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(listing), len(files), 0)
    return bytes(files + listing + end)
