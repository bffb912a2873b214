"""The text of a template in which tags can stand, piece by piece, each with its place.

A paragraph's text is read over its runs, since Word splits a tag over several; what else holds
text is read element by element, and so are the words of attributes, such as alternative text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from auditdocs.documents.package import Package
from auditdocs.documents.templates.engine import holds_tags
from auditdocs.documents.templates.stories import PARAGRAPH, TEXT, Story, W, part_words
from auditdocs.model.lint import Remark, Spot

_Element = etree._Element
_HOLDERS = tuple(
    f"{W}{name}" for name in ("sdt", "hyperlink", "ins", "del", "smartTag", "fldSimple")
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a part."""

    part: str
    text: str
    story: Story | None = None
    paragraph: _Element | None = None
    texts: tuple[_Element, ...] = ()
    """The text elements it is put together from, where it is a paragraph."""
    noun: str = ""
    """What it is where it is no paragraph: "alternative text", "keywords"."""

    def remark(self, rule: str, text: str, hint: str, *, severity: str = "error") -> Remark:
        """A remark on this text."""
        if self.story is not None:
            return self.story.remark(rule, self.paragraph, text, hint, severity=severity)
        where = ", ".join(filter(None, (part_words(self.part), self.noun)))
        spot = Spot(part=self.part, paragraph=0)
        return Remark(rule=rule, where=where, text=text, hint=hint, severity=severity, spot=spot)

    def element_at(self, place: int) -> _Element | None:
        """The text element in which the character at that place stands."""
        for text in self.texts:
            place -= len(text.text or "")
            if place < 0:
                return text
        return None


def holder(element: _Element) -> _Element | None:
    """The innermost control, link or tracked change round an element."""
    return next(element.iterancestors(*_HOLDERS), None)


def pieces(package: Package, stories: Iterable[Story]) -> Iterator[Piece]:
    """Every text of a package, the body first, in which a tag may stand."""
    told = {story.part: story for story in stories}
    for story in told.values():
        yield from _of_story(story)
    for name, part in package.parts.items():
        if name not in told and holds_tags(name, part):
            root = package.xml(name)
            yield from () if root is None else _of_elements(name, root)


def _of_story(story: Story) -> Iterator[Piece]:
    for paragraph in story.paragraphs():
        texts = tuple(
            text
            for text in paragraph.iter(TEXT)
            if next(text.iterancestors(PARAGRAPH)) is paragraph
        )
        said = "".join(text.text or "" for text in texts)
        if "{" in said or "}" in said:
            yield Piece(story.part, said, story, paragraph, texts)
    for element in story.root.iter("*"):
        yield from _of_attributes(story, element)


def _of_attributes(story: Story, element: _Element) -> Iterator[Piece]:
    for value in element.values():
        if "{{" in value or "{%" in value:
            yield Piece(story.part, str(value), story, element)


def _of_elements(name: str, root: _Element) -> Iterator[Piece]:
    for element in root.iter("*"):
        if element.text and "{" in element.text:
            noun = element.getparent().get("name", "") if element.getparent() is not None else ""  # type: ignore[union-attr]
            yield Piece(name, element.text, noun=noun or etree.QName(element).localname)
