"""A Word form built from its contract, put beside it."""

from pathlib import Path

from auditdocs.documents.forms.build import form_template
from auditdocs.errors import UsageFault
from auditdocs.places.disk import is_there, moved, put, whole
from auditdocs.rules.forms.contracts import contract


def built(path: Path) -> Path:
    """The Word form of the contract at that path, named for its key; gives where it is.

    An earlier form of that name is kept as "<key> (2).docx". Raises UsageFault or ContractFault.
    """
    if not is_there(path):
        raise UsageFault(f"There is no contract {path}.", hint="Name a .toml file.")
    form = path.with_name(f"{contract(whole(path).decode()).key}.docx")
    new = form_template(contract(whole(path).decode()))
    if is_there(form) and whole(form) != new:
        moved(form, form.with_name(f"{form.stem} (2){form.suffix}"))
    put(form, new)
    return form
