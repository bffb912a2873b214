"""Letters in the journal: wanted first, then made; none twice."""

from collections.abc import Iterable

from auditdocs.model.letter import Letter
from auditdocs.places.journal.change import Change, note
from auditdocs.places.journal.codec import decoded, encoded
from auditdocs.places.journal.posted import STAFF
from auditdocs.places.journal.store import Journal


def want(
    journal: Journal,
    letters: Iterable[Letter],
    *,
    remember: Iterable[tuple[str, str]] = (),
    followed: Iterable[str] = (),
) -> None:
    """Keep that these letters are to be made, each once, and how far the looking has come.

    `remember` are names and values of facts, `followed` the audits that staff wrote about and
    that have been looked at; all is kept or none.
    """
    with journal.transaction() as change:
        want_within(change, letters)
        for name, value in remember:
            note(change, name, value)
        change.executemany(
            "DELETE FROM to_post WHERE source = ? AND key = ?", ((STAFF, key) for key in followed)
        )


def want_within(change: Change, letters: Iterable[Letter]) -> None:
    """The same within a transaction that does more."""
    change.executemany(
        "INSERT OR IGNORE INTO letters (kind, about, team, person, audit_id, made, body) "
        "VALUES (?, ?, ?, ?, ?, 0, ?)",
        (
            (each.kind, each.about, each.team, each.person, each.audit_id, encoded(each))
            for each in letters
        ),
    )


def keep_made(journal: Journal, letters: Iterable[tuple[int, Letter]]) -> None:
    """These letters now lie in the outbox."""
    with journal.transaction() as change:
        change.executemany(
            "UPDATE letters SET made = 1, body = ? WHERE id = ?",
            ((encoded(letter), number) for number, letter in letters),
        )


def letters(journal: Journal, *, waiting: bool = False) -> tuple[tuple[int, Letter], ...]:
    """Every letter with its number, earliest first, or those that wait to be made."""
    where = "WHERE made = 0 " if waiting else ""
    rows = journal.asked(f"SELECT id, body FROM letters {where}ORDER BY id")
    return tuple((int(number), decoded(Letter, body)) for number, body in rows)


def letters_about(journal: Journal, audit_id: str) -> tuple[tuple[int, Letter], ...]:
    """Every letter about an audit with its number, earliest first."""
    question = "SELECT id, body FROM letters WHERE audit_id = ? ORDER BY id"
    rows = journal.asked(question, audit_id)
    return tuple((int(number), decoded(Letter, body)) for number, body in rows)


def audits_written_about(journal: Journal) -> tuple[str, ...]:
    """The ids of the audits that letters are about, "" for letters that are about none."""
    question = "SELECT DISTINCT audit_id FROM letters ORDER BY audit_id"
    return tuple(audit_id for (audit_id,) in journal.asked(question))


def letters_to(journal: Journal, kind: str, person: str) -> tuple[Letter, ...]:
    """Every letter of a kind to a person, earliest first."""
    question = "SELECT body FROM letters WHERE kind = ? AND person = ? ORDER BY id"
    return tuple(decoded(Letter, body) for (body,) in journal.asked(question, kind, person))
