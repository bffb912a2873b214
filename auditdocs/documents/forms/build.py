"""A complete Word form built from its contract: the template that a service then restyles.

The layout is forms.md's: one table a section, printed number and label with a bookmark round it in
the first column, each answer in a cell of its own with one control, the identity three times.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from auditdocs.documents.forms import parts as form_parts
from auditdocs.documents.package import zipped
from auditdocs.documents.wordml import (
    bookmark,
    cell,
    date_picker,
    drop_down,
    long_text,
    paragraph,
    printed_field,
    repeating_rows,
    root,
    row,
    run,
    short_text,
    table,
)
from auditdocs.model.accuracy import PART_CHOICES
from auditdocs.model.contract import (
    AGREED,
    AGREEMENT,
    CASE,
    FACETS,
    Choice,
    Contract,
    Field,
    Item,
    Section,
)
from auditdocs.model.form import (
    CATEGORIES,
    LOCAL_ITEMS,
    NEED_TYPES,
    PRIORITIES,
    RECOMMENDATIONS,
    RowsTable,
)
from auditdocs.model.people import ROLES
from auditdocs.rules.calendar.dates import limit_words
from auditdocs.rules.forms.fields import PARTS
from auditdocs.rules.forms.headings import LATER, SIGN_OFF, parted_sign_off
from auditdocs.rules.forms.scales import listed

WIDTH = 14800
"""The text width of an A4 page on its side, in twentieths of a point."""

ROWS_READY = 5
"""Empty rows on a form, of recommendations or of a team's own items."""

_HEADER_NOTE = (
    "{% if audit_id %}Printed from the case system and locked. If something here is wrong, leave "
    "it and say so in a comment.{% else %}Fill in what you know: the child ID and the auditor at "
    "least.{% endif %}"
)
"""What is said above the header of an issued form, and of a blank one, which has no audit id."""

_ROOM_TO_WRITE = 1300
"""The height of an answer in words on paper, in twentieths of a point: five lines."""

_KEPT_TOGETHER = 8
"""The longest table of fields that is kept on one page."""

_HEAD_FILL = "DCE9EE"
_LABEL_FILL = "F3F7F9"
_HEADER_WIDTHS = (2250, 2700, 2250, 2700, 2200, 2700)
_FIELD_WIDTHS = (5200, 9600)
_QUESTION_WIDTHS = (5900, 2700, 6200)
_STANDARD_WIDTHS = (6200, 1400, 1400, 1400, 4400)
_AGREED_WIDTHS = (4300, 1300, 2700, 2400, 1900, 2200)
_RECOMMENDATION_WIDTHS = (3300, 2300, 1650, 1350, 1750, 1550, 1400, 1500)
_LOCAL_WIDTHS = (3600, 2400, 1900, 2200, 2600, 2100)
_BASES = {"local": "local recording standard", "guid": "statutory guidance", "reg": "regulations"}


def form_template(contract: Contract) -> bytes:
    """The Word template of a contract, ready to be prepared and filled."""
    parts = form_parts.shell(title=contract.title, prompts=contract.prompts)
    parts["word/document.xml"] = _document(contract).encode()
    return zipped(parts)


def _document(contract: Contract) -> str:
    body = "".join(_blocks(contract)) + form_parts.SECTION
    return root("w:document", f"<w:body>{body}</w:body>")


def _blocks(contract: Contract) -> Iterator[str]:
    yield paragraph(run(contract.title), style="Title")
    for text in contract.intro.strip().split("\n\n"):
        yield paragraph(run(" ".join(text.split())))
    named = PARTS[contract.family]
    yield paragraph(run(named.subject), style="Heading1")
    if contract.family == CASE:
        yield paragraph(run(_HEADER_NOTE), style="KeptRow")
    yield _header_table(contract, caption=named.subject)
    yield paragraph(run(named.record), style="Heading1")
    yield _field_table(contract.auditor, contract, caption=f"About {named.record.lower()}")
    for section in contract.sections:
        yield from _section_blocks(section, contract)
    yield from _TABLES.get(contract.family, _no_blocks)(contract)
    yield from _sign_off_blocks(contract)
    saved = "Save this form as a Word document (.docx) and put it in the audit inbox."
    yield paragraph(run(saved), style="Closing")


def _sign_off_blocks(contract: Contract) -> Iterator[str]:
    """The signatures, and by itself what is filled in once the form is home."""
    signed, later = parted_sign_off(contract)
    if signed:
        told = "A name typed here, with its date, is a signature."
        yield from _field_block(SIGN_OFF, told, signed, contract)
    if later:
        told = "Filled in when it has happened, here or in the ledger."
        yield from _field_block(LATER, told, later, contract)


def _field_block(
    heading: str, told: str, fields: tuple[Field, ...], contract: Contract
) -> Iterator[str]:
    yield paragraph(run(heading), style="Heading1")
    yield paragraph(run(told), style="KeptRow")
    yield _field_table(fields, contract, caption=heading)


