"""A draft of a contract: what was found in a form that people already have, nothing decided yet."""

from dataclasses import dataclass

from auditdocs.model.contract import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftItem:
    """One question as it was found."""

    label: str
    type: str
    """An answer type of a contract (domain.md A0.5)."""
    number: str = ""
    """As printed, "" where there was none."""
    guidance: str = ""
    choices: tuple[Choice, ...] = ()
    facets: tuple[str, ...] = ()
    where: str = ""
    """Where it stood: "table 2 row 3"."""
    why: str = ""
    """What the type was told by: "a drop-down list", "its words"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSection:
    """A heading and the questions under it."""

    title: str
    items: tuple[DraftItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything found in a form."""

    title: str
    intro: str
    sections: tuple[DraftSection, ...]
    known: tuple[str, ...] = ()
    """Labels of what every form of ours has anyway: the child, the team, the signature."""

    @property
    def items(self) -> tuple[DraftItem, ...]:
        """Every question, in order."""
        return tuple(item for section in self.sections for item in section.items)
