"""auditdocs.toml read as a whole: every fault at once, unknown keys with did-you-mean."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from auditdocs.errors import SettingsFault, nearest
from auditdocs.model.people import ROLES
from auditdocs.model.settings import Difficulties, Settings, TeamSettings
from auditdocs.rules.caseload.columns import COLUMNS
from auditdocs.rules.caseload.matching import name_key
from auditdocs.rules.forms.scales import GRADED
from auditdocs.rules.toml_text import toml_table

Fault = str
_Check = Callable[[Any], Fault]

PLACES = ("journal", "archive", "ledger", "inbox", "outbox", "templates")
"""What [paths] may move."""


def settings(text: str) -> Settings:
    """The settings that the text of auditdocs.toml gives; an empty text gives the defaults.

    A byte order mark does not count: Windows editors put one in. Raises one SettingsFault that
    names every fault.
    """
    try:
        given = toml_table(text)
    except ValueError as error:
        raise SettingsFault(
            f"auditdocs.toml cannot be read {error}.", where="auditdocs.toml", hint=_HINT
        ) from error
    faults = [*_faults(given)]
    if faults:
        raise SettingsFault("\n".join(faults), where="auditdocs.toml", hint=_HINT)
    values = {name: given[table][key] for table, key, name in _NAMES if key in given.get(table, {})}
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return Settings(
        **{**values, **lists},
        posts=given.get("posts", {}),
        teams=_renamed_since({name: _team(t) for name, t in given.get("teams", {}).items()}),
        targets=given.get("targets", {}),
        extract_columns=given.get("extract", {}).get("columns", {}),
        paths=given.get("paths", {}),
        difficulties=Difficulties(**given.get("difficulties", {})),
    )


_HINT = "Open auditdocs.toml in a text editor, mend the lines named, save it, and try again."


def _whole_number(least: int, most: int) -> _Check:
    def fault(value: object) -> Fault:
        fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return "" if fits else f"must be a whole number from {least} to {most}"

    return fault


def _text(value: object) -> Fault:
    return "" if isinstance(value, str) else 'must be text in quotation marks ("…")'


def _place(value: object) -> Fault:
    return _text(value) or ("" if str(value).strip() else "must name a place, or be left out")


def _texts(value: object) -> Fault:
    fits = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return "" if fits else 'must be a list of texts (["…", "…"])'


def _yes_or_no(value: object) -> Fault:
    return "" if isinstance(value, bool) else "must be true or false"


def _grades(value: object) -> Fault:
    fits = isinstance(value, list) and all(each in GRADED for each in value)
    return "" if fits else f"must be a list of grades from {', '.join(GRADED)}"


def _months(value: object) -> Fault:
    number = _whole_number(1, 12)
    fits = isinstance(value, list) and not any(number(each) for each in value)
    return "" if fits else "must be a list of month numbers ([8, 12])"


_KNOWN: Mapping[str, Mapping[str, _Check]] = {
    "service": {"name": _text, "marking": _text, "case_system": _text},
    "quality": {"auditors": _texts, "quiet_months": _months, "reserves": _whole_number(0, 10)},
    "calendar": {
        "supervision_days": _whole_number(1, 365),
        "lookback_months": _whole_number(1, 60),
    },
    "extract": {},
    "inbox": {"every": _whole_number(1, 3600), "settled": _whole_number(0, 3600)},
    "on_extract": {"issue": _texts},
    "ledger": {"keep_copies": _whole_number(0, 1000)},
    "moderation": {"grades": _grades, "share": _whole_number(0, 100)},
    "reports": {"suppress": _whole_number(0, 100), "page_numbers": _yes_or_no},
    "retention": {"audits": _whole_number(0, 100), "extracts": _whole_number(0, 100)},
    "difficulties": dict.fromkeys(Difficulties.__dataclass_fields__, _whole_number(1, 100)),
}
_OF_ONE_KIND: Mapping[str, tuple[tuple[str, ...], _Check]] = {
    "posts": (tuple(ROLES), _text),
    "paths": (PLACES, _place),
}
_TARGET = re.compile(r"[a-z][a-z0-9-]*\.(?:year|quarter)")
_TEAM: Mapping[str, _Check] = {
    "manager": _text,
    "head_of_service": _text,
    "business_support": _text,
    "pair": _text,
    "renamed_from": _texts,
}
_NAMES = (
    ("service", "name", "service_name"),
    ("service", "marking", "marking"),
    ("service", "case_system", "case_system"),
    ("quality", "auditors", "quality_auditors"),
    ("quality", "quiet_months", "quiet_months"),
    ("quality", "reserves", "reserves"),
    ("calendar", "supervision_days", "supervision_days"),
    ("calendar", "lookback_months", "lookback_months"),
    ("inbox", "every", "inbox_every"),
    ("inbox", "settled", "inbox_settled"),
    ("on_extract", "issue", "issue_on_extract"),
    ("ledger", "keep_copies", "keep_copies"),
    ("moderation", "grades", "moderation_grades"),
    ("moderation", "share", "moderation_share"),
    ("reports", "suppress", "suppress"),
    ("reports", "page_numbers", "page_numbers"),
    ("retention", "audits", "keep_audits_years"),
    ("retention", "extracts", "keep_extracts_years"),
)


_NO_GRADES = (
    "[grades] is not a part of the settings: take it out. Grades are Ofsted's four, so that "
    "quarters and services can be compared. A question that is answered on a scale of your own "
    'says so in its contract, in templates/forms/: type = "choice" with your choices, "int" for 0 '
    'to 10, or "yn+text". Which grades are moderated is set in [moderation]'
)
"""cli.md names the part; another scale would break every trend (our decision, 2026-11-26)."""


def _faults(given: Mapping[str, Any]) -> Iterator[Fault]:
    tables = (*_KNOWN, *_OF_ONE_KIND, "targets", "teams")
    for table, keys in given.items():
        if table == "grades":
            yield _NO_GRADES
        elif table not in tables:
            yield f"[{table}] is not a part of the settings{_meant(table, tables)}"
        elif not isinstance(keys, dict):
            yield f"{table} must be a part of its own: write [{table}] above its lines"
        else:
            yield from _table_faults(table, keys)


def _table_faults(table: str, keys: Mapping[str, Any]) -> Iterator[Fault]:
    if table == "teams":
        for name, team in keys.items():
            yield from _team_faults(name, team)
    elif table in _OF_ONE_KIND:
        allowed, check = _OF_ONE_KIND[table]
        yield from _key_faults(table, keys, dict.fromkeys(allowed, check))
    elif table == "targets":
        yield from _target_faults(keys)
    elif table == "extract":
        yield from _extract_faults(keys)
    else:
        yield from _key_faults(table, keys, _KNOWN[table])


def _target_faults(keys: Mapping[str, Any]) -> Iterator[Fault]:
    number = _whole_number(0, 100_000)
    for key, value in keys.items():
        if not _TARGET.fullmatch(key):
            name = key.partition(".")[0]
            ways = f'write "{name}.year" or "{name}.quarter", in quotes'
            yield f"[targets] {key} is not a target: {ways}"
        elif fault := number(value):
            yield f"[targets] {key} {fault}"


def _extract_faults(keys: Mapping[str, Any]) -> Iterator[Fault]:
    fields = dict.fromkeys((column.name for column in COLUMNS), _text)
    for key, value in keys.items():
        if key != "columns" or not isinstance(value, dict):
            yield f"[extract] {key} is not a setting; headings are fixed under [extract.columns]"
        else:
            yield from _key_faults("extract.columns", value, fields)


def _team_faults(name: str, team: object) -> Iterator[Fault]:
    if isinstance(team, dict):
        yield from _key_faults(f'teams."{name}"', team, _TEAM)
    else:
        yield f'[teams] must name each team above its lines: [teams."{name}"]'


def _key_faults(
    table: str, keys: Mapping[str, Any], known: Mapping[str, _Check]
) -> Iterator[Fault]:
    for key, value in keys.items():
        if key not in known:
            yield f"[{table}] {key} is not a setting{_meant(key, known)}"
        elif fault := known[key](value):
            yield f"[{table}] {key} {fault}"


def _meant(word: str, known: Mapping[str, Any] | tuple[str, ...]) -> str:
    close = nearest(word, known)
    return f"; did you mean {close}?" if close else f" (known: {', '.join(known)})"


def _team(team: Mapping[str, Any]) -> TeamSettings:
    words = {key: value for key, value in team.items() if key != "renamed_from"}
    return TeamSettings(**words, renamed_from=tuple(team.get("renamed_from", ())))


def _renamed_since(teams: Mapping[str, TeamSettings]) -> dict[str, TeamSettings]:
    """The teams, each with every name it ever had: one renamed twice leads to its last name.

    The lines of the name between may still stand; they lead nowhere then.
    """
    before = {
        name_key(name): tuple(old for old in said.renamed_from if name_key(old) != name_key(name))
        for name, said in teams.items()
    }
    gone = {name_key(old) for names in before.values() for old in names}
    since = {name: _names_before(name, before) for name in teams if name_key(name) not in gone}
    return {
        name: replace(said, renamed_from=tuple(since.get(name, ()))) for name, said in teams.items()
    }


def _names_before(team: str, before: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The names that a team had, and those that these had in their turn; each once."""
    left, seen = [team], {name_key(team)}
    while left:
        for old in before.get(name_key(left.pop(0)), ()):
            if name_key(old) not in seen:
                yield old
                seen.add(name_key(old))
                left.append(old)
