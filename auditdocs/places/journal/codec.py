"""The model's frozen values as JSON and back: decoded(Kind, encoded(value)) == value."""

from typing import TypeVar

from msgspec import json

Kind = TypeVar("Kind")


def encoded(value: object) -> str:
    """A value of the model as JSON text: keys and sets sorted, so that equals are equal texts."""
    return json.encode(value, order="sorted").decode()


def decoded(kind: type[Kind], text: str) -> Kind:
    """The value of that kind that `encoded` wrote; what the kind no longer has is passed over."""
    return json.decode(text, type=kind)
