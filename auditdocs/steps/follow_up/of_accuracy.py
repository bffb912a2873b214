"""Everything that waits for somebody in the Accuracy audit, gathered for the letters of a week."""

from collections.abc import Iterator
from datetime import date

from auditdocs.errors import WorkspaceFault
from auditdocs.model.accuracy import OUT
from auditdocs.rules.accuracy.results import Finding
from auditdocs.rules.follow_up.duties import Duty
from auditdocs.rules.follow_up.of_accuracy import (
    agreement_duties,
    correction_duties,
    list_duties,
    query_duties,
    review_duties,
)
from auditdocs.steps.accuracy_standing import agreement_reviews
from auditdocs.steps.agreements import forms, lists_out
from auditdocs.steps.follow_up.desk import Desk
from auditdocs.steps.office import Office, service
from auditdocs.steps.rounds import results


def accuracy_duties(at_hand: Desk, *, until: date) -> Iterator[Duty]:
    """The forms and lists out that are due by that day, the reviews that are near, and what was
    found that is to be made clear or did not reach the system."""
    office, directory = at_hand.office, at_hand.directory
    today = office.today
    post = office.settings.post("hos_bs")
    out = (form for form in forms(office) if form.status == OUT)
    yield from agreement_duties(out, directory, today=today, until=until, post=post)
    yield from review_duties(agreement_reviews(office, today), directory, post=post)
    yield from list_duties(lists_out(office), directory, today=today, until=until)
    found = results(office).left_open
    yield from query_duties(found)
    yield from correction_duties(found, directory, workers=_workers(office, found))


def _workers(office: Office, found: tuple[Finding, ...]) -> dict[str, str]:
    """Child to the worker who has the open case now; nobody before anything was found."""
    if not found:
        return {}
    try:
        cases = service(office).caseload.cases
    except WorkspaceFault:
        return {}
    return {case.child_id: case.worker for case in cases if case.is_open}
