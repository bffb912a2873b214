"""Conflict copies: what sync clients, Explorer and browsers make of one form saved in two places.

Names only say that two files may be one form; that they are is told by the audit id inside.

Source: field.md c 9; domain.md A0.9.
"""

import re

from auditdocs.model.form import Record

_ENDINGS = re.compile(
    r"(?: \(\d{1,3}\)| - Copy(?: \(\d{1,3}\))?| \([^()]{0,80}conflicted copy[^()]{0,40}\)"
    r"|\.sync-conflict-[\w-]{1,40}|-[A-Z0-9][A-Z0-9-]{1,14}| ?\(AutoRecovered\))$",
    re.IGNORECASE,
)
_COPY_OF = "copy of "


def folded(name: str) -> str:
    """The name that a file had before it was copied, without its ending, in lower case."""
    stem = name.rpartition("/")[2].rpartition(".")[0].strip().casefold().removeprefix(_COPY_OF)
    while (shorter := _ENDINGS.sub("", stem)) and shorter != stem:
        stem = shorter.strip()
    return stem


def are_copies(one: str, other: str) -> bool:
    """Whether two different file names may be those of one form saved in two places."""
    plain = [name.rpartition("/")[2].casefold() for name in (one, other)]
    return plain[0] != plain[1] and folded(one) == folded(other)


def fullness(record: Record) -> int:
    """How much a form says, to tell which of two copies is the fuller."""
    return sum(map(len, (record.answers, record.comments, record.recommendations, record.fields)))
