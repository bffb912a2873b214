"""A manifest as a file that Excel opens and any program can check."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO


def manifest_file(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as CSV in UTF-8, marked as such for Excel; the same rows give the same bytes."""
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")
