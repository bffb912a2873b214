"""A form that people already have, read for its questions: the draft of a contract.

Questions are label | answer in tables and paragraphs; sections are headings, real or merely bold;
answer types come from the fields, then from the words. Nobody's answers are taken over.

Source: cli.md (template adopt), house.md 4.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from auditdocs.documents.forms.answer_fields import AnswerField, field_in, has_line, without_line
from auditdocs.documents.forms.word_tables import plain, text_of
from auditdocs.documents.package import package
from auditdocs.documents.templates.stories import CELL, PARAGRAPH, ROW, TABLE, W
from auditdocs.documents.word_styles import Styles, heading_level, style_of, styles_of
from auditdocs.documents.wrong_files import BODY
from auditdocs.model.contract import FACETS
from auditdocs.model.draft import Draft, DraftItem, DraftSection
from auditdocs.rules.forms.draft_types import drafted_item, is_known_field, scale_of

_Element = etree._Element
_FACETS = {plain(label): letter for letter, label in FACETS.items()}
_COMMENT = frozenset({"comment", "comments", "evidence", "notes", "reasons", "rationale"})
_ACTIONS = frozenset({"action", "actions", "recommendation", "recommendations"})
_WHO = re.compile(r"\b(?:who|whom|owner|lead|responsible|when|due|deadline|timescale|by)\b")
_SECTION_NUMBER = re.compile(
    r"^(?:(?:section|part)\s+)?(?:\d+(?:\.\d+)*|[A-Z])[.):]?\s+", re.IGNORECASE
)
_MOST_INTRO = 1200
_LONGEST_HEADING = 90
_UNTITLED = "Questions"


@dataclass(slots=True)
class _Sheet:
    """What has been found so far."""

    title: str = ""
    intro: list[str] = field(default_factory=list)
    sections: list[tuple[str, list[DraftItem]]] = field(default_factory=list)
    known: list[str] = field(default_factory=list)

    def heading(self, text: str) -> None:
        self.sections.append((text, []))

    def question(self, label: str, found: AnswerField, where: str, facets: Sequence[str]) -> None:
        first, _, guidance = label.partition("\n")
        if is_known_field(first):
            self.known.append(first.strip())
            return
        if not self.sections:
            self.heading(_UNTITLED)
        item = drafted_item(
            first,
            " ".join(guidance.split()),
            found.kind,
            found.choices,
            where=where,
            why=found.why,
            facets=tuple(facets),
        )
        self.sections[-1][1].append(item)


def draft(form: bytes) -> Draft:
    """What a Word form asks, section by section. Raises FormFault where it is no Word document."""
    sound = package(form)
    root = sound.xml(BODY)
    assert root is not None
    styles = styles_of(sound.xml("word/styles.xml"))
    sheet, tables = _Sheet(), 0
    for block in _blocks(root):
        if block.tag == TABLE:
            tables += 1
            _read_table(sheet, block, f"table {tables}")
        else:
            _read_paragraph(sheet, block, styles)
    sections = tuple(
        DraftSection(title=title, items=tuple(items)) for title, items in sheet.sections if items
    )
    return Draft(
        title=sheet.title,
        intro="\n\n".join(sheet.intro)[:_MOST_INTRO],
        sections=sections,
        known=tuple(sheet.known),
    )


def _blocks(root: _Element) -> Iterator[_Element]:
    """The paragraphs and tables of the body in order, those within controls included."""
    for element in root.iter(PARAGRAPH, TABLE):
        if next(element.iterancestors(TABLE), None) is None:
            yield element


def _read_paragraph(sheet: _Sheet, paragraph: _Element, styles: Styles) -> None:
    text = text_of(paragraph)
    if not text:
        return
    if style_of(paragraph, styles).lower() == "title" or not sheet.title:
        sheet.title = sheet.title or text.split("\n")[0][:_LONGEST_HEADING]
        return
    found = field_in(paragraph)
    if heading_level(paragraph, styles) or (found is None and _is_bold(paragraph, text)):
        sheet.heading(_without_number(text))
    elif has_line(text):
        sheet.question(without_line(text), AnswerField("text", "a line to write on"), "a line", ())
    elif found is not None and _label_before(paragraph):
        sheet.question(_label_before(paragraph), found, "a paragraph", ())
    elif not sheet.sections:
        sheet.intro.append(" ".join(text.split()))


def _label_before(paragraph: _Element) -> str:
    """The words before the first field of a paragraph."""
    said = []
    for element in paragraph.iter(f"{W}t", f"{W}sdt", f"{W}fldChar"):
        if element.tag != f"{W}t":
            break
        said.append(element.text or "")
    return "".join(said).strip(" :\t☐")


def _is_bold(paragraph: _Element, text: str) -> bool:
    """A short line, all of it bold, that is a heading though nobody styled it as one."""
    runs = [run for run in paragraph.iter(f"{W}r") if text_of(run)]
    bold = all(run.find(f"{W}rPr/{W}b") is not None for run in runs)
    return bool(runs) and bold and len(text) <= _LONGEST_HEADING and not text.endswith((".", ":"))


def _without_number(text: str) -> str:
    words = " ".join(text.split())
    return _SECTION_NUMBER.sub("", words) or words


def _read_table(sheet: _Sheet, table: _Element, where: str) -> None:
    rows = [row for row in table.iter(ROW) if next(row.iterancestors(TABLE)) is table]
    cells = [[c for c in row.iter(CELL) if next(c.iterancestors(ROW)) is row] for row in rows]
    headings = _headings(cells)
    if _is_actions(headings):
        return
    for number, row in enumerate(cells, start=1):
        if number > 1 or not headings:
            _read_row(sheet, row, headings, f"{where} row {number}")


def _headings(cells: list[list[_Element]]) -> list[str]:
    """The first row's words where they name the columns of the rows below."""
    if len(cells) < 2 or len(cells[0]) < 2:
        return []
    words = [plain(text_of(cell)) for cell in cells[0]]
    is_worded = all(words[1:]) and all(field_in(cell) is None for cell in cells[0][1:])
    below = any(field_in(cell) is not None for row in cells[1:] for cell in row[1:])
    return words if is_worded and below else []


