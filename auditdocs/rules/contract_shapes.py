"""The shapes of a contract: which keys each of its tables may hold, and what each key must be.

Source: forms.md ("So a form is built like this": tags of at most 64 characters, bookmarks of 40),
domain.md A0.5 (answer types), A3.2 (facets, limits, basis), A3.8 (circumstances).
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from difflib import get_close_matches
from typing import Any

from auditdocs.errors import ContractFault
from auditdocs.model.case import CASE_TYPES, CIRCUMSTANCES, Case
from auditdocs.model.contract import BASES, FACETS
from auditdocs.rules.dates import limit
from auditdocs.rules.form_fields import PROMPTS

Table = Mapping[str, Any]
"""A table as TOML gives it, of which nothing is known yet."""

Check = Callable[[Any], str]
"""A value to what is wrong with it, or "" when it is sound."""

CADENCES = ("supervision", "month", "quarter")
SELECTIONS = ("oldest-first", "paired-managers", "themed-draw")
FOLLOW_UPS = ("contact-sheet", "supervision-slip", "team-manager-feedback")
FIELD_TYPES = ("text", "name", "date", "int", "yn", "choice")
ITEM_TYPES = ("grade", "grade+text", "ynp", "yn+text", "facet", *FIELD_TYPES)
DATES = tuple(column.name for column in fields(Case) if column.type == date | None)
"""The fields of a case that hold a date and so can bear on a standard."""

SHEET_LENGTH = 31
"""The longest name that Excel gives a sheet."""

LABEL_LENGTH = 200
"""A ledger heading is number, label and facet; Excel's tables stop at 255 characters."""

