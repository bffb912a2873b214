"""Rows of one sheet as the journal keeps them, each read when it is asked for.

Years of rows do not fit in memory, and most of what is asked of them is about a few.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from auditdocs.model.ledger import Cell


@dataclass(slots=True, eq=False)
class KeptRows(Mapping[str, Mapping[str, Cell]]):
    """Rows by key, each by heading; a row is read whenever it is asked for, the keys once."""

    keys_now: Callable[[], list[str]]
    row: Callable[[str], Mapping[str, Cell]]
    """The row of a key, empty when none is kept."""
    _known: dict[str, None] | None = field(default=None)

    def __getitem__(self, key: str) -> Mapping[str, Cell]:
        """The row of that key. Raises KeyError when none is kept."""
        row = self.row(key)
        if not row:
            raise KeyError(key)
        return row

    def __contains__(self, key: object) -> bool:
        """Whether a row of that key is kept; none is read to know it."""
        return key in self._keys()

    def __iter__(self) -> Iterator[str]:
        """The keys, in order."""
        return iter(self._keys())

    def __len__(self) -> int:
        """How many rows are kept."""
        return len(self._keys())

    def _keys(self) -> dict[str, None]:
        if self._known is None:
            self._known = dict.fromkeys(self.keys_now())
        return self._known
