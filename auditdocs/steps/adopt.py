"""A form that people already have made one of ours: contract and Word form, ready to be issued."""

from dataclasses import dataclass
from pathlib import Path

from auditdocs.documents.forms.adopt import draft
from auditdocs.documents.forms.build import form_template
from auditdocs.documents.package import package
from auditdocs.documents.wrong_files import CONVERTED
from auditdocs.errors import FormFault, TemplateFault, UsageFault
from auditdocs.model.draft import Draft
from auditdocs.places.disk import is_there, put, whole
from auditdocs.places.libreoffice import converted
from auditdocs.places.templates import contracts_and_faults, taken_keys
from auditdocs.rules.forms.contracts import contract, sheet_name
from auditdocs.rules.forms.drafts import contract_text, draft_key, draft_prefix


@dataclass(frozen=True, slots=True)
class Adopted:
    """What was made of a form."""

    contract: Path
    form: Path
    draft: Draft


def adopted(form: Path, templates: Path) -> Adopted:
    """The contract and the Word form of somebody's own form, put among the templates.

    Nothing there is overwritten: key, prefix and ledger sheet are those of no other type. Raises
    UsageFault where there is no such file, TemplateFault where no question is found in it.
    """
    if not is_there(form):
        raise UsageFault(f"There is no file {form}.", hint="Name a Word form (.docx).")
    found = _draft(form)
    known, _faults = contracts_and_faults(templates)
    title = found.title or form.stem
    key = draft_key(title, {*known, *taken_keys(templates)})
    text = contract_text(
        found,
        key=key,
        prefix=draft_prefix(title, {each.prefix for each in known.values()}),
        sheet=_sheet(title, key, {each.sheet.casefold() for each in known.values()}),
        source=form.name,
    )
    folder = templates / "forms"
    made = Adopted(folder / f"{key}.toml", folder / f"{key}.docx", found)
    put(made.form, form_template(contract(text)))
    put(made.contract, text.encode())
    return made


def _draft(form: Path) -> Draft:
    data = whole(form)
    try:
        found = draft(_as_word(data))
    except FormFault as fault:
        hint = "Open it in Word, save it as a Word document (.docx), and adopt that."
        raise TemplateFault(fault.text, where=form.name, hint=hint) from fault
    if not found.items:
        raise TemplateFault(
            "No question was found in the form.",
            where=form.name,
            hint="A question is a label with a field, a box or an empty cell beside it.",
        )
    return found


def _as_word(data: bytes) -> bytes:
    """A form of another program as a Word document, where LibreOffice can make one; else as it is.

    A document is only converted when it is none of Word's: what it was told for is told still.
    """
    try:
        package(data)
    except FormFault as fault:
        suffix = CONVERTED.get(fault.kind, "")
        return (converted(data, suffix=suffix) if suffix else b"") or data
    return data


def _sheet(title: str, key: str, taken: set[str]) -> str:
    named = sheet_name(title) or key
    return named if named.casefold() not in taken else key[:31]
