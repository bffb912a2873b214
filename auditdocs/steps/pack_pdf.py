"""Papers as a PDF, one alone or a pack's all in one, where LibreOffice is there to make it."""

from collections.abc import Callable, Iterable

from auditdocs.model.pack import PackFile
from auditdocs.places.libreoffice import converted, program

_PAPERS = (".docx", ".docm", ".doc", ".odt", ".rtf")
_NO_OFFICE = "There is no PDF: LibreOffice, which makes it, is not on this computer."


def one_pdf(
    files: Iterable[PackFile], *, title: str, beat: Callable[[], None]
) -> tuple[bytes, tuple[str, ...]]:
    """The PDF, and why there is none: b"" where a paper is missing, for it would not be whole."""
    if program() is None:
        return b"", (_NO_OFFICE,)
    papers: dict[str, bytes] = {}
    for file in files:
        suffix = f".{file.name.rpartition('.')[2]}".lower()
        if suffix in _PAPERS:
            papers[file.title] = converted(file.data, suffix=suffix, to="pdf")
            beat()
    failed = tuple(
        f"There is no PDF: LibreOffice cannot convert {name}."
        for name, paper in papers.items()
        if not paper
    )
    return (b"", failed) if failed else (_joined(papers, title), ())


def pdf_of(document: bytes, *, title: str) -> tuple[bytes, tuple[str, ...]]:
    """A Word document as a PDF, and why there is none: b"" then."""
    if program() is None:
        return b"", (_NO_OFFICE,)
    made = converted(document, suffix=".docx", to="pdf")
    failed = f"There is no PDF: LibreOffice cannot convert {title}."
    return (_joined({title: made}, title), ()) if made else (b"", (failed,))


def _joined(papers: dict[str, bytes], title: str) -> bytes:
    from auditdocs.documents.reports.joined import joined  # only where a PDF is asked for

    return joined(papers, title=title)
