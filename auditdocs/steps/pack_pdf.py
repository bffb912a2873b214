"""Papers as a PDF, one alone or a pack's all in one, where LibreOffice is there to make it."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from auditdocs.model.pack import PackFile
from auditdocs.places.libreoffice import converted, converted_together, program

_PAPERS = (".docx", ".docm", ".doc", ".odt", ".rtf")
TOGETHER = 4
"""How many papers one run of LibreOffice converts: between runs the lock shows that we live."""

EACH = 15.0
"""Seconds that each of them may take; one that needs longer is tried alone."""

_NO_OFFICE = "There is no PDF: LibreOffice, which makes it, is not on this computer."


def one_pdf(
    files: Iterable[PackFile], *, title: str, beat: Callable[[], None]
) -> tuple[bytes, tuple[str, ...]]:
    """The PDF, and why there is none: b"" where a paper is missing, for it would not be whole."""
    if program() is None:
        return b"", (_NO_OFFICE,)
    papers = {file.title: (file.data, _suffix(file)) for file in files if _suffix(file) in _PAPERS}
    made = dict(_made(papers, beat))
    failed = tuple(
        f"There is no PDF: LibreOffice cannot convert {name}."
        for name, paper in made.items()
        if not paper
    )
    return (b"", failed) if failed else (_joined(made, title), ())


def _suffix(file: PackFile) -> str:
    return f".{file.name.rpartition('.')[2]}".lower()


def _made(
    papers: Mapping[str, tuple[bytes, str]], beat: Callable[[], None]
) -> Iterator[tuple[str, bytes]]:
    """Each paper as a PDF, a few at once; what one made impossible for others is tried alone."""
    every = [*papers.items()]
    for start in range(0, len(every), TOGETHER):
        few = every[start : start + TOGETHER]
        done = converted_together([paper for _, paper in few], to="pdf", seconds=EACH)
        beat()
        for (name, (data, suffix)), pdf in zip(few, done, strict=True):
            yield name, pdf or converted(data, suffix=suffix, to="pdf")
            beat()


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
