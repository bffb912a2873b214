"""A returned form read: which form it is, and every answer with the way it was found.

Answers are found by control tag, then by bookmark, exact label, printed number and likeness of the
label (forms.md, reading): editors other than Word drop the tags, and people paste over controls,
but the cell beside the printed number stays. The whole cell is read, less the prompts the form was
issued with.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from auditdocs.documents.forms.cells import (
    CARRIERS,
    Asked,
    Claim,
    asked,
    claims,
    heading_over,
    tagged,
)
from auditdocs.documents.forms.word_tables import (
    WordTable,
    as_read,
    has_tracked_changes,
    loose_controls,
    plain,
    tables,
    text_of,
)
from auditdocs.documents.forms.wordings import worded
from auditdocs.documents.package import Package
from auditdocs.documents.properties import MADE, OURS, properties_of
from auditdocs.documents.wordml import NAMESPACES
from auditdocs.documents.wrong_files import BODY
from auditdocs.model.contract import Contract
from auditdocs.model.form import (
    LOCAL_ITEMS,
    RECOMMENDATIONS,
    ROWS_TABLES,
    Form,
    Found,
    Identity,
    RowsTable,
)
from auditdocs.rules.references import references_in

_ID = "audit_id"
_DC = "{http://purl.org/dc/elements/1.1/}"
_COMMENT = f"{{{NAMESPACES['w']}}}comment"
_BLANK = re.compile(r"[\s\u2002\u200b_.\-–—☐]*")
_HEADINGS = {
    rows.section: {plain(label): name for name, label in rows.columns.items()}
    for rows in ROWS_TABLES
}
"""Of each table to which people add rows, column heading to name."""

_ROWS = frozenset(tag for rows in ROWS_TABLES for tag in rows.tags)
_SECTIONS = frozenset(rows.section for rows in ROWS_TABLES)


@dataclass(frozen=True, slots=True)
class Document:
    """A Word document opened for reading: its package, and what stands in its body."""

    package: Package
    tables: tuple[WordTable, ...]
    loose: tuple[tuple[str, str], ...]
    """Tag and text of each control outside all tables."""
    is_tracked: bool
    """Whether tracked changes stand in it."""
    identity: Identity


def document(package: Package) -> Document:
    """The package opened for reading; parsed once for all that is asked of it."""
    body = package.xml(BODY)
    assert body is not None  # the gate lets no package through without one
    is_tracked = has_tracked_changes(body)
    seen = as_read(body)
    found, loose = tables(seen), tuple(loose_controls(seen))
    return Document(package, found, loose, is_tracked, _identity(package, found))


def identity(document: Document) -> Identity:
    """What the form says it is, in each place where it says it. Nothing is trusted yet."""
    return document.identity


def form(document: Document, contract: Contract) -> Form:
    """Every answer of the form, nothing checked yet."""
    wanted, prompts = asked(contract), _prompts(contract)
    found = [*_claims(document, wanted)]
    found += _worded_claims(document, wanted, frozenset(claim.key for claim in found))
    agreed, conflicts = _agreed(found, prompts)
    return Form(
        identity=document.identity,
        answers={key: answer for key, answer in agreed.items() if key not in wanted.fields},
        fields={key: answer for key, answer in agreed.items() if key in wanted.fields},
        recommendations=tuple(_added_rows(document.tables, RECOMMENDATIONS, prompts)),
        local_items=tuple(_added_rows(document.tables, LOCAL_ITEMS, prompts)),
        seen=frozenset(claim.key for claim in found),
        conflicts=conflicts,
        notes=tuple(_notes(document, agreed, wanted)),
    )


def is_blank(text: str) -> bool:
    """Whether nothing was written: spaces, dashes, dots or an empty box alone."""
    return _BLANK.fullmatch(text) is not None


def without_prompts(text: str, prompts: Iterable[str]) -> str:
    """Text less the prompts round it: editors add what is typed to the prompt, before or after."""
    left = text.strip()
    for prompt in prompts:
        if prompt in left:
            left = left.removeprefix(prompt).removesuffix(prompt).strip()
    return left


def _prompts(contract: Contract) -> tuple[str, ...]:
    """Longest first, so that no prompt is left half taken away.

    A prompt without words, such as an empty box, is blank when it stands alone, and somebody's own
    when it stands beside what they wrote.
    """
    worded = {prompt for prompt in contract.prompts.values() if not is_blank(prompt)}
    return tuple(sorted(worded, key=len, reverse=True))


def _claims(document: Document, wanted: Asked) -> Iterator[Claim]:
    for tag, text in document.loose:
        if tag in wanted.keys:
            yield Claim(tag, "tag", (text,))
    for table in document.tables:
        yield from (tagged if _has_rows(table) else claims)(table, wanted)


def _has_rows(table: WordTable) -> bool:
    """Whether it is a table to which people add rows."""
    return any(_columns_of(rows, table)[0] for rows in ROWS_TABLES)


def _worded_claims(document: Document, wanted: Asked, seen: frozenset[str]) -> Iterator[Claim]:
    """What only the wording of a label leads to, for the questions not found otherwise."""
    missing = frozenset(
        key
        for key, item in wanted.items.items()
        if not seen.intersection((*item.keys, item.comment_key))
    ) | (wanted.fields - seen)
    ours = [table for table in document.tables if not _has_rows(table)]
    named = worded(ours, wanted, missing)
    for table in ours if named else ():
        found = claims(table, wanted, named)
        yield from (claim for claim in found if claim.carrier == "wording")


def _agreed(
    found: Iterable[Claim], prompts: tuple[str, ...]
) -> tuple[dict[str, Found], tuple[str, ...]]:
    """One answer for each key, the filled one of several; a conflict where filled ones differ."""
    agreed: dict[str, Found] = {}
    conflicts: dict[str, None] = {}
    for claim in found:
        new = Found(text=_written(claim.texts, prompts), carrier=claim.carrier)
        if not new.text:
            continue
        old = agreed.setdefault(claim.key, new)
        if old is not new and plain(old.text) != plain(new.text):
            conflicts[claim.key] = None
        if CARRIERS.index(new.carrier) < CARRIERS.index(old.carrier):
            agreed[claim.key] = new
    return agreed, tuple(conflicts)


def _written(texts: Iterable[str], prompts: tuple[str, ...]) -> str:
    """What somebody wrote in these cells, "" where nobody did.

    Empty lines are how a text was laid out: editors add them and drop them, so none is kept.
    """
    bare = (without_prompts(text, prompts) for text in texts)
    lines = (line.strip() for text in bare if not is_blank(text) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _added_rows(
    found: Iterable[WordTable], rows: RowsTable, prompts: tuple[str, ...]
) -> Iterator[dict[str, str]]:
    """The rows of such a table that are not wholly empty, read by column."""
    for table in found:
        names, first = _columns_of(rows, table)
        for number, row in enumerate(table.rows[first:] if names else (), start=1):
            texts: dict[str, list[str]] = {}
            for cell in row:
                texts.setdefault(heading_over(cell.column, names), []).append(cell.text)
            filled = {name: _written(held, prompts) for name, held in texts.items() if name}
            if any(filled.values()):
                yield {name: text for name, text in filled.items() if text} | {"row": str(number)}


def _columns_of(rows: RowsTable, table: WordTable) -> tuple[Mapping[int, str], int]:
    """Column to name, and the first row to read: by the headings, else by the controls.

    Nothing for any other table.
    """
    headings = _HEADINGS[rows.section]
    named = {place: headings.get(text, "") for place, text in table.headings.items()}
    known = set(named.values()) - {""}
    if rows.first in known and len(known) >= 3:
        return named, 1
    tagged = [
        (place, cell.column, tag.partition(".")[2])
        for place, row in enumerate(table.rows)
        for cell in row
        for tag, _ in cell.controls
        if tag in rows.tags
    ]
    return {column: name for _, column, name in tagged}, tagged[0][0] if tagged else 0


def _notes(document: Document, found: Mapping[str, Found], wanted: Asked) -> Iterator[str]:
    if document.is_tracked:
        yield "The form has tracked changes: insertions were read, deletions left out."
    yield from _margin(document.package)
    yield from _how_found(Counter(answer.carrier for answer in found.values()))
    strange = {tag for tag in _tags(document) if tag and tag not in wanted.keys} - _ROWS - _SECTIONS
    if strange:
        yield f"Not of this form's contract, and not read: {_count(len(strange), 'answer field')}."


def _margin(package: Package) -> Iterator[str]:
    """The comments in the margin, which answer nothing and yet were written to be read."""
    root = package.xml("word/comments.xml")
    for comment in () if root is None else root.iter(_COMMENT):
        words = " ".join(text_of(comment).split())
        yield f"A comment in its margin, which counts as no answer: \u201c{words}\u201d"


def _how_found(carriers: Mapping[str, int]) -> Iterator[str]:
    """How answers were found whose fields are gone, the less trusted the later."""
    if kept := carriers.get("bookmark", 0):
        count = _count(kept, "answer")
        yield f"Answer fields are gone; found by the bookmarks of their questions: {count}."
    if loose := carriers.get("label", 0) + carriers.get("number", 0):
        count = _count(loose, "answer")
        yield f"Found by their place in the form, not by their answer field: {count}."
    if alike := carriers.get("wording", 0):
        count = _count(alike, "answer")
        yield f"Found by a question worded much like theirs, so to be looked at: {count}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _tags(document: Document) -> Iterator[str]:
    rows = (row for table in document.tables for row in table.rows)
    yield from (tag for row in rows for cell in row for tag, _ in cell.controls)
    yield from (tag for tag, _ in document.loose)


def _identity(package: Package, found: tuple[WordTable, ...]) -> Identity:
    custom = properties_of(package)
    stated, carried = _first_reference(custom.get("auditdocs.audit_id", "")), _carried(found)
    core = package.xml("docProps/core.xml")
    return Identity(
        properties=stated,
        body=_body_reference(carried, stated),
        footer=_first_reference(_footer_text(package)),
        core="" if core is None else _first_reference(core.findtext(f"{_DC}identifier") or ""),
        type=custom.get("auditdocs.type", ""),
        version=custom.get("auditdocs.version", ""),
        fingerprint=custom.get("auditdocs.form", ""),
        made=_made(custom, carried),
    )


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
    first = [row for table in found[:1] for row in table.rows]
    carried += [b.text for row in first for a, b in pairwise(row) if plain(a.text) == "audit id"]
    return carried


def _body_reference(carried: Iterable[str], stated: str) -> str:
    """The reference that the body carries, "" where it carries none.

    Of two that differ the one that is not `stated`: a form put together from two must be seen.
    """
    references = [reference for text in carried for reference in references_in(text)]
    others = (reference for reference in references if reference != stated)
    return next(others, stated if references else "")
