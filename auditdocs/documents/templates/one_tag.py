"""One tag of a template, looked at by itself: what it is, what it uses, and what is wrong with it.

A tag shows a value or a key of one, or goes round others with if and for; a form needs no more, and
whatever else Jinja could do is refused (field.md d 9).
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from auditdocs.documents.templates.engine import FILTERS, Fence, line_break, names_used
from auditdocs.errors import nearest

Vocabulary = Mapping[str, frozenset[str]]
"""The names a template may use, each with its keys; no keys where it is text or any key will do."""


class Fault(NamedTuple):
    """What is wrong with a tag: the rule, in words, and what to do."""

    rule: str
    text: str
    hint: str


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

_WORD = re.compile(r"\{%[-+]?\s*(?:(?:tr|tc|p|r)\s)?\s*(\w*)")
_PREFIX = re.compile(r"^(\{[{%][-+]?)\s*(?:tr|tc|p|r)(?=\s)")
_LOOP = re.compile(r"\bfor\s+(\w+)\s+in\b")
_QUOTES = str.maketrans("‘’“”", "''\"\"")
_KEYWORDS = ("if", "elif", "else", "endif", "for", "endfor")
_COMPLETED = {"if": "{0}{{% endif %}}", "for": "{0}{{% endfor %}}"}
_MOST = 300
"""Letters of a tag: nine times what the longest of ours has."""
_TOLD = 60
_NOT_PLAIN = "uses more than a value or a key of one, if and for"
_PLAIN = "Write the name of a value alone, such as {{ child_id }}; a form needs no more."


def keyword(tag: str) -> str:
    """The word a block tag begins with: "if", "endfor"; "" for a value's tag."""
    found = _WORD.match(tag)
    return found[1] if found else ""


def form_of(tag: str) -> str:
    """docxtpl's own form of the tag, "tr", "tc", "p" or "r", "" where it has none."""
    found = re.match(r"\{[{%][-+]?\s*(tr|tc|p|r)\s", tag)
    return found[1] if found else ""


def loop_name(tag: str) -> str:
    """The name that a for tag makes, "" for any other tag."""
    found = _LOOP.search(tag) if keyword(tag) == "for" else None
    return found[1] if found else ""


def faults(tag: str, known: Vocabulary) -> Iterator[Fault]:
    """Everything wrong with a tag, whatever stands round it."""
    plain = _PREFIX.sub(r"\1", tag.translate(_QUOTES))
    if tag.startswith("{#"):
        return
    if len(tag) > _MOST:
        yield _too_much(tag)
        return
    if tag.startswith("{%"):
        word = keyword(plain)
        if word not in _KEYWORDS:
            yield _unknown_word(tag, word)
            return
        plain = _completed(plain, word)
    yield from _parsed_faults(tag, plain, known)


def _completed(tag: str, word: str) -> str:
    """A block tag made whole, so that Jinja can parse it by itself."""
    if word == "elif":
        return _COMPLETED["if"].format(tag.replace("elif", "if", 1))
    return _COMPLETED[word].format(tag) if word in _COMPLETED else ""


def _unknown_word(tag: str, word: str) -> Fault:
    near = nearest(word, _KEYWORDS)
    meant = f"Did you mean {{% {near} … %}}? " if near else ""
    return Fault("tag-code", f"{tag} {_NOT_PLAIN}", f"{meant}{_PLAIN}")


def _parsed_faults(tag: str, plain: str, known: Vocabulary) -> Iterator[Fault]:
    """What is wrong with it when parsed. It is not compiled: 'a' * 10**9 stays a sum."""
    try:
        tree = _FENCE.parse(plain)
    except TemplateSyntaxError:
        told = f"{tag} cannot be read as a tag: something in it is missing or too much"
        yield Fault("tag-syntax", told, "Write the tag anew, such as {{ child_id }}.")
        return
    except RecursionError:
        yield _too_much(tag)
        return
    refused = tuple(dict.fromkeys(filter(None, (_node_fault(tag, n) for n in _nodes(tree)))))
    yield from refused
    if not refused or {fault.rule for fault in refused} == {"tag-filter"}:
        yield from _name_faults(tag, tree, known)


def _too_much(tag: str) -> Fault:
    """What is said of a tag that no parser should be made to follow into its depths."""
    return Fault("tag-code", f"{tag[:_TOLD]}… {_NOT_PLAIN}", _PLAIN)


def _nodes(tree: nodes.Template) -> Iterator[nodes.Node]:
    return tree.find_all(nodes.Node)


def _node_fault(tag: str, node: nodes.Node) -> Fault | None:
    if not isinstance(node, _ALLOWED):
        return Fault("tag-code", f"{tag} {_NOT_PLAIN}", _PLAIN)
    if isinstance(node, nodes.Filter) and (node.name not in FILTERS or node.args or node.kwargs):
        return _filter_fault(tag, node)
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        return Fault("tag-code", f"{tag} asks for something hidden", _PLAIN)
    if isinstance(node, nodes.For) and not isinstance(node.iter, nodes.Name | nodes.Getattr):
        told = f"{tag} goes through something other than one list of values"
        return Fault("tag-code", told, "Name one list: {% for action in actions %}.")
    return None


def _filter_fault(tag: str, node: nodes.Filter) -> Fault:
    if node.name in FILTERS:
        hint = f"Write |{node.name} alone, with nothing behind it."
    else:
        near = nearest(node.name, FILTERS)
        hint = f"Did you mean |{near}? " if near else ""
        hint += f"There are: {', '.join(FILTERS)}."
    return Fault("tag-filter", f'{tag} uses the filter "{node.name}" as no template can', hint)


def _name_faults(tag: str, tree: nodes.Template, known: Vocabulary) -> Iterator[Fault]:
    for name in sorted(names_used(tree) - known.keys()):
        told = f'{tag} uses "{name}", which this template cannot be given'
        yield Fault("tag-name", told, _meant(name, tuple(known)))
    for node in tree.find_all(nodes.Getattr):
        keys = known.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        if keys and node.attr not in keys:
            told = f'{tag} uses "{node.attr}", which is not in it'
            yield Fault("tag-name", told, _meant(node.attr, tuple(keys)))


def _meant(name: str, known: tuple[str, ...]) -> str:
    near = nearest(name, known)
    meant = f'Did you mean "{near}"? ' if near else ""
    return f'{meant}"auditdocs template fields" lists what may be used.'


_FENCE = Fence(line_break(""))
