"""Answer fields without a tag: found by their title, or by the name of an old form field.

The last resort, for questions that neither label nor control led to: some editors drop every tag
and keep the titles, and people move a field out of its row. A title or a name counts only where it
stands for one question alone and one field alone bears it.

Source: forms.md (reading, "alias; legacy field").
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from auditdocs.documents.forms.cells import Claim
from auditdocs.documents.forms.questions import Asked
from auditdocs.documents.forms.word_tables import as_read, plain, seen_text
from auditdocs.documents.package import Package
from auditdocs.documents.wordml import NAMESPACES, control_title
from auditdocs.documents.wrong_files import BODY
from auditdocs.model.contract import AGREED, FACETS, Item

_W = f"{{{NAMESPACES['w']}}}"
_CONTROL, _CELL, _PARAGRAPH = f"{_W}sdt", f"{_W}tc", f"{_W}p"
_TITLE, _TAG, _OLD_FIELD = f"{_W}alias", f"{_W}tag", f"{_W}ffData"
_VALUE = f"{_W}val"
_PARTS = {**FACETS, **AGREED}


def has_untagged(body: etree._Element) -> bool:
    """Whether fields with a title and no tag, or old form fields, stand in the body."""
    titles, tags = (sum(1 for _ in body.iter(name)) for name in (_TITLE, _TAG))
    return titles > tags or next(body.iter(_OLD_FIELD), None) is not None


def untagged_claims(package: Package, asked: Asked, missing: frozenset[str]) -> Iterator[Claim]:
    """The answers of missing keys that a field's title or name leads to: the body is read again."""
    root = package.xml(BODY)
    assert root is not None  # it was read before
    body = as_read(root)
    titles = {title: key for title, key in _titles(asked) if key in missing}
    yield from _alone("title", ((titles.get(title, ""), field) for title, field in _titled(body)))
    names = {_as_a_name(key): key for key in missing}
    yield from _alone("field", ((names.get(name, ""), field) for name, field in _old_fields(body)))


def _titles(asked: Asked) -> list[tuple[str, str]]:
    """Each title that a field of ours may bear, with the one key it stands for."""
    named = [(title, key) for item in asked.items.values() for title, key in _item_titles(item)]
    named += [(label, key) for key in asked.fields for label in asked.wordings[key]]
    plainly = [(plain(control_title(title)), key) for title, key in named]
    times = Counter(title for title, _ in plainly)
    return [(title, key) for title, key in plainly if times[title] == 1]


def _item_titles(item: Item) -> Iterator[tuple[str, str]]:
    """As the form was built: number and label, number and facet, number and "comment"."""
    if not item.parts:
        yield item.title, item.id
    yield from ((f"{item.number} {_PARTS[part]}", f"{item.id}.{part}") for part in item.parts)
    if item.comment_key:
        yield f"{item.number} comment", item.comment_key


def _alone(carrier: str, found: Iterable[tuple[str, etree._Element]]) -> Iterator[Claim]:
    fields = [(key, field) for key, field in found if key]
    times = Counter(key for key, _ in fields)
    for key, field in fields:
        if times[key] == 1:
            yield Claim(key, carrier, (_text(field),))


def _titled(body: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Each field that has a title and no tag, and holds no other."""
    for control in body.iter(_CONTROL):
        title, tag = (control.find(f"{_W}sdtPr/{name}") for name in (_TITLE, _TAG))
        is_tagged = tag is not None and tag.get(_VALUE)
        inner = next(control.iterdescendants(_CONTROL), None)
        if title is not None and not is_tagged and inner is None:
            yield plain(title.get(_VALUE, "")), control


def _old_fields(body: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Each old form field by its name, as the paragraph it stands in."""
    for named in body.iter(_OLD_FIELD):
        name = named.find(f"{_W}name")
        paragraph = next(named.iterancestors(_PARAGRAPH), None)
        if name is not None and paragraph is not None:
            yield _as_a_name(name.get(_VALUE, "")), paragraph


def _as_a_name(key: str) -> str:
    """A key as Word lets an old field be called: letters, digits and "_", twenty of them."""
    return key.replace(".", "_").casefold()[:20]


def _text(field: etree._Element) -> str:
    """What is written in a field; of one alone in its cell, in the cell."""
    cell = next(field.iterancestors(_CELL), None)
    is_alone = cell is not None and sum(1 for _ in cell.iter(_CONTROL, _OLD_FIELD)) == 1
    return seen_text(cell if cell is not None and is_alone else field)
