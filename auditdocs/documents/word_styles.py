"""What the styles of a Word document say of its text: sizes, heading levels, language."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from auditdocs.documents.wordml import NAMESPACES

OFF = ("0", "false", "off")
"""How Word writes that something does not hold."""

_W = f"{{{NAMESPACES['w']}}}"
_HEADING = re.compile(r"heading ([1-9])")
_WORDS_OWN_SIZE = 20

_Element = etree._Element


@dataclass(frozen=True, slots=True)
class Styles:
    """What the styles of a document say of its text, inheritance followed."""

    sizes: Mapping[str, int]
    """Style id to half points."""
    levels: Mapping[str, int]
    """The id of a heading style to its level, 1 being the highest."""
    normal: str
    """The id of the style of a paragraph that names none."""
    size: int
    """Half points where no style says."""
    language: str


def styles_of(part: _Element | None) -> Styles:
    """The styles that word/styles.xml defines; Word's own defaults where there is no such part."""
    root = etree.Element("none") if part is None else part
    each = {style.get(f"{_W}styleId", ""): style for style in root.iterfind(f"{_W}style")}
    chains = {key: tuple(_chain(key, each)) for key in each}
    normal = (
        key
        for key, style in each.items()
        if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default", "0") not in OFF
    )
    defaults = [root.find(f"{_W}docDefaults/{_W}rPrDefault")]
    return Styles(
        sizes={
            key: size for key, chain in chains.items() if (size := whole(_said(chain, "rPr", "sz")))
        },
        levels={key: level for key, chain in chains.items() if (level := _heading_level(chain))},
        normal=next(normal, ""),
        size=whole(_said(defaults, "rPr", "sz")) or _WORDS_OWN_SIZE,
        language=_said(defaults, "rPr", "lang"),
    )


def value(element: _Element, *path: str) -> str:
    """The value of the element at that path, "" when there is none."""
    found: _Element | None = element
    for name in path:
        found = None if found is None else next(found.iterchildren(f"{_W}{name}"), None)
    return "" if found is None else found.get(f"{_W}val", "")


def whole(written: str) -> int:
    """A number as Word writes it; other programs add a fraction. 0 where there is none."""
    digits = written.partition(".")[0]
    return int(digits) if digits.isdecimal() and len(digits) < 10 else 0


def style_of(paragraph: _Element, styles: Styles) -> str:
    """The id of the paragraph's style."""
    return value(paragraph, "pPr", "pStyle") or styles.normal


def heading_level(paragraph: _Element, styles: Styles) -> int:
    """The level of a heading, 1 being the highest; 0 for any other paragraph."""
    return styles.levels.get(style_of(paragraph, styles), 0)


def _chain(key: str, each: Mapping[str, _Element]) -> Iterator[_Element]:
    """A style and those it is based on, nearest first."""
    seen: set[str] = set()
    while key in each and key not in seen:
        seen.add(key)
        yield each[key]
        key = value(each[key], "basedOn")


def _heading_level(chain: tuple[_Element, ...]) -> int:
    """The level of a heading style, 0 when it is none; Word's outline counts from 0, 9 is text."""
    outline = _said(chain, "pPr", "outlineLvl")
    named = _HEADING.fullmatch(value(chain[0], "name").lower())
    level = whole(outline) + 1 if outline else int(named[1]) if named else 0
    return level if level <= 9 else 0


def _said(elements: Iterable[_Element | None], *path: str) -> str:
    """What the first of the elements that says anything says there."""
    values = (value(element, *path) for element in elements if element is not None)
    return next((found for found in values if found), "")
