"""What is typed behind a command: a day, a number, one of a few words; each refused in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from auditdocs.errors import nearest


class Day(click.ParamType[date]):
    """A date: 2026-10-01 or 01/10/2026."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """The date. Fails with the two ways to write one."""
        from auditdocs.rules.calendar.dates import written_date

        if isinstance(value, date):
            return value
        day = written_date(str(value))
        if day is None:
            self.fail(f'"{value}" is not a date: write 2026-10-01 or 01/10/2026.', param, ctx)
        return day


class Number(click.ParamType[float]):
    """A number from `least` to `most`, both among them; a whole one where `least` is whole."""

    name = "number"

    def __init__(self, least: float, most: float) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: Any, ctx: Any) -> float:
        """The number. Fails with the numbers that may be written."""
        kind = type(self.least)
        try:
            number = kind(value)
        except ValueError:
            number = None
        if number is None or not self.least <= number <= self.most:
            noun = "whole number" if kind is int else "number"
            wrong = f'"{str(value)[:20]}" does not do: write a {noun}'
            self.fail(f"{wrong} from {self.least} to {self.most}.", param, ctx)
        return number


class OneOf(click.Choice[str]):
    """One of the words; what is near one is answered with it."""

    def __init__(self, noun: str, words: Sequence[str]) -> None:
        super().__init__(words)
        self.noun = noun

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """The word. Fails with the nearest, or with all of them."""
        if value in self.choices:
            return str(value)
        near = nearest(str(value), self.choices)
        told = f'Did you mean "{near}"?' if near else f"There are: {', '.join(self.choices)}."
        raise click.UsageError(f'There is no {self.noun} "{value}". {told}', ctx)
