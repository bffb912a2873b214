"""The journal: what the tool knows, in one SQLite file with one writer at a time.

Rollback mode and never WAL, so that it may lie on a share; every change is one transaction that is
on the disk before anything that follows from it. Values are kept whole as JSON beside the few
columns that questions are asked of.
"""

from auditdocs.places.journal.change import note
from auditdocs.places.journal.store import Journal, opened

__all__ = ["Journal", "note", "opened"]
