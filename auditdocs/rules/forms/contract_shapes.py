"""The shapes of a contract: which keys each of its tables may hold, and what each key must be.

Source: forms.md ("So a form is built like this": tags of at most 64 characters, bookmarks of 40),
domain.md A0.5 (answer types), A3.2 (facets, limits, basis), A3.8 (circumstances).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from auditdocs.model.accuracy import FREQUENCIES, METHODS
from auditdocs.model.case import CASE_TYPES, CIRCUMSTANCES, Case
from auditdocs.model.contract import BASES, CHECK_LIST, FACETS, FAMILIES
from auditdocs.rules.automatic.catalogue import CATALOGUE
from auditdocs.rules.forms.contract_checks import (
    Check,
    alternatives,
    flag,
    limit_words,
    line,
    lines,
    one_limit,
    one_of,
    some_of,
    whole,
    words,
    written,
)
from auditdocs.rules.forms.fields import PROMPTS

Table = Mapping[str, Any]
"""A table as TOML gives it, of which nothing is known yet."""

CADENCES = ("supervision", "month", "quarter")
SELECTIONS = ("oldest-first", "paired-managers", "themed-draw")
FOLLOW_UPS = (
    "contact-sheet",
    "supervision-slip",
    "team-manager-feedback",
    "smg-discussion",
    "moderation",
)
FIELD_TYPES = ("text", "name", "date", "int", "yn", "choice")
ITEM_TYPES = ("grade", "grade+text", "ynp", "yn+text", "facet", "agreed", *FIELD_TYPES)
DATES = tuple(column.name for column in fields(Case) if column.type == date | None)
"""The fields of a case that hold a date and so can bear on a standard."""

SHEET_LENGTH = 31
"""The longest name that Excel gives a sheet."""

OLDEST = 25
"""The highest age in years that a gate may name: no care leaver is older."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a table may hold: each key with its check, and the tables that lie in it."""

    noun: str
    checks: Mapping[str, Check]
    required: tuple[str, ...] = ()
    inside: Mapping[str, "Shape"] = field(default_factory=dict)
    single: bool = False
    """Whether it is one table and not a list of them."""
    together: Callable[[Table], Iterable[str]] = lambda _table: ()
    """What is wrong between its keys; asked when each by itself is sound."""


def _item_together(item: Table) -> Iterator[str]:
    kind = item["type"].partition("+")[0]
    for key, wanted in (("facets", "facet"), ("choices", "choice"), ("check", "agreed")):
        if (kind == wanted) != bool(item.get(key)):
            yield f"{key} and type {wanted} go together"
    for mark, wanted in (("overall", "grade"), ("safeguarding", "grade"), ("safety", "yn")):
        if item.get(mark) and kind != wanted:
            yield f"{mark} is for items of type {wanted}"
    yield from _ages_together(item)
    yield from _choices_together(item)


def _field_together(field: Table) -> Iterator[str]:
    if (field["type"] == "choice") != bool(field.get("choices")):
        yield "choices and type choice go together"
    yield from _choices_together(field)


def _choices_together(table: Table) -> Iterator[str]:
    """Word refuses a drop-down in which a code or a label stands twice."""
    choices = [choice for choice in table.get("choices", ()) if isinstance(choice, Mapping)]
    for key in ("code", "label"):
        given = [str(choice.get(key)).casefold() for choice in choices]
        if len(set(given)) < len(given):
            yield f"two choices have the same {key}"


def _ages_together(table: Table) -> Iterator[str]:
    if table.get("min_age", -1) > table.get("max_age", OLDEST):
        yield "min_age is above max_age"


_PARTNERS: Mapping[str, tuple[str, ...]] = {
    "done": ("since", "limit"),
    "limit": ("since",),
    "every": ("last",),
    "first": ("since", "last"),
    "second": ("first", "every"),
}


def _advice_together(advice: Table) -> Iterator[str]:
    """Once: since and limit, and done where the extract has it. Recurring: last, and how often."""
    if ("limit" in advice) == ("last" in advice):
        yield "needs limit (for what happens once) or last (for what recurs), and not both"
    for key, partners in _PARTNERS.items():
        missing = [partner for partner in partners if partner not in advice]
        if key in advice and missing:
            yield f"{key} needs {' and '.join(missing)} beside it"
    if "last" in advice and not {"every", "first"} & advice.keys():
        yield "last needs every or first beside it"
    yield from _ages_together(advice)


