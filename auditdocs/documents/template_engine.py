"""docxtpl behind a fence: a template's parts compiled once, rendered as strings, never code.

docxtpl joins tags that Word has split over runs and knows the `{%tr %}` and `{%p %}` forms; that is
all that is used of it. The fence (field.md d 9): autoescape and StrictUndefined always; a sandbox
that reads dictionary keys only, calls nothing, has no globals and few filters, and multiplies no
text; every fault of a template told in one run.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError, meta
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from auditdocs.errors import TemplateFault

Values = Mapping[str, Any]
"""What a template may use: text, lists of text and dictionaries of these; nothing else."""

_FILTERS = ("upper", "lower", "title", "trim", "join", "length", "capitalize", "replace")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_MARKUP = re.compile(r"<[^>]*>")
_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LINE_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')


@dataclass(frozen=True, slots=True)
class Compiled:
    """One part of a package that holds tags, ready to be rendered."""

    name: str
    template: Template

    def rendered(self, values: Values) -> bytes:
        """The part with every tag replaced. Raises TemplateFault when a value is missing."""
        try:
            return self.template.render(values).encode()
        except (UndefinedError, SecurityError) as error:
            raise TemplateFault(
                f"The template cannot be filled: {error}", where=self.name, hint=_HINT
            ) from error


_HINT = "Open the template in Word, mend the tag, save it, and try again."


def compiled(parts: Mapping[str, str], known: Iterable[str]) -> tuple[Compiled, ...]:
    """Every part compiled. Raises one TemplateFault that names every bad tag in all of them.

    `known` are the names a tag may use.
    """
    joiner = _joiner()
    whole = {name: joiner(part) for name, part in parts.items()}
    faults = [fault for name, part in whole.items() for fault in _faults(name, part, set(known))]
    if faults:
        raise TemplateFault("\n".join(faults), hint=_HINT)
    return tuple(Compiled(name, _ENVIRONMENT.from_string(part)) for name, part in whole.items())


def has_tags(part: bytes) -> bool:
    """Whether a part holds anything to be filled."""
    return b"{{" in part or b"{%" in part


def _joiner() -> Callable[[str], str]:
    """docxtpl's way of making tags whole that Word has split over runs."""
    patch: Callable[[str], str] = DocxTemplate(BytesIO()).patch_xml
    return patch


def _faults(name: str, part: str, known: set[str]) -> list[str]:
    """Each tag by itself, so that ten bad tags give ten findings."""
    faults = []
    for tag in dict.fromkeys(_TAG.findall(part)):
        faults += [f"{name}: {_MARKUP.sub('', tag)} {fault}" for fault in _tag_faults(tag, known)]
    if _LEFT_OVER.search(_TAG.sub("", part)):
        faults.append(f"{name}: a tag is opened and not closed, or closed and not opened")
    return faults or _whole_faults(name, part)


def _tag_faults(tag: str, known: set[str]) -> list[str]:
    if not tag.startswith("{{"):
        return []
    try:
        tree = _ENVIRONMENT.parse(tag)
    except TemplateSyntaxError as error:
        return [f"is not well formed: {error.message}"]
    unknown = sorted(meta.find_undeclared_variables(tree) - known)
    return [f'uses "{word}", which no form has' for word in unknown]


def _whole_faults(name: str, part: str) -> list[str]:
    try:
        _ENVIRONMENT.parse(part)
    except TemplateSyntaxError as error:
        return [f"{name}: the tags do not fit together: {error.message}"]
    return []


def _as_text(value: object) -> Markup:
    """A value as it goes into a run: escaped, line breaks as Word's, nothing XML forbids."""
    legal = _ILLEGAL.sub("", str(value).replace("\r\n", "\n"))
    return _LINE_BREAK.join(escape(line) for line in legal.split("\n"))


def _finalized(value: object) -> object:
    return value if isinstance(value, Markup | StrictUndefined) else _as_text(value)


class _Fence(ImmutableSandboxedEnvironment):
    """Keys of dictionaries only; no attribute, no call, no arithmetic on text."""

    intercepted_binops = frozenset({"*", "**", "%", "+", "//", "/", "-"})

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        return False

    def is_safe_callable(self, obj: object) -> bool:
        return False

    def call_binop(self, context: object, operator: str, left: object, right: object) -> object:
        raise SecurityError(f'"{operator}" is not allowed in a template')


def _environment() -> _Fence:
    fence = _Fence(autoescape=True, undefined=StrictUndefined, finalize=_finalized)
    fence.globals.clear()
    fence.filters = {name: fence.filters[name] for name in _FILTERS}
    return fence


_ENVIRONMENT = _environment()
