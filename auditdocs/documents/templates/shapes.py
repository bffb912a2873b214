"""Whether what a template's tags go round comes out whole: every value tried, every branch alone.

The last look before a template is used: what the looks at single tags and pairs cannot see.
"""

import re
from collections.abc import Iterable, Iterator

from jinja2 import TemplateSyntaxError, nodes

from auditdocs.documents.package import parsed
from auditdocs.documents.templates.engine import Fence, line_break
from auditdocs.errors import FormFault

_PREFIX = re.compile(r"[<\s/](\w+):\w")
_MARKUP = re.compile(r"<[^>]*>")
_TOLD = 60


def shape_fault(name: str, part: str) -> str:
    """What would not come out whole of a joined part, "" when all of it does.

    Every value is tried with two lines, and every branch by itself.
    """
    prefixes = set(_PREFIX.findall(part)) - {"xml", "xmlns"}
    spaces = " ".join(f'xmlns:{prefix}="{prefix}"' for prefix in sorted(prefixes))
    try:
        tree = _FENCE.parse(part)
    except TemplateSyntaxError:
        return "the tags do not fit together: one is opened or closed and its other half is missing"
    for branch in _branches(tree):
        text = _filled_once(branch, "x")
        if not _is_whole(f"<x {spaces}>{text}</x>"):
            told = " ".join(_MARKUP.sub(" ", text).split())[:_TOLD]
            return f'a tag by "{told}" begins inside a row, paragraph or field and ends outside it'
    if not _is_whole(_filled_once(tree.body, line_break(name))):
        return "a tag stands where no text can stand"
    return ""


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
