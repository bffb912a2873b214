"""What may be used in a letter's template, each name with words that say what it is.

Source: cli.md (template fields).
"""

from collections.abc import Iterable, Mapping

from auditdocs.rules.forms.template_words import TAG, Word


def letter_words(names: Iterable[str]) -> tuple[Word, ...]:
    """Every name that a kind of letter has, by alphabet, given all of them."""
    known = frozenset(names)
    told = dict(_MEANINGS)
    if "no_recommendations" not in known:  # a contact sheet only says how many there are
        told["recommendations"] = "how many recommendations there are"
    return tuple(Word(TAG, f"{{{{ {name} }}}}", told.get(name, "")) for name in sorted(known))


_ACTIONS = "each.text, each.owner, each.due, each.status"
_MEANINGS: Mapping[str, str] = {
    "service_name": "the service's name, from auditdocs.toml",
    "marking": "the marking, from auditdocs.toml",
    "to": "who gets the letter",
    "made": "the day it is made",
    "reference": "the audit it is about",
    "letter_name": "what the letter is called",
    "audit": "the title of the audit type",
    "audit_id": "the audit's reference",
    "audited": "the day of the audit",
    "auditor": "who audited; on a contact sheet with the role",
    "child_id": "the child's ID",
    "worker": "the allocated worker",
    "team": "the team that holds the case",
    "theme": "the theme of the round",
    "result": "the overall result in words",
    "returned": "the day the form came back",
    "sheet": "the ledger's sheet of that audit type",
    "kept_at": "where the completed form is kept",
    "form_name": "the form to return that lies beside the letter",
    "attachment": "the file name of the completed form",
    "contact_date": "the day of the contact: that of the audit",
    "recorded_by": "who recorded it: the auditor",
    "heading": "the heading of the contact sheet",
    "system": "the case system",
    "system_line": "the case system, and that it is not LACmon",
    "summary": "two lines of figures, no free text",
    "concern": "what the auditor wrote of the child's safety",
    "request": "what is asked of the team manager, and by when",
    "smg": "when the group discussed it and with what outcome; empty where it does not",
    "decide_by": "the last day for the decision",
    "deciders": "that two decide together; empty for one",
    "dispute": "what is not agreed",
    "auditor_view": "the auditor's view",
    "manager_view": "the team manager's view",
    "final": "the final grade",
    "decision": "what was decided",
    "decided": "the day of the decision",
    "decided_by": "who decided",
    "reason": "why the audit is moderated",
    "manager": "the team manager who proposes the cases",
    "period": "the period the cases are for",
    "findings": "rows: each.question, each.answer, each.comment",
    "recommendations": f"rows: each.number, {_ACTIONS}",
    "no_recommendations": "filled where there is none, for: {%p if no_recommendations %}",
    "still_open": f"rows: each.reference, {_ACTIONS}",
    "none_open": "filled where nothing is open from earlier audits",
    "done_since": f"rows: each.reference, {_ACTIONS}",
    "needs": "the training or support that is needed: rows in the letter of that name",
    "duties": "rows: each.due, each.about, each.text, each.others",
    "cases": "rows: each.child_id, each.worker, each.auditor, each.due, each.why",
    "reserves": "rows: each.child_id, each.worker, each.auditor, each.why",
    "no_reserves": "filled where there is none",
    "version": "the version of the agreement",
    "agreed": "the day it was agreed",
    "signed_tm": "the team manager who signed",
    "signed_tm_date": "when the team manager signed",
    "signed_bso": "the business support officer who signed",
    "signed_bso_date": "when the business support officer signed",
    "supersedes": "the version that it takes the place of; empty for the first",
    "changes": "what it changes against the version before, in words",
    "review_due": "the day by which it is to be reviewed",
    "notes": "what else was agreed; empty where nothing was written",
    "checked": "rows: each.item, each.method, each.frequency, each.who",
    "left_out": "rows: each.item, each.reason",
    "spread": "rows: each.worker, each.open, each.chosen",
}
