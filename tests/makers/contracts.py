"""Makers of contracts: as values, and as the .toml text that a service would write."""

import json

from auditdocs.model.contract import Advice, Contract, Item, Section
from auditdocs.rules.forms.fields import AUDITOR, HEADER, PROMPTS, SIGN_OFF


def an_item(id="x_plan", **changes):
    """A graded question of the first section, for every case."""
    sound = {
        "number": "1.1",
        "label": "Plan says who does what by when",
        "type": "grade",
        "section": "1",
        "relabel": {},
    }
    return Item(id=id, **(sound | changes))


def a_standard(id="x_visits", **changes):
    """A standard with all three facets, resting on a local recording standard."""
    return an_item(id, **({"type": "facet", "facets": ("P", "T", "U"), "basis": "local"} | changes))


def an_advice(every="", **changes):
    """Advice from the date of the last visit, or of what the changes say."""
    recurring = {"last": "last_seen", "every": every} if every else {}
    return Advice(**({"noun": "visit made"} | recurring | changes))


def a_contract(*items, **changes):
    """An audit type of one section, with the fields that every form has."""
    sound = {
        "key": "visits",
        "prefix": "V",
        "title": "Visits Audit",
        "version": 1,
        "sheet": "Visits",
        "intro": "",
        "cadence": "month",
        "selection": "oldest-first",
        "due_days": 28,
        "targets": {},
        "header": tuple(field for field in HEADER if field.name != "theme"),
        "auditor": AUDITOR,
        "sections": (Section(key="1", title="Visits", items=items or (an_item(),)),),
        "sign_off": SIGN_OFF,
        "prompts": PROMPTS,
    }
    return Contract(**(sound | changes))


def a_question(id="v_seen", **changes):
    """A question as the table of a contract's text."""
    return {"id": id, "label": f"Question {id}", "type": "grade"} | changes


def a_section(*questions, **changes):
    """A section as a table, by default of one question."""
    return {"title": "Visits", "items": list(questions) or [a_question()]} | changes


def a_table(*sections, **changes):
    """The least that a service must write, as a table."""
    sound = {
        "key": "visits",
        "prefix": "V",
        "title": "Visits Audit",
        "version": 1,
        "sections": list(sections) or [a_section()],
    }
    return sound | changes


def as_toml(table):
    """A table as the text of a .toml file."""
    return "".join(f"{key} = {_written(value)}\n" for key, value in table.items())


def _written(value):
    if isinstance(value, dict):
        entries = (f"{json.dumps(key)} = {_written(entry)}" for key, entry in value.items())
        return f"{{{', '.join(entries)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    return json.dumps(value, ensure_ascii=False)
