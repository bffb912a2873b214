"""The parts of a Word template as they are looked at: each paragraph with its place in words.

A place is told as a form designer counts: the part, the table from the front, row and column, and
the heading above.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from auditdocs.documents.package import Package
from auditdocs.documents.word_styles import Styles, heading_level, styles_of
from auditdocs.documents.wordml import NAMESPACES
from auditdocs.documents.wrong_files import BODY
from auditdocs.model.lint import ERROR, Remark, Spot

W = f"{{{NAMESPACES['w']}}}"
PARAGRAPH, TABLE, ROW, CELL, TEXT = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "t"))
CONTROL = f"{W}sdt"

_STORY = re.compile(r"word/(document|header|footer|footnotes|endnotes|comments)\d*\.xml")
_WORDS = {"document": "body"}
_TOLD = 60

_Element = etree._Element


@dataclass(frozen=True, slots=True)
class Story:
    """A part that holds paragraphs: the body, a header, a footer, notes."""

    part: str
    root: _Element
    styles: Styles
    _numbers: dict[_Element, int] = field(default_factory=dict)
    _headings: dict[_Element, str] = field(default_factory=dict)
    _tables: dict[_Element, int] = field(default_factory=dict)

    def remark(
        self, rule: str, at: _Element | None, text: str, hint: str, *, severity: str = ERROR
    ) -> Remark:
        """A remark on an element of this story, with its place."""
        spot = None if at is None else Spot(part=self.part, paragraph=self.number(at))
        return Remark(
            rule=rule, where=self.place(at), text=text, hint=hint, severity=severity, spot=spot
        )

    def place(self, at: _Element | None) -> str:
        """Where an element stands, in words; the part alone where it has no place of its own."""
        noun = part_words(self.part)
        if at is None:
            return noun
        heading = self._headings.get(self._paragraph(at), "")
        before = "before the first heading" if self.part == BODY else ""
        under = f'under "{heading}"' if heading else before
        return ", ".join(filter(None, (noun, self._cell(at), under)))

    def number(self, at: _Element) -> int:
        """The place of an element's paragraph among the paragraphs of the part."""
        return self._numbers.get(self._paragraph(at), 0)

    def paragraphs(self) -> Iterator[_Element]:
        """Every paragraph, in the order of the text."""
        yield from self._numbers

    def _paragraph(self, at: _Element) -> _Element:
        """The paragraph an element stands in, else the first that stands in it."""
        if at.tag == PARAGRAPH:
            return at
        round_it = next(at.iterancestors(PARAGRAPH), None)
        inside = next(at.iter(PARAGRAPH), None) if round_it is None else round_it
        return at if inside is None else inside

    def _cell(self, at: _Element) -> str:
        cell = at if at.tag == CELL else next(at.iterancestors(CELL), None)
        row = at if at.tag == ROW else next(at.iterancestors(ROW), None)
        table = at if at.tag == TABLE else next(at.iterancestors(TABLE), None)
        if table is None:
            return ""
        said = [f"table {self._tables[table]}"]
        if row is not None:
            said.append(f"row {_rows(table).index(row) + 1}")
            if cell is not None:
                said.append(f"column {[*_cells(row)].index(cell) + 1}")
        return " ".join(said)


def stories(package: Package) -> tuple[Story, ...]:
    """The stories of a package, the body first."""
    styles = styles_of(package.xml("word/styles.xml"))
    names = sorted((name for name in package.parts if _STORY.fullmatch(name)), key=_body_first)
    return tuple(_story(name, package, styles) for name in names)


def part_words(name: str) -> str:
    """A part for a person, its name in the package behind: "footer (word/footer1.xml)"."""
    found = _STORY.fullmatch(name)
    if found:
        return f"{_WORDS.get(found[1], found[1])} ({name})"
    return f"properties ({name})" if name.startswith("docProps/") else name


def words_of(element: _Element) -> str:
    """The text of an element, breaks left out."""
    return "".join(text.text or "" for text in element.iter(TEXT))


def controls(root: _Element) -> Iterator[tuple[str, _Element]]:
    """Each content control with its tag, "" where it has none."""
    for control in root.iter(CONTROL):
        tag = control.find(f"{W}sdtPr/{W}tag")
        yield "" if tag is None else tag.get(f"{W}val", ""), control


def bookmarks(root: _Element) -> Mapping[str, _Element]:
    """Each bookmark by name, the first of a name."""
    found: dict[str, _Element] = {}
    for mark in root.iter(f"{W}bookmarkStart"):
        found.setdefault(mark.get(f"{W}name", ""), mark)
    return found


def _body_first(name: str) -> tuple[bool, str]:
    return name != BODY, name


def _story(name: str, package: Package, styles: Styles) -> Story:
    root = package.xml(name)
    assert root is not None
    story = Story(name, root, styles)
    heading = ""
    for element in root.iter(PARAGRAPH, TABLE):
        if element.tag == TABLE:
            story._tables[element] = len(story._tables) + 1
            continue
        story._numbers[element] = len(story._numbers)
        story._headings[element] = heading
        if heading_level(element, styles):
            heading = " ".join(words_of(element).split())[:_TOLD]
    return story


def _rows(table: _Element) -> list[_Element]:
    return [row for row in table.iter(ROW) if next(row.iterancestors(TABLE)) is table]


def _cells(row: _Element) -> Iterator[_Element]:
    return (cell for cell in row.iter(CELL) if next(cell.iterancestors(ROW)) is row)
