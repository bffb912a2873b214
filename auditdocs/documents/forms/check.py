"""The check of a form against its contract: what would keep it from going out or coming home.

Source: cli.md (template check), forms.md.
"""

from collections.abc import Iterator, Mapping

from auditdocs.documents.forms.carriers import carrier_remarks
from auditdocs.documents.forms.fill import (
    issued_remarks,
    prepared,
    vocabulary,
)
from auditdocs.documents.forms.offers import offer_remarks, restored_prompts
from auditdocs.documents.package import package
from auditdocs.documents.templates.check import residual_remarks, template_remarks
from auditdocs.documents.templates.engine import Values
from auditdocs.documents.templates.gate import sound_package
from auditdocs.documents.templates.stories import stories
from auditdocs.errors import TemplateFault
from auditdocs.model.contract import Contract
from auditdocs.model.lint import ERROR, Remark


def form_remarks(
    template: bytes, contract: Contract, samples: Mapping[str, Values]
) -> tuple[Remark, ...]:
    """Everything wrong with a form's template, in the order of the text; nothing when sound.

    `samples` are cases by name, each of which is filled in once nothing worse is found.
    """
    try:
        sound = sound_package(template)
    except TemplateFault as fault:
        return (_refused(fault),)
    told = stories(sound)
    found = [*template_remarks(sound, told, vocabulary(contract))]
    found += carrier_remarks(told[0], contract)
    found += offer_remarks(told[0], contract)
    found += restored_prompts(sound, contract)
    found += issued_remarks(told[0])
    if not any(remark.severity == ERROR for remark in found):
        found += _trials(template, contract, samples)
    return tuple(sorted(dict.fromkeys(found), key=_in_order))


def _trials(template: bytes, contract: Contract, samples: Mapping[str, Values]) -> Iterator[Remark]:
    try:
        ready = prepared(template, contract)
    except TemplateFault as fault:
        yield _refused(fault)
        return
    for name, values in samples.items():
        try:
            yield from residual_remarks(package(ready.filled(values)))
        except TemplateFault as fault:
            yield _refused(fault, f"the {name} case: ")


def _refused(fault: TemplateFault, case: str = "") -> Remark:
    where = fault.where or "the document"
    hint = fault.hint or "Open it in Word, save it again, and check it again."
    return Remark(rule="fill", where=where, text=f"{case}{fault.text}", hint=hint)


def _in_order(remark: Remark) -> tuple[bool, str, int]:
    """The body first, by paragraph; what has no place behind it."""
    spot = remark.spot
    return (spot is None, "", 0) if spot is None else (False, spot.part, spot.paragraph)
