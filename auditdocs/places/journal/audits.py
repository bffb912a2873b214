"""Selections, audits and their events in the journal."""

from collections.abc import Iterable
from datetime import date

from auditdocs.model.audit import WITHDRAWN, Audit
from auditdocs.model.letter import Letter
from auditdocs.model.selection import Selection
from auditdocs.places.journal.change import Change
from auditdocs.places.journal.codec import decoded, encoded
from auditdocs.places.journal.letters import want_within
from auditdocs.places.journal.serials import highest_serial
from auditdocs.places.journal.store import Journal
from auditdocs.rules.follow_up.life_cycle import may_move


def keep_selection(
    journal: Journal,
    selection: Selection,
    audits: Iterable[Audit],
    *,
    made: date,
    letters: Iterable[Letter] = (),
) -> None:
    """Keep a selection with the audits and letters that follow from it, all or none."""
    with journal.transaction() as change:
        want_within(change, letters)
        row = change.execute(
            "INSERT INTO selections (type, period, made, body) VALUES (?, ?, ?, ?)",
            (selection.type, selection.period, made.isoformat(), encoded(selection)),
        )
        for audit in audits:
            change.execute(
                "INSERT INTO audits VALUES (?, ?, ?, ?, ?, ?)",
                (
                    audit.audit_id,
                    audit.type,
                    audit.child_id,
                    audit.status,
                    row.lastrowid,
                    encoded(audit),
                ),
            )
            change.execute(_EVENT, (audit.audit_id, made.isoformat(), audit.status, "selection"))


def keep_audits(journal: Journal, audits: Iterable[Audit], *, day: date, cause: str) -> None:
    """Keep audits as they now stand; a changed status is an event with its day and cause."""
    with journal.transaction() as change:
        for audit in audits:
            change_audit(change, audit, day=day, cause=cause)


def change_audit(change: Change, audit: Audit, *, day: date, cause: str) -> None:
    """The same within a transaction that does more. The life cycle knows no other moves."""
    before = change.execute(
        "SELECT status FROM audits WHERE audit_id = ?", (audit.audit_id,)
    ).fetchone()
    if before is not None and not may_move(before[0], audit.status):
        raise AssertionError(f"no audit goes from {before[0]} to {audit.status}")
    row = (audit.audit_id, audit.type, audit.child_id, audit.status, encoded(audit))
    change.execute(
        "INSERT INTO audits (audit_id, type, child_id, status, body) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (audit_id) DO UPDATE SET status = excluded.status, body = excluded.body",
        row,
    )
    if before is None or before[0] != audit.status:
        change.execute(_EVENT, (audit.audit_id, day.isoformat(), audit.status, cause))


_EVENT = "INSERT INTO events (audit_id, day, status, cause) VALUES (?, ?, ?, ?)"


def audit(journal: Journal, audit_id: str) -> Audit | None:
    """The audit of that id, or None."""
    rows = journal.asked("SELECT body FROM audits WHERE audit_id = ?", audit_id)
    return decoded(Audit, rows[0][0]) if rows else None


def audits(journal: Journal, *, status: str = "") -> tuple[Audit, ...]:
    """Every audit, or those of one status, by audit id."""
    every = "SELECT body FROM audits ORDER BY audit_id"
    those = "SELECT body FROM audits WHERE status = ? ORDER BY audit_id"
    rows = journal.asked(those, status) if status else journal.asked(every)
    return tuple(decoded(Audit, body) for (body,) in rows)


def audits_of(journal: Journal, statuses: Iterable[str]) -> tuple[Audit, ...]:
    """The audits of these statuses, by audit id."""
    wanted = tuple(statuses)
    marks = ", ".join("?" for _ in wanted)
    question = f"SELECT body FROM audits WHERE status IN ({marks}) ORDER BY audit_id"
    return tuple(decoded(Audit, body) for (body,) in journal.asked(question, *wanted))


def audits_graded(journal: Journal, grade: str) -> tuple[Audit, ...]:
    """The audits whose final grade has that code, by audit id."""
    question = "SELECT body FROM audits WHERE json_extract(body, '$.grade_final') = ?"
    rows = journal.asked(f"{question} ORDER BY audit_id", grade)
    return tuple(decoded(Audit, body) for (body,) in rows)


def ids_of_audits(journal: Journal, *, but: Iterable[str]) -> tuple[str, ...]:
    """The ids of all audits but those of these statuses."""
    left_out = tuple(but)
    marks = ", ".join("?" for _ in left_out)
    question = f"SELECT audit_id FROM audits WHERE status NOT IN ({marks}) ORDER BY audit_id"
    return tuple(audit_id for (audit_id,) in journal.asked(question, *left_out))


def audits_of_child(journal: Journal, child_id: str) -> tuple[Audit, ...]:
    """Every audit of a child, by audit id."""
    question = "SELECT body FROM audits WHERE child_id = ? ORDER BY audit_id"
    return tuple(decoded(Audit, body) for (body,) in journal.asked(question, child_id))