def _header_table(contract: Contract, *, caption: str) -> str:
    """Printed fields, three to a row, so that the block stays on half a page."""
    pairs = [_header_pair(field) for field in contract.header]
    pairs += [(paragraph(), paragraph())] * (-len(pairs) % 3)
    rows = (row(_header_cells(pairs[start : start + 3])) for start in range(0, len(pairs), 3))
    return table(rows, widths=_HEADER_WIDTHS, caption=caption)


def _header_pair(field: Field) -> tuple[str, str]:
    label = paragraph(bookmark(f"h_{field.name}", run(field.label, bold=True)))
    printed = run("{{ %s }}" % field.name)  # noqa: UP031 - braces are the template's
    return label, paragraph(printed_field(field.name, field.label, printed))


def _header_cells(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    widths = iter(_HEADER_WIDTHS)
    for label, value in pairs:
        yield cell(label, width=next(widths), fill=_LABEL_FILL)
        yield cell(value, width=next(widths))


def _field_table(fields: Iterable[Field], contract: Contract, *, caption: str) -> str:
    """Fields under each other; a short table is kept on one page, a long one begins on two rows."""
    given = tuple(fields)
    kept = len(given) - 1 if len(given) <= _KEPT_TOGETHER else 1
    rows = [_heading_row(("To fill in", "Answer"), _FIELD_WIDTHS)]
    rows += [_field_row(field, contract, style="KeptRow") for field in given[:kept]]
    rows += [_field_row(field, contract, style="") for field in given[kept:]]
    return table(rows, widths=_FIELD_WIDTHS, caption=caption)


def _field_row(field: Field, contract: Contract, *, style: str) -> str:
    label = paragraph(bookmark(f"h_{field.name}", run(field.label, bold=True)), style=style)
    control = _control(field.name, field.label, field.type, field.choices, contract)
    return row(
        (
            cell(label, width=_FIELD_WIDTHS[0], fill=_LABEL_FILL),
            cell(control, width=_FIELD_WIDTHS[1]),
        )
    )


def _section_blocks(section: Section, contract: Contract) -> Iterator[str]:
    heading = bookmark(f"s_{section.key}", run(f"{section.key} {section.title}"))
    yield paragraph(heading, style="Heading1")
    if section.intro:
        yield paragraph(run(" ".join(section.intro.split())))
    headings, widths = _columns(section)
    rows = [_heading_row(headings, widths)]
    rows += [_item_row(item, contract, widths) for item in section.items]
    yield table(rows, widths=widths, caption=section.title)


def _columns(section: Section) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The headings of a section's table and its column widths."""
    if any(item.check for item in section.items):
        return ("Item", *AGREED.values()), _AGREED_WIDTHS
    if any(item.facets for item in section.items):
        return ("Standard", *FACETS.values(), "Comment"), _STANDARD_WIDTHS
    return ("Question", "Answer", "Comment"), _QUESTION_WIDTHS


def _heading_row(headings: Iterable[str], widths: Iterable[int]) -> str:
    cells = (
        cell(paragraph(run(heading, bold=True), style="KeptRow"), width=width, fill=_HEAD_FILL)
        for heading, width in zip(headings, widths, strict=True)
    )
    return row(cells, heading=True)


def _item_row(item: Item, contract: Contract, widths: tuple[int, ...]) -> str:
    label = cell("".join(_label_paragraphs(item)), width=widths[0], fill=_LABEL_FILL)
    height = 0 if item.comment_key or item.check else _ROOM_TO_WRITE
    return row((label, *_answer_cells(item, contract, widths[1:])), height=height)


def _label_paragraphs(item: Item) -> Iterator[str]:
    label = "{{ labels.%s }}" % item.id if item.relabel else item.label  # noqa: UP031
    yield paragraph(bookmark(f"q_{item.id}", run(f"{item.number} {label}", bold=True)))
    if item.basis:
        yield paragraph(run(_rests_on(item)), style="Guidance")
    for text in item.guidance.strip().split("\n\n") if item.guidance else ():
        yield paragraph(run(" ".join(text.split())), style="Guidance")
    if item.advice or item.note:
        yield paragraph(run("{{ advice.%s }}" % item.id), style="ExtractNote")  # noqa: UP031


def _rests_on(item: Item) -> str:
    """The time limit and what the standard rests on: "45 working days … Statutory guidance." """
    said = (limit_words(item.limit), _BASES[item.basis])
    return " ".join(f"{text[0].upper()}{text[1:]}." for text in said if text)


def _answer_cells(item: Item, contract: Contract, widths: tuple[int, ...]) -> Iterator[str]:
    if item.check:
        for (part, heading), width in zip(AGREED.items(), widths, strict=True):
            title = f"{item.number} {heading}"
            yield cell(_agreed_control(f"{item.id}.{part}", title, contract), width=width)
        return
    if not item.comment_key:
        control = _control(item.id, item.title, "text", (), contract)
        yield cell(control, width=sum(widths), span=len(widths))
        return
    if item.facets:
        for facet, width in zip(FACETS, widths, strict=False):
            yield _facet_cell(item, facet, contract, width)
    else:
        control = _control(item.id, item.title, item.kind, item.choices, contract)
        yield cell(control, width=sum(widths[:-1]), span=len(widths) - 1)
    title, prompt = f"{item.number} comment", contract.prompts["comment"]
    yield cell(long_text(item.comment_key, title, prompt, part="comment"), width=widths[-1])


def _agreed_control(tag: str, title: str, contract: Contract, *, nth: int = 1) -> str:
    """The control for what is agreed of an item: a drop-down where its column has one."""
    prompts, offered = contract.prompts, PART_CHOICES.get(tag.rpartition(".")[2])
    if offered:
        return paragraph(drop_down(tag, title, offered, prompts["choice"], nth=nth))
    return paragraph(short_text(tag, title, prompts["comment"], part="comment", nth=nth))


def _facet_cell(item: Item, facet: str, contract: Contract, width: int) -> str:
    """One facet's answer; a facet that the standard does not have is a shaded dash."""
    if facet not in item.facets:
        return cell(paragraph(run("–")), width=width, fill=_LABEL_FILL)
    title = f"{item.number} {FACETS[facet]}"
    return cell(
        _control(f"{item.id}.{facet}", title, "facet", (), contract),
        width=width,
    )


def _control(tag: str, title: str, kind: str, choices: Iterable[Choice], contract: Contract) -> str:
    """The control for an answer of that kind, in what a cell needs round it."""
    prompts = contract.prompts
    offered = listed(kind, tuple(choices))
    if kind == "text":
        return long_text(tag, title, prompts["text"])
    if kind == "date":
        return paragraph(date_picker(tag, title, prompts["date"]))
    if offered:
        return paragraph(drop_down(tag, title, offered, prompts["choice"]))
    return paragraph(short_text(tag, title, prompts["text"]))


def _recommendation_blocks(contract: Contract) -> Iterator[str]:
    yield paragraph(run("Recommendations"), style="Heading1")
    yield paragraph(
        run(
            "One action a row, specific enough to be carried out by one named person by one date. "
            "Use Word's plus sign at the end of the last row, or the Tab key, for more rows."
        ),
        style="KeptRow",
    )
    yield _rows_table(
        RECOMMENDATIONS,
        _RECOMMENDATION_WIDTHS,
        _recommendation_control,
        contract,
        caption="Recommendations",
    )


def _local_blocks(contract: Contract) -> Iterator[str]:
    yield paragraph(run("Local items"), style="Heading1")
    yield paragraph(
        run(
            "Items of the team's own, one a row. Each needs a method and a frequency. Use Word's "
            "plus sign at the end of the last row, or the Tab key, for more rows."
        ),
        style="KeptRow",
    )
    yield _rows_table(LOCAL_ITEMS, _LOCAL_WIDTHS, _local_control, contract, caption="Local items")


_RowControl = Callable[[Contract, str, str, int], str]
"""The control of a row: contract, column's name and heading, and the row's number."""


def _no_blocks(contract: Contract) -> Iterator[str]:
    """A form of which people add no rows."""
    yield from ()


_TABLES: Mapping[str, Callable[[Contract], Iterator[str]]] = {
    CASE: _recommendation_blocks,
    AGREEMENT: _local_blocks,
}
"""Family to the table to which people add rows."""


def _rows_table(
    rows: RowsTable,
    widths: tuple[int, ...],
    control: _RowControl,
    contract: Contract,
    *,
    caption: str,
) -> str:
    """A table with rows ready to be written in, to which more can be added."""
    heading = _heading_row(rows.columns.values(), widths)
    empty = (
        row(
            cell(control(contract, name, label, nth), width=width)
            for (name, label), width in zip(rows.columns.items(), widths, strict=True)
        )
        for nth in range(1, ROWS_READY + 1)
    )
    section = repeating_rows(rows.section, caption.removesuffix("s"), empty)
    return table((heading, section), widths=widths, caption=caption)


def _local_control(contract: Contract, name: str, label: str, nth: int) -> str:
    return _agreed_control(f"{LOCAL_ITEMS.prefix}.{name}", f"{label} {nth}", contract, nth=nth)


def _recommendation_control(contract: Contract, name: str, label: str, nth: int) -> str:
    tag, title, prompts = f"rec.{name}", f"{label} {nth}", contract.prompts
    offered = recommendation_choices(contract).get(name)
    if name == "recommendation":
        return long_text(tag, title, prompts["text"], nth=nth)
    if name == "due_date":
        return paragraph(date_picker(tag, title, prompts["date"], nth=nth))
    if offered:
        return paragraph(drop_down(tag, title, offered, prompts["choice"], nth=nth))
    return paragraph(short_text(tag, title, prompts["text"], nth=nth))


def recommendation_choices(contract: Contract) -> dict[str, tuple[Choice, ...]]:
    """What the drop-downs of the recommendations table list, by column."""
    return {
        "linked_item": tuple(Choice(code=item.id, label=item.title) for item in contract.items),
        "category": CATEGORIES,
        "priority": PRIORITIES,
        "owner_role": tuple(Choice(code=key, label=label) for key, label in ROLES.items()),
        "need_type": NEED_TYPES,
    }
