"""The rows of *SMG actions*: what every report proposed to the group."""

from collections.abc import Iterator

from auditdocs.model.ledger import Line
from auditdocs.places.journal.commitments import proposed_actions
from auditdocs.rules.register.smg_actions import SMG_ACTIONS, action_row
from auditdocs.steps.office import Office


def smg_action_lines(office: Office) -> Iterator[Line]:
    """A row for each action, and for each that the group may add."""
    for reference, proposed in proposed_actions(office.journal).items():
        yield Line(SMG_ACTIONS.name, reference, action_row(proposed))
