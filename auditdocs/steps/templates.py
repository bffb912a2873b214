"""Templates checked, previewed and described: what a form designer asks for.

No journal is opened and no contract need be sound: a check is wanted most when something is wrong.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from auditdocs.documents.forms.check import form_remarks
from auditdocs.documents.forms.fill import prepared, vocabulary
from auditdocs.documents.reports.report import report_document
from auditdocs.documents.reports.shell import NAMES, shell_remarks
from auditdocs.documents.templates.check import template_remarks
from auditdocs.documents.templates.comments import commented
from auditdocs.documents.templates.engine import compiled, joined
from auditdocs.documents.templates.gate import sound_package, vocabulary_of
from auditdocs.documents.templates.stories import stories
from auditdocs.errors import AuditdocsError, ContractFault, TemplateFault, UsageFault
from auditdocs.model.contract import CHECK_LIST, Contract
from auditdocs.model.lint import WARNING, Remark
from auditdocs.model.settings import Settings
from auditdocs.places.disk import is_there, put, whole
from auditdocs.places.outbox import preview_place, preview_report_place
from auditdocs.places.templates import (
    build_hint,
    contract_at,
    contracts_and_faults,
    form_template,
    readable_contracts,
    word_files,
)
from auditdocs.places.workspace import Workspace, found, shipped_templates
from auditdocs.rules.follow_up.vocabulary import letter_words
from auditdocs.rules.forms.contract_lines import line_of
from auditdocs.rules.forms.sample import samples
from auditdocs.rules.forms.template_words import Word, template_words
from auditdocs.rules.forms.versions import unnumbered
from auditdocs.rules.papers.sample import sample_report
from auditdocs.rules.papers.vocabulary import report_words
from auditdocs.rules.settings import settings
from auditdocs.steps.office import no_such_type, workspace_of

_MEND = "Mend the contract in a text editor, save it, and check it again."
CONTRACT = "contract"
"""The rule of every remark on a contract."""

NUMBER = "version-number"
"""The rule of the remark that a contract was changed and kept its version's number."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A template or a contract, and what is wrong with it."""

    file: Path
    remarks: tuple[Remark, ...]


def checked(root: Path) -> tuple[Checked, ...]:
    """Every contract and form of a workspace, and its other templates."""
    workspace, _ = workspace_of(root)
    known, faults = contracts_and_faults(workspace.templates)
    folder = workspace.templates / "forms"
    told = [
        Checked(folder / name, (_contract_remark(line, folder / name),))
        for name, line in faults
        if not line.endswith(":")
    ]
    told += [_checked_form(folder / f"{key}.docx", known[key]) for key in _on_paper(known)]
    kept, _ = readable_contracts(workspace.archive)  # the doctor tells of the others
    told += [_checked_number(folder / f"{key}.toml", of, kept) for key, of in known.items()]
    told += [_checked_alone(path) for path in word_files(workspace.templates, "letters")]
    told += [_checked_report(path) for path in word_files(workspace.templates, "reports")]
    return tuple(each for each in told if each.remarks)


def checked_file(path: Path) -> tuple[Checked, ...]:
    """One contract with its form, or one template with the contract beside it.

    Raises UsageFault where there is no such file, and where it is neither.
    """
    if not is_there(path):
        raise UsageFault(f"There is no file {path}.", hint="Name a .docx or a .toml.")
    if path.suffix.lower() not in (".docx", ".toml"):
        raise UsageFault(f"{path.name} is no template.", hint="Name a .docx or a .toml.")
    try:
        of = _contract_of(path)
    except ContractFault as fault:
        lines = [line for line in fault.text.splitlines() if not line.endswith(":")]
        text = path.with_suffix(".toml")
        return (Checked(text, tuple(_contract_remark(line, text) for line in lines)),)
    if of is None:
        alone = _checked_report if path.parent.name == "reports" else _checked_alone
        return (alone(path),)
    form = path if path.suffix.lower() == ".docx" else path.with_name(f"{of.key}.docx")
    number = _checked_number(path.with_suffix(".toml"), of, _went_out_by(path))
    return _checked_form(form, of), *((number,) if number.remarks else ())


def with_comments(file: Path, remarks: tuple[Remark, ...]) -> Path:
    """A copy of a template with the remarks as Word comments, put beside it; gives where."""
    place = file.with_name(f"{file.stem} with comments.docx")
    put(place, commented(whole(file), remarks))
    return place


def previewed(root: Path, what: str) -> tuple[str, ...]:
    """The longest, the shortest and the emptiest case of a type or form; a made-up report of the
    template of reports, by its file or as "reports/smg"; or all of these.

    Raises UsageFault where it is neither, and TemplateFault that names all that is wrong with it.
    """
    workspace, chosen = workspace_of(root)
    reports = _report_templates(workspace, what)
    placed = [*_previewed_reports(workspace, chosen, reports)]
    forms = () if reports and what else _previews(workspace, what)
    for of, template in forms:
        ready = prepared(template, of)
        for name, values in samples(of, chosen).items():
            place = preview_place(workspace.outbox, title=of.title, case=name)
            put(place, ready.filled(values))
            placed.append(workspace.relative(place))
    return tuple(placed)


