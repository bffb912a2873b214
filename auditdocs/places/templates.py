"""The service's contracts and Word templates on disk, and every contract a form was issued by."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from auditdocs.errors import ContractFault, TemplateFault, Unavailable
from auditdocs.model.contract import Contract
from auditdocs.places.disk import is_folder, is_there, listed, put, whole
from auditdocs.rules.forms.contracts import contract


def contracts(templates: Path) -> Mapping[str, Contract]:
    """Every contract in templates/forms by key. Raises ContractFault that names all that are wrong.

    Two contracts of one key, prefix or ledger sheet are a fault: their audits would run together.
    Raises Unavailable where there is no such folder: without contracts no form would be known.
    """
    if not is_folder(templates / "forms"):
        raise Unavailable(
            "The templates are not there.",
            where=str(templates / "forms"),
            hint="See whether the share is connected. If the folder is gone for good, "
            '"auditdocs init" in the workspace puts back the templates that come with auditdocs.',
        )
    found, faults = contracts_and_faults(templates)
    if faults:
        told = "\n".join(f"{name}: {line}" for name, line in faults)
        raise ContractFault(told, where=str(templates / "forms"), hint=_HINT)
    return found


def contracts_and_faults(
    templates: Path,
) -> tuple[Mapping[str, Contract], tuple[tuple[str, str], ...]]:
    """Every contract that can be read, by key; and each fault of the others, with its file."""
    found: dict[str, Contract] = {}
    faults: list[tuple[str, str]] = []
    for path in listed(templates / "forms", "*.toml"):
        try:
            read = contract_at(path)
            faults += [(path.name, clash) for clash in _clashes(read, found)]
            found[read.key] = read
        except ContractFault as fault:
            faults += [(path.name, line) for line in fault.text.splitlines()]
    return found, tuple(faults)


def contract_at(path: Path) -> Contract:
    """The contract in a file. Raises ContractFault, which tells every fault there is."""
    try:
        return contract(whole(path).decode(), where=path.name)
    except UnicodeDecodeError as error:
        raise ContractFault(
            "The contract is not saved as UTF-8 text.",
            where=path.name,
            hint="In Notepad choose Save as, Encoding UTF-8.",
        ) from error


_HINT = "Mend the lines named in a text editor, save, and try again."


def form_template(templates: Path, of: Contract) -> bytes:
    """The Word form of a contract. Raises TemplateFault when it is not there."""
    path = templates / "forms" / f"{of.key}.docx"
    if not is_there(path):
        raise TemplateFault(
            f"The Word form {path.name} is missing.",
            where=str(path.parent),
            hint=build_hint(path),
        )
    return whole(path)


def build_hint(form: Path) -> str:
    """How a Word form that is missing there is built from the contract beside it."""
    contract_file = form.with_suffix(".toml")
    return f'Run: auditdocs template new "{contract_file}". It builds the form from its contract.'


def letter_template(templates: Path, kind: str) -> bytes:
    """The Word template of a kind of letter. Raises TemplateFault when it is not there."""
    path = templates / "letters" / f"{kind}.docx"
    if not is_there(path):
        raise TemplateFault(
            f"The letter {path.name} is missing.",
            where=str(path.parent),
            hint='Run "auditdocs init" in the workspace: it puts back what is missing and changes '
            "nothing else.",
        )
    return whole(path)


def report_template(templates: Path, kind: str) -> bytes:
    """The Word template of a kind of report: its own, else the one of all reports.

    Gives b"" where the service has neither: a report then looks as it is shipped. Raises
    Unavailable where the disk will not say.
    """
    named = (templates / "reports" / f"{name}.docx" for name in (kind, "report"))
    found = next((path for path in named if is_there(path)), None)
    return whole(found) if found else b""


def taken_keys(templates: Path) -> frozenset[str]:
    """The keys that files among the templates have taken, sound or not."""
    return frozenset(path.stem for path in listed(templates / "forms", "*.*"))


def word_files(templates: Path, folder: str) -> tuple[Path, ...]:
    """The Word files in a folder of the templates, those that Word has open left out."""
    found = listed(templates / folder, "*.docx")
    return tuple(path for path in found if not path.name.startswith("~$"))


def keep_contract(archive: Path, templates: Path, of: Contract) -> None:
    """Keep the contract that forms are issued by, so that each is read by its own for ever."""
    kept = _kept(archive, of.key, of.version, of.fingerprint)
    if not is_there(kept):
        put(kept, _text_of(templates, of.key))


def kept_contract(archive: Path, fingerprint: str) -> Contract | None:
    """The contract of that fingerprint among those that forms were issued by, or None."""
    for path in listed(archive / "contracts", f"*-{fingerprint[:12]}.toml"):
        read = _kept_at(path)
        if read.fingerprint == fingerprint:
            return read
    return None


def kept_contracts(archive: Path) -> tuple[Contract, ...]:
    """Every contract that forms were issued by, by key and version."""
    paths = listed(archive / "contracts", "*.toml")
    return tuple(map(_kept_at, paths))


def readable_contracts(archive: Path) -> tuple[tuple[Contract, ...], tuple[ContractFault, ...]]:
    """Those of them that can be read, and why the others cannot: nothing else waits for these."""
    return _readable(listed(archive / "contracts", "*.toml"))


def earlier_contracts(archive: Path, current: Contract) -> tuple[Contract, ...]:
    """The other contracts by which forms of that type were issued, the newest version first.

    One that cannot be read is left out.
    """
    paths = listed(archive / "contracts", f"{current.key}-v*.toml")
    others, _ = _readable(path for path in paths if current.fingerprint[:12] not in path.name)
    same = (each for each in others if each.key == current.key)
    return tuple(sorted(same, key=lambda each: -each.version))


def _readable(
    paths: Iterable[Path],
) -> tuple[tuple[Contract, ...], tuple[ContractFault, ...]]:
    found: list[Contract] = []
    faults: list[ContractFault] = []
    for path in paths:
        try:
            found.append(_kept_at(path))
        except ContractFault as fault:
            faults.append(fault)
    return tuple(found), tuple(faults)


def _kept_at(path: Path) -> Contract:
    try:
        return contract_at(path)
    except ContractFault as fault:
        raise ContractFault(
            "A contract that forms were issued by can no longer be read: "
            + "; ".join(fault.text.splitlines()),
            where=str(path),
            hint="Put the file back from a backup of the archive: its forms are read by it.",
        ) from fault


def _kept(archive: Path, key: str, version: int, fingerprint: str) -> Path:
    return archive / "contracts" / f"{key}-v{version}-{fingerprint[:12]}.toml"


def _text_of(templates: Path, key: str) -> bytes:
    for path in listed(templates / "forms", "*.toml"):
        text = whole(path)
        if contract(text.decode()).key == key:
            return text
    raise ContractFault(f"The contract of {key} is gone.", where=str(templates), hint=_HINT)


def _clashes(read: Contract, found: Mapping[str, Contract]) -> list[str]:
    others = [each for each in found.values() if each.key != read.key]
    clashes = [f'the key "{read.key}" is taken by another contract'] if read.key in found else []
    clashes += [
        f'the prefix "{read.prefix}" is also that of {each.key}'
        for each in others
        if each.prefix == read.prefix
    ]
    clashes += [
        f'the ledger sheet "{read.sheet}" is also that of {each.key}'
        for each in others
        if each.sheet.casefold() == read.sheet.casefold()
    ]
    return clashes
