"""The demonstration's Accuracy audit: agreements signed, check lists filled in, the report."""

from datetime import date, timedelta

from auditdocs.documents.check_lists.answer import checked_list
from auditdocs.documents.forms.answer import answered
from auditdocs.places.disk import whole
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.made_up.checks import made_up_checks
from auditdocs.steps.issue_agreements import agreement_contract, agreements_out
from auditdocs.steps.list_out import check_list_contract, in_order, lists_put_out
from auditdocs.steps.office import Office

_OWN = {
    "label": "Bus pass number",
    "method": "Other",
    "frequency": "Fortnightly",
    "source_of_truth": "the pass",
}

Dropped = dict[str, bytes]
"""File name to what somebody puts in the inbox."""


def signed_agreements(office: Office) -> Dropped:
    """Every team's agreement form as it comes back; the last team forgets to sign."""
    contract = agreement_contract(office)
    if contract is None:
        return {}
    forms = agreements_out(office, contract).forms
    day = uk_date(office.today)
    back = {}
    for form in forms:
        signed = {"signed_bso": form.bso or "The officer", "signed_bso_date": day}
        if form != forms[-1]:
            signed |= {"signed_tm": form.tm or "The manager", "signed_tm_date": day}
        data = whole(office.workspace.absolute(form.file))
        said = {"agreed_date": day, **signed}
        back[f"{form.form_id}.docx"] = answered(data, said, local_items=[_OWN])
    return back


def checked_lists(office: Office) -> Dropped:
    """The check lists that fall due, as they come back two days later; one is kept too long."""
    contract = check_list_contract(office)
    if contract is None:
        return {}
    out = lists_put_out(office, contract).lists
    return {f"{of.list_id}.xlsx": _checked(office, of.list_id) for of in out[:-1]}


def _checked(office: Office, list_id: str) -> bytes:
    of, rows = in_order(office, list_id)
    on: date = office.today + timedelta(days=1)
    answers = made_up_checks(of, rows, on=on)
    return checked_list(whole(office.workspace.absolute(of.file)), answers)
