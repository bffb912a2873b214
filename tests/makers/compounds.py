"""Makers of old Office files: a compound file of named streams, and a small .xls in one."""

import struct

SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def a_compound(streams):
    """A compound file (the container of .xls, .doc and of encrypted .xlsx) of up to three streams.

    Each stream is filled up to 4,096 bytes, below which it would stand in a container of its own.
    """
    sectors, chains, starts = [], [], []
    for data in streams.values():
        padded = data.ljust(4096, b"\0")
        count = -(-len(padded) // SECTOR)
        first = len(sectors) + 2
        starts.append((first, len(padded)))
        sectors += [padded[at * SECTOR : (at + 1) * SECTOR] for at in range(count)]
        chains += [*range(first + 1, first + count), _END]
    directory = _entry("Root Entry", 5, child=1)
    for place, (name, (first, size)) in enumerate(zip(streams, starts, strict=True), start=2):
        after = place if place <= len(streams) else _FREE
        directory += _entry(name, 2, first=first, size=size, right=after)
    table = [_FAT, _END, *chains]
    table += [_FREE] * (SECTOR // 4 - len(table))
    body = struct.pack("<128I", *table) + directory.ljust(SECTOR, b"\0")
    return _header() + body + b"".join(sector.ljust(SECTOR, b"\0") for sector in sectors)


def an_old_workbook(rows):
    """An .xls of one sheet: text, numbers and, in the last column, days as Excel's serials."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            style = 1 if column == len(cells) - 1 else 0
            sheet += _cell(row, column, style, cell)
    sheet += _record(0x000A, b"")
    name = b"List 6"
    globals_ = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    globals_ += _record(0x00E0, struct.pack("<HH", 0, 0).ljust(20, b"\0"))
    globals_ += _record(0x00E0, struct.pack("<HH", 0, 14).ljust(20, b"\0"))
    place = len(globals_) + 4 + 8 + len(name) + 4
    globals_ += _record(0x0085, struct.pack("<IHBB", place, 0, len(name), 0) + name)
    globals_ += _record(0x000A, b"")
    return a_compound({"Workbook": globals_ + sheet})


def _cell(row, column, style, cell):
    where = struct.pack("<HHH", row, column, style)
    if isinstance(cell, str):
        return _record(0x0204, where + struct.pack("<HB", len(cell), 0) + cell.encode("latin-1"))
    return _record(0x0203, where + struct.pack("<d", cell))


def _record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def _entry(name, kind, *, first=_END, size=0, child=_FREE, right=_FREE):
    text = name.encode("utf-16-le") + b"\0\0"
    entry = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    entry += struct.pack("<III", _FREE, right, child) + bytes(36)
    return entry + struct.pack("<IQ", first, size)


def _header():
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return head + struct.pack("<109I", 0, *[_FREE] * 108)
