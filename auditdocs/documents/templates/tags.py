"""What is wrong with a template's tags, told in one run, before any form is filled from it.

What passes has no code in it, asks only for what a form has, and comes out whole whatever is filled
in: so a filled form need not be parsed again, and a bad template never reaches a social worker.

Source: forms.md (filling), field.md d 9.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from jinja2 import TemplateSyntaxError, nodes

from auditdocs.documents.package import parsed
from auditdocs.documents.templates.engine import (
    FILTERS,
    TAG,
    Fence,
    holds_tags,
    line_break,
    names_used,
)
from auditdocs.documents.wordml import NAMESPACES
from auditdocs.errors import FormFault

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.List,
    nodes.Tuple,
    nodes.Getattr,
    nodes.Filter,
    nodes.If,
    nodes.CondExpr,
    nodes.For,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)
"""All that a form needs of Jinja, and nothing that runs code or makes more than it was given."""

_LOOP = re.compile(r"\bfor\s+(\w+)")
_PREFIX = re.compile(r"[<\s/](\w+):\w")
_MARKUP = re.compile(r"<[^>]*>")
_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_PARAGRAPH, _TEXT = (f"{{{NAMESPACES['w']}}}{name}" for name in ("p", "t"))
_TOLD = 60


def open_tags(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Each tag of a document's parts that is opened and not closed, or closed and not opened.

    Asked before tags are joined: docxtpl would take all up to the next closing brace for one tag.
    """
    for name, part in parts.items():
        if name.startswith("word/") and holds_tags(name, part):
            for paragraph in parsed(part, name).iter(_PARAGRAPH):
                text = "".join(piece.text or "" for piece in paragraph.iter(_TEXT))
                if _LEFT_OVER.search(TAG.sub("", text)):
                    yield f'{name}: "{text[:_TOLD]}" has a tag that is not closed, or not opened'


def faults(parts: Mapping[str, str], known: Iterable[str]) -> Iterator[str]:
    """Everything else wrong with the tags of joined parts; `known` are the names a tag may use."""
    names = frozenset(known)
    for name, part in parts.items():
        found = [*_tag_faults(part, names)] or _shape_faults(name, part)
        yield from (f"{name}: {fault}" for fault in found)


def _tag_faults(part: str, known: frozenset[str]) -> Iterator[str]:
    """Each value's tag by itself, so that ten bad tags give ten findings; then what goes round."""
    tags = TAG.findall(part)
    loops = {word for tag in tags for word in _LOOP.findall(tag)}
    for tag in dict.fromkeys(tag for tag in tags if tag.startswith("{{")):
        told = _MARKUP.sub("", tag)[:_TOLD]
        yield from (f"{told} {fault}" for fault in _faults(tag, known | loops))
    yield from _faults("".join(tag for tag in tags if tag.startswith("{%")), known)


def _faults(tags: str, known: frozenset[str]) -> tuple[str, ...]:
    """What is wrong with some tags. They are parsed and not compiled: 'a' * 10**9 stays a sum."""
    try:
        tree = _FENCE.parse(tags)
    except TemplateSyntaxError as error:
        return (f"is not well formed: {error.message}",)
    refused = tuple(dict.fromkeys(filter(None, map(_node_fault, tree.find_all(nodes.Node)))))
    return refused or tuple(
        f'uses "{word}", which no form has' for word in sorted(names_used(tree) - known)
    )


def _node_fault(node: nodes.Node) -> str:
    if not isinstance(node, _ALLOWED):
        return "does more than show a value or a key of one, if and for: a form needs no more"
    if isinstance(node, nodes.Filter) and (node.name not in FILTERS or node.args or node.kwargs):
        return f'uses the filter "{node.name}"; a form has {", ".join(FILTERS)}'
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        return "asks for something hidden"
    is_value = isinstance(node, nodes.For) and isinstance(node.iter, nodes.Name | nodes.Getattr)
    if isinstance(node, nodes.For) and (not is_value or node.find(nodes.For)):
        return "goes through something other than one list of values"
    return ""


def _shape_faults(name: str, part: str) -> Iterator[str]:
    """What would not come out whole: every value tried with two lines, every branch by itself."""
    prefixes = set(_PREFIX.findall(part)) - {"xml", "xmlns"}
    spaces = " ".join(f'xmlns:{prefix}="{prefix}"' for prefix in sorted(prefixes))
    try:
        tree = _FENCE.parse(part)
    except TemplateSyntaxError as error:
        yield f"the tags do not fit together: {error.message}"
        return
    for branch in _branches(tree):
        text = _filled_once(branch, "x")
        if not _is_whole(f"<x {spaces}>{text}</x>"):
            told = " ".join(_MARKUP.sub(" ", text).split())[:_TOLD]
            yield f'a tag by "{told}" begins inside a row, paragraph or field and ends outside it'
            return
    if not _is_whole(_filled_once(tree.body, line_break(name))):
        yield "a tag stands where no text can stand"


def _branches(tree: nodes.Template) -> Iterator[list[nodes.Node]]:
    forks: list[nodes.If | nodes.For] = [*tree.find_all(nodes.If), *tree.find_all(nodes.For)]
    for fork in forks:
        yield from (fork.body, fork.else_)


def _filled_once(body: Iterable[nodes.Node], filling: str) -> str:
    """The text of these nodes, all the branches in them taken once."""
    pieces = []
    for node in body:
        if isinstance(node, nodes.TemplateData):
            pieces.append(node.data)
        elif isinstance(node, nodes.Output):
            pieces.append(_filled_once(node.nodes, filling))
        elif isinstance(node, nodes.If):
            pieces.append(_filled_once([*node.body, *node.elif_, *node.else_], filling))
        elif isinstance(node, nodes.For):
            pieces.append(_filled_once([*node.body, *node.else_], filling))
        else:
            pieces.append(filling)
    return "".join(pieces)


def _is_whole(part: str) -> bool:
    try:
        parsed(part.encode())
    except FormFault:
        return False
    return True


_FENCE = Fence(line_break(""))