def _previewed_reports(
    workspace: Workspace, chosen: Settings, templates: Iterable[Path]
) -> Iterator[str]:
    for path in templates:
        place = preview_report_place(workspace.outbox, name=path.stem)
        put(place, report_document(sample_report(chosen), whole(path)))
        yield workspace.relative(place)


def _report_templates(workspace: Workspace, what: str) -> tuple[Path, ...]:
    """The templates of reports that are meant; every one where nothing is named."""
    there = word_files(workspace.templates, "reports")
    if not what:
        return there
    path = Path(what)
    if path.suffix.lower() == ".docx" and path.parent.name == "reports" and is_there(path):
        return (path,)
    return tuple(each for each in there if what == f"reports/{each.stem}")


def described(root: Path) -> Mapping[str, tuple[Word, ...]]:
    """What the template of each audit type, letter and report may use, by the name of each."""
    workspace, _ = workspace_of(root)
    known, _faults = contracts_and_faults(workspace.templates)
    forms = {key: template_words(of, vocabulary(of)) for key, of in _on_paper(known).items()}
    letters = {
        f"letters/{path.stem}": letter_words(_names_in(whole(path)))
        for path in word_files(shipped_templates(), "letters")
    }
    return {**forms, **letters, "reports/report": report_words()}


def _on_paper(known: Mapping[str, Contract]) -> Mapping[str, Contract]:
    """The contracts of Word forms; a check list is a workbook."""
    return {key: of for key, of in known.items() if of.family != CHECK_LIST}


def _previews(workspace: Workspace, what: str) -> Iterator[tuple[Contract, bytes]]:
    path = Path(what)
    if path.suffix.lower() in (".docx", ".toml"):
        of = _contract_of(path) if is_there(path) else None
        if of is None:
            hint = "Name a type, or a Word form with its contract beside it."
            raise UsageFault(f"{what} has no contract.", hint=hint)
        is_contract = path.suffix.lower() == ".toml"
        yield of, whole(path.with_name(f"{of.key}.docx") if is_contract else path)
        return
    known, _faults = contracts_and_faults(workspace.templates)
    if what and what not in known:
        reports = (f"reports/{path.stem}" for path in word_files(workspace.templates, "reports"))
        raise no_such_type(what, (*known, *reports))
    for of in _on_paper(known).values():
        if not what or of.key == what:
            yield of, form_template(workspace.templates, of)


def _contract_of(path: Path) -> Contract | None:
    """The contract a file is, or that lies beside it under its name."""
    text = path.with_suffix(".toml")
    return contract_at(text) if is_there(text) else None


def _checked_form(path: Path, of: Contract) -> Checked:
    if not is_there(path):
        text, hint = "the Word form of this contract is missing", build_hint(path)
        return Checked(path, (Remark(rule="form-missing", where=path.name, text=text, hint=hint),))
    return Checked(path, form_remarks(whole(path), of, samples(of, settings(""))))


def _checked_number(path: Path, of: Contract, kept: Iterable[Contract]) -> Checked:
    """Whether a contract by which forms went out was changed under the same number."""
    told = unnumbered(of, kept)
    if told is None:
        return Checked(path, ())
    text, hint = told
    written = whole(path).decode("utf-8", "replace") if is_there(path) else ""
    number = line_of("", "version is not enough", written)
    where = f"version, line {number}" if number else "version"
    remark = Remark(rule=NUMBER, where=where, text=text, hint=hint, severity=WARNING)
    return Checked(path, (remark,))


def _went_out_by(path: Path) -> tuple[Contract, ...]:
    """The contracts that forms went out by in the workspace a file lies in; none outside of one.

    One that cannot be read is left out.
    """
    try:
        workspace, _ = workspace_of(found(path.parent))
    except AuditdocsError:
        return ()
    return readable_contracts(workspace.archive)[0]


def _checked_alone(path: Path) -> Checked:
    """A letter, which may use what the letter of that name uses that we ship; or any template.

    Of a template that is neither form nor letter nobody knows which names it may use.
    """
    shipped = shipped_templates() / path.parent.name / path.name
    try:
        sound = sound_package(whole(path))
        known = _names_in(whole(shipped)) if is_there(shipped) else ()
    except TemplateFault as fault:
        return Checked(path, (_refused(fault),))
    told = template_remarks(sound, stories(sound), vocabulary_of(known))
    return Checked(path, tuple(each for each in told if known or each.rule != "tag-name"))


def _checked_report(path: Path) -> Checked:
    """The template of a report: any may use the same names."""
    try:
        sound = sound_package(whole(path))
    except TemplateFault as fault:
        return Checked(path, (_refused(fault),))
    found = stories(sound)
    known = vocabulary_of(NAMES)
    return Checked(path, (*template_remarks(sound, found, known), *shell_remarks(sound, found)))


def _names_in(template: bytes) -> frozenset[str]:
    return frozenset().union(
        *(part.needs for part in compiled(joined(sound_package(template).parts)))
    )


def _contract_remark(line: str, file: Path) -> Remark:
    where, _, text = line.removeprefix("- ").partition(": ")
    if not text:
        where, text = "the contract", where
    number = line_of(where, text, whole(file).decode("utf-8", "replace"))
    told = f"{where}, line {number}" if number else where
    return Remark(rule=CONTRACT, where=told, text=text, hint=_MEND)


def _refused(fault: AuditdocsError) -> Remark:
    return Remark(rule="fill", where=fault.where or "file", text=fault.text, hint=fault.hint)
