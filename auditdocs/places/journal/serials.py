"""The serials of references, which begin anew with each prefix and period."""

from auditdocs.places.journal.store import Journal


def highest_serial(journal: Journal, between: str, stem: str) -> int:
    """The highest serial among the references that begin with that stem; 0 before any.

    `between` is the question for those between two ends, so that those of other months, however
    many there are, are not looked at.
    """
    rows = journal.asked(between, stem, f"{stem}:")  # ":" follows "9"
    return max((int(reference.rpartition("-")[2]) for (reference,) in rows), default=0)
