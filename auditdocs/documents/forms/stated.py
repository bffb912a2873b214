"""What a returned document says it is, in each place where it says it; none is trusted yet.

Source: forms.md (identity; reading, "which form").
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from lxml import etree

from auditdocs.documents.forms.word_tables import WordTable, plain, text_of
from auditdocs.documents.package import Package
from auditdocs.documents.properties import MADE, OURS, properties_of
from auditdocs.documents.wordml import NAMESPACES
from auditdocs.model.form import Identity
from auditdocs.rules.references import references_in

_W = f"{{{NAMESPACES['w']}}}"
_ID = "audit_id"
_LABELS = ("audit id", "form")
"""How the header block labels it: on the forms of audits, and on those about a team or an audit."""
_DC = "{http://purl.org/dc/elements/1.1/}"


def stated_identity(
    package: Package, body: etree._Element, found: tuple[WordTable, ...]
) -> Identity:
    """The identity in the properties, the body and the footer of a document with these tables."""
    custom = properties_of(package)
    stated, carried = _first_reference(custom.get(f"{OURS}audit_id", "")), _carried(found)
    core = package.xml("docProps/core.xml")
    said = Identity(
        properties=stated,
        body=_body_reference(carried, stated),
        footer=_first_reference(_footer_text(package)),
        core="" if core is None else _first_reference(core.findtext(f"{_DC}identifier") or ""),
        type=custom.get(f"{OURS}type", ""),
        version=custom.get(f"{OURS}version", ""),
        fingerprint=custom.get(f"{OURS}form", ""),
        made=_made(custom, carried),
    )
    if said.type or said.references:
        return said
    version = next((text.strip() for text in _beside("form version", found)), "")
    titles = (*_beside("audit", found), *_first_lines(body))
    return replace(said, titles=titles, printed_version=version)


def _first_lines(body: etree._Element) -> Iterator[str]:
    """The paragraphs before the first table, the title among them."""
    for block in body.iterfind(f"{_W}body/*"):
        if block.tag == f"{_W}tbl":
            return
        if block.tag == f"{_W}p" and (text := text_of(block)):
            yield text


def _beside(label: str, found: tuple[WordTable, ...]) -> Iterator[str]:
    """What the header block, the first table, has beside a label, wherever that stands in it."""
    rows = (row for table in found[:1] for row in table.rows)
    yield from (b.text for row in rows for a, b in pairwise(row) if plain(a.text) == label)


def _made(custom: Mapping[str, str], carried: Iterable[str]) -> tuple[str, str]:
    """What else of ours the document is than a form, and of which kind; both "" for a form."""
    for name in MADE:
        if kind := custom.get(f"{OURS}{name}", ""):
            return name, kind
    is_unfilled = any("{{" in text for text in (custom.get(f"{OURS}type", ""), *carried))
    return ("template", "") if is_unfilled else ("", "")


def _first_reference(text: str) -> str:
    return next(iter(references_in(text)), "")


def _footer_text(package: Package) -> str:
    roots = (package.xml(name) for name in package.named("word/footer"))
    return " ".join(text_of(root) for root in roots if root is not None)


def _carried(found: tuple[WordTable, ...]) -> list[str]:
    """What stands in the audit id's control, or beside its label; never one quoted in an answer."""
    rows = [row for table in found for row in table.rows]
    carried = [text for row in rows for cell in row for tag, text in cell.controls if tag == _ID]
    carried += [b.text for row in rows for a, b in pairwise(row) if f"h_{_ID}" in a.bookmarks]
    return [*carried, *(text for label in _LABELS for text in _beside(label, found))]


def _body_reference(carried: Iterable[str], stated: str) -> str:
    """The reference that the body carries, "" where it carries none.

    Of two that differ the one that is not `stated`: a form put together from two must be seen.
    """
    references = [reference for text in carried for reference in references_in(text)]
    others = (reference for reference in references if reference != stated)
    return next(others, stated if references else "")
