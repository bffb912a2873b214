"""The words of every letter as the service gets them; it may word its copies otherwise.

The names in braces are what rules/follow_up gives to each kind of letter. Nothing reads a layout as
letters are made: it is what templates/letters is written from, and a test holds the two together.

Source: audit procedure 2 and 3; domain.md A0.6 to A0.8, A1.2, A2.2, A3.9.
"""

from collections.abc import Mapping

from auditdocs.documents.letters.build import Layout, facts, heading, listing, only_if, text

_TO = text("To: {{ to }}. Date: {{ made }}.")
_AUDIT = {
    "audit_id": "Audit ID",
    "audit": "Audit",
    "child_id": "Child ID",
    "team": "Team",
    "worker": "Allocated worker",
    "auditor": "Auditor",
    "audited": "Date audited",
}


def _recommendations(name: str, caption: str) -> str:
    return listing(
        name,
        caption,
        number=("No.", 8),
        text=("Recommendation", 40),
        owner=("Owner", 20),
        due=("Due", 14),
        status=("Priority and standing", 18),
    )


def _of_several(name: str, caption: str) -> str:
    """The same for recommendations of several audits, each with its whole number."""
    return listing(
        name,
        caption,
        reference=("Reference", 20),
        text=("Recommendation", 32),
        owner=("Owner", 18),
        due=("Due", 14),
        status=("Priority and standing", 16),
    )


_FINDINGS = listing(
    "findings",
    "Findings",
    question=("Question", 40),
    answer=("Answer", 20),
    comment=("What was seen", 40),
)
_NONE_MADE = only_if("no_recommendations", text("This audit made no recommendations."))
_RECOMMENDATIONS = (
    only_if("recommendations", _recommendations("recommendations", "Recommendations")),
    _NONE_MADE,
)

