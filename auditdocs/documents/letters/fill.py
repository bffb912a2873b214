"""A letter filled: its template prepared once behind the fence, then one person's values in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditdocs.documents.package import package, parsed
from auditdocs.documents.templates.engine import HINT, Compiled, Values, compiled, joined
from auditdocs.documents.templates.tags import faults, open_tags
from auditdocs.documents.wrong_files import BODY
from auditdocs.documents.zip_parts import Packed, packed, zip_of
from auditdocs.errors import FormFault, TemplateFault


@dataclass(frozen=True, slots=True)
class PreparedLetter:
    """A letter's template ready to be filled any number of times."""

    parts: Mapping[str, Packed]
    tagged: tuple[Compiled, ...]

    def filled(self, values: Values) -> bytes:
        """One letter. Raises TemplateFault when a value is missing."""
        fresh = {part.name: packed(part.name, part.rendered(values)) for part in self.tagged}
        return zip_of({**self.parts, **fresh}.values())


def prepared_letter(template: bytes, *, known: Iterable[str]) -> PreparedLetter:
    """A template made ready; `known` are the values that letters of its kind have.

    Raises one TemplateFault that names all that is wrong with it.
    """
    try:
        parts = package(template).parts
        parsed(parts[BODY], BODY)
    except FormFault as error:
        raise TemplateFault(error.text, where=error.where, hint=error.hint) from error
    wrong = [*open_tags(parts)]
    tagged = joined(parts)
    wrong += faults(tagged, known)
    if wrong:
        raise TemplateFault("\n".join(wrong), hint=HINT)
    return PreparedLetter(
        parts={name: packed(name, part) for name, part in parts.items()},
        tagged=compiled(tagged),
    )
