"""How a count is shown to people: whole per cents beside their n, small numbers with care.

Source: domain.md D1 (rules), quality.md (privacy: "counts under 10 carry no percentage").
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from auditdocs.rules.findings.counts import Counted, percent, rate
from auditdocs.rules.findings.hidden import Balance, starred

NONE = "–"
"""What stands in a cell where there is no figure."""

STAR = "*"
"""What stands where a count would tell a small one beside it."""

Count = int | Counted
"""A count. A bare number has no audits behind it, and is one figure wherever it stands."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Counts as a paper shows them, those below `hide_below` hidden; nought is never hidden."""

    hide_below: int = 0
    starred: frozenset[Counted] = frozenset()
    """The counts that are hidden too, for a small one could be worked out from them."""

    def named(self, report: str) -> str:
        """The name of a copy of that report: one with hidden counts is not taken for a full one."""
        return f"{report} small numbers hidden" if self.hide_below else report

    def hides(self, count: Count) -> bool:
        """Whether the number is too small to be shown, or would tell one that is."""
        return self._is_small(count) or self._is_starred(count)

    def cell(self, count: Count | None) -> int | str:
        """A number in a table: 12, "<5", "*", or a dash where there is none."""
        if count is None:
            return NONE
        if self._is_starred(count):
            return STAR
        return f"<{self.hide_below}" if self._is_small(count) else _number(count)

    def figures(self, counts: Mapping[str, Any]) -> dict[str, Any]:
        """Counts by name, at any depth, as JSON has them: 12, "<5", "*", or None for none."""
        return {name: self._figure(value) for name, value in counts.items()}

    def share(self, part: Count, whole: Count) -> int | str:
        """A part in a table whose row or heading shows the whole: "12 (30%)", 3, "<5"."""
        told = self.rate(part, whole)
        return f"{_number(part):,} ({told})" if told else self.cell(part)

    def percent(self, part: Count, whole: Count) -> int | None:
        """The part in whole per cent; None of fewer than ten, and where either is hidden."""
        if self.hides(part) or self.hides(whole):
            return None
        return percent(_number(part), _number(whole))

    def rate(self, part: Count, whole: Count) -> str:
        """The same in words, as `counts.rate` has them: "30%", "under 1%"; "" where it is None."""
        is_hidden = self.hides(part) or self.hides(whole)
        return "" if is_hidden else rate(_number(part), _number(whole))

    def words(self, count: Count, noun: str) -> str:
        """A number of things in a sentence: "no audits", "1 audit", "fewer than 5 audits"."""
        told = self._told(count) if _number(count) else "no"
        return f"{told} {noun}" if self._is_one(count) else f"{told} {noun}s"

    def subject(self, count: Count, noun: str, verbs: str) -> str:
        """How a sentence begins: "1 form has", "Fewer than 5 forms have"; `verbs` is "has have".

        Of a hidden number the verb is the plural: it must not tell that the number is one.
        """
        one, many = verbs.split()
        told = self.words(count, noun)
        return f"{told[:1].upper()}{told[1:]} {one if self._is_one(count) else many}"

    def part(self, part: Count, whole: Count) -> str:
        """A part of a whole in a sentence: "12 of 40 (30%)", "5 of 6", "fewer than 5 of 40".

        Of a whole that is hidden the part is told alone, as it is where it stands by itself.
        """
        if self.hides(whole):
            return self._told(part) if _number(part) else "none"
        return self._with_rate(f"{self._told(part)} of {_number(whole):,}", part, whole)

    def of(self, part: Count, whole: Count) -> str:
        """A part of a whole in a table: "12 of 40 (30%)", "5 of 6", "<5 of 40", "9 of *"."""
        few = str(self.cell(part)) if self.hides(part) else f"{_number(part):,}"
        if self.hides(whole):
            return few if self.hides(part) or not _number(part) else f"{few} of {STAR}"
        return self._with_rate(f"{few} of {_number(whole):,}", part, whole)

    def point(self, count: Count | None) -> float | None:
        """A number in a chart; None where there is none or it is hidden."""
        return None if count is None or self.hides(count) else _number(count)

    def _with_rate(self, text: str, part: Count, whole: Count) -> str:
        told = self.rate(part, whole)
        return f"{text} ({told})" if told else text

    def _is_small(self, count: Count) -> bool:
        return 0 < _number(count) < self.hide_below

    def _is_starred(self, count: Count) -> bool:
        return bool(self.starred) and _counted(count) in self.starred

    def _is_one(self, count: Count) -> bool:
        return _number(count) == 1 and not self.hides(count)

    def _figure(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return self.figures(value)
        return self.cell(value) if isinstance(value, int | Counted) else value

    def _told(self, count: Count) -> str:
        if self._is_starred(count):
            return "some"
        return f"fewer than {self.hide_below}" if self._is_small(count) else f"{_number(count):,}"


def shown_in(balances: Iterable[Balance], *, least: int) -> Shown:
    """How counts are shown where a reader may set them against each other so."""
    return Shown(least, starred(balances, least=least) if least else frozenset())


def small_numbers(least: int) -> Iterator[tuple[str, str]]:
    """What a copy says, label and value, of the counts that it hides; nothing where it hides none.

    Source: quality.md (privacy).
    """
    if least:
        yield "Small numbers", f"Counts below {least} are shown as <{least}"
        yield "Other numbers", f"{STAR} stands for a count from which one of these could be had"


def _number(count: Count) -> int:
    return count.value if isinstance(count, Counted) else count


def _counted(count: Count) -> Counted:
    return count if isinstance(count, Counted) else Counted(count)
