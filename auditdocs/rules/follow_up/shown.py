"""How an audit, its findings and its recommendations are shown in letters.

Source: domain.md A0.7 (contact sheet: figures, no free text, no third party), A0.6.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from auditdocs.model.contract import FACETS, Contract, Item
from auditdocs.model.form import PRIORITIES, Record
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.follow_up.followed import Followed, Tracked
from auditdocs.rules.forms.outcomes import MET, NOT_MET, facets_said, standard_result
from auditdocs.rules.forms.scales import GRADED, choices_of, label_of
from auditdocs.rules.plural import number_of

NOTHING_CARRIED = "Nothing is open from earlier audits of this child."
"""What a form says where it asks after earlier recommendations and there is none to list."""


def audit_facts(of: Followed) -> dict[str, Any]:
    """What every letter about one audit says of it."""
    audit = of.audit
    return {
        "audit_id": audit.audit_id,
        "audit": of.contract.title,
        "child_id": audit.child_id,
        "team": audit.team,
        "worker": audit.worker,
        "auditor": of.record.auditor or audit.auditor,
        "audited": uk_date(of.record.date_audited),
        "result": result(of.record, of.contract),
        "theme": audit.theme,
        "sheet": of.contract.sheet,
    }


def result(record: Record, contract: Contract) -> str:
    """The overall result in a line: the grade, or the standards met and not met."""
    if record.overall:
        return label_of("grade", record.overall)
    counted = Counter(_standards(record, contract))
    return f"{number_of(counted[MET], 'standard')} met, {counted[NOT_MET]} not met"


def summary(of: Followed) -> str:
    """Two lines of figures; no free text, so no names and nothing about staff."""
    grades = Counter(
        answer.value
        for answer in of.record.answers
        if (item := of.contract.item(answer.item_id)) and item.kind == "grade" and not item.overall
    )
    told = [f"{grades[code]} {label_of('grade', code).lower()}" for code in GRADED if grades[code]]
    first = f"Questions graded: {', '.join(told)}" if told else result(of.record, of.contract)
    dates = [each.made.due_date for each in of.recommendations if not each.is_finished]
    second = f"The first recommendation is due {uk_date(min(dates))}." if dates else ""
    return f"{first}.\n{second or 'No recommendation is open.'}"


def counted(recommendations: Iterable[Tracked]) -> str:
    """How many recommendations, open and immediate."""
    several = tuple(recommendations)
    if not several:
        return "None"
    open_still = sum(not each.is_finished for each in several)
    immediate = sum(each.made.priority == "immediate" for each in several)
    return f"{len(several)}: {open_still} open, {immediate} immediate"


def rows(recommendations: Iterable[Tracked]) -> list[dict[str, str]]:
    """Recommendations as rows of a letter's table."""
    return [
        {
            "number": each.reference.rpartition("/")[2],
            "reference": each.reference,
            "text": each.text or each.made.recommendation,
            "owner": each.made.owner_name,
            "due": uk_date(each.made.due_date),
            "status": f"{label_of('choice', each.made.priority, PRIORITIES)}, "
            f"{each.status.lower()}",
        }
        for each in recommendations
    ]


def carried(still_open: Iterable[Tracked]) -> str:
    """What is still open from a child's earlier audits, a line each, for the next form.

    Source: domain.md A3.3 (c_prev_audit_actions).
    """
    lines = [
        f"{each.reference}: {each.text} ({each.made.owner_name}, due {uk_date(each.made.due_date)})"
        for each in still_open
    ]
    return "\n".join(("Still open from earlier audits:", *lines)) if lines else NOTHING_CARRIED


def findings(of: Followed) -> list[dict[str, str]]:
    """Every question that was answered, with its answer and comment, in printed order."""
    return [
        {"question": item.title, "answer": answer, "comment": comment}
        for item in of.contract.items
        for answer, comment in (_answer_and_words(of.record, item),)
        if answer or comment
    ]


def listed(name: str, listing: list[dict[str, str]], *, without: str) -> Mapping[str, Any]:
    """A list for a letter, and whether it is empty, each under its name."""
    return {name: listing, without: "yes" if not listing else ""}


def _answer_and_words(record: Record, item: Item) -> tuple[str, str]:
    """The answer and the comment; an answer in words stands where the comments do."""
    answer = _answer(record, item)
    return ("", answer) if item.kind == "text" else (answer, record.comments.get(item.id, ""))


def _answer(record: Record, item: Item) -> str:
    if item.facets:
        said = ((FACETS[facet], record.value(item.id, facet)) for facet in item.facets)
        return "; ".join(f"{facet}: {label_of('facet', code)}" for facet, code in said if code)
    return label_of(item.kind, record.value(item.id), choices_of(item))


def _standards(record: Record, contract: Contract) -> Iterator[str]:
    """What comes of each standard that is answered, a key of RESULTS."""
    for item_id, given in facets_said(record).items():
        item = contract.item(item_id)
        if item is not None and item.facets:
            yield standard_result(given.values())
