"""What the next audit of a child found of the recommendations that earlier ones had left open.

Its form lists them and asks whether they were carried out. The answer moves each of them, unless
staff wrote something later in the ledger.

Source: domain.md A3.3 (c_prev_audit_actions), A0.6 (verified by somebody other than the owner);
which words name what was not done is our decision, 2026-11-25.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.form import Record
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.caseload.matching import name_key
from auditdocs.rules.follow_up.followed import Tracked


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBack:
    """An audit's answer to whether what was left open before it has been carried out."""

    audit_id: str
    asked: tuple[str, ...]
    """The references that its form lists."""
    day: date
    by: str
    answer: str
    """yes, partly or no; a standard has no "partly", so a "no" that names some means the rest is
    done."""
    words: str
    """The comment beside it: with "partly" and "no" it names what was not done."""

    def says_done(self, reference: str) -> bool | None:
        """Whether it was done; None where the answer does not tell of this one."""
        if reference not in self.asked or self.answer == "yes":
            return True if reference in self.asked else None
        named = [each for each in self.asked if _names(self.words, each)]
        if reference in named or (self.answer == "no" and not named):
            return False
        return True if self.answer == "partly" and named else None


def look_back(audit: Audit, record: Record, contract: Contract) -> LookBack | None:
    """What an audit says of earlier ones; None where it was not asked or cannot say."""
    for item in (each for each in contract.items if each.note):
        said = next((a.value for a in record.answers if a.item_id == item.id), "")
        words = record.comments.get(item.id, "")
        if said in ("yes", "partly", "no"):
            names_some = any(_names(words, each) for each in audit.carried)
            return LookBack(
                audit_id=audit.audit_id,
                asked=audit.carried,
                day=record.date_audited,
                by=record.auditor or audit.auditor,
                answer="partly" if item.facets and said == "no" and names_some else said,
                words=words,
            )
    return None


def looked_back_on(each: Tracked, looks: Iterable[LookBack]) -> Tracked:
    """A recommendation as later audits of the child found it, the latest of them last."""
    for look in sorted(looks, key=lambda look: (look.day, look.audit_id)):
        done = look.says_done(each.reference)
        if done is not None and not each.is_finished and not _written_after(each, look.day):
            each = _done(each, look) if done else _not_done(each, look)
    return each


def _names(words: str, reference: str) -> bool:
    """Whether the words name a reference: Q-2026-07-0012/1, and not Q-2026-07-0012/10."""
    return reference.casefold() in re.split(r"[^\w/-]+", words.casefold())


def _written_after(each: Tracked, day: date) -> bool:
    return any(written and written > day for written in (each.done, each.verified))


def _done(each: Tracked, look: LookBack) -> Tracked:
    """Found done by somebody else it is verified; found done by its own owner it is done."""
    is_owner = name_key(look.by) == name_key(each.made.owner_name)
    told = replace(each, later=_told("Carried out", look), done=each.done or look.day)
    if is_owner:
        return replace(told, status="Done")
    return replace(told, status="Verified", verified_by=look.by, verified=look.day)


def _not_done(each: Tracked, look: LookBack) -> Tracked:
    """What was reported done and is not is in progress again."""
    told = replace(each, later=_told("Not carried out", look))
    return replace(told, status="In progress", done=None) if each.status == "Done" else told


def _told(found: str, look: LookBack) -> str:
    return f"{found}: {look.audit_id}, {uk_date(look.day)}"
