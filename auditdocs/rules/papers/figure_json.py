"""The figures of the quarterly report as JSON has them, before small counts are hidden in it.

Source: settled.md ("JSON").
"""

from dataclasses import fields
from typing import Any

from auditdocs.rules.findings.agreement import Discussions, Moderation
from auditdocs.rules.findings.counts import Counted
from auditdocs.rules.findings.delivery import Delivery
from auditdocs.rules.findings.figures import Figures


def figures_json(found: Figures) -> dict[str, Any]:
    """The figures as the command line prints them, as counts that may be hidden.

    Source: settled.md ("JSON").
    """
    service, covered = found.follow_through.service, found.coverage
    return {
        "delivery": {key: _delivery_json(each) for key, each in found.delivery.items()},
        "grades": {key: dict(each.grades) for key, each in found.results.items()},
        "recommendations": {
            "made": service.made,
            "agreed": service.agreed,
            "done": service.done,
            "overdue": service.overdue,
        },
        "outstanding": {
            "open": dict(found.outstanding.by_age),
            "carried": found.outstanding.carried,
            "done_in_time": found.outstanding.done_in_time,
        },
        "discussions": _counts_json(found.discussions),
        "moderation": _counts_json(found.moderation),
        "coverage": {
            "eligible": covered.eligible,
            "audited": covered.audited,
            "never": covered.never,
        },
        "commitments": {
            "agreed": sum(each.is_agreed for each in found.commitments),
            "open": sum(each.is_agreed and each.is_open for each in found.commitments),
        },
    }


def _counts_json(each: Discussions | Moderation) -> dict[str, Counted]:
    """The counts of a value by the names of its fields."""
    values = ((one.name, getattr(each, one.name)) for one in fields(each))
    return {name: value for name, value in values if isinstance(value, Counted)}


def _delivery_json(each: Delivery) -> dict[str, Counted | int | None]:
    return {
        "target": each.target,
        "issued": each.issued,
        "returned": each.returned,
        "on_time": each.on_time,
        "late": each.late,
        "missed": each.missed,
    }
