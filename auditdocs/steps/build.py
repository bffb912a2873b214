"""A Word form built from its contract, put beside it."""

from pathlib import Path

from auditdocs.documents.forms.build import form_template
from auditdocs.errors import UsageFault
from auditdocs.model.contract import CHECK_LIST
from auditdocs.places.disk import is_there, moved, put, whole
from auditdocs.places.templates import contract_at

_NAME_IT = "Name its file with the folder it is in: templates/forms/quality.toml."


def built(path: Path) -> Path:
    """The Word form of the contract at that path, named for its key; gives where it is.

    An earlier form of that name is kept as "<key> (2).docx". Raises UsageFault or ContractFault.
    """
    if not is_there(path):
        raise UsageFault(f"There is no contract {path}.", hint=_NAME_IT)
    of = contract_at(path)
    if of.family == CHECK_LIST:
        hint = "It is made for each team and date from the team's agreement."
        raise UsageFault(f"{of.title} is a workbook and has no Word form.", hint=hint)
    form, new = path.with_name(f"{of.key}.docx"), form_template(of)
    if is_there(form) and whole(form) != new:
        moved(form, form.with_name(f"{form.stem} (2){form.suffix}"))
    put(form, new)
    return form