OLDEST = 25
"""The highest age in years that a gate may name: no care leaver is older."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_TEMPLATE_TAG = re.compile(r"\{[{%#]|[}%#]\}")
_BARE_UNIT = re.compile(r"\b(?:wd|cd|mo)\b(?!\(\d{1,4}\))")


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


def meant(word: object, known: Collection[str]) -> str:
    """What the writer may have meant: the known word that is close, else all of them."""
    close = get_close_matches(str(word), known, n=1)
    return f'did you mean "{close[0]}"?' if close else f"write one of {', '.join(known)}"


# One check for each kind of value.


def _words(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        return 'must be words in "quotes"'
    if _UNPRINTABLE.search(value):
        return "holds a character that Word cannot show"
    if _TEMPLATE_TAG.search(value):
        return "holds a pair of braces that Word templates take for a tag"
    return ""


def _line(value: Any) -> str:
    complaint = _words(value)
    if not complaint and ("\n" in value or "\t" in value):
        return "must stand on one line"
    if not complaint and len(value) > LABEL_LENGTH:
        return f"has {len(value)} characters; the most is {LABEL_LENGTH}"
    return complaint


def _lines(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return 'must be a list, such as ["…"]'
    return next((complaint for line in value if (complaint := _line(line))), "")


def _written(pattern: str, words: str) -> Check:
    def check(value: Any) -> str:
        sound = isinstance(value, str) and re.fullmatch(pattern, value)
        return "" if sound else f'"{value}" must be {words}'

    return check


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "must be true or false"


def _whole(least: int, most: int) -> Check:
    def check(value: Any) -> str:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return "" if whole and least <= value <= most else f"must be {least} to {most}"

    return check


def _one_of(known: Collection[str]) -> Check:
    def check(value: Any) -> str:
        return "" if value in known else f'"{value}" is not known; {meant(value, known)}'

    return check


def _some_of(known: Collection[str]) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, list):
            return f'must be a list, such as ["{next(iter(known))}"]'
        return next((_one_of(known)(word) for word in value if word not in known), "")

    return check


def _one_limit(value: Any) -> str:
    try:
        limit(str(value))
    except ContractFault as fault:
        return f"{fault.text}; {fault.hint}"
    return ""


def _limit_words(value: Any) -> str:
    complaint = _line(value)
    if not complaint and (unit := _BARE_UNIT.search(value)):
        return f'has "{unit[0]}" without its number; write wd(10), cd(42) or mo(3)'
    return complaint


def _dates(value: Any) -> str:
    unknown = [name for name in str(value).split(" or ") if name not in DATES]
    return f'"{unknown[0]}" is not a date of a case; {meant(unknown[0], DATES)}' if unknown else ""


# What must hold between the keys of one table.


def _item_together(item: Table) -> Iterator[str]:
    kind = item["type"].partition("+")[0]
    for key, wanted in (("facets", "facet"), ("choices", "choice")):
        if (kind == wanted) != bool(item.get(key)):
            yield f"{key} and type {wanted} go together"
    for flag, wanted in (("overall", "grade"), ("safeguarding", "grade"), ("safety", "yn")):
        if item.get(flag) and kind != wanted:
            yield f"{flag} is for items of type {wanted}"
    yield from _ages_together(item)
    yield from _choices_together(item)


def _field_together(field: Table) -> Iterator[str]:
    if (field.get("type") == "choice") != bool(field.get("choices")):
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
    if table.get("min_age", 0) > table.get("max_age", OLDEST):
        yield "min_age is above max_age"


_PARTNERS: Mapping[str, tuple[str, ...]] = {
    "done": ("since", "limit"),
    "limit": ("done",),
    "every": ("last",),
    "first": ("since", "last"),
    "second": ("first", "every"),
}


def _advice_together(advice: Table) -> Iterator[str]:
    if ("done" in advice) == ("last" in advice):
        yield "needs done (for what happens once) or last (for what recurs), and not both"
    for key, partners in _PARTNERS.items():
        missing = [partner for partner in partners if partner not in advice]
        if key in advice and missing:
            yield f"{key} needs {' and '.join(missing)} beside it"
    if "last" in advice and not {"every", "first"} & advice.keys():
        yield "last needs every or first beside it"
    yield from _ages_together(advice)


_ID = _written(
    r"[a-z][a-z0-9_]{0,31}",
    "lower-case letters, digits and underscores, a letter first, at most 32 characters",
)
_AGE = _whole(-1, OLDEST)

CHOICE = Shape(
    noun="choice",
    required=("code", "label"),
    checks={"code": _written(r"\w{1,32}", "letters, digits and underscores"), "label": _line},
)
ADVICE = Shape(
    noun="advice",
    required=("noun",),
    checks={
        **dict.fromkeys(("since", "done", "last"), _dates),
        **dict.fromkeys(("limit", "every", "first", "second"), _one_limit),
        **dict.fromkeys(("noun", "unless"), _line),
        **dict.fromkeys(("min_age", "max_age"), _AGE),
        "applies": _some_of(CASE_TYPES),
        "not_for": _some_of(CIRCUMSTANCES),
    },
    together=_advice_together,
)
FIELD = Shape(
    noun="field",
    required=("name", "label", "type"),
    checks={"name": _ID, "label": _line, "type": _one_of(FIELD_TYPES), "staff_column": _flag},
    inside={"choices": CHOICE},
    together=_field_together,
)
ITEM = Shape(
    noun="item",
    required=("id", "label", "type"),
    checks={
        "id": _ID,
        "number": _written(r"\d+(\.\d+)*[a-z]?", "a number such as 3.2"),
        "type": _one_of(ITEM_TYPES),
        "label": _line,
        "guidance": _words,
        "applies": _some_of(CASE_TYPES),
        "not_for": _some_of(CIRCUMSTANCES),
        "facets": _some_of(FACETS),
        "limit": _limit_words,
        "basis": _one_of(BASES),
        "source": _line,
        "aliases": _lines,
        **dict.fromkeys(("min_age", "max_age"), _AGE),
        **dict.fromkeys(("required", "safety", "overall", "safeguarding"), _flag),
    },
    inside={
        "relabel": Shape(noun="relabel", checks=dict.fromkeys(CIRCUMSTANCES, _line), single=True),
        "choices": CHOICE,
        "advice": ADVICE,
    },
    together=_item_together,
)
SECTION = Shape(
    noun="section",
    required=("title", "items"),
    checks={"title": _line, "intro": _words},
    inside={"items": ITEM},
)
CONTRACT = Shape(
    noun="contract",
    required=("key", "prefix", "title", "version", "sections"),
    checks={
        "key": _written(r"[a-z][a-z0-9-]{0,31}", "lower-case letters, digits and hyphens"),
        "prefix": _written(r"[A-Z]{1,6}", "one to six capital letters"),
        "title": _line,
        "version": _whole(1, 9999),
        "sheet": _written(
            rf"(?!')[^\[\]:*?/\\\x00-\x1f]{{1,{SHEET_LENGTH}}}(?<!')",
            f"at most {SHEET_LENGTH} characters and none of [ ] : * ? / \\",
        ),
        "intro": _words,
        "cadence": _one_of(CADENCES),
        "selection": _one_of(SELECTIONS),
        "due_days": _whole(1, 366),
        "names_theme": _flag,
        "follow_up": _some_of(FOLLOW_UPS),
    },
    inside={
        "targets": Shape(
            noun="targets",
            checks=dict.fromkeys(("year", "quarter"), _whole(1, 99999)),
            single=True,
        ),
        "prompts": Shape(noun="prompts", checks=dict.fromkeys(PROMPTS, _line), single=True),
        "auditor": FIELD,
        "sections": SECTION,
        "sign_off": FIELD,
    },
)
"""A contract whole."""
