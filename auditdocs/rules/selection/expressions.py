"""Expressions: the cases a theme takes in, as a person writes them and can read them again.

    CP and months_since(cp_start) > 15
    'LAC' in case_types and age() >= 16 and team in ('North', 'South')

A word is a field of a case, or one of CIN, CP and LAC for "the case is of that type". Text is
compared without regard to capitals, a date with a date written as text. What the record lacks
makes its comparison false, never an error.

Source: settled.md, Selection; domain.md A1.1 ("a saved, readable expression").
"""

import ast
import operator
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from auditdocs.errors import UsageFault, nearest
from auditdocs.model.case import CASE_TYPES, Case
from auditdocs.rules.calendar.dates import age_on, months_after, written_date

LONGEST = 500
"""Characters an expression may have."""
DEEPEST = 20
"""Levels an expression may be nested."""

Test = Callable[[Case, date], bool]
"""Whether a case is meant, ages and time passed being counted to the date."""

_KIND_OF: Mapping[object, str] = {
    str: "text",
    int | None: "number",
    date | None: "date",
    frozenset[str]: "set",
}
_FIELDS: Mapping[str, str] = {field.name: _KIND_OF[field.type] for field in fields(Case)}
_COMPARE: Mapping[type[ast.cmpop], Callable[..., object]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda part, whole: part in whole,
    ast.NotIn: lambda part, whole: part not in whole,
}
_SINGLE_EQUALS = re.compile(r"(?<![=!<>])=(?!=)")
_WRITE = "Write comparisons of fields, joined by and, or, not: team == 'North' and age() >= 16."


@dataclass(frozen=True, slots=True)
class _Operand:
    """One side of a comparison: its kind, its value for a case, and the words it was written in."""

    kind: str
    value: Callable[[Case, date], object]
    written: tuple[object, ...] = ()
    """The constants it stands for; none for a field or a function."""
    is_list: bool = False


def expression(text: str) -> Test:
    """The test that the text stands for.

    Raises UsageFault, which names no value, when it is not one.
    """
    return _test(_parsed(text), depth=1)


