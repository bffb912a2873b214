"""The gate of a template: a sound package with nothing wrong with its tags, or it is not used."""

from collections.abc import Iterable

from auditdocs.documents.package import Package, package, parsed
from auditdocs.documents.templates.engine import HINT
from auditdocs.documents.templates.one_tag import Vocabulary
from auditdocs.documents.wrong_files import BODY
from auditdocs.errors import FormFault, TemplateFault
from auditdocs.model.lint import ERROR, Remark

NO_KEYS: frozenset[str] = frozenset()
"""The keys of a name that is text, or of which any key will do."""


def sound_package(template: bytes) -> Package:
    """The parts of a template. Raises TemplateFault where it is no sound Word document."""
    try:
        sound = package(template)
        parsed(sound.parts[BODY], BODY)
    except FormFault as error:
        hint = "Open the template in Word and save it as a Word document (.docx)."
        raise TemplateFault(error.text, where=error.where, hint=hint) from error
    return sound


def refuse(remarks: Iterable[Remark]) -> None:
    """Raise the one TemplateFault that names every error among the remarks, if there is any."""
    faults = [remark for remark in remarks if remark.severity == ERROR]
    if faults:
        told = "\n".join(f"{fault.where}: {fault.text}" for fault in faults)
        raise TemplateFault(told, hint=f'{HINT} "auditdocs template check" says more.')


def vocabulary_of(names: Iterable[str]) -> Vocabulary:
    """Names of which nothing more is known, as a vocabulary."""
    return dict.fromkeys(names, NO_KEYS)
