"""The check of any Word template with a declared set of names: tags, soundness, accessibility."""

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from auditdocs.documents.accessibility import LEFT_TAG, remarks
from auditdocs.documents.package import Package, parsed
from auditdocs.documents.templates.engine import joined
from auditdocs.documents.templates.one_tag import Vocabulary
from auditdocs.documents.templates.soundness import soundness_remarks
from auditdocs.documents.templates.stories import CONTROL, ROW, TABLE, Story, part_words, words_of
from auditdocs.documents.templates.tags import shape_remarks, tag_remarks
from auditdocs.model.lint import ERROR, WARNING, Remark

_HINTS: Mapping[str, str] = {
    "title": "File, Info, Title: a screen reader says it first.",
    "language": "Review, Language, English (United Kingdom), for the whole document.",
    "heading-row": "Layout, Repeat Header Rows, with the cursor in the table's first row.",
    "split-row": "Table properties, Row: take out the tick at Allow row to break across pages.",
    "font-size": "Make it 11 point or larger.",
    "alt-text": "Right-click the picture, Edit Alt Text, and say what it shows.",
    "heading-skipped": "Use the heading styles in order: Heading 1, then Heading 2.",
    "ends-in-table": "Press Enter behind the table.",
    "bookmark-twice": "Insert, Bookmark, and delete the one that is not wanted.",
}
_ERRORS = ("ends-in-table", "bookmark-twice")


def template_remarks(
    package: Package, stories: tuple[Story, ...], known: Vocabulary
) -> Iterator[Remark]:
    """Everything wrong with a template, whatever it is for; `known` are the names it may use."""
    tags = [*tag_remarks(package, stories, known)]
    yield from tags
    if not any(remark.severity == ERROR for remark in tags):
        yield from shape_remarks(joined(package.parts))
    yield from soundness_remarks(stories)
    yield from _accessibility(package, stories)


def residual_remarks(filled: Package) -> Iterator[Remark]:
    """Whatever part of a filled document still holds a tag: its reader would see it."""
    for name, part in filled.parts.items():
        is_text = name.endswith((".xml", ".rels"))
        if is_text and any(mark in part for mark in (b"{{", b"{%", b"{#")):
            yield Remark(
                rule="tag-left",
                where=part_words(name),
                text="a tag is left there when a form is filled",
                hint="Take it out: nothing is filled in there.",
            )


def _accessibility(package: Package, stories: Iterable[Story]) -> Iterator[Remark]:
    told = {story.part: story for story in stories}
    roots = {name: told[name].root if name in told else None for name in package.parts}
    parts = {
        name: parsed(package.parts[name], name) if root is None else root
        for name, root in roots.items()
        if name.endswith(".xml") and name.startswith(("word/", "docProps/"))
    }
    for rule, _place, text, part, element in remarks(parts):
        if rule == LEFT_TAG or (rule == "heading-row" and _is_labels(element)):
            continue
        severity = ERROR if rule in _ERRORS else WARNING
        if part in told:
            yield told[part].remark(rule, element, text, _HINTS[rule], severity=severity)
        else:
            where = part_words(part) if part else "the document"
            yield Remark(rule=rule, where=where, text=text, hint=_HINTS[rule], severity=severity)


def _is_labels(table: etree._Element | None) -> bool:
    """Whether a table's first row has something to be filled in: its labels stand beside it."""
    row = None if table is None or table.tag != TABLE else next(table.iter(ROW), None)
    if row is None:
        return False
    return next(row.iter(CONTROL), None) is not None or "{{" in words_of(row)
