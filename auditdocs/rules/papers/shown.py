"""How a count is shown to people: whole per cents beside their n, small numbers with care.

Source: domain.md D1 (rules), quality.md (privacy: "counts under 10 carry no percentage").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditdocs.rules.findings.counts import percent

NONE = "–"
"""What stands in a cell where there is no figure."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Counts as a paper shows them, those below `hide_below` hidden; nought is never hidden."""

    hide_below: int = 0

    def hides(self, number: int) -> bool:
        """Whether the number is too small to be shown."""
        return 0 < number < self.hide_below

    def cell(self, number: int | None) -> int | str:
        """A number in a table: 12, "<5" or a dash where there is none."""
        if number is None:
            return NONE
        return f"<{self.hide_below}" if self.hides(number) else number

    def figures(self, counts: Mapping[str, Any]) -> dict[str, Any]:
        """Counts by name, at any depth, as JSON has them: 12, "<5", or None where there is none."""
        return {name: self._figure(value) for name, value in counts.items()}

    def share(self, part: int, whole: int) -> int | str:
        """A part in a table whose row or heading shows the whole: "12 (30%)", 3, "<5"."""
        per_cent = percent(part, whole)
        if per_cent is None or self.hides(part):
            return self.cell(part)
        return f"{part} ({per_cent}%)"

    def words(self, number: int, noun: str) -> str:
        """A number of things in a sentence: "no audits", "1 audit", "fewer than 5 audits"."""
        told = "no" if number == 0 else self._number(number)
        return f"{told} {noun}" if number == 1 and not self.hides(number) else f"{told} {noun}s"

    def subject(self, number: int, noun: str, verbs: str) -> str:
        """How a sentence begins: "1 form has", "Fewer than 5 forms have"; `verbs` is "has have".

        Of a hidden number the verb is the plural: it must not tell that the number is one.
        """
        one, many = verbs.split()
        told = self.words(number, noun)
        verb = one if number == 1 and not self.hides(number) else many
        return f"{told[:1].upper()}{told[1:]} {verb}"

    def part(self, part: int, whole: int) -> str:
        """A part of a whole in a sentence: "12 of 40 (30%)", "5 of 6", "fewer than 5 of 40"."""
        if self.hides(whole):
            return self._number(whole)
        per_cent = percent(part, whole)
        told = f"{self._number(part)} of {whole}"
        return told if per_cent is None or self.hides(part) else f"{told} ({per_cent}%)"

    def point(self, number: int | None) -> float | None:
        """A number in a chart; None where there is none or it is hidden."""
        return None if number is None or self.hides(number) else number

    def _figure(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return self.figures(value)
        return self.cell(value) if isinstance(value, int) else value

    def _number(self, number: int) -> str:
        return f"fewer than {self.hide_below}" if self.hides(number) else str(number)
