"""Audit ids: type, period and serial, never a name (domain.md A0.3)."""

import re
from dataclasses import dataclass

_REFERENCE = re.compile(
    r"(?<![A-Z0-9])([A-Z]{1,6})-(\d{4}-(?:\d{2}-Q[1-4]|\d{2}))-(\d{4,6})(?![0-9])", re.ASCII
)
_HYPHENS = str.maketrans(dict.fromkeys("\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}", "-"))


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """The three parts of an audit id; written Q-2026-10-0012 or H-2026-27-Q3-0002."""

    prefix: str
    period: str
    serial: int

    def __str__(self) -> str:
        """The reference as it is printed."""
        return f"{self.prefix}-{self.period}-{self.serial:04d}"


def reference(text: str) -> Reference | None:
    """The reference that the whole text is, or None. Case and outer spaces do not matter."""
    match = _REFERENCE.fullmatch(_plain(text).strip())
    return Reference(match[1], match[2], int(match[3])) if match else None


def references_in(text: str) -> tuple[str, ...]:
    """Every reference standing in a text, in order, each as it is printed."""
    found = _REFERENCE.finditer(_plain(text))
    return tuple(str(Reference(match[1], match[2], int(match[3]))) for match in found)


def _plain(text: str) -> str:
    """Capitals, and the hyphens that Word puts in by itself as the one on the keyboard."""
    return text.upper().translate(_HYPHENS)
