"""The gate of a workbook: what it is and how far it reaches, before any parser opens it.

The reader behind the gate lays out every cell between the first and the last used one, so a single
cell at XFD1048576 would take all the memory there is; the gate looks at cell references as a
stream. What the file says of its own size is not trusted.

Source: field.md d 1 to 6.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.parsers import expat

from auditdocs.documents.unzip import NOT_WHOLE
from auditdocs.errors import ExtractFault

MOST_BYTES = 100_000_000
MOST_ENTRIES = 2_000
MOST_UNPACKED = 200_000_000
MOST_RATIO = 100
RATIO_FROM = 1_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 500
MOST_CELLS = 10_000_000
"""Of one sheet, blank ones between used ones included."""

MOST_UNSAVED = 100_000
"""Cells of one part that are told as formulas without a result; the rest count as empty."""

_BLOCK = 1 << 16
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_ROW_NUMBER = re.compile(r"[0-9]{1,7}")
_SAVE = "Open it in Excel, choose File, Save As, Excel Workbook (.xlsx), and put that file here."
_LESS = "Export the case list alone, without other sheets or notes far out, and try again."


def refuse_large(data: bytes) -> None:
    """Raise ExtractFault when the file is empty or larger than any extract."""
    if not data.strip(b"\0 \r\n\t"):
        raise ExtractFault("The file is empty.", kind="empty", hint="Export it again.")
    if len(data) > MOST_BYTES:
        raise too_large()


def too_large() -> ExtractFault:
    """What is said of a file that is larger than any extract, read or not."""
    return ExtractFault(
        f"The file is larger than {MOST_BYTES // 1_000_000} MB, which no extract is.",
        kind="too-large",
        hint=_LESS,
    )


def refuse_unsound_workbook(data: bytes) -> Mapping[str, frozenset[tuple[int, int]]]:
    """Raise ExtractFault unless the bytes are a sound .xlsx of a bounded size.

    Gives, by part, the cells whose formula has no saved result, by row and column. Macros are let
    be: nothing ever runs them, and the values of an .xlsm are those of an .xlsx.

    Told apart: other kinds of zip, passwords, damage, too much in it, cells too far out.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_strange_entries(entries)
            _refuse_other_kinds({entry.filename for entry in entries})
            return _refuse_far_cells(archive, entries)
    except (*NOT_WHOLE, expat.ExpatError) as error:
        raise _damaged() from error


def refuse_wide(rows: int, columns: int) -> None:
    """Raise ExtractFault when a sheet reaches further than any extract does."""
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise ExtractFault(
            f"A sheet reaches further than the {MOST_ROWS:,} rows and {MOST_COLUMNS} columns that "
            "an extract can have.",
            kind="too-far",
            hint="Delete what stands far out on the sheet, or export the case list again.",
        )


def _damaged() -> ExtractFault:
    return ExtractFault(
        "The workbook is not whole: it was cut short or is damaged.",
        kind="damaged",
        hint="Wait until the copy has finished, or export it again.",
    )


def _strange() -> ExtractFault:
    return ExtractFault("The workbook is built in a way no extract is.", kind="hostile", hint=_SAVE)


def _refuse_strange_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    strange = any(
        name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/")
        for name in names
    )
    if strange or len(names) > MOST_ENTRIES or len(set(names)) < len(names):
        raise _strange()
    if any(entry.flag_bits & 1 for entry in entries):
        raise ExtractFault(
            "The file is a zip with a password.", kind="password", hint="Unpack it first."
        )


def _refuse_other_kinds(names: set[str]) -> None:
    lowered = {name.lower() for name in names}
    if "word/document.xml" in lowered:
        raise ExtractFault(
            "This is a Word document, not an extract.",
            kind="word",
            hint="An extract is a workbook or a CSV file.",
        )
    if "xl/workbook.bin" in lowered:
        raise ExtractFault("This is a binary workbook (.xlsb).", kind="binary-workbook", hint=_SAVE)
    if "content.xml" in lowered and "mimetype" in lowered:
        raise ExtractFault("This is an OpenDocument file (.ods).", kind="open-document", hint=_SAVE)
    if "[content_types].xml" not in lowered or not any(n.startswith("xl/") for n in lowered):
        raise ExtractFault(
            "This is a zip file, not a workbook.",
            kind="zip",
            hint="Unpack it and put the extract here alone.",
        )


