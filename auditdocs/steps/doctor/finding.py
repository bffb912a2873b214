"""A finding of the doctor's: what, where, and what to do."""

from auditdocs.model.standing import Item


def finding(kind: str, where: object, text: str, do: str) -> Item:
    """Something that a person must mend."""
    return Item(kind=kind, about=str(where), text=f"{text} {do}", late=True)


def information(kind: str, where: object, text: str) -> Item:
    """Something that is merely good to know."""
    return Item(kind=kind, about=str(where), text=text)
