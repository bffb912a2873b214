"""Agreement forms filled in as a team manager and a business support officer do it."""

from auditdocs.documents.forms.answer import answered
from auditdocs.places.journal.agreements import agreement_forms
from auditdocs.steps.agreements import in_force
from auditdocs.steps.issue_agreements import agreements_out

AGREEMENT = "accuracy-agreement"


def forms_out(office, day, *, team=""):
    """The agreement forms put out on that day, by team."""
    out = office.work(lambda o: agreements_out(o, o.contract(AGREEMENT), team=team), today=day)
    return {form.team: form for form in out.forms}


def signed(day, **changes):
    """What the two write in a form they agree on that day; `changes` by tag, "." as "__"."""
    said = {
        "agreed_date": f"{day:%d/%m/%Y}",
        "signed_tm": "The Manager",
        "signed_tm_date": f"{day:%d/%m/%Y}",
        "signed_bso": "The Officer",
        "signed_bso_date": f"{day:%d/%m/%Y}",
        **{tag.replace("__", "."): text for tag, text in changes.items()},
    }
    return {tag: text for tag, text in said.items() if text is not None}


def agreed(office, form, day, *, local_items=(), **changes):
    """The form as it comes back."""
    blank = (office.root / form.file).read_bytes()
    return answered(blank, signed(day, **changes), local_items=local_items)


def in_the_journal(office):
    """The agreement in force by team, and every form."""
    with office.open() as opened:
        return in_force(opened), agreement_forms(opened.journal)
