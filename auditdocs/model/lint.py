"""What the check of a template or a contract remarks on, each thing with its place and a hint."""

from dataclasses import dataclass

ERROR = "error"
"""Forms would not go out, would not come home, or would come home with wrong answers."""

WARNING = "warning"
"""Forms go out and come home, but somebody is served less well than they could be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A paragraph of a package: the part it is in, and its place among the part's paragraphs."""

    part: str
    paragraph: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing that is wrong with a template."""

    rule: str
    """A word for the kind of fault, the same in every version: "tag-name", "choices-differ"."""
    where: str
    """For a person: the part, "table 2 row 3 column 1", the heading above."""
    text: str
    hint: str
    severity: str = ERROR
    spot: Spot | None = None
