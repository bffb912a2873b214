"""Files received, each as the kind that it is: told by what it holds, never by its name.

A kind is a row of `KINDS` and a module of its own beside this one. The first kind that knows a
file receives it, so a narrow kind stands above a broad one.
"""

from pathlib import Path

from auditdocs.errors import ExtractFault, FormFault, WorkspaceFault
from auditdocs.model.form import Return
from auditdocs.places.disk import sha256
from auditdocs.steps.office import Office
from auditdocs.steps.receive.arrival import Ended, Kind, arrival, reason, set_aside
from auditdocs.steps.receive.forms import form_received, is_document
from auditdocs.steps.receive.lists import is_list, list_received

KINDS: tuple[Kind, ...] = (
    Kind("case extract or staff register", is_list, list_received),
    Kind("audit form", is_document, form_received),
)
"""Every kind of file that has a place to go; what none of them knows is set aside."""


def received(office: Office, path: Path, data: bytes) -> Ended:
    """How a file ends, written to the journal: the return's number and the return."""
    came = Return(
        seen=office.today,
        file=office.workspace.relative(path),
        sha256=sha256(data),
        outcome="set-aside",
    )
    try:
        arrived = arrival(came, path.name, data)
        kind = next(kind for kind in KINDS if kind.knows(office, arrived))
        return kind.received(office, arrived)
    except (FormFault, ExtractFault, WorkspaceFault) as fault:
        return set_aside(office, came, [reason(fault)])