def audits_issued_after(
    journal: Journal, day: date, *, child_id: str, type: str
) -> tuple[Audit, ...]:
    """The audits of a child of that type whose forms went out after that day, by audit id."""
    rows = journal.asked(
        "SELECT body FROM audits WHERE child_id = ? AND type = ? "
        "AND json_extract(body, '$.issued') > ? ORDER BY audit_id",
        child_id,
        type,
        day.isoformat(),
    )
    return tuple(decoded(Audit, body) for (body,) in rows)


def audits_asking_after(journal: Journal, child_id: str) -> tuple[Audit, ...]:
    """The audits of a child whose forms asked after earlier recommendations, by audit id."""
    question = (
        "SELECT body FROM audits WHERE child_id = ? AND json_array_length(body, '$.carried') > 0 "
        "ORDER BY audit_id"
    )
    return tuple(decoded(Audit, body) for (body,) in journal.asked(question, child_id))


def audits_recommending(journal: Journal, child_id: str) -> tuple[Audit, ...]:
    """The audits of a child that recommend something in any version of their form, by audit id."""
    question = f"SELECT body FROM audits WHERE child_id = ? AND {_RECOMMENDS} ORDER BY audit_id"
    return tuple(decoded(Audit, body) for (body,) in journal.asked(question, child_id))


def audits_about(
    journal: Journal, *, child_id: str, worker: str, over_since: date
) -> tuple[Audit, ...]:
    """Every audit that recommends something, of a child and of a worker's cases, by audit id.

    Of those that are closed only the ones closed on that day or later.
    """
    rows = journal.asked(
        "SELECT body FROM audits WHERE audit_id IN (SELECT audit_id FROM audits_of_workers "
        "WHERE worker = ? AND over >= ? UNION SELECT audit_id FROM audits JOIN audits_of_workers "
        f"USING (audit_id) WHERE child_id = ? AND over >= ?) AND {_RECOMMENDS} ORDER BY audit_id",
        worker,
        over_since.isoformat(),
        child_id,
        over_since.isoformat(),
    )
    return tuple(decoded(Audit, body) for (body,) in rows)


_RECOMMENDS = (
    "EXISTS (SELECT 1 FROM records INDEXED BY records_recommending "
    "WHERE records.audit_id = audits.audit_id "
    "AND json_extract(records.body, '$.recommendations[0]') IS NOT NULL)"
)
"""By that index, for otherwise each form would be read through to find that it has none."""


def last_serial(journal: Journal, stem: str) -> int:
    """The highest serial among the audit ids that begin with "<prefix>-<period>-"; 0 before any."""
    question = "SELECT audit_id FROM audits WHERE audit_id BETWEEN ? AND ?"
    return highest_serial(journal, question, stem)


def selections(journal: Journal) -> tuple[tuple[date, Selection], ...]:
    """Every selection with the day it was made, earliest first."""
    rows = journal.asked("SELECT made, body FROM selections ORDER BY id")
    return tuple((date.fromisoformat(made), decoded(Selection, body)) for made, body in rows)


def numbered_selections(journal: Journal) -> tuple[tuple[int, date, Selection], ...]:
    """The same with their numbers."""
    rows = journal.asked("SELECT id, made, body FROM selections ORDER BY id")
    return tuple(
        (int(number), date.fromisoformat(made), decoded(Selection, body))
        for number, made, body in rows
    )


def first_issue(journal: Journal, fingerprint: str) -> date | None:
    """The day of the first form issued by the contract of that fingerprint, None before one."""
    rows = journal.asked(
        "SELECT MIN(json_extract(body, '$.issued')) FROM audits "
        "WHERE json_extract(body, '$.fingerprint') = ?",
        fingerprint,
    )
    return date.fromisoformat(rows[0][0]) if rows[0][0] else None


def selection(journal: Journal, number: int) -> tuple[date, Selection] | None:
    """The selection of that number, with the day it was made."""
    rows = journal.asked("SELECT made, body FROM selections WHERE id = ?", number)
    return (date.fromisoformat(rows[0][0]), decoded(Selection, rows[0][1])) if rows else None


def withdrawal_of(journal: Journal, audit_id: str) -> tuple[date, str] | None:
    """The day on which an audit was withdrawn, and why; None when it was not.

    Why may be somebody's own words, and name a person.
    """
    moves = [(day, why) for day, status, why in events(journal, audit_id) if status == WITHDRAWN]
    return (moves[-1][0], moves[-1][1].removeprefix("withdrawn: ")) if moves else None


def events(journal: Journal, audit_id: str) -> tuple[tuple[date, str, str], ...]:
    """An audit's moves: day, status, cause, earliest first."""
    question = "SELECT day, status, cause FROM events WHERE audit_id = ? ORDER BY id"
    rows = journal.asked(question, audit_id)
    return tuple((date.fromisoformat(day), status, cause) for day, status, cause in rows)
