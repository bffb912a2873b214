"""Files that came back, and the records read from them, in the journal."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.form import Answer, Record, Return
from auditdocs.places.journal.audits import change_audit
from auditdocs.places.journal.change import Change
from auditdocs.places.journal.codec import decoded, encoded
from auditdocs.places.journal.store import Journal


def keep_return(
    journal: Journal,
    came: Return,
    *,
    audit: Audit | None = None,
    record: Record | None = None,
    also: Callable[[Change], None] = lambda change: None,
) -> int:
    """Keep how a file ended, with the audit and the record that follow from it, all or none.

    What else follows from the file is written by `also`, in the same change. Gives the return's
    number. It is unfinished until the file itself is where it belongs. A record makes the earlier
    accepted return of its audit a superseded one.
    """
    with journal.transaction() as change:
        if record is not None:
            change.execute(
                "UPDATE returns SET outcome = 'superseded' "
                "WHERE audit_id = ? AND outcome = 'accepted'",
                (came.audit_id,),
            )
            change.execute(
                "INSERT INTO records VALUES (?, ?, ?, ?)",
                (came.audit_id, came.version, came.digest, encoded(record)),
            )
        row = change.execute(
            "INSERT INTO returns (sha256, audit_id, outcome, finished, body) "
            "VALUES (?, ?, ?, 0, ?)",
            (came.sha256, came.audit_id, came.outcome, encoded(came)),
        )
        if audit is not None:
            change_audit(change, audit, day=came.seen, cause=f"return {row.lastrowid}")
        also(change)
    return row.lastrowid or 0


def finish(journal: Journal, number: int, came: Return) -> None:
    """The file of that return is where it belongs: nothing is left to do for it."""
    with journal.transaction() as change:
        change.execute(
            "UPDATE returns SET finished = 1, body = ? WHERE id = ?", (encoded(came), number)
        )


def unfinished(journal: Journal) -> tuple[tuple[int, Return], ...]:
    """The returns whose file is not yet where it belongs, earliest first."""
    return _numbered(journal.asked(f"{_RETURNS} WHERE finished = 0 ORDER BY id"))


def returns(journal: Journal, *, outcome: str = "") -> tuple[tuple[int, Return], ...]:
    """Every return, or those that ended so, with their numbers, earliest first."""
    return _numbered(journal.asked(f"{_RETURNS} WHERE ? IN ('', outcome) ORDER BY id", outcome))


def returns_after(journal: Journal, number: int) -> tuple[tuple[str, ...], int]:
    """The audit ids of the forms accepted after that return, and the number of the last return."""
    rows = journal.asked(
        "SELECT id, outcome, audit_id FROM returns WHERE id > ? ORDER BY id", number
    )
    accepted = tuple(audit_id for _, outcome, audit_id in rows if outcome == "accepted")
    return accepted, int(rows[-1][0]) if rows else number


def numbered_return(journal: Journal, number: int) -> Return | None:
    """The return of that number, or None."""
    found = _numbered(journal.asked(f"{_RETURNS} WHERE id = ?", number))
    return found[0][1] if found else None


def returns_of(journal: Journal, audit_id: str) -> tuple[tuple[int, Return], ...]:
    """Every return for one audit, with their numbers, earliest first."""
    return _numbered(journal.asked(f"{_RETURNS} WHERE audit_id = ? ORDER BY id", audit_id))


_RETURNS = "SELECT id, outcome, body FROM returns"


def _numbered(rows: list[tuple[str, ...]]) -> tuple[tuple[int, Return], ...]:
    return tuple(
        (int(number), replace(decoded(Return, body), outcome=outcome))
        for number, outcome, body in rows
    )


def return_of(journal: Journal, sha256: str) -> Return | None:
    """The earliest return of the very same bytes that was taken, or None."""
    rows = journal.asked(
        "SELECT body FROM returns WHERE sha256 = ? AND outcome IN ('accepted', 'superseded') "
        "ORDER BY id LIMIT 1",
        sha256,
    )
    return decoded(Return, rows[0][0]) if rows else None


def known_files(journal: Journal) -> frozenset[str]:
    """The SHA-256 of every file that came: returns, extracts and staff registers."""
    tables = ("returns", "extracts", "registers")
    question = " UNION ".join(f"SELECT sha256 FROM {table}" for table in tables)
    return frozenset(sha256 for (sha256,) in journal.asked(question))


def last_seen(journal: Journal) -> date | None:
    """The newest day on which a file came; None before the first."""
    newest = journal.asked("SELECT MAX(json_extract(body, '$.seen')) FROM returns")[0][0]
    return date.fromisoformat(newest) if newest else None


def record(journal: Journal, audit_id: str) -> tuple[Record, str] | None:
    """The newest record of an audit and its digest, or None."""
    rows = journal.asked(
        "SELECT body, digest FROM records WHERE audit_id = ? ORDER BY version DESC LIMIT 1",
        audit_id,
    )
    return (decoded(Record, rows[0][0]), rows[0][1]) if rows else None


def versions(journal: Journal, audit_id: str) -> tuple[tuple[int, Record], ...]:
    """Every version of an audit's record with its number, oldest first."""
    question = "SELECT version, body FROM records WHERE audit_id = ? ORDER BY version"
    rows = journal.asked(question, audit_id)
    return tuple((int(version), decoded(Record, body)) for version, body in rows)


def digests(journal: Journal, audit_id: str) -> tuple[str, ...]:
    """The digests of every version of an audit's record, oldest first."""
    question = "SELECT digest FROM records WHERE audit_id = ? ORDER BY version"
    return tuple(digest for (digest,) in journal.asked(question, audit_id))


def newest_records(journal: Journal) -> Mapping[str, Record]:
    """The newest record of every audit, by its id.

    Answers are few and forms many, so those that are alike are one in memory.
    """
    rows = journal.one_by_one(
        "SELECT body FROM records AS newest WHERE version = "
        "(SELECT MAX(version) FROM records WHERE audit_id = newest.audit_id) ORDER BY audit_id"
    )
    answers: dict[Answer, Answer] = {}
    carriers: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = {}
    found = {}
    for (body,) in rows:
        record = decoded(Record, body)
        found[record.audit_id] = replace(
            record,
            answers=tuple(answers.setdefault(each, each) for each in record.answers),
            carriers=carriers.setdefault(tuple(record.carriers.items()), record.carriers),
        )
    return found


def unsafe_records(journal: Journal) -> tuple[Record, ...]:
    """The newest records that say that a child is not safe, by audit id."""
    rows = journal.asked(
        "SELECT body FROM records AS newest WHERE json_extract(body, '$.safe') = 0 AND version = "
        "(SELECT MAX(version) FROM records WHERE audit_id = newest.audit_id) ORDER BY audit_id"
    )
    return tuple(decoded(Record, body) for (body,) in rows)


def records(journal: Journal) -> tuple[Record, ...]:
    """The newest record of every audit, by audit id."""
    return tuple(newest_records(journal).values())
