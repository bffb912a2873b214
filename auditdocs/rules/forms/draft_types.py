"""What type of answer a question of somebody else's form asks for, and which questions ours has.

Told by the field first, then by the words; what is only guessed is said to be so in the draft.
Source: domain.md A0.3 (header block), A0.4 and A0.5 (scales).
"""

import re
from collections.abc import Sequence

from auditdocs.model.contract import Choice
from auditdocs.model.draft import DraftItem
from auditdocs.rules.forms.contract_checks import LABEL_LENGTH
from auditdocs.rules.forms.fields import AUDITOR, HEADER, SIGN_OFF
from auditdocs.rules.forms.scales import SCALES, code_of

_NUMBER = re.compile(
    r"^\s*(?:Q(?:uestion)?\s*)?(\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?)[.):]?\s+(?=\S)", re.I
)
_YES_NO = re.compile(
    r"^(?:is|are|was|were|has|have|had|do|does|did|can|could|will|should)\b.*\?$", re.I
)
_BY_WORDS = (
    ("date", re.compile(r"^date\b|\bdate$|\bdate of\b", re.I)),
    ("int", re.compile(r"^(?:number of|how many)\b", re.I)),
    ("name", re.compile(r"^name\b|\bname$", re.I)),
    ("grade", re.compile(r"\b(?:grade|grading|judge?ment|rating)\b", re.I)),
    ("yn", _YES_NO),
)
_OTHER_NAMES = (
    "child", "child's name", "name of child", "childs name", "young person", "name of young person",
    "name", "child or young person", "date of birth", "dob", "d.o.b", "case number", "case id",
    "child id number", "ics number", "ics id", "lcs id", "mosaic id", "social worker",
    "name of social worker", "worker", "case worker", "manager", "team manager", "name of auditor",
    "auditor", "auditor name", "audited by", "completed by", "role", "date of audit", "audit date",
    "date audited", "date completed", "reviewing officer", "iro", "conference chair", "signed",
    "signature", "date signed", "date", "sign off", "signed by", "type of case",
    "case type", "date case opened", "job title", "designation",
)  # fmt: skip


def _bare(label: str) -> str:
    return re.sub(r"[^a-z0-9 ]", "", " ".join(label.lower().split())).strip()


_KNOWN = frozenset(
    _bare(label) for label in (*_OTHER_NAMES, *(f.label for f in (*HEADER, *AUDITOR, *SIGN_OFF)))
)


def is_known_field(label: str) -> bool:
    """Whether every form has that field: the child, the team, the auditor, the signature."""
    return _bare(label) in _KNOWN


def drafted_item(
    label: str,
    guidance: str,
    kind: str,
    choices: Sequence[str],
    *,
    where: str = "",
    why: str = "",
    facets: tuple[str, ...] = (),
) -> DraftItem:
    """A question with its number taken off and its type told; a scale where the choices are one."""
    number, words = numbered_label(label)
    type_, listed, told = _typed(words, kind, choices, why)
    over = words[LABEL_LENGTH:]
    return DraftItem(
        label=words[:LABEL_LENGTH].strip(),
        type=type_,
        number=number,
        guidance=" ".join(filter(None, (over.strip(), guidance))),
        choices=listed,
        facets=facets,
        where=where,
        why=told,
    )


def numbered_label(label: str) -> tuple[str, str]:
    """Number and words of a label: "2.1A Plan" gives "2.1a", as contracts write it, and "Plan"."""
    found = _NUMBER.match(label)
    words = " ".join((label[found.end() :] if found else label).split()).strip(" :")
    return (found[1].lower() if found else ""), words or "Question"


def scale_of(words: Sequence[str]) -> str:
    """The scale on which every one of these words is an answer, "" where there is none."""
    for name, levels in SCALES.items():
        codes = {code_of(name, word) for word in words}
        if words and None not in codes and len(codes) >= min(2, len(levels)):
            return name
    return ""


def _typed(
    label: str, kind: str, words: Sequence[str], why: str
) -> tuple[str, tuple[Choice, ...], str]:
    if kind == "choice":
        scale = scale_of(words)
        if scale and scale != "facet":
            return scale, (), why
        return ("choice", _choices(words), why) if len(words) > 1 else ("text", (), why)
    if kind == "box":
        return "yn", (), why
    if kind == "text":
        for type_, pattern in _BY_WORDS:
            if pattern.search(label):
                return type_, (), f"{why} and its words: look whether it is right"
    return kind, (), why


def _choices(words: Sequence[str]) -> tuple[Choice, ...]:
    found: dict[str, Choice] = {}
    for word in words:
        code = re.sub(r"[^a-z0-9]+", "_", word.lower()).strip("_")[:28] or "choice"
        while code in found:
            code = f"{code}_2"
        if word.casefold() not in {c.label.casefold() for c in found.values()}:
            found[code] = Choice(code=code, label=" ".join(word.split())[:LABEL_LENGTH])
    return tuple(found.values())
