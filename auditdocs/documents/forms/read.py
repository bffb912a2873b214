"""A returned form read: which form it is, and every answer with the way it was found.

Answers are found by control tag, then by bookmark, exact label, printed number and likeness of the
label (forms.md, reading): editors other than Word drop the tags, and people paste over controls,
but the cell beside the printed number stays. The whole cell is read, less the prompts the form was
issued with.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditdocs.documents.forms.added_rows import ROW_TAGS, AddedRows, added_rows
from auditdocs.documents.forms.cells import Claim, claims, tagged
from auditdocs.documents.forms.how_found import how_found
from auditdocs.documents.forms.questions import CARRIERS, Asked, asked
from auditdocs.documents.forms.stated import stated_identity
from auditdocs.documents.forms.untagged import has_untagged, untagged_claims
from auditdocs.documents.forms.word_tables import (
    WordTable,
    as_read,
    has_hidden_text,
    has_tracked_changes,
    loose_controls,
    plain,
    tables,
    text_of,
)
from auditdocs.documents.forms.wordings import worded
from auditdocs.documents.forms.written import prompts_of, written
from auditdocs.documents.package import Package
from auditdocs.documents.wordml import NAMESPACES
from auditdocs.documents.wrong_files import BODY
from auditdocs.model.contract import Contract
from auditdocs.model.form import (
    EXCHANGED,
    LOCAL_ITEMS,
    RECOMMENDATIONS,
    REWORDED,
    ROWS_OF_FAMILY,
    UNCLEAR,
    Form,
    Found,
    Identity,
    RowsTable,
)
from auditdocs.rules.plural import number_of

_COMMENT = f"{{{NAMESPACES['w']}}}comment"


@dataclass(frozen=True, slots=True)
class Document:
    """A Word document opened for reading: its package, and what stands in its body."""

    package: Package
    tables: tuple[WordTable, ...]
    """Those that ask questions."""
    added: tuple[AddedRows, ...]
    """Those to which people add rows."""
    loose: tuple[tuple[str, str], ...]
    """Tag and text of each control outside all tables."""
    is_tracked: bool
    """Whether tracked changes stand in it."""
    is_hidden: bool
    """Whether hidden text stands in it, which is not read."""
    is_untagged: bool
    """Whether fields without a tag stand in it."""
    identity: Identity


def document(package: Package) -> Document:
    """The package opened for reading; parsed once for all that is asked of it."""
    body = package.xml(BODY)
    assert body is not None  # the gate lets no package through without one
    is_tracked, is_untagged = has_tracked_changes(body), has_untagged(body)
    is_hidden = has_hidden_text(body)
    seen = as_read(body)
    every = tables(seen)
    added = added_rows(every)
    return Document(
        package=package,
        tables=tuple(table for place, table in enumerate(every) if place not in added),
        added=tuple(added.values()),
        loose=tuple(loose_controls(seen)),
        is_tracked=is_tracked,
        is_hidden=is_hidden,
        is_untagged=is_untagged,
        identity=stated_identity(package, seen, every),
    )


def identity(document: Document) -> Identity:
    """What the form says it is, in each place where it says it. Nothing is trusted yet."""
    return document.identity


def form(document: Document, contract: Contract) -> Form:
    """Every answer of the form, nothing checked yet."""
    wanted, prompts = asked(contract), prompts_of(contract)
    found = [*_claims(document, wanted)]
    found += _worded_claims(document, wanted, frozenset(claim.key for claim in found))
    seen = frozenset(claim.key for claim in found)
    if document.is_untagged and wanted.keys - seen:
        found += untagged_claims(document.package, wanted, wanted.keys - seen)
    unclear, sound = _parted(found, wanted)
    agreed, conflicts = _agreed(sound, prompts)
    return Form(
        identity=document.identity,
        answers={key: answer for key, answer in agreed.items() if key not in wanted.fields},
        fields={key: answer for key, answer in agreed.items() if key in wanted.fields},
        recommendations=tuple(_rows(document, RECOMMENDATIONS, prompts)),
        local_items=tuple(_rows(document, LOCAL_ITEMS, prompts)),
        seen=frozenset(claim.key for claim in found),
        conflicts=conflicts,
        unclear=frozenset(claim.key for claim in unclear if written(claim.texts, prompts)),
        notes=tuple(_notes(document, agreed, wanted, contract)),
    )


def _claims(document: Document, wanted: Asked) -> Iterator[Claim]:
    for tag, text in document.loose:
        if tag in wanted.keys:
            yield Claim(tag, "tag", (text,))
    for table in document.tables:
        yield from claims(table, wanted)
    for rows in document.added:
        yield from tagged(rows.table, wanted)


def _worded_claims(document: Document, wanted: Asked, seen: frozenset[str]) -> Iterator[Claim]:
    """What only the wording of a label leads to, for the questions not found otherwise."""
    missing = frozenset(
        key
        for key, item in wanted.items.items()
        if not seen.intersection((*item.keys, item.comment_key))
    ) | (wanted.fields - seen)
    named = worded(document.tables, wanted, missing)
    keys = {by.key for by in named.values()}
    for table in document.tables if named else ():
        found = claims(table, wanted, named)
        yield from (each for each in found if wanted.owners.get(each.key, each.key) in keys)


def _parted(found: Iterable[Claim], wanted: Asked) -> tuple[list[Claim], list[Claim]]:
    """The claims that nobody can be sure of, and the others.

    Neither number nor words are believed where another row has the better claim to the question.
    """
    rows = [(wanted.owners.get(claim.key, claim.key), claim) for claim in found]
    without = {row for row, claim in rows if not claim.doubt}
    by_words = {row for row, claim in rows if claim.doubt == EXCHANGED}
    taken = {EXCHANGED: without, REWORDED: without | by_words}
    unclear: list[Claim] = []
    sound: list[Claim] = []
    for row, claim in rows:
        is_taken = claim.doubt == UNCLEAR or row in taken.get(claim.doubt, ())
        (unclear if is_taken else sound).append(claim)
    return unclear, sound


def _agreed(
    found: Iterable[Claim], prompts: tuple[str, ...]
) -> tuple[dict[str, Found], tuple[str, ...]]:
    """One answer for each key, the filled one of several; a conflict where filled ones differ."""
    agreed: dict[str, Found] = {}
    conflicts: dict[str, None] = {}
    for claim in found:
        text = written(claim.texts, prompts)
        new = Found(text=text, carrier=claim.carrier, doubt=claim.doubt)
        if not new.text:
            continue
        old = agreed.setdefault(claim.key, new)
        if old is not new and plain(old.text) != plain(new.text):
            conflicts[claim.key] = None
        if CARRIERS.index(new.carrier) < CARRIERS.index(old.carrier):
            agreed[claim.key] = new
    return agreed, tuple(conflicts)


def _rows(
    document: Document, kind: RowsTable, prompts: tuple[str, ...]
) -> Iterator[dict[str, str]]:
    """The rows of every such table; one that an earlier table has to the letter is its copy."""
    before: list[dict[str, str]] = []
    for rows in document.added:
        if rows.kind is kind:
            found = [*rows.filled(prompts)]
            said = [{name: text for name, text in row.items() if name != "row"} for row in found]
            yield from (row for row, words in zip(found, said, strict=True) if words not in before)
            before += said


def _notes(
    document: Document, found: Mapping[str, Found], wanted: Asked, contract: Contract
) -> Iterator[str]:
    if document.is_tracked:
        yield "The form has tracked changes: insertions were read, deletions left out."
    if document.is_hidden:
        yield "Text in the form is hidden (Font, Hidden): it was not read."
    yield from _margin(document.package)
    yield from how_found(found, wanted, contract)
    rows = ROWS_OF_FAMILY.get(contract.family)
    if rows is not None and all(added.kind is not rows for added in document.added):
        named = f"\u201c{rows.heading}\u201d"
        yield f"No table headed {named} was found: what stood in one was not read."
    strange = {tag for tag in _tags(document) if tag and tag not in wanted.keys} - ROW_TAGS
    if strange:
        fields = number_of(len(strange), "answer field")
        yield f"Not of this form's contract, and not read: {fields}."


def _margin(package: Package) -> Iterator[str]:
    """The comments in the margin, which answer nothing and yet were written to be read."""
    root = package.xml("word/comments.xml")
    for comment in () if root is None else root.iter(_COMMENT):
        words = " ".join(text_of(comment).split())
        yield f"A comment in its margin, which counts as no answer: \u201c{words}\u201d"


def _tags(document: Document) -> Iterator[str]:
    tables = (*document.tables, *(rows.table for rows in document.added))
    rows = (row for table in tables for row in table.rows)
    yield from (tag for row in rows for cell in row for tag, _ in cell.controls)
    yield from (tag for tag, _ in document.loose)
