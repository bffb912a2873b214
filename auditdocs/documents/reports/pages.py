"""On which page each bookmark of a document stands, from a PDF of it that tells."""

from io import BytesIO

from pypdf import PdfReader

from auditdocs.documents.reports.contents import Pages


def pages_of(pdf: bytes) -> Pages:
    """The page, counted from 1, of each bookmark of the document that the PDF was made from."""
    reader = PdfReader(BytesIO(pdf))
    found = {
        _bookmark(name): reader.get_destination_page_number(place)
        for name, place in reader.named_destinations.items()
    }
    return {name: page + 1 for name, page in found.items() if page is not None and page >= 0}


def _bookmark(name: str) -> str:
    """The bookmark's own name; LibreOffice 7.4 writes its first underscore as "5F"."""
    bare = name.lstrip("/")
    return f"_{bare[2:]}" if bare.startswith("5F") else bare
