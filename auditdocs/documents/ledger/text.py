"""Text in a workbook: what a cell can hold, how XML says it, and the texts that sheets share.

Source: ECMA-376 part 1, 18.4.8 (string item), 22.9.2.19 (_xHHHH_ stands for a character).
"""

import re
from array import array
from collections.abc import Callable

from auditdocs.errors import LedgerFault

MOST_TEXT = 32_767
"""Characters a cell can hold, as Excel counts them: one beyond the basic plane counts twice."""

CUT = " … (cut: see the archived form)"

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_ENTITY = re.compile("&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_RUN = re.compile(rb"<t(?: [^>]*)?>([^<]*)</t>")
_PHONETIC = re.compile(rb"<rPh\b.*?</rPh>", re.DOTALL)
_ITEM = re.compile(rb"<si[\s/>]")
_MOST_KEPT = 10_000


class SharedStrings:
    """The texts that the cells of a workbook share, read when the first one is asked for."""

    def __init__(self, read: Callable[[], bytes]) -> None:
        self._read = read
        self._part: bytes | None = None
        self._starts = array("Q")
        self._kept: dict[str, str] = {}

    def __getitem__(self, number: str) -> str:
        """The text of that number, as cells write it. Raises LedgerFault when there is none."""
        text = self._kept.get(number)
        if text is None:
            text = self._text(number)
            if len(self._kept) < _MOST_KEPT:
                self._kept[number] = text
        return text

    def _text(self, number: str) -> str:
        if self._part is None:
            self._part = self._read()
            self._starts.extend(match.start() for match in _ITEM.finditer(self._part))
            self._starts.append(len(self._part))
        place = int(number) if re.fullmatch("[0-9]{1,9}", number) else len(self._starts)
        if place >= len(self._starts) - 1:
            raise LedgerFault(
                "The ledger is damaged: the text of a cell is missing.",
                hint='Restore the ledger from a copy, or run "auditdocs ledger rebuild".',
            )
        return runs_text(self._part[self._starts[place] : self._starts[place + 1]])


def clean(text: str) -> str:
    """The text as a cell can hold it: no control characters, no lone surrogates, no excess."""
    if text.isprintable() and len(text) <= MOST_TEXT // 2:
        return text
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return within_a_cell(_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text), note=CUT)


def within_a_cell(text: str, *, note: str) -> str:
    """The text without lone surrogates, cut with the note behind it where a cell cannot hold it."""
    if len(text) <= MOST_TEXT // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_TEXT:
        return text
    return units[: 2 * (MOST_TEXT - len(note))].decode("utf-16-le", errors="ignore") + note


def one_line(words: str) -> str:
    """The words as a heading: clean, and on one line."""
    return " ".join(clean(words).split())


def text_xml(text: str) -> bytes:
    """The clean text as <t>; its spaces, tabs and line ends are kept."""
    keep = ' xml:space="preserve"' if " ".join(text.split()) != text else ""
    text = _LIKE_ESCAPE.sub("_x005F_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<t{keep}>{text}</t>".encode()


def plain_text(text: str) -> str:
    """What the content of a <t> or <v> says."""
    return unescaped(without_entities(text))


def without_entities(text: str) -> str:
    """The text that XML means."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def unescaped(text: str) -> str:
    """The text with _x000D_ and its like as the characters they stand for, line ends alike."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: _coded(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def runs_text(held: bytes) -> str:
    """What rich text says, its runs in one; how it is pronounced is left out."""
    if b"<rPh" in held:
        held = _PHONETIC.sub(b"", held)
    return "".join(plain_text(run.decode(errors="replace")) for run in _RUN.findall(held))


def _character(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    return _coded(int(match[1], 16) if match[1] else int(match[2]))


def _coded(code: int) -> str:
    """The character of that number; a replacement for what is none, nothing for a control."""
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return "\N{REPLACEMENT CHARACTER}"
    return _CONTROL.sub("", chr(code)) if code != 13 else "\r"
