"""What is wrong with a template's tags, told in one run, before anything is filled from it.

What passes has no code in it, asks only for what it will be given, and comes out whole whatever is
filled in: so what was filled need not be parsed again, and a bad template never reaches a reader.

Source: forms.md (filling), field.md d 9.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditdocs.documents.package import Package
from auditdocs.documents.templates.engine import TAG
from auditdocs.documents.templates.one_tag import Vocabulary, faults, form_of, keyword, loop_name
from auditdocs.documents.templates.shapes import shape_fault
from auditdocs.documents.templates.stories import CELL, PARAGRAPH, ROW, Story, part_words
from auditdocs.documents.templates.tag_text import Piece, holder, pieces
from auditdocs.model.lint import WARNING, Remark, Spot

_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_SINGLE = re.compile(r"(?<![{%#])\{\s*([A-Za-z_]\w*)\s*\}(?![}%#])")
_CLOSES = {"endif": "if", "endfor": "for"}
_BRANCHES = {"else": ("if", "for"), "elif": ("if",)}
_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_TOLD = 60
_MOST_OPEN = 20
"""Tags within each other: few enough for every look at them."""


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag in its place."""

    text: str
    piece: Piece
    start: int
    end: int

    def remark(self, rule: str, text: str, hint: str) -> Remark:
        return self.piece.remark(rule, text, hint)


def tag_remarks(package: Package, stories: Iterable[Story], known: Vocabulary) -> Iterator[Remark]:
    """Everything wrong with the tags of a template; `known` are the names they may use."""
    found = tuple(pieces(package, stories))
    for piece in found:
        yield from _brace_remarks(piece, known)
    for part in dict.fromkeys(piece.part for piece in found):
        tags = [tag for piece in found if piece.part == part for tag in _tags(piece)]
        yield from _remarks_of_part(tags, known)


def shape_remarks(parts: Mapping[str, str]) -> Iterator[Remark]:
    """What would not come out whole of joined parts: asked when every tag by itself is sound."""
    for name, part in parts.items():
        if fault := shape_fault(name, part):
            hint = "Put the tag and what it goes round in one row, or write {%tr … %} or {%p … %}."
            spot = Spot(part=name, paragraph=0)
            yield Remark(rule="tag-shape", where=part_words(name), text=fault, hint=hint, spot=spot)


def _tags(piece: Piece) -> Iterator[_Tag]:
    return (_Tag(m[0], piece, m.start(), m.end()) for m in TAG.finditer(piece.text))


def _brace_remarks(piece: Piece, known: Vocabulary) -> Iterator[Remark]:
    """Braces that make no tag: not closed, not opened, one too many, or single."""
    left = TAG.sub(lambda tag: " " * len(tag[0]), piece.text)
    for tag in TAG.finditer(piece.text):
        beside = left[max(tag.start() - 1, 0) : tag.start()] + left[tag.end() : tag.end() + 1]
        if set(beside) & {"{", "}"}:
            told = f"{tag[0]} has a brace too many beside it"
            yield piece.remark("tag-braces", told, "A tag has two braces before it and two behind.")
    for mark in _LEFT_OVER.finditer(left):
        yield _unfinished(piece, mark[0], left[mark.start() : mark.start() + _TOLD].strip())
    for single in _SINGLE.finditer(left):
        yield _single(piece, single[0], single[1], known)


def _unfinished(piece: Piece, mark: str, told: str) -> Remark:
    if mark in _ENDS:
        text = f'"{told}" is a tag that is opened and not closed'
        return piece.remark("tag-open", text, f"End it with {_ENDS[mark]} in the same paragraph.")
    text = f'"{mark}" closes a tag that was not opened'
    return piece.remark("tag-open", text, "Take it out, or write the beginning of the tag.")


def _single(piece: Piece, told: str, name: str, known: Vocabulary) -> Remark:
    """Words in single braces: a tag mistyped where they are a name, else only looked at."""
    severity = "error" if name in known else WARNING
    hint = f"Write {{{{ {name} }}}} for the value; else take the braces out."
    return piece.remark(
        "tag-single", f"{told} has single braces and is printed as it is", hint, severity=severity
    )


