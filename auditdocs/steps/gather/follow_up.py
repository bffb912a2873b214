"""The rows of follow-up: contact sheets, disputes, immediate concerns, and every letter."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from auditdocs.model.ledger import Line
from auditdocs.model.letter import Letter
from auditdocs.places.journal.letters import audits_written_about, letters_about
from auditdocs.rules.follow_up.answer import answer
from auditdocs.rules.follow_up.contact_sheet import attached
from auditdocs.rules.follow_up.dispute import dispute_of
from auditdocs.rules.follow_up.followed import Followed
from auditdocs.rules.register.columns import Row
from auditdocs.rules.register.concerns import CONCERNS, concern_row, is_verified, verified_on
from auditdocs.rules.register.contact_sheets import CONTACT_SHEETS, contact_sheet_row
from auditdocs.rules.register.discussions import DISCUSSIONS, discussion_row
from auditdocs.rules.register.disputes import DISPUTES, dispute_row
from auditdocs.rules.register.letters import LETTERS_MADE, letter_row
from auditdocs.steps.gather.followed import (
    Background,
    background,
    before_corrections,
    followed,
)
from auditdocs.steps.office import Office

_TALKED_OF = ("supervision-slip", "feedback", "smg-paper", "moderation")
"""The letters that ask for something to be said of an audit."""

_Numbered = tuple[int, Letter]


def follow_up_lines(office: Office) -> Iterator[Line]:
    """Every row of the sheets of follow-up."""
    return lines_of_followed(office, audits_written_about(office.journal))


def lines_of_followed(office: Office, audit_ids: Iterable[str]) -> Iterator[Line]:
    """The rows that follow from those audits; "" stands for letters that are about none."""
    beside = background(office)
    for audit_id in audit_ids:
        about = letters_about(office.journal, audit_id)
        of = next(followed(office, beside, filter(None, (audit_id,))), None) if about else None
        if of is not None:
            yield from _lines_about(office, of, about, beside)
            continue
        for number, letter in about:
            row = letter_row(number, letter, today=office.today)
            yield Line(LETTERS_MADE.name, str(number), row)


def _lines_about(
    office: Office, of: Followed, about: Sequence[_Numbered], beside: Background
) -> Iterator[Line]:
    earlier = before_corrections(office, beside, of.audit)
    concern = beside.wrote(CONCERNS.name, of.audit.audit_id)
    yield from _letter_lines(office, of, earlier, about, concern)
    yield from _lines(office, of, [letter for _, letter in about], concern)
    yield from _dispute_lines(of, earlier, about, office.today)


def _letter_lines(
    office: Office,
    of: Followed,
    earlier: Sequence[Followed],
    about: Sequence[_Numbered],
    concern: Row,
) -> Iterator[Line]:
    """`concern` is what staff wrote of its concern, if it is one."""
    sheets = tuple(letter for _, letter in about if letter.kind == "contact-sheet")
    day = verified_on(concern)
    days = office.settings.supervision_days
    for number, letter in about:
        asked = answer(letter, of, sheets, supervision_days=days, earlier=earlier, verified=day)
        row = letter_row(number, letter, asked, today=office.today)
        yield Line(LETTERS_MADE.name, str(number), row)


def _lines(office: Office, of: Followed, about: list[Letter], concern: Row) -> Iterator[Line]:
    audit_id, today = of.audit.audit_id, office.today
    kinds: dict[str, list[Letter]] = defaultdict(list)
    for each in about:
        kinds[each.kind].append(each)
    for newest in kinds["contact-sheet"][-1:]:
        day = attached(of, kinds["contact-sheet"])
        row = contact_sheet_row(newest, of.audit, of.contract, attached=day, today=today)
        yield Line(CONTACT_SHEETS.name, audit_id, row)
    if any(each.kind in _TALKED_OF for each in about):
        yield Line(DISCUSSIONS.name, audit_id, discussion_row(of))
    if told := kinds["immediate-concern"]:
        people = dict.fromkeys(each.person for each in told)
        row = concern_row(of.audit, of.contract, people, verified=is_verified(concern))
        yield Line(CONCERNS.name, audit_id, row)


def _dispute_lines(
    of: Followed, earlier: Sequence[Followed], about: Sequence[_Numbered], today: date
) -> Iterator[Line]:
    """A dispute about each form of the audit that was referred, those corrected since too."""
    for then in (*earlier, of):
        name = dispute_of(then.audit)
        asked = [each for _, each in about if (each.kind, each.about) == ("referral", name)]
        if asked:
            heads = tuple(each.person for each in asked)
            referred, is_overtaken = asked[0].wanted, then is not of
            row = dispute_row(
                then, referred=referred, heads=heads, today=today, is_overtaken=is_overtaken
            )
            yield Line(DISPUTES.name, name, row)
