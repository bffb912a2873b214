"""The Completeness report written: figures from the journal, a Word document, a workbook."""

from collections.abc import Sequence

from auditdocs.errors import UsageFault
from auditdocs.places.templates import kept_contracts
from auditdocs.rules.accuracy.figures import Disagreement
from auditdocs.rules.findings.compliance import compliance, standards_type
from auditdocs.rules.findings.compliance_balances import period_balances
from auditdocs.rules.findings.figures import figures
from auditdocs.rules.findings.programme import Programme
from auditdocs.rules.papers.compliance_report import compliance_report
from auditdocs.rules.papers.compliance_rows import compliance_json, compliance_rows
from auditdocs.rules.papers.paper import Paper
from auditdocs.rules.register.standards import changes
from auditdocs.steps.accuracy_counts import disagreements_in, home_of
from auditdocs.steps.gather.caseloads import Caseloads
from auditdocs.steps.gather.programme import programme_of
from auditdocs.steps.gather.standards import in_force
from auditdocs.steps.office import Office
from auditdocs.steps.post import read_back
from auditdocs.steps.report import (
    Draft,
    Written,
    audits_behind,
    reported_period,
    workbook_of,
    written,
)
from auditdocs.steps.typeset import typeset


def compliance_reported(
    office: Office, *, period: str = "", suppress: int | None = None, pdf: bool = False
) -> Written:
    """The Completeness report and the workbook of its figures, in the outbox.

    Without a period it is the last quarter that is over; an earlier draft is left as it is. Raises
    UsageFault where no audit type asks for standards.
    """
    key = standards_type(office.contracts)
    if not key:
        raise UsageFault(
            "No audit type asks whether a standard is in place, in time and up to date.",
            hint="The report is of such a type: see the contracts in templates/forms/.",
        )
    read_back(office)
    span = reported_period(office, period)
    then = Caseloads(office.journal)
    programme = programme_of(office, span, then, suppress=suppress)
    asked = {key: office.contracts[key]}
    against = disagreements_in(asked, span, then, home_of(programme))
    draft = compliance_draft(office, programme, against)
    return written(office, draft, figures=draft.figures, pdf=pdf)


def compliance_draft(
    office: Office, programme: Programme, against: Sequence[Disagreement]
) -> Draft:
    """The report with its figures; some audit type must ask for standards.

    `against` are the answers of its audits that speak against the extract.
    """
    span, found = programme.period, compliance(programme, standards_type(office.contracts))
    paper = Paper(
        figures=found.figures,
        contracts=office.contracts,
        settings=programme.settings,
        period=span,
        today=office.today,
        data_date=programme.data_date,
        beside=lambda: period_balances(figures(programme), found, against),
    )
    history = in_force(office, found.contract, kept_contracts(office.workspace.archive))
    told = compliance_report(paper, found, against=against, changes=[*changes(history, span)])
    name = paper.shown.named(f"{found.contract.sheet} report {span.label}")
    rows = compliance_rows(paper, found, against)
    data = workbook_of(rows, name=name, paper=paper)
    document = typeset(office, told, kind=found.contract.key)
    return Draft(
        name=name,
        document=document,
        data=data,
        figures=paper.shown.figures(compliance_json(found, against)),
        behind=audits_behind(rows),
    )
