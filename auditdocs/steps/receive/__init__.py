"""Files received, each as the kind that it is: told by what it holds, never by its name.

A kind is a row of `KINDS` and a module of its own beside this one. The first kind that knows a
file receives it, so a narrow kind stands above a broad one.
"""

from pathlib import Path

from auditdocs.documents.package import refuse_cut_short
from auditdocs.errors import ExtractFault, FormFault, WorkspaceFault
from auditdocs.model.form import Return
from auditdocs.places.disk import sha256
from auditdocs.steps.office import Office
from auditdocs.steps.receive.agreements import agreement_received, is_agreement
from auditdocs.steps.receive.arrival import Ended, Kind, arrival, reason, set_aside
from auditdocs.steps.receive.bundles import is_zip_of_forms, zip_received
from auditdocs.steps.receive.check_lists import check_list_received, is_check_list
from auditdocs.steps.receive.forms import form_received, is_document
from auditdocs.steps.receive.lists import is_list, list_received
from auditdocs.steps.receive.own_papers import is_own_paper, own_paper_refused
from auditdocs.steps.receive.papers import is_paper, paper_received

KINDS: tuple[Kind, ...] = (
    Kind("zip of forms", is_zip_of_forms, zip_received),
    Kind("accuracy check list", is_check_list, check_list_received),
    Kind("case extract or staff register", is_list, list_received),
    Kind("paper of ours that is no form", is_own_paper, own_paper_refused),
    Kind("accuracy agreement", is_agreement, agreement_received),
    Kind("discussion, decision or moderation form", is_paper, paper_received),
    Kind("audit form", is_document, form_received),
)
"""Every kind of file that has a place to go; what none of them knows is set aside."""


NOT_WHOLE = frozenset({"empty", "truncated"})
"""What is said of a file that may still be on its way."""


def received(office: Office, path: Path, data: bytes, *, is_final: bool = True) -> Ended:
    """How a file ends, written to the journal: the return's number and the return.

    A file that is not whole is damaged when it `is_final`; else FormFault is raised, and nothing
    is written: it is to be tried again.
    """
    came = Return(
        seen=office.today,
        file=office.workspace.relative(path),
        sha256=sha256(data),
        outcome="set-aside",
    )
    office.guard.next_file()
    try:
        if not is_final:
            refuse_cut_short(data)
        arrived = arrival(office, came, path.name, data)
        kind = next(kind for kind in KINDS if kind.knows(office, arrived))
        return kind.received(office, arrived)
    except (FormFault, ExtractFault, WorkspaceFault) as fault:
        if not is_final and isinstance(fault, FormFault) and fault.kind in NOT_WHOLE:
            raise
        return set_aside(office, came, [reason(fault)])
