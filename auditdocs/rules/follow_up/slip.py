"""The supervision slip and the notice of training and support needs.

Source: audit procedure 2 (Completeness: "the recommendations are copied to the supervision record,
from where ongoing monitoring takes place"); domain.md A3.9.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from auditdocs.model.form import NEED_TYPES
from auditdocs.rules.follow_up.followed import Followed, Tracked
from auditdocs.rules.follow_up.shown import audit_facts, listed, rows
from auditdocs.rules.forms.scales import label_of


def supervision_slip(
    of: Followed, earlier: Iterable[Tracked], *, since: date | None
) -> Mapping[str, Any]:
    """What the slip says. `earlier` are the recommendations of other audits of the same child and
    of the same worker; `since` is the day of the slip before this one, None for the first."""
    others = tuple(earlier)
    still_open = [each for each in others if not each.is_finished]
    done = [each for each in others if each.is_finished and _lately(each, since)]
    needs = [each for each in of.recommendations if each.made.need_type == "individual"]
    return {
        **audit_facts(of),
        **listed("recommendations", rows(of.recommendations), without="no_recommendations"),
        **listed("still_open", rows(still_open), without="none_open"),
        "done_since": rows(done),
        "needs": "\n".join(f"{each.reference}: {each.text}" for each in needs),
    }


def training_needs(of: Followed, *, individual: bool, wider: bool) -> Mapping[str, Any]:
    """The needs that the addressee is to plan for: individual ones, those of group and team."""
    wanted = {"individual"} if individual else set()
    wanted |= {"group", "team"} if wider else set()
    needs = [
        {
            "number": each.reference.rpartition("/")[2],
            "need": label_of("choice", each.made.need_type, NEED_TYPES),
            "text": each.text,
        }
        for each in of.recommendations
        if each.made.need_type in wanted
    ]
    return {**audit_facts(of), "needs": needs}


def _lately(each: Tracked, since: date | None) -> bool:
    """Whether it was finished after the last slip; without a date in the ledger it is told."""
    ended = each.verified or each.done
    return since is None or ended is None or ended >= since
