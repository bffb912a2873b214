"""Forms that go out with letters, and what was read from those that came home."""

from collections.abc import Iterable, Mapping

from auditdocs.model.form import Record, Return
from auditdocs.model.letter import Paper
from auditdocs.places.journal.change import Change
from auditdocs.places.journal.codec import decoded, encoded
from auditdocs.places.journal.returns import keep_return
from auditdocs.places.journal.serials import highest_serial
from auditdocs.places.journal.store import Journal


def keep_paper(journal: Journal, paper: Paper) -> None:
    """Keep a form as it goes out."""
    with journal.transaction() as change:
        change.execute(
            "INSERT OR REPLACE INTO papers VALUES (?, ?, ?, ?)",
            (paper.reference, paper.key, paper.audit_id, encoded(paper)),
        )


def keep_paper_return(journal: Journal, came: Return, paper: Paper, record: Record) -> int:
    """Keep a form that came home, in the place of any earlier one; gives the return's number."""

    def also(change: Change) -> None:
        change.execute(
            "UPDATE returns SET outcome = 'superseded' "
            "WHERE audit_id = ? AND outcome = 'accepted' AND sha256 != ?",
            (came.audit_id, came.sha256),
        )
        change.execute(
            "INSERT INTO paper_records VALUES (?, ?, ?, ?)",
            (paper.reference, came.version, came.digest, encoded(record)),
        )
        change.execute(
            "UPDATE papers SET body = ? WHERE reference = ?", (encoded(paper), paper.reference)
        )

    return keep_return(journal, came, also=also)


def paper(journal: Journal, reference: str) -> Paper | None:
    """The form of that reference, or None."""
    rows = journal.asked("SELECT body FROM papers WHERE reference = ?", reference)
    return decoded(Paper, rows[0][0]) if rows else None


def paper_about(journal: Journal, key: str, audit_id: str) -> Paper | None:
    """The newest form of that contract about an audit, or None before one went out."""
    question = (
        "SELECT body FROM papers WHERE kind = ? AND audit_id = ? ORDER BY reference DESC LIMIT 1"
    )
    rows = journal.asked(question, key, audit_id)
    return decoded(Paper, rows[0][0]) if rows else None


def last_paper_serial(journal: Journal, stem: str) -> int:
    """The highest serial among the references that begin with that stem; 0 before any."""
    question = "SELECT reference FROM papers WHERE reference BETWEEN ? AND ?"
    return highest_serial(journal, question, stem)


def papers(journal: Journal) -> tuple[Paper, ...]:
    """Every form that went out with a letter, by reference."""
    rows = journal.asked("SELECT body FROM papers ORDER BY reference")
    return tuple(decoded(Paper, body) for (body,) in rows)


def paper_digests(journal: Journal, reference: str) -> tuple[str, ...]:
    """The digests of every version of a form that came home, oldest first."""
    question = "SELECT digest FROM paper_records WHERE reference = ? ORDER BY version"
    return tuple(digest for (digest,) in journal.asked(question, reference))


def paper_record(journal: Journal, reference: str) -> Record | None:
    """The newest record of that form, None before it came home."""
    rows = journal.asked(
        "SELECT body FROM paper_records WHERE reference = ? ORDER BY version DESC LIMIT 1",
        reference,
    )
    return decoded(Record, rows[0][0]) if rows else None


def said_of(journal: Journal, audit_id: str) -> Mapping[str, Record]:
    """Key of the form's contract to the newest record of it, of those about an audit.

    What was said of a form that was corrected since, in what is discussed, is left out.
    """
    rows = journal.asked(
        f"SELECT papers.kind, paper_records.body {_THAT_COUNT} AND papers.audit_id = ? {_ORDER}",
        audit_id,
    )
    return {kind: decoded(Record, body) for kind, body in rows}


def said_of_versions(
    journal: Journal, audit_id: str, *, first: int, last: int
) -> Mapping[str, Record]:
    """Key of the form's contract to the newest record of it, of those about these versions."""
    rows = journal.asked(
        "SELECT papers.kind, paper_records.body FROM papers JOIN paper_records USING (reference) "
        "WHERE papers.audit_id = ? AND COALESCE(json_extract(papers.body, '$.of_version'), 1) "
        f"BETWEEN ? AND ? {_ORDER}",
        audit_id,
        first,
        last,
    )
    return {kind: decoded(Record, body) for kind, body in rows}


def said_of_papers(journal: Journal, references: Iterable[str]) -> Mapping[str, Record]:
    """Reference to the newest record of it, of those that came home."""
    found = (
        (each, journal.asked(f"{_NEWEST} ORDER BY version DESC LIMIT 1", each))
        for each in references
    )
    return {reference: decoded(Record, rows[0][0]) for reference, rows in found if rows}


_NEWEST = "SELECT body FROM paper_records WHERE reference = ?"


_THAT_COUNT = (
    "FROM papers JOIN paper_records USING (reference) "
    "JOIN audits ON audits.audit_id = papers.audit_id "
    "WHERE COALESCE(json_extract(papers.body, '$.of_version'), 1) "
    ">= COALESCE(json_extract(audits.body, '$.discussed_version'), 1)"
)
_ORDER = "ORDER BY papers.reference, paper_records.version"


def all_said(journal: Journal) -> Mapping[str, Mapping[str, Record]]:
    """Audit id to the same, for every audit of which such a form came home."""
    rows = journal.asked(
        f"SELECT papers.audit_id, papers.kind, paper_records.body {_THAT_COUNT} {_ORDER}"
    )
    found: dict[str, dict[str, Record]] = {}
    for audit_id, kind, body in rows:
        found.setdefault(audit_id, {})[kind] = decoded(Record, body)
    return found


def audits_of_papers(journal: Journal, references: Iterable[str]) -> tuple[str, ...]:
    """The audits that these references are of, or are about."""
    found = ((reference, paper(journal, reference)) for reference in references)
    return tuple(known.audit_id if known else reference for reference, known in found)
