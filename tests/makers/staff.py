"""Makers of a staff register as a table: sound rows, each test states only what matters."""

from auditdocs.model.tables import Table

HEADINGS = (
    "worker_id",
    "name",
    "aliases",
    "role",
    "team",
    "supervisor",
    "head_of_service",
    "active_from",
    "active_to",
)


def a_member(name="Ann Archer", **changes):
    """A social worker of team North by field, without a superior."""
    return {"worker_id": f"E-{name}", "name": name, "role": "sw", "team": "North", **changes}


def a_register(*members, headings=HEADINGS):
    """The staff list of a council as a CSV file holds it."""
    rows = tuple(tuple(member.get(field) for field in HEADINGS) for member in members)
    return (Table("staff", (tuple(headings), *rows)),)
