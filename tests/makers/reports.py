"""Makers of reports: a quarter of a made-up council, and one block at a time."""

import zipfile
from io import BytesIO

from auditdocs.documents.package import zipped
from auditdocs.model.report import (
    Chapter,
    ChartBlock,
    Figure,
    Paragraph,
    Report,
    Series,
    TableBlock,
)

GRADES = ("Outstanding", "Good", "Requires improvement", "Inadequate")


def a_report(*chapters, **changes):
    """A report of these chapters; without any, of one with a sentence."""
    sound = {
        "title": "Case audit report",
        "subtitle": "Quarter 2 of 2026-27: July to September 2026",
        "service": "Harrowmere Children's Services",
        "marking": "OFFICIAL-SENSITIVE",
        "facts": (("Period", "1 July 2026 to 30 September 2026"),),
        "chapters": chapters or (a_chapter(Paragraph(text="Nothing to report.")),),
        "footer": "SMG-2026-27-Q2",
    }
    return Report(**(sound | changes))


def a_chapter(*blocks, heading="Delivery", **changes):
    """A chapter of these blocks."""
    return Chapter(heading=heading, blocks=blocks, **changes)


def a_table(*rows, **changes):
    """A small table of deliveries, or of these rows."""
    sound = {
        "caption": "Audits issued and returned",
        "headings": ("Audit type", "Issued", "Returned"),
        "rows": rows or (("Quality", 40, 36), ("Completeness", 310, 287)),
    }
    return TableBlock(**(sound | changes))


def a_chart(**changes):
    """A chart of the grades of two teams."""
    sound = {
        "caption": "Overall grades by team",
        "kind": "stacked",
        "categories": ("North", "South"),
        "series": tuple(
            Series(name=name, values=values)
            for name, values in zip(GRADES, ((1, 2), (9, 7), (5, 6), (1, 0)), strict=True)
        ),
        "alt": "North has 10 of 16 audits good or better, South 9 of 15.",
    }
    return ChartBlock(**(sound | changes))


def a_figure(**changes):
    """A figure counted from two audits."""
    sound = {
        "chapter": "Delivery",
        "name": "Quality audits returned",
        "value": "2",
        "audits": ("Q-2026-07-0001", "Q-2026-07-0002"),
    }
    return Figure(**(sound | changes))


