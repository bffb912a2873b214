"""The letters that an accepted form leads to, by the follow-up its contract names.

Source: audit procedure 2 and 3; domain.md A0.7, A0.8, A2.2 (after), A3.9.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from auditdocs.model.letter import Letter
from auditdocs.rules.follow_up.addressees import Addressee, Directory
from auditdocs.rules.follow_up.followed import Followed

Addressees = tuple[Addressee, ...]


def letters_on_acceptance(of: Followed, directory: Directory, *, today: date) -> tuple[Letter, ...]:
    """Every letter that follows from the form itself, whatever is said of it later.

    A corrected form gives new ones, as its contact sheet has to take the place of the first; but
    one that changes nothing of what was already talked over leads to no more talks.
    """
    wanted: Iterable[tuple[str, Addressees]] = (
        *_concern(of, directory),
        *_contact_sheet(of, directory),
        *(() if _is_talked_over(of) else _to_talk_over(of, directory)),
    )
    return tuple(letter(kind, of, to, today=today) for kind, several in wanted for to in several)


def letter(
    kind: str,
    of: Followed,
    to: Addressee,
    *,
    today: date,
    about: str = "",
    details: Mapping[str, str] | None = None,
) -> Letter:
    """A letter about an audit to somebody; about the form's version where nothing else is said."""
    return Letter(
        kind=kind,
        about=about or f"{of.audit.audit_id} v{of.audit.form_version}",
        team=to.team,
        person=to.person,
        wanted=today,
        audit_id=of.audit.audit_id,
        details=details or {},
    )


def _concern(of: Followed, directory: Directory) -> Iterator[tuple[str, Addressees]]:
    if not of.record.safe:
        yield (
            "immediate-concern",
            tuple(dict.fromkeys((directory.manager(of.audit), directory.head(of.audit)))),
        )


def _contact_sheet(of: Followed, directory: Directory) -> Iterator[tuple[str, Addressees]]:
    if of.has("contact-sheet"):
        yield "contact-sheet", (directory.filer(of.audit),)


def _is_talked_over(of: Followed) -> bool:
    """Whether the form corrects one that was discussed, and changes nothing of that."""
    return of.talked is not None and of.audit.form_version > of.audit.discussed_version


def _to_talk_over(of: Followed, directory: Directory) -> Iterator[tuple[str, Addressees]]:
    yield from _needs(of, directory)
    if of.has("supervision-slip"):
        yield "supervision-slip", (directory.supervisor(of.audit),)
    if of.has("team-manager-feedback") and not of.has("smg-discussion"):
        yield "feedback", (directory.manager(of.audit),)


def _needs(of: Followed, directory: Directory) -> Iterator[tuple[str, Addressees]]:
    """Individual needs to the supervisor, those of a group or the team to the team manager."""
    kinds = {each.made.need_type for each in of.recommendations}
    if "individual" in kinds and not of.has("supervision-slip"):
        yield "training-needs", (directory.supervisor(of.audit),)
    if kinds & {"group", "team"}:
        yield "training-needs", (directory.manager(of.audit),)
