"""A letter's Word template built from its layout: what the service then words as it likes.

Tags are docxtpl's own: `{{ name }}` for a value, `{%p if … %}` round what is not always said,
`{%tr for … %}` round the row of a table that is repeated.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from auditdocs.documents.forms.parts import LETTER_PAGE, letter_shell
from auditdocs.documents.package import zipped
from auditdocs.documents.wordml import cell, paragraph, root, row, run, table

_WIDTH = LETTER_PAGE.text_width
_HEAD_FILL = "DCE9EE"
_LABEL_FILL = "F3F7F9"
_LABEL_WIDTH = 3200


@dataclass(frozen=True, slots=True)
class Layout:
    """A letter's title and what follows it; the last block is a paragraph, never a table."""

    title: str
    blocks: tuple[str, ...]


def letter_template(kind: str, layout: Layout) -> bytes:
    """The Word template of a kind of letter."""
    parts = letter_shell(title=layout.title, kind=kind)
    title = paragraph(run(layout.title), style="Title")
    body = f"{title}{''.join(layout.blocks)}{LETTER_PAGE.section}"
    parts["word/document.xml"] = root("w:document", f"<w:body>{body}</w:body>").encode()
    return zipped(parts)


def text(words: str, *, bold: bool = False) -> str:
    """A paragraph."""
    return paragraph(run(words, bold=bold))


def heading(words: str) -> str:
    """A heading of a part of the letter."""
    return paragraph(run(words), style="Heading1")


def facts(caption: str, **lines: str) -> str:
    """A table of label and value: the value's name in the letter, and its label."""
    width = _WIDTH - _LABEL_WIDTH
    rows = (
        row(
            (
                cell(paragraph(run(label, bold=True)), width=_LABEL_WIDTH, fill=_LABEL_FILL),
                cell(paragraph(run(f"{{{{ {name} }}}}" if name[0] != "_" else "")), width=width),
            )
        )
        for name, label in lines.items()
    )
    return table(rows, widths=(_LABEL_WIDTH, width), caption=caption) + paragraph()


def listing(name: str, caption: str, **columns: tuple[str, int]) -> str:
    """A table with a row for each of `name`; columns by key, each with heading and share of 100."""
    widths = [_WIDTH * share // 100 for _, share in columns.values()]
    heads = (
        cell(paragraph(run(head, bold=True)), width=width, fill=_HEAD_FILL)
        for (head, _), width in zip(columns.values(), widths, strict=True)
    )
    cells = (
        cell(paragraph(run(f"{{{{ each.{key} }}}}")), width=width)
        for key, width in zip(columns, widths, strict=True)
    )
    rows = (
        row(heads, heading=True),
        _around(f"{{%tr for each in {name} %}}", widths),
        row(cells),
        _around("{%tr endfor %}", widths),
    )
    return table(rows, widths=widths, caption=caption) + paragraph()


def only_if(name: str, *blocks: str) -> str:
    """Blocks that are said only when there is something of that name."""
    start, end = paragraph(run(f"{{%p if {name} %}}")), paragraph(run("{%p endif %}"))
    return f"{start}{''.join(blocks)}{end}"


def _around(tag: str, widths: Iterable[int]) -> str:
    """A row that holds nothing but a tag: it goes when the letter is filled."""
    columns = tuple(widths)
    return row((cell(paragraph(run(tag)), width=sum(columns), span=len(columns)),))
