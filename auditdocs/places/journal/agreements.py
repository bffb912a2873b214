"""Accuracy agreements in the journal: the forms that are out, and every version that came home."""

from collections.abc import Iterable
from dataclasses import replace

from auditdocs.model.accuracy import HOME, OUT, REPLACED, Agreement, AgreementForm
from auditdocs.model.form import Return
from auditdocs.places.journal.change import Change
from auditdocs.places.journal.codec import decoded, encoded
from auditdocs.places.journal.returns import keep_return
from auditdocs.places.journal.serials import highest_serial
from auditdocs.places.journal.store import Journal


def keep_forms(journal: Journal, forms: Iterable[AgreementForm]) -> None:
    """Keep agreement forms as they now stand; a team's earlier form still out is replaced."""
    with journal.transaction() as change:
        for form in forms:
            if form.status == OUT:
                change.execute(
                    "UPDATE agreement_forms SET status = ? "
                    "WHERE team = ? AND status = ? AND form_id < ?",
                    (REPLACED, form.team, OUT, form.form_id),
                )
            _keep_form(change, form)


def agreement_form(journal: Journal, form_id: str) -> AgreementForm | None:
    """The form of that reference, or None."""
    found = _forms(journal, "WHERE form_id = ?", form_id)
    return found[0] if found else None


def agreement_forms(journal: Journal) -> tuple[AgreementForm, ...]:
    """Every agreement form that was put out, by reference."""
    return _forms(journal, "ORDER BY form_id")


def keep_agreement(
    journal: Journal, came: Return, agreement: Agreement, *, form: AgreementForm
) -> int:
    """Keep a version with the return it came in, all or none; gives the return's number.

    An earlier return of the same form is then a superseded one.
    """

    def also(change: Change) -> None:
        change.execute(
            "UPDATE returns SET outcome = 'superseded' "
            "WHERE audit_id = ? AND outcome = 'accepted' AND sha256 <> ?",
            (came.audit_id, came.sha256),
        )
        change.execute(
            "INSERT INTO agreements VALUES (?, ?, ?, ?, ?, ?)",
            (
                agreement.key,
                agreement.team,
                agreement.version,
                agreement.form_id,
                came.digest,
                encoded(agreement),
            ),
        )
        _keep_form(change, form, status=HOME)

    return keep_return(journal, came, also=also)


def change_agreement(journal: Journal, agreement: Agreement) -> None:
    """Keep an agreement as it now stands: its copy was put out."""
    with journal.transaction() as change:
        change.execute(
            "UPDATE agreements SET body = ? WHERE key = ? AND team = ? AND version = ?",
            (encoded(agreement), agreement.key, agreement.team, agreement.version),
        )


def agreements(journal: Journal) -> tuple[Agreement, ...]:
    """Every version of every team's agreement, by team, the earliest first."""
    rows = journal.asked("SELECT body FROM agreements ORDER BY key, team, version")
    return tuple(decoded(Agreement, body) for (body,) in rows)


def agreement_digests(journal: Journal, form_id: str) -> tuple[str, ...]:
    """The digests of the versions that a form came home as."""
    rows = journal.asked("SELECT digest FROM agreements WHERE form_id = ?", form_id)
    return tuple(digest for (digest,) in rows)


def last_form_serial(journal: Journal, stem: str) -> int:
    """The highest serial among the references that begin with that stem; 0 before any."""
    question = "SELECT form_id FROM agreement_forms WHERE form_id BETWEEN ? AND ?"
    return highest_serial(journal, question, stem)


def _forms(journal: Journal, which: str, *values: str) -> tuple[AgreementForm, ...]:
    rows = journal.asked(f"SELECT status, body FROM agreement_forms {which}", *values)
    return tuple(replace(decoded(AgreementForm, body), status=status) for status, body in rows)


def _keep_form(change: Change, form: AgreementForm, *, status: str = "") -> None:
    change.execute(
        "INSERT OR REPLACE INTO agreement_forms VALUES (?, ?, ?, ?)",
        (form.form_id, form.team, status or form.status, encoded(form)),
    )