def _remarks_of_part(tags: list[_Tag], known: Vocabulary) -> Iterator[Remark]:
    """Each tag by itself, then each with its partner; a name made by a loop is known within it."""
    open_tags: list[_Tag] = []
    words = {keyword(tag.text) for tag in tags}
    for tag in tags:
        if _ends_a_refused(keyword(tag.text), words):
            continue
        loops: Vocabulary = {loop_name(each.text): frozenset() for each in open_tags}
        for fault in faults(tag.text, {**known, **loops}):
            yield tag.remark(*fault)
        yield from _straddling(tag)
        yield from _paired(tag, open_tags)
    for tag in open_tags:
        hint = f"Write {{% end{keyword(tag.text)} %}} where it is to end."
        yield tag.remark("tag-unclosed", f"{tag.text} is not closed", hint)


def _ends_a_refused(word: str, words: Iterable[str]) -> bool:
    """Whether a tag ends one that was told of already: {% endmacro %}."""
    return word not in _CLOSES and word.startswith("end") and word[3:] in words


def _straddling(tag: _Tag) -> Iterator[Remark]:
    first, last = tag.piece.element_at(tag.start), tag.piece.element_at(tag.end - 1)
    if first is not None and last is not None and holder(first) is not holder(last):
        told = f"{tag.text} starts outside and ends inside a control, a link or a tracked change"
        hint = "Type the tag anew, whole, on one side. Whatever follows it would be lost."
        yield tag.remark("tag-straddles", told, hint)


def _paired(tag: _Tag, open_tags: list[_Tag]) -> Iterator[Remark]:
    """What is wrong between a block tag and the one it belongs to."""
    word = keyword(tag.text)
    if word in ("if", "for"):
        yield from _nested(tag, word, open_tags)
        open_tags.append(tag)
    elif word in _BRANCHES:
        if not open_tags or keyword(open_tags[-1].text) not in _BRANCHES[word]:
            hint = "Write it between {% if … %} and {% endif %}."
            yield tag.remark("tag-unopened", f"{tag.text} stands in no if", hint)
    elif word in _CLOSES:
        if open_tags and keyword(open_tags[-1].text) == _CLOSES[word]:
            yield from _apart(open_tags.pop(), tag)
        else:
            hint = f"Take it out, or write {{% {_CLOSES[word]} … %}} before it."
            yield tag.remark("tag-unopened", f"{tag.text} closes what was not opened", hint)


def _nested(tag: _Tag, word: str, open_tags: list[_Tag]) -> Iterator[Remark]:
    if word == "for" and any(keyword(each.text) == "for" for each in open_tags):
        hint = "End the first {% for … %} before the next begins."
        yield tag.remark("tag-code", f"{tag.text} is a loop within a loop", hint)
    if len(open_tags) == _MOST_OPEN:
        hint = "End some of them first: no form needs so many within each other."
        yield tag.remark("tag-code", f"{tag.text} stands within {_MOST_OPEN} others", hint)


def _apart(first: _Tag, last: _Tag) -> Iterator[Remark]:
    """Whether leaving out what stands between two tags leaves the rest whole."""
    if _path(first) != _path(last) or _cell_of(first) is not _cell_of(last):
        told = f"{first.text} and {last.text} stand in different cells, rows or fields"
        hint = (
            "Put both in one paragraph; for rows write {%tr … %} in a row of its own before and "
            "behind them, for paragraphs {%p … %}."
        )
        yield first.remark("tag-apart", told, hint)


_REMOVED = {"tr": ROW, "tc": CELL, "p": PARAGRAPH}
"""What docxtpl puts a tag of that form in the place of."""


def _anchor(tag: _Tag) -> object:
    """The element in which what becomes of the tag stands."""
    at = tag.piece.element_at(tag.start)
    at = tag.piece.paragraph if at is None else at
    removed = _REMOVED.get(form_of(tag.text))
    if at is None or removed is None:
        return at
    round_it = at if at.tag == removed else next(at.iterancestors(removed), None)
    return None if round_it is None else round_it.getparent()


def _path(tag: _Tag) -> tuple[str, ...]:
    anchor = _anchor(tag)
    if anchor is None:
        return ()
    return (anchor.tag, *(each.tag for each in anchor.iterancestors()))  # type: ignore[attr-defined]


def _cell_of(tag: _Tag) -> object:
    anchor = _anchor(tag)
    if anchor is None:
        return None
    return anchor if anchor.tag == CELL else next(anchor.iterancestors(CELL), None)  # type: ignore[attr-defined]
