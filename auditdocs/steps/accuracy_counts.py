"""The figures of the Accuracy audit in a period, gathered for its own report and the SMG's."""

from bisect import bisect_right
from datetime import date
from functools import lru_cache

from auditdocs.model.case import Case
from auditdocs.places.journal.agreements import in_force
from auditdocs.places.journal.audits import audits
from auditdocs.places.journal.caseload import caseload, data_dates
from auditdocs.places.journal.returns import records
from auditdocs.rules.accuracy.disagreements import CaseThen, disagreements
from auditdocs.rules.accuracy.figures import AccuracyFigures, accuracy_figures
from auditdocs.rules.calendar.periods import Period
from auditdocs.steps.office import Office, faults_of_records, service
from auditdocs.steps.rounds import results


def accuracy_in(office: Office, span: Period) -> AccuracyFigures:
    """The figures of the Accuracy audit in a period."""
    now = service(office, on=span.last)
    home = {record.audit_id: record for record in records(office.journal)}
    against = disagreements(
        audits(office.journal), home, office.contracts, _case_then(office), period=span
    )
    faults = faults_of_records(office, on=span.last)
    return accuracy_figures(
        results(office).figures,
        in_force(office.journal),
        now.caseload.cases,
        {team: len(found) for team, found in faults.items()},
        against,
        period=span,
        today=office.today,
    )


def _case_then(office: Office) -> CaseThen:
    """A look-up of cases in earlier extracts, each of which is read once."""
    days = data_dates(office.journal)

    @lru_cache(maxsize=8)
    def cases_on(day: date) -> dict[str, Case]:
        then = caseload(office.journal, on=day)
        return {case.child_id: case for case in then.cases} if then else {}

    def case_then(child_id: str, day: date) -> tuple[Case, date] | None:
        place = bisect_right(days, day)
        case = cases_on(days[place - 1]).get(child_id) if place else None
        return (case, days[place - 1]) if case else None

    return case_then