def with_part(document, name, old, new):
    """The document with one part changed: every `old` in it is `new`; there must be one."""
    with zipfile.ZipFile(BytesIO(document)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    assert old.encode() in parts[name], f"{name} holds no {old}"
    return zipped(parts | {name: parts[name].replace(old.encode(), new.encode())})


def a_quarter():
    """A quarterly report to the service management group, every kind of block in it."""
    return a_report(
        _key_messages(),
        _delivery(),
        *_grades(),
        _sections(),
        _themes(),
        _recommendations(),
        _coverage(),
        _actions(),
        _annex(),
        facts=(
            ("Period", "1 July 2026 to 30 September 2026"),
            ("Data cut", "05/10/2026"),
            ("Author", "Head of Service for Quality, Audit and Performance"),
            ("Distribution", "Family Services Service Management Group"),
            ("Contains", "No child's or worker's name; the audits behind are in the data workbook"),
        ),
        keywords=("case audit", "SMG", "2026-27-Q2"),
    )


def _key_messages():
    return a_chapter(
        Paragraph(
            text="368 of 397 audits issued came home (93%), 341 of them on time. Completeness "
            "audits have now reached 61% of eligible open cases within twelve months."
        ),
        Paragraph(
            text="Practice was good or better in 58% of Quality audits (n = 36), against 51% "
            "in the quarter before. Chronologies remain the weakest question.",
            style="bullet",
        ),
        Paragraph(
            text="Two audits raised an immediate concern; both were made safe the same day.",
            style="bullet",
        ),
        Paragraph(
            text="The group is asked to agree the three actions in the last chapter.",
            style="bullet",
        ),
        a_table(
            ("Chronology guidance to be reissued", "Reissued 14/07/2026", "Done"),
            ("Peer audit of CP visits in two teams", "One team done, one in October", "Under way"),
            caption="What was agreed last quarter",
            headings=("Agreed", "What was done", "State"),
        ),
        heading="Key messages",
    )


def _delivery():
    return a_chapter(
        Paragraph(
            text="Head of Services' audits met the six a quarter. Quality audits stand at 36 of "
            "the 40 that a year of 160 asks for."
        ),
        a_table(
            ("Head of Services' case audit", 6, 6, 6, 0, 0, 6),
            ("Quality audit", 41, 36, 30, 6, 5, 40),
            ("Completeness audit", 350, 326, 305, 21, 24, 360),
            caption="Delivery by audit type",
            headings=("Audit type", "Issued", "Returned", "On time", "Late", "Missed", "Target"),
            note="Missed: due in the quarter and still out at the data cut.",
        ),
        a_chart(
            caption="Quality audits issued and returned by team",
            kind="bar",
            categories=("North", "South", "East", "West", "Looked After Children", "Leaving Care"),
            series=(
                Series(name="Issued", values=(8, 7, 7, 6, 8, 5)),
                Series(name="Returned", values=(8, 6, 7, 4, 7, 4)),
            ),
            alt="Every team returned at least two thirds of its Quality audits; West 4 of 6.",
        ),
        a_table(
            ("North", 8, 8, "–"),
            ("South", 7, 6, "–"),
            ("East", 7, 7, "–"),
            ("West", 6, 4, "–"),
            ("Looked After Children", 8, 7, "–"),
            ("Leaving Care", 5, 4, "–"),
            ("All teams", 41, 36, "88%"),
            caption="Quality audits issued and returned by team",
            headings=("Team", "Issued", "Returned", "Return rate"),
            totalled=True,
            note="No percentage is given where fewer than ten were issued.",
        ),
    )


def _grades():
    quarters = ("2025-26-Q3", "2025-26-Q4", "2026-27-Q1", "2026-27-Q2")
    spread = (("CIN", 1, 7, 6, 1), ("CP", 0, 6, 4, 1), ("LAC", 2, 5, 3, 0))
    yield a_chapter(
        Paragraph(text="Grades are the auditor's overall judgement; nothing is averaged."),
        heading="Overall grades",
    )
    yield a_chapter(
        a_chart(
            caption="Overall grades by case type",
            kind="stacked100",
            categories=tuple(row[0] for row in spread),
            series=tuple(
                Series(name=name, values=tuple(row[place] for row in spread))
                for place, name in enumerate(GRADES, start=1)
            ),
            alt="Good or better: CIN 8 of 15, CP 6 of 11, LAC 7 of 10.",
        ),
        a_table(
            *((*row, sum(row[1:])) for row in spread),
            caption="Overall grades by case type",
            headings=("Case type", *GRADES, "Audits"),
        ),
        heading="By case type",
        level=2,
    )
    yield a_chapter(
        a_chart(
            caption="Share graded good or better",
            kind="line",
            categories=quarters,
            series=(
                Series(name="Quality", values=(0.44, 0.49, 0.51, 0.58)),
                Series(name="Head of Services", values=(None, 0.50, 0.33, 0.67)),
            ),
            alt="Quality rose in each quarter, from 44% to 58%.",
            number_format="0%",
        ),
        a_table(
            ("2025-26-Q3", "44%", 32, "–", 0),
            ("2025-26-Q4", "49%", 35, "3 of 6", 6),
            ("2026-27-Q1", "51%", 37, "2 of 6", 6),
            ("2026-27-Q2", "58%", 36, "4 of 6", 6),
            caption="Share graded good or better",
            headings=("Quarter", "Quality", "Audits", "Head of Services", "Audits"),
        ),
        heading="Over time",
        level=2,
    )


def _sections():
    names = ("Chronology", "Assessment", "Plan", "Visits", "Child's voice", "Supervision")
    spread = (
        (0, 9, 18, 9),
        (2, 20, 12, 2),
        (1, 16, 15, 4),
        (3, 24, 8, 1),
        (4, 22, 9, 1),
        (1, 18, 13, 4),
    )
    return a_chapter(
        a_chart(
            caption="Grades by section of the Quality audit",
            kind="stacked",
            categories=names,
            series=tuple(
                Series(name=name, values=tuple(row[place] for row in spread))
                for place, name in enumerate(GRADES)
            ),
            alt="Chronology has 27 of 36 audits below good; Visits has 27 of 36 good or better.",
        ),
        a_table(
            ("North", 5, 2, 3, 1, 1, 2),
            ("South", 4, 2, 2, 2, 1, 4),
            ("East", 6, 1, 4, 1, 2, 3),
            ("West", 4, 3, 3, 2, 2, 3),
            caption="Audits below good by team and section",
            headings=("Team", *names),
            shades=(
                (0, 3, 1, 1, 0, 0, 1),
                (0, 2, 1, 1, 1, 0, 2),
                (0, 3, 0, 2, 0, 1, 1),
                (0, 2, 1, 1, 1, 1, 1),
            ),
            note="The deeper the shade, the more audits were below good.",
        ),
        heading="Section results",
    )


def _themes():
    return a_chapter(
        a_chart(
            caption="Recommendations by category",
            kind="bar",
            categories=(
                "Chronology",
                "Supervision",
                "Planning",
                "Visits",
                "Child's voice",
                "Health",
            ),
            series=(Series(name="Recommendations", values=(31, 24, 19, 11, 9, 4)),),
            alt="Chronology leads with 31 recommendations, then Supervision with 24.",
        ),
        Paragraph(text="Chronologies stop at the last change of worker.", style="bullet"),
        Paragraph(text="Visits are well recorded & timely; direct work < 5 cases.", style="bullet"),
        heading="Themes",
    )


def _recommendations():
    teams = ("North", "South", "East", "West", "Looked After Children", "Leaving Care")
    return a_chapter(
        a_table(
            *((team, 20 - n, 18 - n, 12 - n, 3, 2, 1) for n, team in enumerate(teams)),
            ("All teams", 105, 93, 57, 18, 12, 6),
            caption="Recommendations by team and age",
            headings=(
                "Team",
                "Made",
                "Agreed",
                "Done in time",
                "Overdue 0-30 days",
                "Overdue 31-60 days",
                "Overdue over 60 days",
            ),
            totalled=True,
        ),
        Paragraph(text="Ages are days past the agreed date at the data cut.", style="note"),
        heading="Recommendations",
    )


def _coverage():
    return a_chapter(
        a_table(
            ("Eligible open cases", 1204, ""),
            ("Audited within 12 months", 734, "61%"),
            ("Never audited", 312, "26%"),
            caption="Completeness coverage at the data cut",
            headings=("Cases", "Number", "Share"),
        ),
        a_table(
            ("Chronology is up to date", "Local standard", "112 of 326", "34%"),
            ("Supervision is recorded every three weeks", "Local standard", "98 of 326", "30%"),
            ("Visits under the plan are in time", "Regulations", "41 of 187", "22%"),
            caption="Standards missed most often",
            headings=("Standard", "Basis", "Not met", "Share"),
        ),
        heading="Completeness and Accuracy",
    )


def _actions():
    return a_chapter(
        a_table(
            (
                "Chronology workshops in every team, with the audit findings as material",
                "Head of Service, Assessment",
                "30/11/2026",
            ),
            (
                "Supervision template to show the plan's review date",
                "Head of Service",
                "15/12/2026",
            ),
            caption="Actions proposed",
            headings=("Action", "Owner", "By when"),
        ),
        heading="Proposed actions",
    )


def _annex():
    return a_chapter(
        a_table(
            *((f"Q-2026-07-{n:04}", "North", "Quality", GRADES[n % 4]) for n in range(1, 46)),
            caption="Audits in this report",
            headings=("Audit", "Team", "Type", "Grade"),
        ),
        heading="Annex: the audits counted",
        numbered=False,
    )
