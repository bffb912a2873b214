"""The letters that follow from what was said of an audit since it came home.

Source: audit procedure 2 and 3 ("any disagreement over recommendations being referred to Head of
Services", "completed audits are discussed by the SMG and findings fed back"); domain.md A1.2, A2.2.
"""

import hashlib
from collections.abc import Iterator
from datetime import date

from auditdocs.model.letter import Letter
from auditdocs.model.settings import Settings
from auditdocs.rules.follow_up.addressees import Directory
from auditdocs.rules.follow_up.dispute import again, dispute_of, final_grade
from auditdocs.rules.follow_up.followed import Followed
from auditdocs.rules.follow_up.on_acceptance import letter

_HUNDRED = 100


def letters_on_standing(
    of: Followed, directory: Directory, settings: Settings, *, today: date
) -> tuple[Letter, ...]:
    """Every letter that what is known of an audit asks for; those made before among them."""
    return (
        *_themed(of, directory, settings, today),
        *_dispute(of, directory, today),
        *_moderation(of, directory, settings, today),
    )


def is_moderated(of: Followed, settings: Settings) -> bool:
    """Whether a second judge is to grade the case: the grades that settings name, and a share of
    the rest, drawn by the audit's id so that anyone can draw again.

    Source: domain.md A2.2, moderation.
    """
    grade = of.record.overall
    if not of.has("moderation") or not grade:
        return False
    return grade in settings.moderation_grades or draw(of) < settings.moderation_share


def draw(of: Followed) -> int:
    """A number below a hundred, the same for the same audit everywhere and for ever."""
    digest = hashlib.sha256(f"moderation|{of.audit.audit_id}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % _HUNDRED


def _themed(
    of: Followed, directory: Directory, settings: Settings, today: date
) -> Iterator[Letter]:
    """The paper for SMG; once it has been discussed, the feedback to the team manager."""
    if of.has("smg-discussion"):
        to = directory.programme(settings.post("hos_qap"))
        if not of.day("smg_discussed_date"):
            yield letter("smg-paper", of, to, today=today)
        if of.has("team-manager-feedback") and of.day("smg_discussed_date"):
            about = f"{of.audit.audit_id} v{of.audit.discussed_version}"
            yield letter("feedback", of, directory.manager(of.audit), today=today, about=about)


def _dispute(of: Followed, directory: Directory, today: date) -> Iterator[Letter]:
    if not (of.talked and of.is_disputed):
        return
    for to in directory.heads(of.audit):
        yield letter("referral", of, to, today=today, about=dispute_of(of.audit))
    if of.decided:
        for to in dict.fromkeys((directory.manager(of.audit), directory.auditor(of.audit))):
            about = f"{of.audit.audit_id} decision {of.decided.isoformat()}"
            yield letter("decision-made", of, to, today=today, about=about)
        yield from _new_contact_sheet(of, of.decided, directory, today)


def _new_contact_sheet(
    of: Followed, decided: date, directory: Directory, today: date
) -> Iterator[Letter]:
    """The child's record is to show the grade that counts, so it takes the place of the first."""
    if of.has("contact-sheet") and final_grade(of) != of.record.overall:
        about = f"{of.audit.audit_id} decision {decided.isoformat()}"
        yield letter("contact-sheet", of, directory.filer(of.audit), today=today, about=about)


def _moderation(
    of: Followed, directory: Directory, settings: Settings, today: date
) -> Iterator[Letter]:
    if is_moderated(of, settings):
        about = f"{of.audit.audit_id} moderation{again(of.audit)}"
        yield letter("moderation", of, directory.head(of.audit), today=today, about=about)
