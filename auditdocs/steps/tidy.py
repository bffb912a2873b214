"""What is left to do after work that changed something: the status page, a copy of the journal."""

from contextlib import suppress

from auditdocs.errors import Unavailable
from auditdocs.places.journal.copies import keep_copy
from auditdocs.steps.office import Office
from auditdocs.steps.status_page import put_status_page


def tidied(office: Office) -> None:
    """The status page brought up to date, and the journal copied where it was changed.

    A copy that cannot be written now is written at the next change.
    """
    put_status_page(office)
    with suppress(Unavailable):
        keep_copy(office.journal, office.workspace.archive, day=office.today)
