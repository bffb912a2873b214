"""A workbook as its parts: let in by a gate, read as streams, packed again without being touched.

What is not rewritten is copied as it lies in the file, compressed bytes and all, so that nothing
people added (charts, pivots, pictures, comments) can be lost by a post.

Source: house.md 4 (the ledger is posted in place), field.md (d) 1 to 5.
"""

import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from posixpath import dirname, join, normpath

from isal import isal_zlib
from lxml import etree

from auditdocs.documents.unzip import NOT_WHOLE, content, packed_content
from auditdocs.documents.zip_parts import Packed, zip_of
from auditdocs.errors import LedgerFault

MOST_BYTES = 200_000_000
MOST_ENTRIES = 5_000
MOST_UNPACKED = 1_500_000_000
MOST_PART = 300_000_000
"""Of a part that is read whole: the shared texts, at most; sheets are streamed."""
MOST_TREE = 20_000_000
"""Of a part that a tree is built of, which takes ten times as much."""

_RESTORE = "Restore the ledger from a copy, or make it anew with: auditdocs ledger rebuild"
_SAVE_AGAIN = "Open the ledger in Excel, save it as an Excel Workbook (.xlsx), and try again."
_LEVEL = 1
"""Of isal's: a ledger is posted often, and the file is no larger than zlib makes it."""
_HANDED_OVER = 1 << 16
"""Bytes that are handed to the second thread at a time, at least."""
_MOST_WAITING = 16
"""Pieces between the two threads: enough to keep both at work, few enough to hold."""

_POLYNOMIAL = 0xEDB88320
_X_TO_THE_EIGHTH = 0x00800000
"""Of the checksum that zip files have, bits reversed."""

_LOCAL_MARK = b"PK\x03\x04"
_NAME_IS_UTF_8 = 0x800


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship of a part; `kind` is the last word of its type, `target` a part's name."""

    id: str
    kind: str
    target: str
    external: bool = False


@dataclass(frozen=True, slots=True)
class Deflated:
    """A part's content, compressed: checksum and size before, and the compressed bytes."""

    crc: int
    size: int
    pieces: tuple[bytes | memoryview, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a sound workbook, in the order they lie in the file."""

    data: bytes
    archive: zipfile.ZipFile

    def __contains__(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self.archive.NameToInfo

    def names(self) -> list[str]:
        """The names of all parts, in file order."""
        return self.archive.namelist()

    def size(self, name: str) -> int:
        """How many bytes the part says it unpacks to."""
        return self.archive.getinfo(name).file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part's content, a quarter of a megabyte at a time. Raises LedgerFault."""
        left = MOST_UNPACKED
        try:
            for chunk in content(self.archive.getinfo(name), self.data):
                left -= len(chunk)
                if left < 0:
                    raise _too_large()
                yield chunk
        except (*NOT_WHOLE, KeyError) as error:
            raise _damaged(name) from error

    def read(self, name: str, *, most: int = MOST_PART) -> bytes:
        """The part whole. Raises LedgerFault when it is damaged or far too large."""
        chunks, size = [], 0
        for chunk in self.chunks(name):
            size += len(chunk)
            if size > most:
                raise _too_large()
            chunks.append(chunk)
        return b"".join(chunks)

    def tree(self, name: str) -> etree._Element:
        """The root of an XML part. Raises LedgerFault; a document type is refused unread."""
        part = self.read(name, most=MOST_TREE)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(part, parser)
        except etree.XMLSyntaxError as error:
            raise _damaged(name) from error
        if b"<!DOCTYPE" in part or root.getroottree().docinfo.internalDTD is not None:
            raise strange(name)
        return root

    def relations(self, name: str) -> tuple[Relation, ...]:
        """The relationships of that part ("" for the workbook as a whole), in file order."""
        path = relations_of(name)
        if path not in self:
            return ()
        return tuple(
            _relation(entry, name) for entry in self.tree(path).iterfind("{*}Relationship")
        )

    def packed_bytes(self, name: str) -> bytes:
        """A part's content as it lies in the file, compressed. Raises LedgerFault."""
        return bytes(_as_it_lies(self.archive.getinfo(name), self.data))

    def packed(self, changed: Mapping[str, Deflated], *, dropped: Set[str] = frozenset()) -> bytes:
        """The workbook with these parts' contents changed or added, and all others as they were."""
        entries = {entry.filename: entry for entry in self.archive.infolist()}
        entries |= {name: zipfile.ZipInfo(name) for name in changed if name not in self}
        return zip_of(
            _packed(entry, zipfile.ZIP_DEFLATED, changed[name])
            if name in changed
            else _kept(entry, self.data)
            for name, entry in entries.items()
            if name not in dropped
        )


def parts(workbook: bytes) -> Parts:
    """The parts of a workbook that passed the gate. Raises LedgerFault, told in words."""
    _refuse_what_is_no_zip(workbook)
    try:
        archive = zipfile.ZipFile(BytesIO(workbook))
    except NOT_WHOLE as error:
        raise _damaged("") from error
    _refuse_strange_entries(archive.infolist())
    return Parts(workbook, archive)


def deflated(body: Iterable[bytes], head: Callable[[], bytes] = bytes) -> Deflated:
    """A part, compressed in a second thread as the pieces of its body come.

    The head stands first in the part and is asked for last.
    """
    crc, size, waiting, pieces = 0, 0, deque[Future[bytes]](), []
    deflate = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, -15)
    with ThreadPoolExecutor(1) as second:
        for piece in _gathered(body):
            crc, size = isal_zlib.crc32(piece, crc), size + len(piece)
            waiting.append(second.submit(deflate.compress, piece))
            if len(waiting) > _MOST_WAITING:
                pieces.append(waiting.popleft().result())
    pieces += [one.result() for one in waiting]
    pieces.append(deflate.flush())
    start = head()
    front = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, -15)
    first = front.compress(start) + front.flush(isal_zlib.Z_FULL_FLUSH)
    return Deflated(
        _joined_crc(isal_zlib.crc32(start), crc, size), len(start) + size, (first, *pieces)
    )


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces that are worth handing over: a row is packed in less time than a thread is woken."""
    held, size = [], 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _HANDED_OVER:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def relations_of(name: str) -> str:
    """The name of the part that holds another part's relationships."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def strange(where: str) -> LedgerFault:
    """The refusal of a part that no spreadsheet program in use writes like that."""
    text = "The ledger is damaged, or was saved by a program that writes it in an unusual way."
    return LedgerFault(text, where=where, hint=_SAVE_AGAIN)


