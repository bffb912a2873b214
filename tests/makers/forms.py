"""Makers of forms: issued, blank and answered, and the pieces of which they are made."""

import io
import zipfile
from datetime import date
from pathlib import Path

from lxml import etree

from auditdocs.documents.forms import read as form_read
from auditdocs.documents.forms.answer import answered
from auditdocs.documents.forms.build import form_template
from auditdocs.documents.forms.fill import prepared
from auditdocs.documents.package import package, zipped
from auditdocs.documents.wordml import NAMESPACES
from auditdocs.model.contract import Choice, Section
from auditdocs.model.settings import Settings
from auditdocs.rules.forms.contracts import contract
from auditdocs.rules.forms.fields import AUDITOR, HEADER
from auditdocs.rules.forms.prefill import blank_values, form_values, header
from tests.makers.cases import a_case, a_staff, a_team, an_audit
from tests.makers.contracts import a_contract, a_standard, an_advice, an_item

FORMS = Path(__file__).parents[2] / "templates" / "forms"
KEYS = ("head-of-service", "quality", "completeness")
BODY = "word/document.xml"
TYPES = "[Content_Types].xml"
W = f"{{{NAMESPACES['w']}}}"
DATA_DATE = date(2026, 9, 30)


def _every_kind():
    """One item of each answer type, in two sections, with advice, a relabel and both ages."""
    first = (
        an_item("x_grade", number="1.1", label="Plan is good"),
        an_item("x_overall", number="1.2", label="Overall", type="grade+text", overall=True),
        an_item("x_yn", number="1.3", label="Is the child safe today?", type="yn", safety=True),
        an_item("x_ynp", number="1.4", label="Family included", type="ynp"),
        an_item("x_drift", number="1.5", label="Is there drift?", type="yn+text", required=False),
        an_item("x_text", number="1.6", label="Learning", type="text", relabel={"remand": "Other"}),
        an_item("x_date", number="1.7", label="Date last seen", type="date"),
        an_item("x_int", number="1.8", label="Number of visits", type="int"),
        an_item("x_name", number="1.9", label="Name of the chair", type="name"),
        an_item("x_choice", number="1.10", label="Placement", type="choice", choices=_PLACEMENTS),
    )
    second = (
        a_standard("x_visits", number="2.1", label="Visits", section="2", limit="wd(5)"),
        a_standard("x_seen", number="2.2", label="Seen", section="2", facets=("P", "U")),
        a_standard(
            "x_late", number="2.3", section="2", facets=("T",), advice=(an_advice("cd(9)"),)
        ),
    )
    sections = (
        Section(key="1", title="Practice", items=first, intro="Read the plan."),
        Section(key="2", title="Standards", items=second),
    )
    return a_contract(key="every-kind", sections=sections, title="Every Kind & More")


_PLACEMENTS = (Choice(code="home", label="At home"), Choice(code="foster", label="Foster care"))
EVERY_KIND = _every_kind()
SMALL = a_contract(
    an_item("x_grade", label="Plan is good"),
    an_item("x_text", number="1.2", label="Learning", type="text"),
    key="small",
    header=tuple(f for f in HEADER if f.name in ("audit_id", "child_id", "team", "dob")),
    auditor=AUDITOR[:1],
    sign_off=(),
)
"""Two questions and six fields: quick to make, for tests that make many."""

A_FORM_ID = "V-2026-09-0001"
_shipped = {}
_prepared = {}


def the_contract(key):
    """A shipped contract."""
    if key not in _shipped:
        _shipped[key] = contract((FORMS / f"{key}.toml").read_text(encoding="utf-8"))
    return _shipped[key]


def a_template(of=EVERY_KIND):
    """The template of a contract, prepared once in a test run."""
    if id(of) not in _prepared:
        _prepared[id(of)] = of, prepared(form_template(of), of)
    return _prepared[id(of)][1]


