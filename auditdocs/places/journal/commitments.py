"""The actions that reports proposed to the service management group, in the journal."""

from collections.abc import Iterable, Mapping

from auditdocs.model.commitment import Commitment
from auditdocs.places.journal.codec import decoded, encoded
from auditdocs.places.journal.store import Journal


def keep_proposed(journal: Journal, proposed: Iterable[Commitment]) -> None:
    """Keep what a report proposes; of an action proposed before, the newest words."""
    rows = [(each.reference, each.period, encoded(each)) for each in proposed]
    with journal.transaction() as change:
        change.executemany("INSERT OR REPLACE INTO smg_actions VALUES (?, ?, ?)", rows)


def proposed_actions(journal: Journal) -> Mapping[str, Commitment]:
    """Every action that a report proposed, by reference, the newest period's last."""
    rows = journal.asked("SELECT reference, body FROM smg_actions ORDER BY period, reference")
    return {reference: decoded(Commitment, body) for reference, body in rows}
