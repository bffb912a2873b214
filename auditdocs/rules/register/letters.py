"""The sheet *Letters*: every letter that audits led to, and where it was put."""

from auditdocs.model.ledger import Sheet
from auditdocs.model.letter import LETTERS, Letter
from auditdocs.rules.register.columns import Row, ours

LETTERS_MADE = Sheet(
    name="Letters",
    title="Every letter, once: what for, to whom, and where it was put",
    key="Number",
    columns=(
        *ours("Number", width=10),
        *ours("Made", kind="date", width=12),
        *ours("Letter", width=32),
        *ours("About", width=26),
        *ours("Team", "Person", width=24),
        *ours("Standing", width=14),
        *ours("Letter file", "Form to return", kind="link", width=60),
    ),
)


def letter_row(number: int, letter: Letter) -> Row:
    """A letter's row."""
    return {
        "Number": str(number),
        "Made": letter.made,
        "Letter": LETTERS[letter.kind],
        "About": letter.about,
        "Team": letter.team,
        "Person": letter.person,
        "Standing": "In the outbox" if letter.made else "Waits",
        "Letter file": letter.file,
        "Form to return": letter.form,
    }