def an_issued_audit(of=EVERY_KIND, case=None, **changes):
    """An audit with its header filled in and every item printed."""
    case = case or a_case()
    sound = {
        "audit_id": A_FORM_ID,
        "type": of.key,
        "version": of.version,
        "fingerprint": of.fingerprint,
        "child_id": case.child_id,
        "auditor": "Ann Archer",
        "printed": tuple(item.id for item in of.items),
    }
    audit = an_audit(**(sound | changes))
    staff = a_staff(teams=(a_team(),))
    filled = {"header": header(case, audit, of, staff, Settings())}
    return an_audit(**(sound | filled | changes))


def an_issued_form(of=EVERY_KIND, case=None, **changes):
    """The form of such an audit, as it goes out."""
    case = case or a_case()
    audit = an_issued_audit(of, case, **changes)
    values = form_values(of, audit, case, Settings(), data_date=DATA_DATE)
    return a_template(of).filled(values)


def a_blank_form(of=EVERY_KIND):
    """The form as it lies on the intranet."""
    return a_template(of).filled(blank_values(of, Settings()), blank=True)


def a_form(answers=(), recommendations=(), *, of=EVERY_KIND, **changes):
    """An issued form answered in Word: text by tag, and rows of recommendations by column."""
    return answered(an_issued_form(of, **changes), dict(answers), recommendations)


def a_row(**changes):
    """A recommendation as it is typed."""
    sound = {
        "recommendation": "Write up the visit of 3 March",
        "linked_item": "1.1 Plan is good",
        "category": "Recording",
        "priority": "High",
        "owner_name": "Ann Archer",
        "owner_role": "Social worker",
        "due_date": "31/10/2026",
        "need_type": "Individual",
    }
    return sound | changes


def read(form, of=EVERY_KIND):
    """The form as the reader gives it back."""
    return form_read.form(form_read.document(package(form)), of)


def texts(found):
    """Answers or fields as text by tag."""
    return {key: answer.text for key, answer in found.items()}


# The package and its parts.


def parts_of(form):
    """The parts of a form by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(form)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def part_of(form, name):
    """One part of a form."""
    return parts_of(form)[name]


def rezipped(form, changes):
    """The form with these parts in the place of its own; None leaves a part out."""
    parts = parts_of(form) | changes
    return zipped({name: part for name, part in parts.items() if part is not None})


def without_part(form, name):
    """The form less one part."""
    return rezipped(form, {name: None})


def with_part(form, name, part):
    """The form with one more part, or another in its place."""
    return rezipped(form, {name: part})


def replaced(form, name, old, new):
    """The form with other bytes in a part; they must stand in it."""
    part = part_of(form, name)
    assert old in part
    return with_part(form, name, part.replace(old, new))


def body_of(form):
    """The root of the form's body."""
    return etree.fromstring(part_of(form, BODY))


def with_body(form, body):
    """The form with another body."""
    return with_part(form, BODY, etree.tostring(body, encoding="UTF-8", xml_declaration=True))


def edited(form, edit):
    """The form after an edit of its body."""
    body = body_of(form)
    edit(body)
    return with_body(form, body)


def element(name, *children, **values):
    """A piece of Word's XML: element("t", text="…"), element("color", val="FF0000")."""
    made = etree.Element(
        f"{W}{name}", {f"{W}{key}": v for key, v in values.items() if key != "text"}
    )
    made.text = values.get("text")
    made.extend(children)
    return made


def a_run(text):
    """A run of text as it stands."""
    return element("r", element("t", text=text))


def control_of(body, tag, nth=0):
    """The nth control of that tag."""
    tags = [mark for mark in body.iter(f"{W}tag") if mark.get(f"{W}val") == tag]
    return tags[nth].getparent().getparent()


def cell_of(body, tag, nth=0):
    """The cell in which that control stands."""
    return next(control_of(body, tag, nth).iterancestors(f"{W}tc"))


def row_of(body, tag, nth=0):
    """The table row in which that control stands."""
    return next(control_of(body, tag, nth).iterancestors(f"{W}tr"))