def _refuse_far_cells(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> Mapping[str, frozenset[tuple[int, int]]]:
    left = MOST_UNPACKED
    unsaved: dict[str, frozenset[tuple[int, int]]] = {}
    for entry in entries:
        allowed = min(left, max(RATIO_FROM, MOST_RATIO * entry.compress_size))
        look = _Reach() if entry.filename.lower().endswith((".xml", ".rels")) else None
        for block in _blocks(archive, entry):
            left, allowed = left - len(block), allowed - len(block)
            if allowed < 0:
                raise ExtractFault(
                    "The workbook unpacks to far more than an extract.", kind="hostile", hint=_LESS
                )
            if look:
                look.feed(block)
        if look:
            look.close()
            unsaved[entry.filename] = frozenset(look.unsaved)
    return unsaved


def _blocks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        while block := stream.read(_BLOCK):
            yield block


class _Reach:
    """How far the filled cells of one XML part reach, told block by block, without a tree.

    A cell stands where its reference says, else behind the one before it. A cell that is only
    formatted does not count: Excel leaves such cells far below the data, and the reader skips them.
    """

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._before_cells
        self._parser.StartDoctypeDeclHandler = self._document_type
        self._here = (0, 0)
        self._rows = self._columns = 0
        self._is_number = self._is_open = False
        self.unsaved: list[tuple[int, int]] = []
        """The cells, up to MOST_UNSAVED, whose formula gives a number that was not saved."""

    def feed(self, block: bytes) -> None:
        """Look at the next block. Raises ExtractFault, or ExpatError when it is not sound XML."""
        self._parser.Parse(block, False)

    def close(self) -> None:
        """Look at the end. Raises ExpatError when the part is cut short."""
        self._parser.Parse(b"", True)
        self._end_of_cell()

    def _document_type(self, *_: object) -> None:
        raise _strange()

    def _before_cells(self, tag: str, _: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheetData":
            self._parser.StartElementHandler = self._element

    def _element(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._end_of_cell()
            self._here = self._cell(attributes.get("r", ""))
            self._is_number = attributes.get("t", "n") == "n"
        elif name == "row":
            self._here = (self._row(attributes.get("r", "")), 0)
        elif name in ("v", "is", "f"):
            self._count()
            self._formula(name)

    def _formula(self, name: str) -> None:
        """Watch a cell with a formula until there is a result. An empty text is a result."""
        if name == "f":
            self._is_open = self._is_number
        elif self._is_open:
            self._parser.CharacterDataHandler = self._result

    def _result(self, words: str) -> None:
        self._parser.CharacterDataHandler = None
        self._is_open = not words.strip()

    def _end_of_cell(self) -> None:
        if self._is_open and len(self.unsaved) < MOST_UNSAVED:
            self.unsaved.append(self._here)
        self._parser.CharacterDataHandler = None
        self._is_open = False

    def _cell(self, said: str) -> tuple[int, int]:
        match = _REFERENCE.fullmatch(said)
        if match:
            return int(match[2]), column_number(match[1])
        if said:
            raise _strange()
        return self._here[0], self._here[1] + 1

    def _row(self, said: str) -> int:
        if said and not _ROW_NUMBER.fullmatch(said):
            raise _strange()
        return int(said) if said else self._here[0] + 1

    def _count(self) -> None:
        row, column = self._here
        if row > self._rows or column > self._columns:
            self._rows, self._columns = max(row, self._rows), max(column, self._columns)
            refuse_wide(self._rows, self._columns)


def column_number(letters: str) -> int:
    """The number of a column by its letters: "A" is 1, "AA" 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
