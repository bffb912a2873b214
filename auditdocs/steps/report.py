"""A report written: figures from the journal, a Word document, and the workbook behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from auditdocs.documents.accessibility import faults
from auditdocs.documents.reports.data_workbook import data_workbook
from auditdocs.model.report import Report
from auditdocs.places.journal.audits import audits
from auditdocs.places.journal.posted import staff_columns
from auditdocs.places.journal.returns import records
from auditdocs.places.outbox import put_report, report_place
from auditdocs.rules.accuracy.figures import AccuracyFigures, accuracy_json
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.calendar.periods import Period, month_of, quarters_before
from auditdocs.rules.calendar.periods import period as period_of
from auditdocs.rules.findings.figures import Figures, figures, figures_json
from auditdocs.rules.findings.follow_through import statuses_of
from auditdocs.rules.findings.programme import Programme
from auditdocs.rules.papers.figure_rows import figure_rows
from auditdocs.rules.papers.smg_report import smg_report
from auditdocs.steps.accuracy_counts import accuracy_in
from auditdocs.steps.gather.followed import all_followed
from auditdocs.steps.office import Office, service
from auditdocs.steps.post import read_back
from auditdocs.steps.typeset import typeset


@dataclass(frozen=True, slots=True)
class Written:
    """A report's files, its figures, and what is wrong with its documents."""

    files: tuple[str, ...]
    figures: Mapping[str, Any]
    accessibility: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A report and the workbook of its figures, before they lie anywhere."""

    name: str
    document: bytes
    data: bytes
    figures: Mapping[str, Any]

    @property
    def files(self) -> Mapping[str, bytes]:
        """Both files by name, the report first."""
        return {f"{self.name}.docx": self.document, f"{self.name} figures.xlsx": self.data}


def reported(office: Office, *, period: str = "", suppress: int | None = None) -> Written:
    """The quarterly SMG report and the workbook of its figures, in the outbox.

    Without a period it is the last quarter that is over. Earlier drafts, in which an author may
    have written, are left as they are: a new one gets the next free name.
    """
    read_back(office)
    return written(office, smg_draft(office, reported_period(office, period), suppress=suppress))


def smg_draft(office: Office, span: Period, *, suppress: int | None = None) -> Draft:
    """The quarterly SMG report with its figures, from what was last read back of the ledger."""
    programme = programme_of(office, span, suppress)
    counted = figures(programme)
    accuracy = accuracy_in(office, programme.period) if office.of_teams else None
    told = {"accuracy": accuracy_json(accuracy)} if accuracy else {}
    return Draft(
        name=f"SMG report {span.label}",
        document=typeset(office, _report(programme, counted, accuracy), kind="smg"),
        data=_data(programme, counted),
        figures={**figures_json(counted), **told},
    )


def written(office: Office, draft: Draft) -> Written:
    """A draft put in outbox/reports beside earlier ones."""
    files = (
        put_in_reports(office, draft.name, ".docx", draft.document),
        put_in_reports(office, f"{draft.name} figures", ".xlsx", draft.data),
    )
    return Written(files, draft.figures, faults(draft.document))


def put_in_reports(office: Office, name: str, suffix: str, data: bytes) -> str:
    """Put a document in outbox/reports beside earlier drafts; gives where it is."""
    place = report_place(office.workspace.outbox, name, suffix)
    return office.workspace.relative(put_report(place, data))


def reported_period(office: Office, text: str) -> Period:
    """The period that a person named, or the last quarter that is over."""
    if text:
        return period_of(text)
    return quarters_before(month_of(office.today), count=1)[0]


def programme_of(office: Office, span: Period, suppress: int | None) -> Programme:
    """All that the figures of a period are counted from.

    The caseload is the one that was newest at the period's end (domain.md D5).
    """
    now = service(office, on=span.last)
    settings = office.settings
    if suppress is not None:
        settings = replace(settings, suppress=suppress)
    home = tuple(all_followed(office, staff_columns(office.journal)))
    return Programme(
        contracts=office.contracts,
        audits=audits(office.journal),
        records={record.audit_id: record for record in records(office.journal)},
        cases=now.caseload.cases,
        data_date=now.caseload.data_date,
        period=span,
        today=office.today,
        settings=settings,
        editions=office.editions(),
        statuses=statuses_of(each for of in home for each in of.recommendations),
        followed=home,
    )


def _report(programme: Programme, counted: Figures, accuracy: AccuracyFigures | None) -> Report:
    return smg_report(
        counted,
        settings=programme.settings,
        contracts=programme.contracts,
        period=programme.period,
        today=programme.today,
        data_date=programme.data_date,
        accuracy=accuracy,
    )


def _data(programme: Programme, counted: Figures) -> bytes:
    """The workbook of every figure with the audits it was counted from."""
    rows = figure_rows(counted, settings=programme.settings, contracts=programme.contracts)
    facts = (
        ("Period", programme.period.words),
        ("Caseload as at", uk_date(programme.data_date)),
        ("Made on", uk_date(programme.today)),
    )
    return data_workbook(rows, title=f"SMG report {programme.period.label}: figures", facts=facts)
