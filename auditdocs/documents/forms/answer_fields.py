"""The fields for an answer in somebody else's form: controls, legacy fields, boxes, blanks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from auditdocs.documents.forms.word_tables import text_of
from auditdocs.documents.wordml import NAMESPACES

_W = f"{{{NAMESPACES['w']}}}"
_VALUE, _VAL = f"{_W}value", f"{_W}val"
_W14 = f"{{{NAMESPACES['w14']}}}"
_BLANK = re.compile(r"[\s\u2002\u200b_.…\-–—:]*")
_PROMPT = re.compile(r"(?:click|choose|enter|select|tap|type)\b.{0,60}", re.I | re.S)
_BOX = re.compile(r"[☐☒☑□\uf0a8]")
_SAID = tuple(f"{_W}{name}" for name in ("t", "checkBox", "sym", "p", "br", "tab"))
_LINE = re.compile(r"_{3,}|\.{5,}|…{2,}")


@dataclass(frozen=True, slots=True)
class AnswerField:
    """What an answer is put in."""

    kind: str
    """"choice", "date", "box", "int" or "text"."""
    why: str
    choices: tuple[str, ...] = ()


def field_in(element: etree._Element) -> AnswerField | None:
    """The field for an answer in a cell or paragraph, or None where it is only words."""
    text = text_of(element)
    return (
        _boxes(element, text)
        or next(_controls(element), None)
        or next(_legacy(element), None)
        or (_blank(text) if _is_blank(text) else None)
    )


def has_line(text: str) -> bool:
    """Whether words end in a line to write on."""
    return _LINE.search(text) is not None


def without_line(text: str) -> str:
    """The words before such a line."""
    return _LINE.split(text)[0].strip(" :\t")


def _is_blank(text: str) -> bool:
    return _BLANK.fullmatch(text) is not None or _PROMPT.fullmatch(text.strip()) is not None


def _blank(text: str) -> AnswerField:
    return AnswerField("text", "a blank to write in")


def _boxes(element: etree._Element, text: str) -> AnswerField | None:
    """Boxes with words beside them, made of glyphs, controls or legacy fields."""
    marked = _with_boxes(element) if text else text
    before, *after = _BOX.split(marked)
    if not after:
        return None
    beside = [before, *after[:-1]] if before.strip() else after  # words before boxes, or behind
    words = tuple(dict.fromkeys(filter(None, (each.strip(" \n\t/,;:|") for each in beside))))
    if len(after) > 1 and len(words) > 1:
        return AnswerField("choice", "boxes to tick", words)
    return AnswerField("box", "a box to tick")


def _with_boxes(element: etree._Element) -> str:
    """The text with a glyph for each legacy check box."""
    said = []
    for each in element.iter(*_SAID):
        if each.tag == f"{_W}t":
            said.append(each.text or "")
        elif each.tag in (f"{_W}checkBox", f"{_W}sym"):
            said.append("☐")
        else:
            said.append(" ")
    return "".join(said)


def _controls(element: etree._Element) -> Iterator[AnswerField]:
    for properties in element.iter(f"{_W}sdtPr"):
        listed = [*properties.iterfind(f"*/{_W}listItem")]
        if listed:
            words = (
                item.get(f"{_W}displayText", "") or item.get(f"{_W}value", "") for item in listed
            )
            shown = tuple(
                dict.fromkeys(w.strip() for w in words if w.strip() and not _PROMPT.fullmatch(w))
            )
            yield AnswerField("choice", "a drop-down list", shown)
        elif properties.find(f"{_W}date") is not None:
            yield AnswerField("date", "a date picker")
        elif properties.find(f"{_W14}checkbox") is not None:
            yield AnswerField("box", "a box to tick")
        else:
            yield AnswerField("text", "a text control")


def _legacy(element: etree._Element) -> Iterator[AnswerField]:
    for data in element.iter(f"{_W}ffData"):
        kind = data.find(f"{_W}textInput/{_W}type")
        said = "" if kind is None else kind.get(_VAL, "")
        if data.find(f"{_W}ddList") is not None:
            entries = (entry.get(_VAL, "") for entry in data.iter(f"{_W}listEntry"))
            yield AnswerField("choice", "a legacy drop-down list", _offered(entries))
        elif data.find(f"{_W}checkBox") is not None:
            yield AnswerField("box", "a legacy box to tick")
        else:
            named = {"number": "int", "date": "date"}.get(said, "text")
            yield AnswerField(named, "a legacy text field")


def _offered(words: Iterable[str]) -> tuple[str, ...]:
    """What a list offers, each once; its prompt is nothing it offers."""
    said = (word.strip() for word in words)
    return tuple(dict.fromkeys(word for word in said if word and not _PROMPT.fullmatch(word)))