def _parsed(text: str) -> ast.expr:
    if len(text) > LONGEST:
        raise _unreadable(f"it is longer than {LONGEST} characters", hint="Write it shorter.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what Python only frowns upon is refused here
            return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _unreadable("it is not an expression", hint=_hint(text)) from error


def _hint(text: str) -> str:
    if any(quote in text for quote in "‘’“”"):
        return "Use straight quotes: '…'."
    if _SINGLE_EQUALS.search(text):
        return "Compare with two equals signs: team == 'North'."
    return _WRITE


def _test(node: ast.expr, *, depth: int) -> Test:
    if depth > DEEPEST:
        raise _fault(node, f"it is nested deeper than {DEEPEST} levels")
    match node:
        case ast.BoolOp(op=ast.And()):
            tests = [_test(value, depth=depth + 1) for value in node.values]
            return lambda case, day: all(test(case, day) for test in tests)
        case ast.BoolOp():
            tests = [_test(value, depth=depth + 1) for value in node.values]
            return lambda case, day: any(test(case, day) for test in tests)
        case ast.UnaryOp(op=ast.Not()):
            test = _test(node.operand, depth=depth + 1)
            return lambda case, day: not test(case, day)
        case ast.Compare():
            return _comparisons(node)
    return _type_test(node)


def _type_test(node: ast.expr) -> Test:
    """The test that a bare CIN, CP or LAC stands for."""
    if isinstance(node, ast.Name) and node.id in CASE_TYPES:
        kind = node.id
        return lambda case, day: kind in case.case_types
    if isinstance(node, ast.Name):
        _operand(node)  # an unknown word is told before a word that stands alone
        raise _fault(node, f'"{node.id}" alone is neither true nor false')
    raise _fault(node, "something other than a comparison stands here")


def _comparisons(node: ast.Compare) -> Test:
    """The test that `a < b`, or a chain `a < b < c`, stands for."""
    sides = [_operand(side) for side in (node.left, *node.comparators)]
    pairs = zip(node.ops, sides, sides[1:], strict=False)
    tests = [_comparison(node, sign, left, right) for sign, left, right in pairs]
    return lambda case, day: all(test(case, day) for test in tests)


def _comparison(node: ast.expr, sign: ast.cmpop, left: _Operand, right: _Operand) -> Test:
    left, right = _dated(node, left, beside=right), _dated(node, right, beside=left)
    if not _fit(sign, left, right):
        why = f"{_words(left)} and {_words(right)} cannot be compared like this"
        raise _fault(node, why, "Compare a text with ==, !=, in or not in, and put it in quotes.")
    compare = _COMPARE[type(sign)]

    def test(case: Case, day: date) -> bool:
        values = left.value(case, day), right.value(case, day)
        return not any(value is None or value == "" for value in values) and bool(compare(*values))

    return test


def _fit(sign: ast.cmpop, left: _Operand, right: _Operand) -> bool:
    """Whether the sign may stand between operands of these kinds."""
    if isinstance(sign, ast.In | ast.NotIn):
        holds_texts = right.kind == "set" or (right.kind == "text" and not right.is_list)
        fits = left.kind == "text" if holds_texts else right.is_list and left.kind == right.kind
        return fits and not left.is_list
    if left.kind != right.kind or left.is_list or right.is_list:
        return False
    ordered = left.kind in ("number", "date") and type(sign) in _COMPARE
    return ordered or (left.kind == "text" and isinstance(sign, ast.Eq | ast.NotEq))


def _words(side: _Operand) -> str:
    several = side.is_list or side.kind == "set"
    kind = "text" if side.kind == "set" else side.kind
    return f"a list of {kind}s" if several else {"text": "a text"}.get(kind, f"a {kind}")


def _dated(node: ast.expr, side: _Operand, *, beside: _Operand) -> _Operand:
    """The operand with its texts read as dates, where it is compared with a date."""
    if beside.kind != "date" or side.kind != "text" or not side.written:
        return side
    days = tuple(written_date(str(text)) for text in side.written)
    if None in days:
        raise _fault(node, "a date is compared with a text that is not one", "Write '31/03/2026'.")
    return replace(_constants(days, is_list=side.is_list), kind="date")


def _operand(node: ast.expr) -> _Operand:
    match node:
        case ast.Name(id=name):
            return _field(node, name)
        case ast.Call(func=ast.Name(id=name)):
            return _function(node, name)
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            return _list(node, [_constant(part) for part in parts])
    return _constant(node)


def _field(node: ast.expr, name: str) -> _Operand:
    if name not in _FIELDS:
        raise _unknown(node, name, (*_FIELDS, *CASE_TYPES))
    kind = _FIELDS[name]
    return _Operand(kind, lambda case, day: _folded(getattr(case, name)))


def _folded(value: object) -> object:
    if isinstance(value, str):
        return value.strip().casefold()
    return frozenset(map(_folded, value)) if isinstance(value, frozenset) else value


def _function(node: ast.Call, name: str) -> _Operand:
    match name, node.args, node.keywords:
        case "age", [], []:
            return _Operand("number", _age)
        case "age", _, _:
            raise _fault(node, "age() takes nothing in its brackets", "Write age() >= 16.")
        case _, [ast.Name(id=anchor)], [] if name in _ELAPSED and _FIELDS.get(anchor) == "date":
            return _elapsed(name, anchor)
        case _ if name in _ELAPSED:
            raise _fault(node, f"{name}() takes the field of one date", f"Write {name}(open_date).")
    raise _unknown(node, name, (*_ELAPSED, "age"), call="()")


def _age(case: Case, day: date) -> int | None:
    return case.age if case.dob is None else age_on(case.dob, day)


def _elapsed(name: str, anchor: str) -> _Operand:
    def value(case: Case, day: date) -> object:
        since: date | None = getattr(case, anchor)
        return None if since is None else _ELAPSED[name](since, day)

    return _Operand("number", value)


def _months(since: date, day: date) -> float:
    """Calendar months passed, the running one as a part: one day more than three is over 3."""
    months = (day.year - since.year) * 12 + day.month - since.month
    months -= months_after(since, count=months) > day
    start, end = (months_after(since, count=months + more) for more in (0, 1))
    return months + (day - start) / (end - start)


def _weeks(since: date, day: date) -> float:
    return (day - since).days / 7


_ELAPSED: Mapping[str, Callable[[date, date], float]] = {
    "months_since": _months,
    "weeks_since": _weeks,
}


def _constant(node: ast.expr) -> _Operand:
    match node:
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=str() | int() | float() as value):
            return _constants((_folded(value),))
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return _constants((-value,))
    raise _fault(node, "something other than a field, a number, a text or a function stands here")


def _list(node: ast.expr, parts: list[_Operand]) -> _Operand:
    if len({part.kind for part in parts}) != 1:
        raise _fault(
            node, "a list must hold texts alone or numbers alone", "Write ('North', 'South')."
        )
    return _constants(tuple(part.written[0] for part in parts), is_list=True)


def _constants(values: tuple[object, ...], *, is_list: bool = False) -> _Operand:
    kind = "text" if isinstance(values[0], str) else "number"
    value = values if is_list else values[0]
    return _Operand(kind, lambda case, day: value, values, is_list)


def _unknown(node: ast.expr, name: str, known: tuple[str, ...], *, call: str = "") -> UsageFault:
    near = nearest(name, known)
    hint = f'Did you mean "{near}{call}"?' if near else ""
    if not near and call:
        hint = "There are months_since(), weeks_since() and age()."
    return _fault(node, f'there is no {"function" if call else "field"} "{name}{call}"', hint)


def _fault(node: ast.expr, why: str, hint: str = "") -> UsageFault:
    return _unreadable(why, place=node.col_offset + 1, hint=hint or _WRITE)


def _unreadable(why: str, *, hint: str, place: int = 0) -> UsageFault:
    where = f"--where, character {place}" if place else "--where"
    return UsageFault(f"The expression cannot be used: {why}.", where=where, hint=hint)
