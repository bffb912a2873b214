"""The annexes of a paper: how each figure is counted, and the audits behind them.

Source: domain.md D1 (Annex); quality.md (privacy).
"""

from collections.abc import Iterator, Mapping

from auditdocs.model.report import Block, Chapter, Paragraph, TableBlock
from auditdocs.rules.papers.paper import NOTHING_BACK, Paper, grade_name, team_name
from auditdocs.rules.papers.shown import NONE

LISTED = 1_000
"""How many audits are listed at most: about thirty pages."""

DEFINITIONS: Mapping[str, str] = {
    "Issued": "Forms issued in the period, whatever became of them.",
    "Returned": "Forms that came home and were accepted in the period, whenever they were issued. "
    "A corrected form counts once, on the day the first one came.",
    "On time, late": "Returned up to the due date, or after it.",
    "Missed": "Forms due in the period, before the day of this report, and not home by the "
    "period's end (or by that day, while the period runs). Withdrawn forms are left out.",
    "Target": "The quarter's number where the procedure or the settings name one; else the year's "
    "share for the days of the period, rounded half up; else, for an audit done in supervision, "
    "one for each supervision session of each worker with an eligible case.",
    "Since April": "Audits returned from April to each month's end, beside the share of the "
    "year's target for the days gone by.",
    "Sample": "Audits returned in the period, by what the form's header says, beside the cases "
    "open at the data date. The ethnicity is that of the caseload on the day of issue. Two "
    "audits of one child are two.",
    "Grades": "The final grade of each audit returned in the period, else the auditor's. Not "
    "applicable and not enough evidence are not graded, and are in no percentage.",
    "Recommendations": "Made in audits returned in the period. Agreed: agreed to, as it stood or "
    "amended, and whatever came after. Done: marked done or verified in the ledger, or given a "
    "done date. Overdue: open on the day of this report past the due date, whenever made. One on "
    "which the ledger says nothing is proposed, and open.",
    "Open recommendations": "Those with something still to do on the day of this report; carried: "
    "made before the period. An urgent one is open until somebody else has verified it. Done by "
    "the due date: of those made in the period.",
    "Themes": "A local standard not met, beside the graded question of another audit that looks at "
    "the same and was graded below good.",
    "Discussion": "Of audits that auditor and team manager discuss: within ten working days of the "
    "day of the audit, or later.",
    "Moderation": "Audits graded a second time: the auditor's grade beside the moderator's, on the "
    "four grades alone.",
    "Forecast": "The caseload as it is: what was audited longer than a year before falls out, what "
    "the pace of the last 91 days adds comes in.",
    "Coverage": "Eligible: open for more than six weeks. Audited: in the last twelve months, in "
    "the current episode of need, and home by the period's end.",
    "Standards": "Not met when any facet is answered no; else met when any is answered yes; else "
    "not due or not applicable, which are in no percentage. Statutory: resting on regulations or "
    "statutory guidance.",
    "Consistent difficulties": "Each line that a standard has passed is told beside it. Statutory "
    "standards are flagged apart, and never proposed for review.",
    "Changed questions": "Answers to a question that was worded otherwise or had other choices "
    "are counted with no others; they are kept in the ledger and with the forms.",
    "Percentages": "Whole per cents, and none of fewer than ten. What rounds to nought or to a "
    "hundred, and is neither, is under 1 or over 99 per cent.",
}
"""Each figure of the report and how it is counted."""


def annex_chapters(paper: Paper, definitions: Mapping[str, str]) -> Iterator[Chapter]:
    """How the figures of these names are counted, and the list of the audits returned.

    Where small counts are hidden the list is left out: they could be counted from it.
    """
    table = TableBlock(
        caption="How the figures are counted",
        headings=("Figure", "How it is counted"),
        rows=tuple(definitions.items()),
        widths=(1, 4),
    )
    heading = "Annex: how each figure is counted"
    yield Chapter(heading=heading, blocks=(table,), numbered=False)
    block = _hidden(paper) if paper.settings.suppress else _listed(paper)
    heading = "Annex: the audits returned"
    yield Chapter(heading=heading, blocks=(block,), numbered=False)


def _hidden(paper: Paper) -> Paragraph:
    return Paragraph(
        text=f"The list is left out of this copy, in which counts below {paper.settings.suppress} "
        "are hidden: they could be counted from it."
    )


def _listed(paper: Paper) -> Block:
    if not paper.figures.listed:
        return Paragraph(text=NOTHING_BACK)
    if len(paper.figures.listed) > LISTED:
        return Paragraph(
            text=f"{len(paper.figures.listed):,} audits were returned, too many to read in a "
            'table. They stand in the workbook of figures, behind the figure "Returned".'
        )
    return TableBlock(
        caption="The audits returned in the period",
        headings=("Audit ID", "Team", "Audit", "Grade"),
        rows=tuple(
            (
                each.audit_id,
                team_name(each.team),
                paper.name(each.type),
                grade_name(each.grade) or NONE,
            )
            for each in paper.figures.listed
        ),
    )
