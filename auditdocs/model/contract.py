"""A contract: what a form asks, declared once; fill, read, check, ledger and reports follow it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

FACETS: Mapping[str, str] = {"P": "In place", "T": "In time", "U": "Up to date"}
"""The facets of a Completeness standard by letter (domain.md A3.2)."""

AGREED: Mapping[str, str] = {
    "include": "Include",
    "reason_if_no": "Reason if not included",
    "method": "Method",
    "frequency": "Frequency",
    "who_checks": "Who checks",
}
"""What is agreed of an item of an Accuracy agreement, by the end of its tag (domain.md C1)."""

CASE, AGREEMENT, CHECK_LIST = "case", "agreement", "check-list"
FOLLOW_UP = "follow-up"
FAMILIES = (CASE, AGREEMENT, CHECK_LIST, FOLLOW_UP)
"""What a contract is of: a form about one case, a team's agreement, the check list it leads to, or
what is said of an audit after it came home."""

BASES = ("local", "guid", "reg")
"""What a standard rests on, from the one the service may change to the one it may not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer of a drop-down: the code kept, the label shown."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """How an extract date bears on a standard; the auditor confirms (domain.md A3.2).

    Once: `done` should lie within `limit` of `since`; without `done` only the last day is told.
    Recurring: `last` should lie within `every` of the data date; before there is one, within
    `first` of `since`, and the one after the first within `second` of it; `first` without `every`
    asks for the first alone. Dates are fields of Case; "a or b" takes the first filled.
    """

    since: str = ""
    done: str = ""
    limit: str = ""
    last: str = ""
    every: str = ""
    first: str = ""
    second: str = ""
    noun: str = ""
    """What the date is of: "review held", "visit made"."""
    unless: str = ""
    """What would excuse a late date that the extract cannot show."""
    applies: tuple[str, ...] = ()
    """Case types it is for; empty means every case."""
    not_for: tuple[str, ...] = ()
    """Circumstances (see Case) in which the extract cannot tell."""
    min_age: int | None = None
    max_age: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How an item of an agreement is checked where a team has agreed nothing else."""

    method: str
    """A code of model.accuracy.METHODS."""
    frequency: str
    """A code of model.accuracy.FREQUENCIES."""
    who: str = "Business support officer"
    shows: tuple[str, ...] = ()
    """The fields of Case that together are the value on the system; empty: not in an extract."""
    tests: tuple[str, ...] = ()
    """The codes of the automatic tests that bear on it."""
    truth: str = ""
    """Where the right value is found: "the court order", "the birth certificate"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question or standard, or one item of an agreement."""

    id: str
    number: str
    """As printed: "3.2". Unique in the form."""
    label: str
    type: str
    """grade, yn, ynp, facet, text, date, choice, int, name, agreed; with words: grade+text …"""
    section: str
    """The key of its section."""
    required: bool = True
    guidance: str = ""
    applies: tuple[str, ...] = ()
    """Case types; empty means every case."""
    min_age: int | None = None
    max_age: int | None = None
    not_for: tuple[str, ...] = ()
    """Circumstances (see Case) in which the item does not apply (domain.md A3.8)."""
    relabel: Mapping[str, str]
    """Circumstance to another label (domain.md A3.8, remand)."""
    facets: tuple[str, ...] = ()
    limit: str = ""
    """The time limit in words a worker reads: "wd(45) from referral" is printed spelled out."""
    basis: str = ""
    """local, guid or reg, for standards; else ""."""
    source: str = ""
    advice: tuple[Advice, ...] = ()
    """What the extract may say; the first that fits the case is used."""
    choices: tuple[Choice, ...] = ()
    safety: bool = False
    """Whether "no" to this item is an immediate concern (domain.md A0.8)."""
    overall: bool = False
    """Whether this item is the audit's overall grade."""
    note: bool = False
    """Whether each form prints words of its own under the label, as the extract's are."""
    safeguarding: bool = False
    """Whether an inadequate here needs a reason for a good overall (domain.md A0.4)."""
    aliases: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    """The ids of graded questions of other forms that look at the same (domain.md D4)."""
    check: Check | None = None
    """For an item of an Accuracy agreement: its defaults and what the extract says of it."""
    formerly: tuple[str, ...] = ()
    """Its titles in earlier versions, where they were others; only in a joined contract."""

    @property
    def title(self) -> str:
        """Number and label, as printed and as the ledger heads its column."""
        return f"{self.number} {self.label}"

    @property
    def kind(self) -> str:
        """The answer's type without the text that goes with it."""
        return self.type.partition("+")[0]

    @property
    def has_text(self) -> bool:
        """Whether an answer must come with words (grade+text, yn+text)."""
        return self.type.endswith("+text")

    @property
    def parts(self) -> tuple[str, ...]:
        """The ends of the tags of an item with several answers: its facets, or what is agreed."""
        return tuple(AGREED) if self.check else self.facets

    @property
    def keys(self) -> tuple[str, ...]:
        """The tags of the answer cells: the id, or one for each part."""
        return tuple(f"{self.id}.{part}" for part in self.parts) or (self.id,)

    @property
    def comment_key(self) -> str:
        """The tag of the comment cell, or "" for plain text and what is agreed, which have none."""
        return "" if self.type == "text" or self.check else f"{self.id}.comment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading of the form and the items under it."""

    key: str
    """As printed: "3"."""
    title: str
    items: tuple[Item, ...]
    intro: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of the header block, of the auditor's part of it, or of the sign-off."""

    name: str
    label: str
    type: str = "text"
    choices: tuple[Choice, ...] = ()
    staff_column: bool = False
    """Whether the ledger has it as a column that staff keep."""
    formerly: tuple[str, ...] = ()
    """Its labels in earlier versions, where they were others; only in a joined contract."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """An audit type, whole (house.md 4: "a form is its contract")."""

    key: str
    prefix: str
    title: str
    version: int
    sheet: str
    """The ledger sheet's name."""
    intro: str
    cadence: str
    """"supervision", "month" or "quarter": the period one issue covers."""
    selection: str
    """The named rule that chooses the cases."""
    due_days: int
    """Calendar days from issue to return."""
    targets: Mapping[str, int]
    """"year" and "quarter" to the number of audits, where the procedure names one."""
    header: tuple[Field, ...]
    auditor: tuple[Field, ...]
    sections: tuple[Section, ...]
    sign_off: tuple[Field, ...]
    prompts: Mapping[str, str]
    """Control kind (text, comment, choice, date, check) to the prompt it shows when empty."""
    follow_up: tuple[str, ...] = ()
    """What follows acceptance, by name."""
    names_theme: bool = False
    """Whether an issue of this type has a theme."""
    family: str = CASE
    """One of FAMILIES: which steps and sheets it belongs to."""
    agreement: str = ""
    """For a check list: the key of the agreement it is made from."""
    fingerprint: str = ""
    """SHA-256 of the contract's text, hexadecimal."""

    items: tuple[Item, ...] = field(init=False, repr=False, compare=False)
    """Every item, in printed order."""
    _by_id: Mapping[str, Item] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Items are asked for by id for every answer of every form: they are listed once."""
        items = tuple(item for section in self.sections for item in section.items)
        object.__setattr__(self, "items", items)
        object.__setattr__(self, "_by_id", {item.id: item for item in reversed(items)})

    def __hash__(self) -> int:
        """Contracts are told apart by their text, so that what follows from one is kept by it."""
        return hash(self.fingerprint)

    def item(self, item_id: str) -> Item | None:
        """The item of that id, or None."""
        return self._by_id.get(item_id)

    @property
    def overall(self) -> Item | None:
        """The item that holds the overall grade, or None (Completeness has none)."""
        return next((item for item in self.items if item.overall), None)

    @property
    def has_facets(self) -> bool:
        """Whether the form asks in place, in time, up to date."""
        return any(item.facets for item in self.items)

    def fields(self) -> Iterator[Field]:
        """Header, auditor's part and sign-off, in printed order."""
        yield from self.header
        yield from self.auditor
        yield from self.sign_off