def _is_actions(headings: list[str]) -> bool:
    has_action = any(set(heading.split()) & _ACTIONS for heading in headings)
    return has_action and any(_WHO.search(heading) for heading in headings)


def _read_row(sheet: _Sheet, row: list[_Element], headings: list[str], where: str) -> None:
    if len(row) == 1:
        _read_single(sheet, row[0])
        return
    facets = [_FACETS[h] for h in headings[1:] if h in _FACETS]
    label = text_of(row[0])
    if facets and label:
        sheet.question(label, AnswerField("facet", "its columns"), where, facets)
    elif label and (found := _ticked_columns(row, headings)):
        sheet.question(label, found, where, ())
    else:
        _read_pairs(sheet, row, headings, where)


def _read_single(sheet: _Sheet, cell: _Element) -> None:
    """A cell over the whole width: the heading of what follows."""
    text = text_of(cell)
    if text and field_in(cell) is None and len(text) <= _LONGEST_HEADING:
        sheet.heading(_without_number(text))


def _ticked_columns(row: list[_Element], headings: list[str]) -> AnswerField | None:
    """An answer given by a tick in one of several columns: Yes | No | N/A."""
    columns = [h for h in headings[1 : len(row)] if h not in _COMMENT]
    fields = [field_in(cell) for cell in row[1 : 1 + len(columns)]]
    can_tick = all(each is not None and each.kind in ("box", "text") for each in fields)
    if len(columns) < 2 or not can_tick or any(len(words) > 40 for words in columns):
        return None
    if not scale_of(columns):
        return None
    return AnswerField("choice", "its columns", tuple(columns))


def _read_pairs(sheet: _Sheet, row: list[_Element], headings: list[str], where: str) -> None:
    """Label and answer, and again label and answer; a comment's cell is part of the answer."""
    place = 0
    while place < len(row) - 1:
        label, found = text_of(row[place]), field_in(row[place + 1])
        if label and field_in(row[place]) is None and found is not None:
            sheet.question(label, found, where, ())
            place += 1
        place += 1
        while place < len(row) and place < len(headings) and headings[place] in _COMMENT:
            place += 1