def whole_number(entry: etree._Element, name: str, default: int = 0) -> int:
    """A number that an element states, or the default where it states none."""
    stated = entry.get(name, "")
    return int(stated) if stated.isdecimal() and len(stated) < 10 else default


def _relation(entry: etree._Element, owner: str) -> Relation:
    target, external = entry.get("Target", ""), entry.get("TargetMode") == "External"
    if not external:
        target = normpath(join("/", dirname(owner), target)).lstrip("/")
    kind = entry.get("Type", "").rpartition("/")[2]
    return Relation(entry.get("Id", ""), kind, target, external)


def _refuse_what_is_no_zip(workbook: bytes) -> None:
    if len(workbook) > MOST_BYTES:
        raise _too_large()
    if workbook.startswith(b"\xd0\xcf\x11\xe0"):
        raise LedgerFault(
            "The ledger is protected by a password or a sensitivity label, or is an old .xls.",
            hint="Take the protection off in Excel and save it as an Excel Workbook (.xlsx).",
        )
    if not workbook.startswith(_LOCAL_MARK):
        raise LedgerFault("The ledger is not an Excel workbook.", hint=_RESTORE)


def _refuse_strange_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = {entry.filename for entry in entries}
    sound = all(entry.flag_bits & 1 == 0 for entry in entries) and len(names) == len(entries)
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise _too_large()
    if not sound or "[Content_Types].xml" not in names:
        raise _damaged("")


def _damaged(where: str) -> LedgerFault:
    return LedgerFault("The ledger is damaged and cannot be read.", where=where, hint=_RESTORE)


def _too_large() -> LedgerFault:
    return LedgerFault("The ledger is larger than a ledger can be.", hint=_RESTORE)


def _joined_crc(first: int, second: int, size: int) -> int:
    """The checksum of two runs of bytes set end to end, the second `size` bytes long.

    A checksum is the remainder of a polynomial over bits, so each byte that follows multiplies
    the first one by x to the eighth: that is done by squaring, not byte by byte.
    """
    power = _X_TO_THE_EIGHTH
    while size:
        if size & 1:
            first = _product(power, first)
        power, size = _product(power, power), size >> 1
    return first ^ second


def _product(one: int, other: int) -> int:
    """The product of two remainders, the highest power in the lowest bit."""
    product = 0
    for bit in range(31, -1, -1):
        if one >> bit & 1:
            product ^= other
        other = other >> 1 ^ (_POLYNOMIAL if other & 1 else 0)
    return product


def _kept(entry: zipfile.ZipInfo, data: bytes) -> Packed:
    """A part as it lies in the file; zipfile cannot copy one without unpacking it."""
    raw = _as_it_lies(entry, data)
    return _packed(entry, entry.compress_type, Deflated(entry.CRC, entry.file_size, (raw,)))


def _as_it_lies(entry: zipfile.ZipInfo, data: bytes) -> memoryview:
    try:
        return packed_content(entry, data)
    except NOT_WHOLE as error:
        raise _damaged(entry.filename) from error


def _packed(entry: zipfile.ZipInfo, method: int, part: Deflated) -> Packed:
    """A part under the name and the date of that entry."""
    name = entry.filename.encode()
    year, month, day, hour, minute, second = entry.date_time
    when = (hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day)
    flags = 0 if name.isascii() else _NAME_IS_UTF_8
    raw = part.pieces[0] if len(part.pieces) == 1 else b"".join(part.pieces)
    return Packed(name, (20, flags, method, *when, part.crc, len(raw), part.size, len(name)), raw)
