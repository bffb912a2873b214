"""A form answered the way Word does it: what is filled in before it goes out, and for tests.

Typed text takes the prompt's place in its control; a control that is gone cannot be answered.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy

from lxml import etree

from auditdocs.documents.package import package, parsed, zipped
from auditdocs.documents.wordml import NAMESPACES
from auditdocs.documents.wrong_files import BODY
from auditdocs.model.form import LOCAL_ITEMS, RECOMMENDATIONS

_W = f"{{{NAMESPACES['w']}}}"
_W15 = f"{{{NAMESPACES['w15']}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def answered(
    form: bytes,
    answers: Mapping[str, str],
    recommendations: Sequence[Mapping[str, str]] = (),
    *,
    local_items: Sequence[Mapping[str, str]] = (),
) -> bytes:
    """The form with these answers by tag, and these rows in its tables' first ones by column.

    Raises KeyError for a tag that the form does not have.
    """
    sound = package(form)
    body = parsed(sound.parts[BODY], BODY)
    controls = _controls(body)
    for tag, text in answers.items():
        _write(controls[tag][0], text)
    for table, rows in ((RECOMMENDATIONS, recommendations), (LOCAL_ITEMS, local_items)):
        _grow(controls, f"{table.prefix}.{table.first}", len(rows))
        controls = _controls(body)
        for place, row in enumerate(rows):
            for name, text in row.items():
                _write(controls[f"{table.prefix}.{name}"][place], text)
    written = etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True)
    return zipped({**sound.parts, BODY: written})


def _grow(controls: Mapping[str, Sequence[etree._Element]], first: str, wanted: int) -> None:
    """Add rows behind the last ready one, as Word's plus sign does, until there are enough."""
    ready = controls.get(first, ())
    if len(ready) >= wanted:
        return
    item = next(each for each in ready[-1].iterancestors(f"{_W}sdt") if _is_repeated(each))
    for _ in range(wanted - len(ready)):
        more = deepcopy(item)
        for number in more.iter(f"{_W}id"):
            number.set(f"{_W}val", str(_next_number(item)))
        item.addnext(more)


def _is_repeated(control: etree._Element) -> bool:
    return control.find(f"{_W}sdtPr/{_W15}repeatingSectionItem") is not None


def _next_number(control: etree._Element) -> int:
    """A number that no control of the document has yet."""
    numbers = control.getroottree().getroot().iter(f"{_W}id")
    return max(int(number.get(f"{_W}val", "0")) for number in numbers) % 0x7FFFFFFE + 1


def _controls(body: etree._Element) -> dict[str, list[etree._Element]]:
    found: dict[str, list[etree._Element]] = {}
    for control in body.iter(f"{_W}sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        if tag is not None:
            found.setdefault(tag.get(f"{_W}val", ""), []).append(control)
    return found


def _write(control: etree._Element, text: str) -> None:
    """The control's text: paragraphs where it holds paragraphs, as Enter makes them, else breaks.

    LibreOffice 7.4 drops a break within a long answer and keeps a paragraph.
    """
    content = control.find(f"{_W}sdtContent")
    assert content is not None
    is_long = content.find(f"{_W}p") is not None
    for child in [*content]:
        content.remove(child)
    if is_long:
        content.extend(_paragraph(line) for line in text.split("\n"))
    else:
        content.append(_run(*text.split("\n")))
    prompt = control.find(f"{_W}sdtPr/{_W}showingPlcHdr")
    if prompt is not None:
        prompt.getparent().remove(prompt)  # type: ignore[union-attr]


def _paragraph(line: str) -> etree._Element:
    paragraph = etree.Element(f"{_W}p")
    paragraph.append(_run(line))
    return paragraph


def _run(*lines: str) -> etree._Element:
    run = etree.Element(f"{_W}r")
    for place, line in enumerate(lines):
        if place:
            etree.SubElement(run, f"{_W}br")
        etree.SubElement(run, f"{_W}t", {_SPACE: "preserve"}).text = line
    return run
