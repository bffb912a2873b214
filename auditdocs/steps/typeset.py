"""A report made a document: in the service's own template, its contents list with true pages.

LibreOffice, where it is there, counts the pages; without it the contents list has none.
"""

from functools import lru_cache

from auditdocs.documents.reports.contents import Pages
from auditdocs.documents.reports.report import report_document
from auditdocs.model.report import Report
from auditdocs.places.libreoffice import MARKED_PDF, converted
from auditdocs.places.templates import report_template
from auditdocs.steps.office import Office


def typeset(office: Office, report: Report, *, kind: str) -> bytes:
    """The report as a Word document; `kind` names its template, where it has one of its own.

    Raises TemplateFault that names all that is wrong with the template.
    """
    office.progress(f"Writing: {report.title}", 0, 0)
    template = report_template(office.workspace.templates, kind)
    document = report_document(report, template)
    if report.brief or not office.settings.page_numbers:
        return document
    return report_document(report, template, _paginated(document))


@lru_cache(maxsize=8)
def _paginated(document: bytes) -> Pages:
    """The pages of a document; none without LibreOffice. A pack asks what its reports asked."""
    pdf = converted(document, suffix=".docx", to=MARKED_PDF)
    if not pdf:
        return {}
    from auditdocs.documents.reports.pages import pages_of  # pypdf is wanted here alone

    return pages_of(pdf)
