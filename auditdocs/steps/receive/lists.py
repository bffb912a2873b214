"""A list received: a case extract or a staff register, told apart by its headings."""

from dataclasses import replace
from functools import partial

from auditdocs.places.journal.change import Change
from auditdocs.places.journal.returns import keep_return
from auditdocs.steps.office import Office
from auditdocs.steps.on_extract import owe
from auditdocs.steps.receive.arrival import Arrival, Ended
from auditdocs.steps.take import Taken, keep, read, refuse_far_fewer


def is_list(office: Office, arrived: Arrival) -> bool:
    """Whether the file is a workbook or a plain list."""
    return arrived.document is None


def list_received(office: Office, arrived: Arrival) -> Ended:
    """The list taken as the caseload or as the staff register. Raises ExtractFault."""
    found = read(office, arrived.data, name=arrived.name)
    refuse_far_fewer(found)
    stored = keep(office, found, arrived.data)
    outcome = "extract" if found.extract else "register"
    done = replace(arrived.came, outcome=outcome, stored=stored, details=_counts(found))
    follows = partial(owe, office) if found.extract else _nothing
    return keep_return(office.journal, done, also=follows), done


def _nothing(change: Change) -> None:
    """Nothing follows from a staff register."""


def _counts(found: Taken) -> dict[str, str]:
    """What a person wants to know of a list that was taken, for the ledger and the summary."""
    if found.extract is not None:
        return {
            "Data date": found.extract.data_date.isoformat(),
            "Cases": str(len(found.extract.open_cases)),
            "Faulty rows": str(len(found.extract.problems)),
            **_withdrawn(found),
        }
    register = found.register
    people, faults = (register.people, register.problems) if register else ((), ())
    return {"People": str(len(people)), "Faulty rows": str(len(faults))}


def _withdrawn(found: Taken) -> dict[str, str]:
    told = "; ".join(f"{audit.audit_id}: {cause}" for audit, cause in found.withdrawn)
    return {"Withdrawn": told} if told else {}
