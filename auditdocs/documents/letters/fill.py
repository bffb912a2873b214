"""A letter filled: its template prepared once behind the fence, then one person's values in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditdocs.documents.templates.engine import Compiled, Values, compiled, joined
from auditdocs.documents.templates.gate import refuse, sound_package, vocabulary_of
from auditdocs.documents.templates.stories import stories
from auditdocs.documents.templates.tags import shape_remarks, tag_remarks
from auditdocs.documents.zip_parts import Packed, packed, packed_quickly, zip_of


@dataclass(frozen=True, slots=True)
class PreparedLetter:
    """A letter's template ready to be filled any number of times."""

    parts: Mapping[str, Packed]
    tagged: tuple[Compiled, ...]

    def filled(self, values: Values) -> bytes:
        """One letter. Raises TemplateFault when a value is missing."""
        filled = {part.name: part.rendered(values) for part in self.tagged}
        fresh = {name: packed_quickly(name, part) for name, part in filled.items()}
        return zip_of({**self.parts, **fresh}.values())


def prepared_letter(template: bytes, *, known: Iterable[str]) -> PreparedLetter:
    """A template made ready; `known` are the values that letters of its kind have.

    Raises one TemplateFault that names all that is wrong with it.
    """
    sound = sound_package(template)
    refuse(tag_remarks(sound, stories(sound), vocabulary_of(known)))
    parts, tagged = sound.parts, joined(sound.parts)
    refuse(shape_remarks(tagged))
    return PreparedLetter(
        parts={name: packed(name, part) for name, part in parts.items()},
        tagged=compiled(tagged),
    )
