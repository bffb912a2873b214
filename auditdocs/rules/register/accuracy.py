"""The sheets of the Accuracy audit: agreements, rounds of checks, and what was found (domain.md C).

A row for a child is only posted where something was found: a round of checks can have thousands of
rows that are simply right, and those are counted in their round.
"""

from collections.abc import Mapping
from datetime import date

from auditdocs.model.accuracy import (
    FREQUENCIES,
    METHODS,
    QUERY,
    RIGHT,
    UNKNOWN,
    WRONG,
    AgreedItem,
    Agreement,
    ListedRow,
)
from auditdocs.model.ledger import Sheet
from auditdocs.rules.accuracy.results import Finding, ItemRound
from auditdocs.rules.forms.scales import label_of
from auditdocs.rules.register.columns import Row, ours

ACCURACY = Sheet(
    name="Accuracy",
    title="Every data item that a check found wrong, unclear or unknown, child by child",
    key="Check",
    columns=(
        *ours("Check", width=34),
        *ours("Team", width=24),
        *ours("Agreement", width=18),
        *ours("Round", kind="date", width=12),
        *ours("Item", width=40),
        *ours("Child ID", width=17),
        *ours("Worker", width=24),
        *ours("Flagged by the tool", width=40),
        *ours("Value listed", width=30),
        *ours("Correct?", width=14),
        *ours("Correct value", width=24),
        *ours("Corrected on the system", kind="date", width=14),
        *ours("Days to correct", kind="number", width=10),
        *ours("Repeat error", width=12),
        *ours("Still shown on", kind="date", width=14),
        *ours("To be made clear", width=40),
        *ours("Checked by", width=24),
        *ours("Checked on", "Returned", kind="date", width=12),
        *ours("Comment", width=40),
        *ours("Check list", kind="path", width=60),
    ),
)
ROUNDS = Sheet(
    name="Accuracy rounds",
    title="Every round of accuracy checks in figures: team, item and due date",
    key="Item and round",
    columns=(
        *ours("Item and round", width=34),
        *ours("Team", width=24),
        *ours("Item", width=40),
        *ours("Round", kind="date", width=12),
        *ours("Standing", width=12),
        *ours(
            "Listed",
            "Flagged",
            "Checked",
            "Errors",
            "Corrected",
            "Queries",
            "Not known",
            "Repeat errors",
            "Still shown wrong",
            kind="number",
            width=11,
        ),
        *ours("Days to correct", kind="number", width=11),
        *ours("Check list ID", width=18),
    ),
)
AGREEMENTS = Sheet(
    name="Agreements",
    title="Every item of each team's Accuracy agreement, version by version",
    key="Agreed item",
    columns=(
        *ours("Agreed item", width=30),
        *ours("Agreement", width=18),
        *ours("Team", "Team manager", "Business support officer", width=24),
        *ours("Version", kind="number", width=9),
        *ours("Standing", width=14),
        *ours("Agreed", "Review due", kind="date", width=12),
        *ours("Copy sent to the Head of Service", kind="date", width=14),
        *ours("Item", width=40),
        *ours("Included", width=10),
        *ours("Reason if not", width=30),
        *ours("Method", "Frequency", width=20),
        *ours("Who checks", width=24),
        *ours("Form", kind="link", width=68),
    ),
)

_VERDICTS: Mapping[str, str] = {
    RIGHT: "Yes",
    WRONG: "No",
    UNKNOWN: "Not known",
    QUERY: "Query",
}


def finding_key(finding: Finding) -> str:
    """What tells a row of *Accuracy* apart: list, item and child."""
    return bare_finding_key(finding.of.list_id, finding.listed)


def bare_finding_key(list_id: str, listed: ListedRow) -> str:
    """The same from the list's reference and the row that was listed."""
    return f"{list_id} {listed.item_id} {listed.child_id}"


def finding_row(finding: Finding) -> Row:
    """A row of *Accuracy*."""
    of, said = finding.of, finding.said
    return {
        "Check": finding_key(finding),
        "Team": of.team,
        "Agreement": f"version {of.agreement}",
        "Round": of.due,
        "Item": finding.item.label,
        "Child ID": finding.listed.child_id,
        "Worker": finding.listed.worker,
        "Flagged by the tool": finding.listed.flag,
        "Value listed": finding.listed.value,
        "Correct?": _VERDICTS[said.verdict],
        "Correct value": said.correct_value,
        "Corrected on the system": said.corrected,
        "Days to correct": finding.days,
        "Repeat error": "Yes" if finding.repeat else "",
        "Still shown on": finding.still_wrong,
        "To be made clear": said.why,
        "Checked by": said.checked_by,
        "Checked on": said.checked,
        "Returned": of.returned,
        "Comment": said.comment,
        "Check list": of.file,
    }


def round_key(of: ItemRound) -> str:
    """What tells a row of *Accuracy rounds* apart: list and item."""
    return f"{of.list_id} {of.item_id}"


def round_row(of: ItemRound, *, today: date) -> Row:
    """A row of *Accuracy rounds*."""
    late = "Overdue" if of.due < today else "Out"
    return {
        "Item and round": round_key(of),
        "Team": of.team,
        "Item": of.label,
        "Round": of.due,
        "Standing": "Returned" if of.returned else late,
        "Listed": of.listed,
        "Flagged": of.flagged,
        "Checked": of.checked,
        "Errors": of.errors,
        "Corrected": of.corrected,
        "Queries": of.queries,
        "Not known": of.unknown,
        "Repeat errors": of.repeats,
        "Still shown wrong": of.still_wrong,
        "Days to correct": None if of.mean_days is None else round(of.mean_days),
        "Check list ID": of.list_id,
    }


def agreed_key(agreement: Agreement, item: AgreedItem) -> str:
    """What tells a row of *Agreements* apart: form, version and item."""
    return f"{agreement.form_id} v{agreement.version} {item.id}"


def agreed_row(agreement: Agreement, item: AgreedItem, *, in_force: bool) -> Row:
    """A row of *Agreements*."""
    return {
        "Agreed item": agreed_key(agreement, item),
        "Agreement": agreement.form_id,
        "Team": agreement.team,
        "Team manager": agreement.signed_tm,
        "Business support officer": agreement.signed_bso,
        "Version": agreement.version,
        "Standing": "In force" if in_force else "Replaced",
        "Agreed": agreement.agreed,
        "Review due": agreement.review_due,
        "Copy sent to the Head of Service": agreement.copied,
        "Item": f"{item.label} (the team's own)" if item.local else item.label,
        "Included": "Yes" if item.include else "No",
        "Reason if not": item.reason_if_no,
        "Method": label_of("choice", item.method, METHODS),
        "Frequency": label_of("choice", item.frequency, FREQUENCIES),
        "Who checks": item.who_checks,
        "Form": agreement.archived,
    }