_ID = written(
    r"[a-z][a-z0-9_]{0,31}",
    "lower-case letters, digits and underscores, a letter first, at most 32 characters",
)
_AGES = dict.fromkeys(("min_age", "max_age"), whole(-1, OLDEST))

CHOICE = Shape(
    noun="choice",
    required=("code", "label"),
    checks={
        "code": written(r"[A-Za-z0-9_]{1,32}", "letters, digits and underscores, at most 32"),
        "label": line,
    },
)
CHECK = Shape(
    noun="check",
    required=("method", "frequency"),
    single=True,
    checks={
        "method": one_of(tuple(choice.code for choice in METHODS)),
        "frequency": one_of(tuple(choice.code for choice in FREQUENCIES)),
        "who": line,
        "shows": some_of(tuple(column.name for column in fields(Case))),
        "tests": some_of(tuple(CATALOGUE)),
        "truth": line,
    },
)
ADVICE = Shape(
    noun="advice",
    required=("noun",),
    checks={
        **dict.fromkeys(("since", "done", "last"), alternatives(DATES)),
        **dict.fromkeys(("limit", "every", "first", "second"), one_limit),
        **dict.fromkeys(("noun", "unless"), line),
        "applies": some_of(CASE_TYPES),
        "not_for": some_of(CIRCUMSTANCES),
        **_AGES,
    },
    together=_advice_together,
)
FIELD = Shape(
    noun="field",
    required=("name", "label", "type"),
    checks={"name": _ID, "label": line, "type": one_of(FIELD_TYPES), "staff_column": flag},
    inside={"choices": CHOICE},
    together=_field_together,
)
ITEM = Shape(
    noun="item",
    required=("id", "label", "type"),
    checks={
        "id": _ID,
        "label": line,
        "type": one_of(ITEM_TYPES),
        "number": written(r"\d{1,3}(\.\d{1,3}){0,3}[a-z]?", "a number such as 3.2"),
        "guidance": words,
        "applies": some_of(CASE_TYPES),
        "not_for": some_of(CIRCUMSTANCES),
        "facets": some_of(tuple(FACETS)),
        "limit": limit_words,
        "basis": one_of(BASES),
        "source": line,
        "aliases": lines,
        "matches": lines,
        **_AGES,
        **dict.fromkeys(("required", "safety", "overall", "safeguarding", "note"), flag),
    },
    inside={
        "relabel": Shape(noun="relabel", checks=dict.fromkeys(CIRCUMSTANCES, line), single=True),
        "choices": CHOICE,
        "advice": ADVICE,
        "check": CHECK,
    },
    together=_item_together,
)
SECTION = Shape(
    noun="section",
    required=("title", "items"),
    checks={"title": line, "intro": words},
    inside={"items": ITEM},
)
CONTRACT = Shape(
    noun="contract",
    required=("key", "prefix", "title", "version", "sections"),
    checks={
        **dict.fromkeys(
            ("key", "agreement"),
            written(
                r"[a-z][a-z0-9-]{0,31}",
                "lower-case letters, digits and hyphens, a letter first, at most 32 characters",
            ),
        ),
        "family": one_of(FAMILIES),
        "prefix": written(r"[A-Z]{1,6}", "one to six capital letters"),
        "title": line,
        "version": whole(1, 9999),
        "sheet": written(
            rf"(?![' ])[^\[\]:*?/\\\x00-\x1f]{{1,{SHEET_LENGTH}}}(?<![' ])",
            f"at most {SHEET_LENGTH} characters and none of [ ] : * ? / \\",
        ),
        "intro": words,
        "cadence": one_of(CADENCES),
        "selection": one_of(SELECTIONS),
        "due_days": whole(1, 366),
        "names_theme": flag,
        "follow_up": some_of(FOLLOW_UPS),
    },
    inside={
        "targets": Shape(
            noun="targets",
            checks=dict.fromkeys(("year", "quarter"), whole(1, 99999)),
            single=True,
        ),
        "prompts": Shape(noun="prompts", checks=dict.fromkeys(PROMPTS, line), single=True),
        "auditor": FIELD,
        "sections": SECTION,
        "sign_off": FIELD,
    },
)
"""A contract, whole."""


def shape_of(table: Table) -> Shape:
    """The shape that a contract of the table's family must have: a check list asks nothing."""
    if table.get("family") != CHECK_LIST:
        return CONTRACT
    return replace(CONTRACT, required=("key", "prefix", "title", "version", "agreement"))
