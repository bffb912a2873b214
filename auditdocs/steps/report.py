"""A report written: figures from the journal, a Word document, and the workbook behind it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from auditdocs.documents.accessibility import faults
from auditdocs.documents.reports.data_workbook import data_workbook
from auditdocs.errors import UsageFault
from auditdocs.model.report import Figure
from auditdocs.places.journal.commitments import keep_proposed
from auditdocs.places.outbox import put_report, report_place
from auditdocs.rules.accuracy.figures import AccuracyFigures
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.calendar.periods import Period, month_of, quarter_of, quarters_before
from auditdocs.rules.calendar.periods import period as period_of
from auditdocs.rules.findings.compliance import compliance, standards_type
from auditdocs.rules.findings.compliance_balances import period_balances
from auditdocs.rules.findings.figures import Figures, figures
from auditdocs.rules.findings.hidden import Balance
from auditdocs.rules.findings.programme import Programme
from auditdocs.rules.papers.accuracy_rows import accuracy_json
from auditdocs.rules.papers.figure_json import figures_json
from auditdocs.rules.papers.figure_rows import figure_rows
from auditdocs.rules.papers.paper import Paper
from auditdocs.rules.papers.smg_actions import proposals, spare_rows
from auditdocs.rules.papers.smg_messages import decisions_asked
from auditdocs.rules.papers.smg_report import smg_report
from auditdocs.rules.papers.unprinted import unprinted
from auditdocs.rules.register.smg_actions import SPARE
from auditdocs.steps.accuracy_counts import accuracy_in, home_of
from auditdocs.steps.gather.caseloads import Caseloads
from auditdocs.steps.gather.programme import programme_of
from auditdocs.steps.office import Office
from auditdocs.steps.pack_pdf import pdf_of
from auditdocs.steps.post import post, read_back
from auditdocs.steps.typeset import typeset


@dataclass(frozen=True, slots=True)
class Written:
    """A report's files, its figures, and what is wrong with its documents."""

    files: tuple[str, ...]
    figures: Mapping[str, Any]
    accessibility: tuple[str, ...]
    unmade: tuple[str, ...] = ()
    """Why a PDF that was asked for is not there."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A report and the workbook of its figures, before they lie anywhere."""

    name: str
    document: bytes
    data: bytes
    figures: Mapping[str, Any]
    asked: tuple[str, ...] = ()
    """What it asks its readers to decide, a sentence each."""
    behind: frozenset[str] = frozenset()
    """The ids of the audits that its workbook names."""

    @property
    def files(self) -> Mapping[str, bytes]:
        """Both files by name, the report first."""
        return {f"{self.name}.docx": self.document, f"{self.name} figures.xlsx": self.data}


def reported(
    office: Office, *, period: str = "", suppress: int | None = None, pdf: bool = False
) -> Written:
    """The quarterly SMG report and the workbook of its figures, in the outbox.

    Without a period it is the last quarter that is over. Earlier drafts, in which an author may
    have written, are left as they are: a new one gets the next free name. What a quarter's
    report proposes is kept for the group to answer in the ledger; a copy with hidden counts keeps
    nothing. With `pdf` it stands beside in that form too.
    """
    read_back(office)
    then, span = Caseloads(office.journal), reported_period(office, period)
    programme = programme_of(office, span, then, suppress=suppress)
    home = home_of(programme)
    accuracy = accuracy_in(office, span, then, home) if office.of_teams else None
    paper = _paper(office, programme, accuracy)
    draft = _draft(office, paper)
    done = written(office, draft, figures=draft.figures, pdf=pdf)
    if suppress is None and paper.period == quarter_of(paper.period.first):
        spare = spare_rows(paper.period.label, count=SPARE)
        keep_proposed(office.journal, (*proposals(paper), *spare))
        post(office)
    return done


def smg_draft(office: Office, programme: Programme, accuracy: AccuracyFigures | None) -> Draft:
    """The quarterly SMG report with its figures, from what was last read back of the ledger."""
    return _draft(office, _paper(office, programme, accuracy))


