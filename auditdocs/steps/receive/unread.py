"""A file larger than anything that is taken: set aside by its size, and never read.

It is moved by its name alone, so that a film or a disk image dropped by mistake costs no time.
"""

from pathlib import Path

from auditdocs.documents.extracts.gate import MOST_BYTES
from auditdocs.model.form import Reason, Return
from auditdocs.places.disk import free_name, renamed, size
from auditdocs.places.journal.returns import keep_return
from auditdocs.places.outbox import set_aside_place
from auditdocs.steps.office import Office
from auditdocs.steps.receive.arrival import Ended
from auditdocs.steps.receive.noted import noted

TOO_LARGE = Reason(
    code="too-large",
    where="The whole file",
    text=f"The file is larger than {MOST_BYTES // 1_000_000} MB, which no form and no extract is, "
    "so it has not been opened. Take out pictures and attachments, or export the case list alone.",
)


def unread_received(office: Office, path: Path) -> Ended:
    """The file to be set aside, with the place where it will lie; its bytes have no hash."""
    place = free_name(set_aside_place(office.workspace.outbox, path.name))
    came = Return(
        seen=office.today,
        file=office.workspace.relative(path),
        sha256="",
        outcome="set-aside",
        reasons=(TOO_LARGE,),
        stored=office.workspace.relative(place),
    )
    return keep_return(office.journal, came), came


def unread_placed(office: Office, came: Return) -> Return:
    """The file moved to its place, and its note put beside it. Raises Unavailable.

    One that a stop left moved already is where it belongs; another that has since been dropped
    under its name is none of it.
    """
    source, place = (office.workspace.absolute(each) for each in (came.file, came.stored))
    if size(place) <= MOST_BYTES < size(source):
        place = renamed(source, place)
    return noted(office, came, place)
