"""A file as it arrives: what it holds as far as that can be told, and how its way may end.

What every kind of file needs and no kind owns; the kinds themselves are modules beside this one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath

from auditdocs.documents.bundle import is_bundle
from auditdocs.documents.forms.opened import form_of, reading_of
from auditdocs.documents.open_document import OPEN_DOCUMENT, opening
from auditdocs.documents.package import is_list
from auditdocs.documents.wrong_files import CONVERTED, SEND_FRESH
from auditdocs.errors import (
    AuditdocsError,
    ContractFault,
    ExtractFault,
    FormFault,
    Unavailable,
)
from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.form import Form, Identity, Reason, Return
from auditdocs.places.archive import form_place
from auditdocs.places.journal.returns import keep_return
from auditdocs.places.libreoffice import converted
from auditdocs.places.templates import kept_contract
from auditdocs.rules.caseload.matching import name_key
from auditdocs.steps.office import MOST_SECONDS, Office

Ended = tuple[int, Return]
"""How a file ended, written to the journal: the return's number and the return."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A Word document that was opened at arm's length."""

    identity: Identity
    """What it says it is; nothing of it is trusted yet."""
    read: Callable[[Contract], Form]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A file that is to be received."""

    came: Return
    """What is known of it whatever it is: the day, where it lay, its hash."""
    name: str
    data: bytes
    document: Opened | None = None
    """The Word document that it is, None for any other file."""

    @property
    def identity(self) -> Identity:
        """What a Word document says it is; nothing for any other file."""
        return self.document.identity if self.document else Identity()

    def form(self, contract: Contract) -> Form:
        """The Word document read by a contract; nothing is checked yet."""
        assert self.document is not None  # only kinds of Word documents ask
        return self.document.read(contract)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: how it is known for what it is, and how it is received.

    `knows` looks at content and never at the name alone; a kind that knows too much belongs
    further down the table. `received` ends the file with `keep_return`, or raises FormFault,
    ExtractFault or WorkspaceFault to have it set aside with those words.
    """

    name: str
    knows: Callable[[Office, Arrival], bool]
    received: Callable[[Office, Arrival], Ended]


def arrival(office: Office, came: Return, name: str, data: bytes) -> Arrival:
    """The file with its document opened, when it is one. Raises FormFault for what is neither."""
    if is_bundle(data) or is_list(data, name):
        return Arrival(came=came, name=name, data=data)
    document, suffix = _opened(office, data)
    return Arrival(came=replace(came, suffix=suffix), name=name, data=data, document=document)


def _opened(office: Office, data: bytes) -> tuple[Opened, str]:
    """The document and the format in which it came; one of another program's is converted.

    Raises FormFault for what is no document, or is one that cannot be converted here.
    """
    try:
        return _word(office, data), ".docx"
    except FormFault as fault:
        suffix = CONVERTED.get(fault.kind, "")
        begun = office.clock.seconds()
        whole = opening(data) if suffix == OPEN_DOCUMENT else data
        made = converted(whole, suffix=suffix, seconds=MOST_SECONDS) if suffix else b""
        if not made:
            raise
        office.guard.spent(office.clock.seconds() - begun)
    return _word(office, made), suffix


def foreseen(office: Office, data: bytes) -> None:
    """Let the reader go on to a Word document before it is its turn. Raises Unavailable."""
    office.guard.asked_ahead(reading_of, data, office.current)


def _word(office: Office, data: bytes) -> Opened:
    """The Word document, opened in the process that may fall over. Raises FormFault."""
    guard, current = office.guard, office.current
    read = guard.asked(reading_of, data, current, fault=breaks)

    def by(contract: Contract) -> Form:
        if read.form is not None and contract.fingerprint == read.identity.fingerprint:
            return read.form
        return guard.asked(form_of, data, contract, fault=breaks)

    return Opened(_known_by_its_title(office, read.identity), by)


def _known_by_its_title(office: Office, said: Identity) -> Identity:
    """A blank form that has lost its properties, as pandoc leaves it, has its type by its title."""
    if not said.titles:
        return said
    titles = {name_key(title) for title in said.titles}
    known = (*office.contracts.values(), *office.of_teams.values())
    key = next((each.key for each in known if name_key(each.title) in titles), "")
    return replace(said, type=key, version=said.printed_version if key else "")


def came_as(suffix: str) -> tuple[str, ...]:
    """What to know of a form that came in another format than Word's."""
    if suffix == ".docx":
        return ()
    return (f"It came as {suffix} and was converted to be read; what is kept is the file itself.",)


def breaks(text: str) -> FormFault:
    """What is said of a file that breaks its reader, or keeps it for too long."""
    return FormFault("hostile", text, hint=SEND_FRESH)


def contract_then(
    office: Office, current: Contract | None, fingerprint: str, *, otherwise: str
) -> Contract:
    """The contract by which a form went out, whatever has become of the template since.

    `current` is the one of its key now, None where there is none. Raises FormFault, which tells
    to put the contract back or do what `otherwise` says, and Unavailable while it is there and
    cannot be read: the form waits until it is put back.
    """
    if current is not None and current.fingerprint == fingerprint:
        return current
    try:
        earlier = kept_contract(office.workspace.archive, fingerprint)
    except ContractFault as fault:
        raise not_yet(fault) from fault
    if earlier is None:
        raise FormFault(
            "unknown-version",
            "The form is of a version whose contract is no longer here.",
            hint=f"Put the contract back in archive/contracts, {otherwise}.",
        )
    return earlier


def not_yet(fault: ContractFault) -> Unavailable:
    """Why a form waits whose contract is there and cannot be read."""
    cause = f"{fault.text} {fault.hint} It is {PurePath(fault.where).name}."
    return Unavailable(fault.text, cause=cause, where=fault.where, hint=fault.hint)


def duplicate(
    office: Office, came: Return, reference: str, why: str, *, kind: str, suffix: str
) -> Ended:
    """The file says nothing new: kept beside the first, and counted once.

    `kind` is the archive's folder, `reference` what it is a duplicate of.
    """
    place = form_place(
        office.workspace.archive,
        day=office.today,
        kind=kind,
        audit_id=reference,
        file=f"{reference} duplicate {came.sha256[:8]}{suffix}",
    )
    done = replace(
        came,
        outcome="duplicate",
        audit_id=reference,
        stored=office.workspace.relative(place),
        details={"To know": f"{why} Nothing was counted twice."},
    )
    return keep_return(office.journal, done), done


def set_aside(
    office: Office,
    came: Return,
    reasons: list[Reason] | tuple[Reason, ...],
    *,
    audit: Audit | None = None,
    notes: Iterable[str] = (),
) -> Ended:
    """The file goes to a person, with the reasons in the note beside it.

    `audit` is how the audit it belongs to now stands, where that has changed; `notes` say how the
    form was read.
    """
    known = " ".join(notes)
    details = {**came.details, "To know": known} if known else came.details
    done = replace(came, outcome="set-aside", reasons=tuple(reasons), details=details)
    return keep_return(office.journal, done, audit=audit), done


def reason(fault: AuditdocsError) -> Reason:
    """A refusal as a reason for the note."""
    kind = fault.kind if isinstance(fault, FormFault | ExtractFault) else fault.code
    text = f"{fault.text} {fault.hint}".strip()
    return Reason(code=kind, where=fault.where or "The whole file", text=text)
