"""The Accuracy report written: figures from the journal, a Word document, a workbook."""

from dataclasses import replace

from auditdocs.documents.reports.data_workbook import data_workbook
from auditdocs.rules.accuracy.figures import AccuracyFigures
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.calendar.periods import Period
from auditdocs.rules.findings.accuracy_balances import accuracy_balances
from auditdocs.rules.papers.accuracy_report import accuracy_report
from auditdocs.rules.papers.accuracy_rows import accuracy_figure_rows, accuracy_json
from auditdocs.rules.papers.shown import shown_in
from auditdocs.steps.accuracy_counts import accuracy_in, home_in
from auditdocs.steps.gather.caseloads import Caseloads
from auditdocs.steps.office import Office, service
from auditdocs.steps.post import read_back
from auditdocs.steps.report import Draft, Written, reported_period, written
from auditdocs.steps.typeset import typeset


def accuracy_reported(
    office: Office, *, period: str = "", suppress: int | None = None, pdf: bool = False
) -> Written:
    """The Accuracy report and the workbook of its figures, in the outbox.

    Without a period it is the last quarter that is over; an earlier draft is left as it is.
    """
    read_back(office)
    span = reported_period(office, period)
    counted = accuracy_in(office, span, Caseloads(office.journal), home_in(office, span))
    draft = accuracy_draft(office, span, counted, suppress=suppress)
    return written(office, draft, figures=draft.figures, pdf=pdf)


def accuracy_draft(
    office: Office, span: Period, counted: AccuracyFigures, *, suppress: int | None = None
) -> Draft:
    """The Accuracy report with its figures."""
    settings = office.settings
    if suppress is not None:
        settings = replace(settings, suppress=suppress)
    shown = shown_in(accuracy_balances(counted, span), least=settings.suppress)
    as_at = service(office, on=span.last).caseload.data_date
    name = shown.named(f"Accuracy report {span.label}")
    told = accuracy_report(
        counted, settings=settings, period=span, today=office.today, data_date=as_at
    )
    document = typeset(office, told, kind="accuracy")
    data = data_workbook(
        accuracy_figure_rows(counted, shown),
        title=f"{name}: figures",
        facts=(
            ("Period", span.words),
            ("Caseload as at", uk_date(as_at)),
            ("Made on", uk_date(office.today)),
        ),
    )
    return Draft(name, document, data, shown.figures(accuracy_json(counted)))
