"""A form answered the way Word does it: for the demonstration council and for tests.

Typed text takes the prompt's place in its control; a control that is gone cannot be answered.
"""

from collections.abc import Mapping, Sequence

from lxml import etree

from auditdocs.documents.package import package, parsed, zipped
from auditdocs.documents.wordml import NAMESPACES
from auditdocs.documents.wrong_files import BODY

_W = f"{{{NAMESPACES['w']}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def answered(
    form: bytes,
    answers: Mapping[str, str],
    recommendations: Sequence[Mapping[str, str]] = (),
) -> bytes:
    """The form with these answers by tag, and these recommendations in its first rows by column.

    Raises KeyError for a tag that the form does not have.
    """
    sound = package(form)
    body = parsed(sound.parts[BODY], BODY)
    controls = _controls(body)
    for tag, text in answers.items():
        _write(controls[tag][0], text)
    for place, row in enumerate(recommendations):
        for name, text in row.items():
            _write(controls[f"rec.{name}"][place], text)
    written = etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True)
    return zipped({**sound.parts, BODY: written})


def answerable(form: bytes) -> tuple[str, ...]:
    """The tags of the controls in which somebody can write, in order, each once."""
    body = parsed(package(form).parts[BODY], BODY)
    return tuple(
        tag
        for tag, found in _controls(body).items()
        if found[0].find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
    )


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