_CONTACT_SHEET = Layout(
    "Case Audit",
    (
        text("Contact sheet, for the child's record in the {{ system }} (not LACmon).", bold=True),
        facts(
            "Contact sheet",
            child_id="Child ID",
            heading="Heading of the contact sheet",
            system_line="System",
            contact_date="Contact date",
            recorded_by="Recorded by",
            audit="Audit",
            audit_id="Audit ID",
            auditor="Auditor and role",
            result="Overall result",
            recommendations="Recommendations",
            summary="Summary",
            attachment="Attach the completed form",
            kept_at="It is kept at",
            _attached="Date attached",
        ),
        text(
            "When it is attached, write the date in the ledger, sheet Contact sheets, column "
            "Attached on. Names of other people and remarks on staff stay out of this sheet."
        ),
    ),
)
_SUPERVISION_SLIP = Layout(
    "Supervision slip",
    (
        _TO,
        text(
            "To be talked over in the next supervision. The recommendations below are to be copied "
            "to the supervision record, from where they are followed up."
        ),
        facts("The audit", **_AUDIT, result="Result"),
        heading("Recommendations to copy to the supervision record"),
        only_if("recommendations", _recommendations("recommendations", "From this audit")),
        _NONE_MADE,
        heading("Still open from earlier audits"),
        only_if("still_open", _of_several("still_open", "Open from earlier audits")),
        only_if("none_open", text("None: nothing is open of this child or of this worker.")),
        only_if(
            "done_since",
            heading("Done since the last slip"),
            _of_several("done_since", "Done since the last slip"),
        ),
        only_if("needs", heading("Training or support to talk over"), text("{{ needs }}")),
        text(
            "Afterwards business support writes the date of supervision and the date of copying in "
            "the ledger, sheet {{ sheet }}."
        ),
    ),
)
_TRAINING = Layout(
    "Training and support needs",
    (
        _TO,
        text("An audit names a need for training or support. It is for supervision and for the "
             "team's plans; it is not for the child's record."),
        facts("The audit", **_AUDIT),
        listing(
            "needs", "Needs", number=("No.", 10), need=("For", 20), text=("What led to it", 70)
        ),
        text("Please plan what is to be offered, and to whom."),
    ),
)  # fmt: skip
_FEEDBACK = Layout(
    "Feedback from a case audit",
    (
        _TO,
        text(
            "A case of your team was audited. {{ request }} As team manager you see to it that the "
            "recommendations below are carried out."
        ),
        only_if("smg", text("Service Management Group: {{ smg }}.")),
        facts("The audit", **_AUDIT, result="Overall"),
        heading("Findings"),
        _FINDINGS,
        heading("Recommendations to implement"),
        *_RECOMMENDATIONS,
        text(
            "Fill in the form that lies beside this letter ({{ form_name }}) and put it in the "
            "audit inbox. Where you cannot agree, say so there: it goes to the Head of Service."
        ),
    ),
)
_SMG_PAPER = Layout(
    "Themed audit for discussion",
    (
        _TO,
        text("For the Service Management Group: one audit of the theme “{{ theme }}”."),
        facts(
            "The audit",
            audit_id="Audit ID",
            audit="Audit",
            team="Team",
            auditor="Auditor",
            audited="Date audited",
            result="Overall",
        ),
        heading("Findings"),
        _FINDINGS,
        heading("Recommendations"),
        *_RECOMMENDATIONS,
        text(
            "After the discussion business support writes its date and outcome (confirmed or "
            "amended) in the ledger, sheet {{ sheet }}; the team manager is then told."
        ),
    ),
)
_CONCERN = Layout(
    "Immediate concern: act today",
    (
        _TO,
        text(
            "The auditor answers that the child is not safe today. This notice goes to the team "
            "manager and the Head of Service on the working day the form came back.",
            bold=True,
        ),
        facts("The audit", **_AUDIT, returned="Form came back", concern="What the auditor wrote"),
        heading("What is to be done"),
        only_if("recommendations", _recommendations("recommendations", "Immediate action")),
        only_if(
            "no_recommendations",
            text("The form names no immediate action: speak to the auditor now."),
        ),
        text(
            "It stands first in every list until what was done is verified in the ledger, sheet "
            "Immediate concerns, by somebody other than the owner."
        ),
    ),
)
_REFERRAL = Layout(
    "Referral: an audit that is not agreed",
    (
        _TO,
        text("Please decide by {{ decide_by }}. {{ deciders }}"),
        facts(
            "The audit",
            **_AUDIT,
            result="The auditor's grade",
            dispute="Not agreed",
            auditor_view="The auditor's view",
            manager_view="The team manager's view",
        ),
        heading("Recommendations"),
        *_RECOMMENDATIONS,
        text(
            "Fill in the decision form that lies beside this letter ({{ form_name }}) and put it "
            "in the audit inbox. Two Heads of Service return one form between them."
        ),
    ),
)
_DECISION = Layout(
    "Decision on an audit that was not agreed",
    (
        _TO,
        facts(
            "The decision",
            **_AUDIT,
            result="The auditor's grade",
            final="Final grade",
            decision="Decision",
            decided_by="Decided by",
            decided="Date decided",
        ),
        heading("Recommendations as they now stand"),
        *_RECOMMENDATIONS,
        text("Thank you both. The auditor's own grade stays on record beside the final one."),
    ),
)
_MODERATION = Layout(
    "Request for moderation",
    (
        _TO,
        text(
            "Please grade this case yourself by {{ decide_by }}: the record first, the completed "
            "form after it. {{ reason }}"
        ),
        facts("The audit", **_AUDIT, kept_at="The completed form is kept at"),
        text(
            "Fill in the moderation form that lies beside this letter ({{ form_name }}) and put "
            "it in the audit inbox."
        ),
    ),
)
_REMINDERS = Layout(
    "This week's reminders",
    (
        _TO,
        text("Everything in the case audits that waits for you. You get one such letter a week."),
        listing(
            "duties",
            "What waits for you",
            due=("Due", 14),
            about=("About", 23),
            text=("What is to be done", 44),
            others=("With", 19),
        ),
        text("Thank you. What you have done since is taken off this list as it comes in."),
    ),
)
_EXCHANGE = Layout(
    "Quality Audits: cases to exchange",
    (
        _TO,
        text(
            "{{ manager }} ({{ team }}) proposes these cases for {{ period }}, for audit by "
            "colleagues. Please meet, agree or swap them, and note who refused which and why."
        ),
        heading("Cases to be audited"),
        listing(
            "cases",
            "Cases to be audited",
            child_id=("Child ID", 18),
            worker=("Allocated worker", 24),
            auditor=("Auditor", 24),
            due=("Due", 14),
            why=("Why this case", 20),
        ),
        heading("In reserve"),
        only_if(
            "reserves",
            listing(
                "reserves",
                "In reserve",
                child_id=("Child ID", 18),
                worker=("Allocated worker", 24),
                auditor=("In reserve for", 24),
                why=("Why this case", 34),
            ),
        ),
        only_if("no_reserves", text("There is no case in reserve.")),
        heading("Spread over the team's workers"),
        listing(
            "spread",
            "Spread",
            worker=("Worker", 40),
            open=("Open cases", 30),
            chosen=("Chosen this time", 30),
        ),
        text("A reserve takes the place of a case that is refused; business support issues it."),
    ),
)

_AGREEMENT_COPY = Layout(
    "Accuracy agreement",
    (
        _TO,
        text("Accuracy agreement of {{ team }}, version {{ version }}.", bold=True),
        text(
            "Agreed on {{ agreed }}. Signed by {{ signed_tm }}, team manager, on "
            "{{ signed_tm_date }}, and by {{ signed_bso }}, business support officer, on "
            "{{ signed_bso_date }}."
        ),
        only_if("supersedes", text("It takes the place of {{ supersedes }}.")),
        text("{{ changes }}"),
        heading("What is checked"),
        listing(
            "checked",
            "What is checked",
            item=("Item", 38),
            method=("Method", 26),
            frequency=("How often", 16),
            who=("Who checks", 20),
        ),
        only_if(
            "left_out",
            heading("What is not checked"),
            listing(
                "left_out",
                "What is not checked",
                item=("Item", 50),
                reason=("Why it is not checked", 50),
            ),
        ),
        only_if("notes", heading("What else was agreed"), text("{{ notes }}")),
        text("It is to be reviewed by {{ review_due }}."),
    ),
)
LAYOUTS: Mapping[str, Layout] = {
    "contact-sheet": _CONTACT_SHEET,
    "supervision-slip": _SUPERVISION_SLIP,
    "training-needs": _TRAINING,
    "feedback": _FEEDBACK,
    "smg-paper": _SMG_PAPER,
    "immediate-concern": _CONCERN,
    "referral": _REFERRAL,
    "decision-made": _DECISION,
    "moderation": _MODERATION,
    "reminders": _REMINDERS,
    "exchange-list": _EXCHANGE,
    "agreement-copy": _AGREEMENT_COPY,
}
"""Every letter's layout by the name of its template."""
