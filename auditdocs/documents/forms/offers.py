"""What a form's controls show and offer, held against its contract: choices, prompts, kinds."""

from collections.abc import Iterator, Mapping

from lxml import etree

from auditdocs.documents.forms.build import recommendation_choices
from auditdocs.documents.package import Package
from auditdocs.documents.templates.stories import Story, W, controls, words_of
from auditdocs.model.accuracy import PART_CHOICES
from auditdocs.model.contract import Choice, Contract, Item
from auditdocs.model.lint import WARNING, Remark
from auditdocs.rules.forms.scales import code_of, listed

_GLOSSARY = "word/glossary/document.xml"
_LISTS = (f"{W}sdtPr/{W}dropDownList", f"{W}sdtPr/{W}comboBox")
_Element = etree._Element
_Offer = tuple[str, tuple[Choice, ...]]
"""The kind of answer, and what its drop-down lists."""


def offer_remarks(body: Story, contract: Contract) -> Iterator[Remark]:
    """Choices and prompts that differ, and answers already given."""
    offers = _offers(contract)
    prompts = frozenset(contract.prompts.values())
    seen: set[str] = set()
    for tag, control in controls(body.root):
        if tag in offers and tag not in seen:
            yield from _choice_remarks(body, tag, control, *offers[tag])
        if tag in offers and not _holds_controls(control):
            yield from _prompt_remarks(body, tag, control, prompts)
        seen.add(tag)


def restored_prompts(package: Package, contract: Contract) -> Iterator[Remark]:
    """Prompts that Word would put back and the reader does not know."""
    root = package.xml(_GLOSSARY)
    known = frozenset(contract.prompts.values())
    for part in () if root is None else root.iter(f"{W}docPart"):
        name = part.find(f"{W}docPartPr/{W}name")
        said = words_of(part).strip()
        if name is not None and name.get(f"{W}val", "").startswith("AD_") and said not in known:
            yield Remark(
                rule="prompt-differs",
                where=f"prompts ({_GLOSSARY})",
                text=f'Word would put back the prompt "{said}", which the contract does not have',
                hint="Write that prompt under [prompts] in the contract.",
            )


def _offers(contract: Contract) -> Mapping[str, _Offer]:
    """Each answer control's tag, with its kind and choices."""
    offers: dict[str, _Offer] = {}
    for item in contract.items:
        for key in item.keys:
            offers[key] = _offer(item, key)
        if item.comment_key:
            offers[item.comment_key] = ("text", ())
    for field in (*contract.auditor, *contract.sign_off):
        offers[field.name] = (field.type, listed(field.type, field.choices))
    for name, choices in recommendation_choices(contract).items():
        offers[f"rec.{name}"] = ("choice", choices)
    return offers


def _offer(item: Item, key: str) -> _Offer:
    if item.check:
        return "choice", PART_CHOICES.get(key.rpartition(".")[2], ())
    return item.kind, listed(item.kind, item.choices)


def _choice_remarks(
    body: Story, tag: str, control: _Element, kind: str, wanted: tuple[Choice, ...]
) -> Iterator[Remark]:
    list_ = next((found for path in _LISTS if (found := control.find(path)) is not None), None)
    if list_ is None:
        yield from _kind_remarks(body, tag, control, kind, wanted)
        return
    items = [item for item in list_ if item.get(f"{W}value")]
    shown = [item.get(f"{W}displayText", "") or item.get(f"{W}value", "") for item in items]
    codes = {label: code_of(kind, label, wanted) for label in shown}
    for label, code in codes.items():
        if code is None:
            text = f'{tag} offers "{label}", which the contract does not have'
            hint = f"There are: {', '.join(choice.label for choice in wanted)}."
            yield body.remark("choices-differ", control, text, hint)
    for choice in wanted:
        if choice.code not in codes.values():
            text = f'{tag} does not offer "{choice.label}"'
            hint = "Add it in the control's properties, or take it out of the contract."
            yield body.remark("choices-differ", control, text, hint)
        elif choice.label not in shown:
            text = f'{tag} offers "{choice.label}" in other words; they are understood'
            hint = f'Write "{choice.label}", as the ledger and the reports do.'
            yield body.remark("choices-differ", control, text, hint, severity=WARNING)


def _kind_remarks(
    body: Story, tag: str, control: _Element, kind: str, wanted: tuple[Choice, ...]
) -> Iterator[Remark]:
    """A control that offers nothing where the contract has choices or a date."""
    if wanted:
        text = f"{tag} is no drop-down, though the contract has choices for it"
        hint = "Put a drop-down list there; else people write what cannot be counted."
        yield body.remark("choices-differ", control, text, hint, severity=WARNING)
    elif kind == "date" and control.find(f"{W}sdtPr/{W}date") is None:
        text = f"{tag} is no date picker, though the contract asks for a date"
        yield body.remark(
            "control-kind", control, text, "Put a date picker there.", severity=WARNING
        )


def _prompt_remarks(
    body: Story, tag: str, control: _Element, prompts: frozenset[str]
) -> Iterator[Remark]:
    said = words_of(control).strip()
    if said in prompts or ("{{" in said and "}}" in said):
        return
    if control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None or not said:
        text = f'{tag} shows "{said}", which is no prompt of the contract: it would be an answer'
        hint = "Write the contract's prompt in it, or that prompt under [prompts] in the contract."
        yield body.remark("prompt-differs", control, text, hint)
    else:
        text = f'{tag} is answered already with "{said[:60]}"'
        hint = "Empty it in Word, so that its prompt shows again, unless every form is to say so."
        yield body.remark("answer-given", control, text, hint, severity=WARNING)


def _holds_controls(control: _Element) -> bool:
    return sum(1 for _ in control.iter(f"{W}sdt")) > 1
