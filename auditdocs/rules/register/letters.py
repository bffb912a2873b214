"""The sheet *Letters*: every letter that audits led to, where it was put, and what came of it.

Source: Audit procedure 2 and 3 (who is told what); domain.md A0.7, A0.8.
"""

from datetime import date

from auditdocs.model.ledger import Sheet
from auditdocs.model.letter import LETTERS, Letter
from auditdocs.rules.follow_up.answer import Answer
from auditdocs.rules.register.columns import OVERTAKEN, Row, ours

LETTERS_MADE = Sheet(
    name="Letters",
    title="Every letter, once: what for, to whom, by when it is to be answered, and whether it was",
    key="Number",
    columns=(
        *ours("Number", width=10),
        *ours("Made", kind="date", width=12),
        *ours("Letter", width=32),
        *ours("About", width=26),
        *ours("Team", "Person", width=24),
        *ours("To be answered by", "Answered on", kind="date", width=12),
        *ours("Standing", width=14),
        *ours("Letter file", "Form to return", kind="path", width=60),
    ),
)


def letter_row(number: int, letter: Letter, asked: Answer | None = None, *, today: date) -> Row:
    """A letter's row; `asked` is what it asks and what came of it, where it is about an audit."""
    asked = asked or Answer()
    return {
        "Number": str(number),
        "Made": letter.made,
        "Letter": LETTERS[letter.kind],
        "About": letter.about,
        "Team": letter.team,
        "Person": letter.person,
        "To be answered by": asked.due,
        "Answered on": asked.done,
        "Standing": _standing(letter, asked, today),
        "Letter file": letter.file,
        "Form to return": letter.form,
    }


def _standing(letter: Letter, asked: Answer, today: date) -> str:
    if letter.made is None:
        return "Waits"
    if asked.due is None or asked.done:
        return "Done" if asked.done else "In the outbox"
    if asked.is_overtaken:
        return OVERTAKEN
    return "Overdue" if asked.due < today else "Due"
