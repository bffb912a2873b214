"""Letters made: worded, filled from their template, put in the outbox and noted as made."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from auditdocs.documents.forms.fill import PreparedForm, prepared
from auditdocs.documents.letters.fill import PreparedLetter, prepared_letter
from auditdocs.errors import AuditdocsError, ContractFault, TemplateFault
from auditdocs.model.letter import FORMS, LETTERS, Letter, Paper
from auditdocs.places.journal.letters import keep_made, letters
from auditdocs.places.journal.papers import keep_paper, last_paper_serial, paper_about
from auditdocs.places.outbox import personal_letter_place, put_anew, put_form
from auditdocs.places.templates import form_template, keep_contract, letter_template
from auditdocs.rules.follow_up.followed import Followed
from auditdocs.rules.follow_up.papers import new_paper, paper_values, reference_stem
from auditdocs.rules.follow_up.wording import common
from auditdocs.steps.follow_up.desk import Desk
from auditdocs.steps.follow_up.worded import worded
from auditdocs.steps.gather.followed import followed

_AT_ONCE = 16
"""Letters in memory that wait for the disk."""
_NOTED_AT_ONCE = 500


@dataclass(slots=True)
class _Press:
    """Templates prepared once each, and what is wrong with those that cannot be."""

    desk: Desk
    disk: Executor
    """Who waits for the disk while the next letter is worded."""
    written: deque[Future[None]] = field(default_factory=deque)
    """What the disk has still to do; with more than a few, the wording waits for the oldest."""
    ready: dict[str, PreparedLetter] = field(default_factory=dict)
    forms: dict[str, PreparedForm] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    def letter(self, kind: str, known: Mapping[str, Any]) -> PreparedLetter:
        """The template of a kind of letter. Raises TemplateFault."""
        if kind not in self.ready:
            text = letter_template(self.desk.office.workspace.templates, kind)
            self.ready[kind] = prepared_letter(text, known=known)
        return self.ready[kind]

    def form(self, key: str) -> PreparedForm:
        """The template of a form to return. Raises ContractFault or TemplateFault."""
        office = self.desk.office
        if key not in office.of_teams:
            raise ContractFault(
                f"The contract {key}.toml is missing.",
                hint='Run "auditdocs init" in the workspace: it puts back what is missing.',
            )
        if key not in self.forms:
            contract, templates = office.of_teams[key], office.workspace.templates
            keep_contract(office.workspace.archive, templates, contract)
            self.forms[key] = prepared(form_template(templates, contract), contract)
        return self.forms[key]


def letters_made(at_hand: Desk) -> tuple[tuple[Letter, ...], tuple[str, ...]]:
    """Every letter that waits, made; and why any goes on waiting, once for each template."""
    with ThreadPoolExecutor(1) as disk:
        press = _Press(at_hand, disk)
        waiting = letters(at_hand.office.journal, waiting=True)
        made = _all_made(press, at_hand.office.counted("Letters made", waiting))
        done = tuple(letter for some in _kept(press, made) for letter in some)
    return done, tuple(press.faults.values())


def _kept(press: _Press, made: Iterator[tuple[int, Letter]]) -> Iterator[list[Letter]]:
    """The letters noted as made once they lie in the outbox, some hundreds at a time."""
    while some := [*islice(made, _NOTED_AT_ONCE)]:
        while press.written:
            press.written.popleft().result()
        keep_made(press.desk.office.journal, some)
        yield [letter for _, letter in some]


def _all_made(press: _Press, waiting: Iterable[tuple[int, Letter]]) -> Iterator[tuple[int, Letter]]:
    for number, letter in waiting:
        if letter.kind not in press.faults:
            try:
                yield number, _made(press, letter)
            except (TemplateFault, ContractFault) as fault:
                press.faults[letter.kind] = _told(letter.kind, fault)


def _made(press: _Press, letter: Letter) -> Letter:
    office = press.desk.office
    said = worded(press.desk, letter)
    values = {**common(letter, office.settings, today=office.today), **said}
    filled = press.letter(letter.kind, values).filled(values)
    form = _with_its_form(press, letter) if letter.kind in FORMS else ""
    place = _put(press, letter, f"{letter.about} {LETTERS[letter.kind]}", filled)
    return replace(letter, made=office.today, file=place, form=form)


def _with_its_form(press: _Press, letter: Letter) -> str:
    """The form to return put beside the letter; two people get the same one."""
    office, key = press.desk.office, FORMS[letter.kind]
    template, contract = press.form(key), office.of_teams[key]
    of = next(followed(office, press.desk.known, (letter.audit_id,)))
    manager = press.desk.directory.manager(of.audit).person
    before = _still_asked(paper_about(office.journal, key, letter.audit_id), of)
    stem = reference_stem(of, contract)
    fresh = f"{stem}{last_paper_serial(office.journal, stem) + 1:04d}"
    reference = before.reference if before else fresh
    new = new_paper(of, contract, reference=reference, today=office.today, manager=manager)
    out = _as_sent(new, before)
    keep_paper(office.journal, out)
    filled = template.filled(paper_values(out, of, contract, office.settings))
    name = f"{letter.audit_id} {contract.title} ({out.reference})"
    is_out = before is not None and before.fingerprint == out.fingerprint
    return _put(press, letter, name, filled, how=put_form if is_out else put_anew)


def _still_asked(before: Paper | None, of: Followed) -> Paper | None:
    """A form that went out before, if what it asks after is still as it was then."""
    is_so = before is not None and before.of_version >= of.audit.discussed_version
    return before if is_so else None


def _as_sent(new: Paper, before: Paper | None) -> Paper:
    """The form as it now goes out; what came home of it before is not forgotten."""
    if before is None:
        return new
    return replace(new, returned=before.returned, form_version=before.form_version)


def _put(
    press: _Press,
    letter: Letter,
    name: str,
    document: bytes,
    *,
    how: Callable[[Path, bytes], None] = put_anew,
) -> str:
    workspace = press.desk.office.workspace
    place = personal_letter_place(
        workspace.outbox, team=letter.team, person=letter.person, name=name
    )
    press.written.append(press.disk.submit(how, place, document))
    if len(press.written) > _AT_ONCE:
        press.written.popleft().result()
    return workspace.relative(place)


def _told(kind: str, fault: AuditdocsError) -> str:
    return (
        f"The letter “{LETTERS[kind]}” cannot be made, so it waits: {fault.text} "
        f"Where: {fault.where or f'templates/letters/{kind}.docx'}. {fault.hint}"
    )
