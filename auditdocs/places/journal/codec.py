"""The model's frozen values as JSON and back: decoded(Kind, encoded(value)) == value."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Kind = TypeVar("Kind")


def encoded(value: object) -> str:
    """A value of the model as JSON text; defaults are left out, dates are ISO."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def decoded(kind: type[Kind], text: str) -> Kind:
    """The value of that kind that `encoded` wrote."""
    made: Kind = _made(kind, json.loads(text))
    return made


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _made(kind: Any, plain: Any) -> Any:
    if plain is None:
        return None
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        known = {name: each for name, each in plain.items() if name in hints}
        return kind(**{name: _made(hints[name], each) for name, each in known.items()})
    origin = get_origin(kind)
    if origin is UnionType:
        return _made(next(each for each in get_args(kind) if each is not type(None)), plain)
    if origin is tuple:
        return tuple(_made(get_args(kind)[0], each) for each in plain)
    if origin is frozenset:
        return frozenset(plain)
    return date.fromisoformat(plain) if kind is date else plain


@lru_cache(maxsize=64)
def _hints(kind: type) -> Mapping[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: hint for name, hint in get_type_hints(kind).items() if name in names}
