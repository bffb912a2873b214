"""Letters made: worded, filled from their template, put in the outbox and noted as made."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from auditdocs.documents.letters.fill import PreparedLetter, prepared_letter
from auditdocs.errors import TemplateFault
from auditdocs.model.letter import LETTERS, Letter
from auditdocs.places.journal.letters import keep_made, letters
from auditdocs.places.outbox import personal_letter_place, put_form
from auditdocs.places.templates import letter_template
from auditdocs.rules.follow_up.wording import common
from auditdocs.steps.follow_up.gather import Desk
from auditdocs.steps.follow_up.worded import worded


@dataclass(slots=True)
class _Press:
    """Templates prepared once each, and what is wrong with those that cannot be."""

    desk: Desk
    ready: dict[str, PreparedLetter] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    def filled(self, letter: Letter, values: Mapping[str, Any]) -> bytes | None:
        """The letter, or None when its template is missing or broken."""
        try:
            return self._template(letter.kind, values).filled(values)
        except TemplateFault as fault:
            self.faults[letter.kind] = _told(letter.kind, fault)
            return None

    def _template(self, kind: str, values: Mapping[str, Any]) -> PreparedLetter:
        if kind not in self.ready:
            text = letter_template(self.desk.office.workspace.templates, kind)
            self.ready[kind] = prepared_letter(text, known=values)
        return self.ready[kind]


def letters_made(at_hand: Desk) -> tuple[tuple[Letter, ...], tuple[str, ...]]:
    """Every letter that waits, made; and why any goes on waiting, once for each template."""
    press, done = _Press(at_hand), []
    for number, letter in letters(at_hand.office.journal, waiting=True):
        made = _made(press, letter)
        done += [(number, made)] if made else []
    keep_made(at_hand.office.journal, done)
    return tuple(letter for _, letter in done), tuple(press.faults.values())


def _made(press: _Press, letter: Letter) -> Letter | None:
    office = press.desk.office
    said = worded(press.desk, letter)
    values = {**common(letter, office.settings, today=office.today), **said}
    filled = None if letter.kind in press.faults else press.filled(letter, values)
    if filled is None:
        return None
    place = personal_letter_place(
        office.workspace.outbox,
        team=letter.team,
        person=letter.person,
        name=f"{letter.about} {LETTERS[letter.kind]}",
    )
    put_form(place, filled)
    return replace(letter, made=office.today, file=office.workspace.relative(place))


def _told(kind: str, fault: TemplateFault) -> str:
    return (
        f"The letter “{LETTERS[kind]}” cannot be made, so it waits: {fault.text} "
        f"Where: templates/letters/{kind}.docx. {fault.hint}"
    )