def written(office: Office, *drafts: Draft, figures: Mapping[str, Any], pdf: bool) -> Written:
    """Drafts put in outbox/reports beside earlier ones, with the figures of all together."""
    files: list[str] = []
    found: list[str] = []
    unmade: dict[str, None] = {}
    for draft in drafts:
        files.append(put_in_reports(office, draft.name, ".docx", draft.document))
        files.append(put_in_reports(office, f"{draft.name} figures", ".xlsx", draft.data))
        found += [f"{draft.name}: {fault}" for fault in faults(draft.document)]
        made, why = pdf_of(draft.document, title=draft.name) if pdf else (b"", ())
        unmade.update(dict.fromkeys(why))
        if made:
            files.append(put_in_reports(office, draft.name, ".pdf", made))
    return Written(tuple(files), figures, tuple(found), tuple(unmade))


def put_in_reports(office: Office, name: str, suffix: str, data: bytes) -> str:
    """Put a document in outbox/reports beside earlier drafts; gives where it is."""
    place = report_place(office.workspace.outbox, name, suffix)
    return office.workspace.relative(put_report(place, data))


def reported_period(office: Office, text: str) -> Period:
    """The period that a person named, or the last quarter that is over.

    Raises UsageFault as `named_period` does.
    """
    if text:
        return named_period(office, text)
    return quarters_before(month_of(office.today), count=1)[0]


def named_period(office: Office, text: str) -> Period:
    """The period that a person named. Raises UsageFault for none, and for one not yet begun."""
    span = period_of(text)
    if span.first > office.today:
        raise UsageFault(
            f"{span.label} has not begun: its first day is {uk_date(span.first)}.",
            hint="Name a period that is over, or that runs now.",
        )
    return span


def _paper(office: Office, programme: Programme, accuracy: AccuracyFigures | None) -> Paper:
    """All that the report is written from."""
    found = figures(programme)
    return Paper(
        figures=found,
        contracts=programme.contracts,
        settings=programme.settings,
        period=programme.period,
        today=office.today,
        data_date=programme.data_date,
        accuracy=accuracy,
        unprinted=unprinted(programme),
        beside=lambda: _balances(programme, found, accuracy),
    )


def _balances(
    programme: Programme, found: Figures, accuracy: AccuracyFigures | None
) -> Iterator[Balance]:
    """What a reader may set against each other who has the Completeness report too."""
    key = standards_type(programme.contracts)
    mine = {audit.audit_id for audit in programme.audits if audit.type == key}
    every = accuracy.disagreements if accuracy else ()
    against = [each for each in every if each.audit_id in mine]
    return period_balances(found, compliance(programme, key) if key else None, against)


def workbook_of(rows: Sequence[Figure], *, name: str, paper: Paper) -> bytes:
    """The workbook of every figure of a report, with the audits it was counted from."""
    facts = (
        ("Period", paper.period.words),
        ("Caseload as at", uk_date(paper.data_date)),
        ("Made on", uk_date(paper.today)),
    )
    return data_workbook(rows, title=f"{name}: figures", facts=facts)


def audits_behind(rows: Iterable[Figure]) -> frozenset[str]:
    """The ids of the audits that figures were counted from."""
    return frozenset(chain.from_iterable(row.audits for row in rows))


def _draft(office: Office, paper: Paper) -> Draft:
    told = {"accuracy": accuracy_json(paper.accuracy)} if paper.accuracy else {}
    name = paper.shown.named(f"SMG report {paper.period.label}")
    rows = figure_rows(paper.figures, shown=paper.shown, contracts=paper.contracts)
    return Draft(
        name=name,
        document=typeset(office, smg_report(paper), kind="smg"),
        data=workbook_of(rows, name=name, paper=paper),
        figures=paper.shown.figures({**figures_json(paper.figures), **told}),
        asked=tuple(decisions_asked(paper)),
        behind=audits_behind(rows),
    )
