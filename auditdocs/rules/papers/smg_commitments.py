"""What the group asked for last time and what became of it: "you said, we did".

Source: domain.md D1, 1.
"""

from collections.abc import Iterator

from auditdocs.model.commitment import Commitment
from auditdocs.model.report import Block, Chapter, Paragraph, TableBlock
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.papers.paper import Paper
from auditdocs.rules.papers.shown import NONE
from auditdocs.rules.papers.unprinted import names_somebody

HEADING = "You said, we did"
HELD_BACK = "Held back: it may name somebody"


def commitments_chapter(paper: Paper) -> Chapter:
    """The actions of earlier reports: those of the report before, and older ones still open."""
    return Chapter(heading=HEADING, level=2, blocks=tuple(_blocks(paper)))


def _blocks(paper: Paper) -> Iterator[Block]:
    found = paper.figures.commitments
    if not found:
        yield Paragraph(
            text="No actions of an earlier report are kept. Those that the group agrees are kept "
            "in the ledger's sheet SMG actions, and stand here next time."
        )
        return
    agreed = [each for each in found if each.is_agreed]
    others = [each for each in found if not each.is_agreed]
    done, dropped = (sum(each.state == state for each in found) for state in ("Done", "Dropped"))
    still = sum(each.is_open for each in agreed)
    what, told = ("Agreed or dropped", f"; dropped: {dropped}") if dropped else ("Agreed", "")
    text = f"{what} before: {len(agreed)}; done: {done}{told}; still open: {still}."
    if others:
        text += f" Proposed, and with no answer in the ledger: {len(others)}."
    yield Paragraph(text=text)
    yield TableBlock(
        caption="What was agreed before, and what was done",
        headings=("You said", "Owner", "By when", "State", "We did"),
        rows=tuple(_row(paper, each) for each in (*agreed, *others)),
        widths=(5, 3, 2, 2, 4),
    )


def _row(paper: Paper, each: Commitment) -> tuple[str, ...]:
    is_late = each.is_agreed and each.is_open and each.due is not None and each.due < paper.today
    state = each.state or "Proposed"
    return (
        _kept(paper, each.action),
        _owner(paper, each.owner) or NONE,
        uk_date(each.due) if each.due else NONE,
        f"{state}, overdue" if is_late else state,
        _kept(paper, each.done) or NONE,
    )


def _owner(paper: Paper, owner: str) -> str:
    """A post, or a manager; a name that is made of names of the caseload alone is held back."""
    named = owner.split() and all(names_somebody(word, paper.unprinted) for word in owner.split())
    return HELD_BACK if named else owner


def _kept(paper: Paper, text: str) -> str:
    return HELD_BACK if names_somebody(text, paper.unprinted) else text
