"""A returned form read: which form it is, and every answer with the way it was found.

Answers are found by control tag, then by bookmark, then by printed number, then by label (forms.md,
reading): editors other than Word drop the tags, and people paste over controls, but the cell beside
the printed number stays. The whole cell is read, less the prompts the form was issued with.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from auditdocs.documents.package import Package
from auditdocs.documents.word_tables import WordCell, WordTable, plain, tables, text_of
from auditdocs.documents.wordml import NAMESPACES
from auditdocs.model.contract import FACETS, Contract
from auditdocs.model.form import RECOMMENDATION_COLUMNS, Form, Found, Identity
from auditdocs.rules.references import references_in

CARRIERS = ("tag", "bookmark", "number", "label")
"""How an answer can be found, the most trusted first."""

_W = f"{{{NAMESPACES['w']}}}"
_BODY = "word/document.xml"
_NUMBER = re.compile(r"(\d+(?:\.\d+)+)\s")
_BLANK = re.compile(r"[\s\u2002_.\-–—☐]*")
_COLUMNS: Mapping[str, str] = {plain(label): letter for letter, label in FACETS.items()}
_RECOMMENDATION_NAMES = {plain(label): name for name, label in RECOMMENDATION_COLUMNS.items()}


@dataclass(frozen=True, slots=True)
class _Candidate:
    key: str
    text: str
    carrier: str


@dataclass(frozen=True, slots=True)
class Document:
    """A Word document opened for reading: its package, its body and the body's tables."""

    package: Package
    body: etree._Element
    tables: tuple[WordTable, ...]


def document(package: Package) -> Document:
    """The package opened for reading; parsed once for all that is asked of it."""
    body = package.xml(_BODY)
    assert body is not None  # the gate lets no package through without one
    return Document(package, body, tables(body))


def identity(document: Document) -> Identity:
    """What the form says it is, in each place where it says it. Nothing is trusted yet."""
    custom = _properties(document.package)
    core = document.package.xml("docProps/core.xml")
    stated = "" if core is None else (core.findtext(f"{_DC}identifier") or "")
    return Identity(
        properties=_first_reference(custom.get("auditdocs.audit_id", "")),
        body=_body_reference(document.tables),
        footer=_first_reference(_footer_text(document.package)),
        core=_first_reference(stated),
        type=custom.get("auditdocs.type", ""),
        version=custom.get("auditdocs.version", ""),
        fingerprint=custom.get("auditdocs.form", ""),
    )


def form(document: Document, contract: Contract) -> Form:
    """Every answer of the form, nothing checked yet."""
    prompts = _prompts(contract)
    labels = _labels(contract)
    candidates = [c for table in document.tables for c in _candidates(table, contract, labels)]
    answers, conflicts = _agreed(candidates, prompts)
    names = {field.name for field in contract.fields()}
    return Form(
        identity=identity(document),
        answers={key: value for key, value in answers.items() if key not in names},
        fields={key: value for key, value in answers.items() if key in names},
        recommendations=tuple(_recommendations(document.tables, prompts)),
        seen=frozenset(candidate.key for candidate in candidates),
        conflicts=conflicts,
        notes=tuple(_notes(document, answers)),
    )


def is_blank(text: str) -> bool:
    """Whether nothing was written: spaces, dashes, dots or an empty box alone."""
    return _BLANK.fullmatch(text) is not None


def without_prompts(text: str, prompts: Iterable[str]) -> str:
    """Text less the prompts round it: editors add what is typed to the prompt, before or after."""
    left = text.strip()
    for prompt in prompts:
        if left == prompt:
            return ""
        left = left.removeprefix(prompt).removesuffix(prompt).strip()
    return left


_DC = "{http://purl.org/dc/elements/1.1/}"
_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"


def _properties(package: Package) -> dict[str, str]:
    root = package.xml("docProps/custom.xml")
    if root is None:
        return {}
    rows = root.iter(_PROPERTY)
    return {row.get("name", ""): "".join(str(text) for text in row.itertext()) for row in rows}


def _first_reference(text: str) -> str:
    return next(iter(references_in(text)), "")


def _footer_text(package: Package) -> str:
    roots = (package.xml(name) for name in package.named("word/footer"))
    return " ".join(text_of(root) for root in roots if root is not None)


def _body_reference(found: tuple[WordTable, ...]) -> str:
    """The reference beside its label or in its control; never one quoted in an answer."""
    rows = [row for table in found for row in table.rows]
    tagged = (tag_text for row in rows for cell in row for tag_text in cell.controls)
    carried = [text for tag, text in tagged if tag == "audit_id"]
    carried += [b.text for row in rows for a, b in pairwise(row) if "h_audit_id" in a.bookmarks]
    first = [cell for table in found[:1] for row in table.rows for cell in row]
    carried += [b.text for a, b in pairwise(first) if plain(a.text).startswith("audit")]
    return next((ref for ref in map(_first_reference, carried) if ref), "")


def _prompts(contract: Contract) -> tuple[str, ...]:
    """Longest first, so that no prompt is left half taken away."""
    return tuple(sorted(set(contract.prompts.values()), key=len, reverse=True))


