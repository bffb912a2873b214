"""Makers of forms as editors leave them and as people change them."""

from copy import deepcopy

from lxml import etree

from auditdocs.documents.wordml import NAMESPACES
from tests.makers.forms import (
    EVERY_KIND,
    W,
    a_run,
    cell_of,
    control_of,
    edited,
    element,
    rezipped,
    row_of,
)

W14 = f"{{{NAMESPACES['w14']}}}"


def as_libreoffice_leaves_it(form, of=EVERY_KIND):
    """Controls gone, bookmarks kept, and typed text behind the prompt that it did not replace."""

    def damage(body):
        for control in [*body.iter(f"{W}sdt")]:
            _prompt_in_front(control, of)
        for control in reversed([*body.iter(f"{W}sdt")]):
            _unwrapped(control)

    return edited(form, damage)


def as_pandoc_leaves_it(form):
    """Text in tables and nothing else: no control, no bookmark, no property, no footer."""

    def damage(body):
        for control in reversed([*body.iter(f"{W}sdt")]):
            _unwrapped(control)
        etree.strip_elements(body, f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}sectPr")

    gone = ("docProps/custom.xml", "docProps/core.xml", "word/footer1.xml", "word/header1.xml")
    return rezipped(edited(form, damage), dict.fromkeys(gone))


def _prompt_in_front(control, of):
    """Only where something was typed: LibreOffice knows no placeholder, so the prompt stays."""
    part = control.find(f"{W}sdtPr/{W}placeholder/{W}docPart")
    is_empty = control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
    run = next(control.iter(f"{W}r"), None)
    if part is not None and not is_empty and run is not None:
        run.addprevious(a_run(of.prompts[part.get(f"{W}val").removeprefix("AD_")]))


def _unwrapped(control):
    for child in [*control.find(f"{W}sdtContent")]:
        control.addprevious(child)
    control.getparent().remove(control)


def with_tracked_changes(form, tag, *, was, now):
    """One answer struck out and another written in, nobody having accepted either."""

    def edit(body):
        content = _emptied(body, tag)
        content.append(element("del", element("r", element("delText", text=was)), id="1"))
        content.append(element("ins", a_run(now), id="2"))

    return edited(form, edit)


def with_typed_over_control(form, tag, text, nth=0):
    """The control deleted, plain text in its cell."""

    def edit(body):
        cell = cell_of(body, tag, nth)
        for child in [*cell][1:]:
            cell.remove(child)
        cell.append(element("p", a_run(text)))

    return edited(form, edit)


def with_typed_beside_control(form, tag, *, before="", after=""):
    """Text in the cell in front of or behind the control, which still shows its prompt."""

    def edit(body):
        control = control_of(body, tag)
        control.addprevious(a_run(before))
        control.addnext(a_run(after))

    return edited(form, edit)


def with_paragraphs(form, tag, *lines):
    """A long answer in several paragraphs, as Enter makes them in a block of rich text."""

    def edit(body):
        content = control_of(body, tag).find(f"{W}sdtContent")
        for child in [*content]:
            content.remove(child)
        content.extend(element("p", a_run(line)) for line in lines)

    return edited(form, edit)


def with_row_added_by_hand(form, row):
    """A recommendation typed into a new row of plain cells below the ready ones."""

    def edit(body):
        table = next(control_of(body, "rec.recommendation").iterancestors(f"{W}tbl"))
        cells = [element("tc", element("p", a_run(text))) for text in row.values()]
        table.append(element("tr", *cells))

    return edited(form, edit)


def with_row_deleted(form, tag, nth=0):
    """The form less the table row of a control."""

    def edit(body):
        row = row_of(body, tag, nth)
        row.getparent().remove(row)

    return edited(form, edit)


def with_in_cell(form, tag, *content):
    """The form with a paragraph of one's own in the place of a control."""

    def edit(body):
        control = control_of(body, tag)
        control.addprevious(element("x", *content))
        etree.strip_tags(control.getparent(), f"{W}x")
        control.getparent().remove(control)

    return edited(form, edit)


def with_check_box(form, tag, *, glyph, **checked):
    """A check box of Word 2010 in the place of a control: its glyph, and its own state."""
    state = etree.Element(f"{W14}checked", {f"{W14}{key}": value for key, value in checked.items()})
    box = etree.Element(f"{W14}checkbox")
    box.append(state)
    content = element("sdtContent", a_run(glyph))
    properties = element("sdtPr", element("tag", val=tag), box)
    return with_in_cell(form, tag, element("sdt", properties, content))


def with_old_field(form, tag, *, field, result=""):
    """A form field of before 2007 in the place of a control, with the text that it shows."""
    marks = [element("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end")]
    marks[0].append(element("ffData", field))
    runs = [element("r", marks[0]), element("r", element("instrText", text=" FORMTEXT "))]
    runs += [element("r", marks[1]), a_run(result), element("r", marks[2])]
    return with_in_cell(form, tag, *runs)


def an_old_box(*states):
    """The data of an old check box: its states, each ("checked" or "default", value or None)."""
    made = element("checkBox")
    for name, value in states:
        made.append(element(name) if value is None else element(name, val=value))
    return made


def an_old_list(*entries, **places):
    """The data of an old drop-down list: its entries, and which of them is chosen."""
    made = element("ddList", *(element(name, val=str(place)) for name, place in places.items()))
    made.extend(element("listEntry", val=entry) for entry in entries)
    return made


def with_cell_split(form, tag, *, left, right):
    """The cell of a control split in two, with text in both halves.

    A cell of two columns gives one to each half; for another the table gets a column more.
    """

    def edit(body):
        cell = cell_of(body, tag)
        is_wide = cell.find(f"{W}tcPr/{W}gridSpan") is not None
        etree.strip_elements(cell, f"{W}gridSpan")
        other = deepcopy(cell)
        for half, text in ((cell, left), (other, right)):
            for child in [*half][1:]:
                half.remove(child)
            half.append(element("p", a_run(text)))
        cell.addnext(other)
        for row in cell.getparent().getparent().iter(f"{W}tr"):
            if row is not cell.getparent() and not is_wide:
                _spanned(row, [*cell.getparent()].index(cell) - 1)

    return edited(form, edit)


def _spanned(row, place):
    """The cell at that place, which is as wide as the two halves are in another row."""
    cells = [*row.iter(f"{W}tc")]
    properties = cells[min(place, len(cells) - 1)].find(f"{W}tcPr")
    span = properties.find(f"{W}gridSpan")
    if span is None:
        properties.append(element("gridSpan", val="2"))
    else:
        span.set(f"{W}val", str(int(span.get(f"{W}val")) + 1))


def _emptied(body, tag):
    """The content of a control, its runs taken out."""
    content = control_of(body, tag).find(f"{W}sdtContent")
    holder = next(content.iter(f"{W}p"), content)
    for run in [*holder.iter(f"{W}r")]:
        run.getparent().remove(run)
    return holder
