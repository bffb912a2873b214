"""Papers joined in one PDF, each with its entry in the list at the side."""

from collections.abc import Mapping
from io import BytesIO

from pypdf import PdfWriter


def joined(papers: Mapping[str, bytes], *, title: str) -> bytes:
    """One PDF of these PDFs, by title and in their order; it does not tell when it was made."""
    writer = PdfWriter()
    for name, paper in papers.items():
        writer.append(BytesIO(paper), outline_item=name)
    writer.add_metadata({"/Title": title})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