def _labels(contract: Contract) -> dict[str, str]:
    """Each wording that stands once in the form to the item or field that it names."""
    named = [(plain(item.title), item.id) for item in contract.items]
    named += [(plain(field.label), field.name) for field in contract.fields()]
    times = Counter(label for label, _ in named)
    return {label: key for label, key in named if times[label] == 1}


def _candidates(
    table: WordTable, contract: Contract, labels: Mapping[str, str]
) -> Iterator[_Candidate]:
    yield from _tagged(table)
    headings = table.headings
    if _is_recommendations(headings):
        return
    numbers = {item.number: item.id for item in contract.items}
    for row in table.rows:
        for place, cell in enumerate(row):
            for key, carrier in _named(cell, labels, numbers):
                yield from _beside(key, carrier, row[place + 1 :], headings, contract)


def _tagged(table: WordTable) -> Iterator[_Candidate]:
    """A control alone in its cell gives the whole cell: editors type beside a control."""
    for row in table.rows:
        for cell in row:
            tags = [tag for tag, _ in cell.controls if tag and not tag.startswith("rec")]
            for tag, text in cell.controls:
                if tag in tags:
                    yield _Candidate(tag, cell.text if len(tags) == 1 else text, "tag")


def _named(
    cell: WordCell, labels: Mapping[str, str], numbers: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The items or fields that a label cell names, and by which carrier."""
    for mark in cell.bookmarks:
        if mark.startswith(("q_", "h_")):
            yield mark[2:], "bookmark"
    first_line = cell.text.partition("\n")[0]
    number = _NUMBER.match(first_line)
    if number and number[1] in numbers and cell.column == 0:
        yield numbers[number[1]], "number"
    if plain(first_line) in labels:
        yield labels[plain(first_line)], "label"


def _beside(
    key: str,
    carrier: str,
    cells: tuple[WordCell, ...],
    headings: Mapping[int, str],
    contract: Contract,
) -> Iterator[_Candidate]:
    """The answer cells to the right of a label, told apart by the table's headings."""
    item = contract.item(key)
    if item is None:
        yield from (_Candidate(key, cell.text, carrier) for cell in cells[:1])
        return
    for cell in cells:
        heading = headings.get(cell.column, "")
        if heading == "comment" and item.comment_key:
            yield _Candidate(item.comment_key, cell.text, carrier)
        elif item.facets and _COLUMNS.get(heading) in item.facets:
            yield _Candidate(f"{key}.{_COLUMNS[heading]}", cell.text, carrier)
        elif not item.facets and cell is cells[0]:
            yield _Candidate(key, cell.text, carrier)


def _agreed(
    candidates: Iterable[_Candidate], prompts: tuple[str, ...]
) -> tuple[dict[str, Found], tuple[str, ...]]:
    """One answer for each key, the filled one of several; a conflict where filled ones differ."""
    texts: dict[str, dict[str, str]] = {}
    for candidate in candidates:
        text = without_prompts(candidate.text, prompts)
        if not is_blank(text):
            carriers = texts.setdefault(candidate.key, {})
            carriers.setdefault(text, candidate.carrier)
    agreed = {
        key: min(
            (Found(text=text, carrier=carrier) for text, carrier in found.items()),
            key=lambda answer: CARRIERS.index(answer.carrier),
        )
        for key, found in texts.items()
    }
    conflicts = tuple(key for key, found in texts.items() if len({plain(t) for t in found}) > 1)
    return agreed, conflicts


def _recommendations(
    found: Iterable[WordTable], prompts: tuple[str, ...]
) -> Iterator[dict[str, str]]:
    """The rows of the recommendations table, read under its headings."""
    for table in found:
        if _is_recommendations(table.headings):
            yield from _recommendation_rows(table, prompts)


def _is_recommendations(headings: Mapping[int, str]) -> bool:
    known = _RECOMMENDATION_NAMES.keys() & set(headings.values())
    return plain(RECOMMENDATION_COLUMNS["recommendation"]) in known and len(known) >= 3


def _recommendation_rows(table: WordTable, prompts: tuple[str, ...]) -> Iterator[dict[str, str]]:
    names = {place: _RECOMMENDATION_NAMES.get(text, "") for place, text in table.headings.items()}
    for number, row in enumerate(table.rows[1:], start=1):
        texts = {names.get(cell.column, ""): without_prompts(cell.text, prompts) for cell in row}
        filled = {name: text for name, text in texts.items() if name and not is_blank(text)}
        if filled:
            yield {**filled, "row": str(number)}


def _notes(document: Document, answers: Mapping[str, Found]) -> Iterator[str]:
    if next(document.body.iter(f"{_W}ins", f"{_W}del"), None) is not None:
        yield "The form has tracked changes: insertions were read, deletions left out."
    if "word/comments.xml" in document.package.parts:
        yield "The form has comments in its margin: they are kept with the form and not read."
    loose = sum(answer.carrier != "tag" for answer in answers.values())
    if loose:
        yield f"{loose} answers were found by their place in the form, not by their answer field."
