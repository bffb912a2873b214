"""docxtpl behind a fence: a template's parts compiled once, rendered as strings, never code.

docxtpl joins tags that Word has split over runs and knows the `{%tr %}` and `{%p %}` forms; that is
all that is used of it. The fence (field.md d 9): autoescape and StrictUndefined always, keys of
dictionaries only, no globals, few filters; what else Jinja could do is refused by tags.py.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from jinja2 import StrictUndefined, Template, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from auditdocs.errors import TemplateFault

Values = Mapping[str, Any]
"""What a template may use: text, lists of text and dictionaries of these; nothing else."""

FILTERS = ("upper", "lower", "title", "capitalize", "trim", "length")
"""The filters a tag may use, each without arguments: none of them makes text longer."""

TAG = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}|\{#(?:(?!\{#).)*?#\}", re.DOTALL)
"""A tag in one piece; looked for no further than the next beginning, were there thousands."""

HINT = "Open the template in Word, mend what is named, save it, and try again."

_OPENING = re.compile(rb"\{(?:<[^>]*>)*[{%#]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BREAK_IN_RUN = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_NO_BREAK = Markup(" ")


@dataclass(frozen=True, slots=True)
class Compiled:
    """One part of a package that holds tags, ready to be rendered."""

    name: str
    template: Template
    needs: frozenset[str]
    """The names of the values it uses."""

    def rendered(self, values: Values) -> bytes:
        """The part with every tag replaced. Raises TemplateFault when a value is missing."""
        try:
            return self.template.render(values).encode()
        except (UndefinedError, SecurityError, TypeError) as error:
            raise TemplateFault(
                f"The template cannot be filled: {error}", where=self.name, hint=HINT
            ) from error


def holds_tags(name: str, part: bytes) -> bool:
    """Whether a part holds anything to be filled, in one piece or split over runs."""
    return name.endswith(".xml") and _OPENING.search(part) is not None


def joined(parts: Mapping[str, bytes]) -> Mapping[str, str]:
    """The parts that hold tags, as text, each tag in one piece where Word had split it over runs.

    docxtpl's own way, so that a form designer may write what docxtpl's readers know.
    """
    from docxtpl import DocxTemplate  # late: it brings python-docx, which telling needs not

    patched: Callable[[str], str] = DocxTemplate(BytesIO()).patch_xml
    tagged = {name: part for name, part in parts.items() if holds_tags(name, part)}
    return {name: patched(part.decode()) for name, part in tagged.items()}


def compiled(parts: Mapping[str, str]) -> tuple[Compiled, ...]:
    """Joined parts in which the check of tags found nothing, ready to be rendered."""
    return tuple(_compiled(name, part) for name, part in parts.items())


def missing_values(parts: Iterable[Compiled], values: Values) -> TemplateFault | None:
    """The fault that names every value the parts use and nobody gave, or None."""
    missing = sorted(frozenset().union(*(part.needs for part in parts)) - values.keys())
    if not missing:
        return None
    return TemplateFault(f"The form has no value for: {', '.join(missing)}.", hint=HINT)


def names_used(tags: nodes.Template) -> frozenset[str]:
    """The names of the values that tags use; those that a loop makes are not among them."""
    names = [*tags.find_all(nodes.Name)]
    made = {name.name for name in names if name.ctx == "store"}
    return frozenset(name.name for name in names) - made


def line_break(name: str) -> Markup:
    """What a new line in a value becomes: a break within a run; properties know none."""
    return _BREAK_IN_RUN if name.startswith("word/") else _NO_BREAK


def _compiled(name: str, part: str) -> Compiled:
    fence = _FENCES[line_break(name)]
    tags = fence.parse("".join(TAG.findall(part)))
    return Compiled(name, fence.from_string(part), names_used(tags))


class Fence(ImmutableSandboxedEnvironment):
    """Jinja with the keys of dictionaries and nothing else: no attribute, no call, no globals."""

    def __init__(self, line_break: Markup) -> None:
        super().__init__(
            autoescape=True, undefined=StrictUndefined, finalize=_finalizer(line_break)
        )
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}

    def getattr(self, obj: object, attribute: str) -> object:
        """The value under a key, though a dictionary may have a method of that name."""
        return self.getitem(obj, attribute)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may see an attribute: never."""
        return False

    def is_safe_callable(self, obj: object) -> bool:
        """Whether a template may call something: never."""
        return False


def _finalizer(line_break: Markup) -> Callable[[object], object]:
    """A value as it goes into a part: escaped, its lines broken, nothing in it that XML forbids."""

    def finalized(value: object) -> object:
        if isinstance(value, Markup | StrictUndefined):
            return value
        text = str(value)
        if text.isprintable():  # as most are
            return escape(text)
        legal = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        return Markup(str(escape(legal)).replace("\n", line_break))

    return finalized


_FENCES = {each: Fence(each) for each in (_BREAK_IN_RUN, _NO_BREAK)}
