"""Makers of findings: audits come home, their records, and the programme that figures count."""

from datetime import date, timedelta

from hypothesis import strategies as st

from auditdocs.model.contract import Section
from auditdocs.model.form import Answer, Recommendation, Record
from auditdocs.model.report import ChartBlock, Paragraph, TableBlock
from auditdocs.model.settings import Settings
from auditdocs.rules.calendar.periods import period
from auditdocs.rules.findings.figures import figures
from auditdocs.rules.findings.programme import Programme
from auditdocs.rules.follow_up.followed import Followed, tracked
from auditdocs.rules.papers.paper import Paper
from auditdocs.rules.papers.smg_report import smg_report
from tests.makers.cases import an_audit
from tests.makers.contracts import a_contract, a_standard, an_item

QUARTER = period("2026-27-Q2")
"""July to September 2026."""
TODAY = date(2026, 10, 5)

CHILD, WORKER, AUDITOR = "7346512", "Wilhelmina Zquorn", "Aurelius Quzzle"
"""Of the audits in `histories`: what no paper for SMG may hold."""

GRADES = ("O", "G", "RI", "I", "NA", "NE")

PLAN = an_item("q_plan", number="1.1", label="Plan says who does what by when")
VOICE = an_item("q_voice", number="2.1", label="The child is heard", section="2")
SAFE = an_item("q_safe", number="3.1", label="Safe today", type="yn", section="3", safety=True)
OVERALL = an_item(
    "q_overall",
    number="3.2",
    label="Overall grade",
    type="grade+text",
    section="3",
    overall=True,
)
PEER = a_contract(
    key="quality",
    prefix="Q",
    title="Case Audit (Quality)",
    sheet="Quality",
    targets={"year": 160},
    sections=(
        Section(key="1", title="Plan", items=(PLAN,)),
        Section(key="2", title="Child", items=(VOICE,)),
        Section(key="3", title="Judgement", items=(SAFE, OVERALL)),
    ),
)
THEMED = a_contract(
    OVERALL,
    key="head-of-service",
    prefix="H",
    title="Head of Services' Case Audit",
    sheet="Head of Service",
    targets={"year": 24, "quarter": 6},
    names_theme=True,
)
RECORDED = a_standard("c_plan", number="1.1", label="Plan on the record")
VISITED = a_standard("c_visits", number="1.2", label="Visits", facets=("T", "U"), basis="reg")
OWN = a_contract(
    RECORDED,
    VISITED,
    key="completeness",
    prefix="C",
    title="Case Audit (Completeness)",
    sheet="Completeness",
    cadence="supervision",
    targets={},
)
CONTRACTS = {contract.key: contract for contract in (THEMED, PEER, OWN)}


def a_return(serial=1, **changes):
    """A Quality audit of a child in need, issued in July, due in August, back on time and good."""
    sound = {
        "audit_id": f"Q-2026-07-{serial:04d}",
        "type": PEER.key,
        "child_id": f"5550{serial:03d}",
        "status": "accepted",
        "issued": date(2026, 7, 1),
        "due": date(2026, 8, 31),
        "returned": date(2026, 8, 20),
        "date_audited": date(2026, 8, 19),
        "grade_auditor": "G",
        "grade_final": "G",
        "header": {"case_types": "CIN", "age": "8", "gender": "Female"},
    }
    return an_audit(**(sound | changes))


def returns(count, first=1, **changes):
    """So many Quality audits returned."""
    return tuple(a_return(serial, **changes) for serial in range(first, first + count))


def own_returns(count, first=1, **changes):
    """So many Completeness audits returned, which have no grade."""
    sound = {"type": OWN.key, "grade_auditor": "", "grade_final": ""}
    return tuple(
        a_return(serial, audit_id=f"C-2026-07-{serial:04d}", **(sound | changes))
        for serial in range(first, first + count)
    )


def a_record(audit_id="Q-2026-07-0001", answers=None, **changes):
    """A record with these answers, by item id or "id.facet"."""
    sound = {
        "date_audited": date(2026, 8, 19),
        "auditor": "Ann Archer",
        "answers": tuple(_answer(key, value) for key, value in (answers or {}).items()),
        "comments": {},
        "recommendations": (),
        "fields": {},
    }
    return Record(audit_id=audit_id, **(sound | changes))


def _answer(key, value):
    item_id, _, facet = key.partition(".")
    return Answer(item_id=item_id, facet=facet, value=value)


def a_recommendation(audit_id="Q-2026-07-0001", number=1, **changes):
    """A recommendation due at the end of August."""
    sound = {
        "recommendation": "Write the contingency into the plan",
        "linked_item": "q_plan",
        "category": "planning",
        "priority": "standard",
        "owner_name": "Tilda Manager",
        "owner_role": "tm",
        "due_date": date(2026, 8, 31),
    }
    return Recommendation(audit_id=audit_id, number=number, **(sound | changes))


def recommended(*recommendations):
    """Records that hold these recommendations, by audit id."""
    ids = {each.audit_id for each in recommendations}
    return {
        audit_id: a_record(
            audit_id,
            recommendations=tuple(each for each in recommendations if each.audit_id == audit_id),
        )
        for audit_id in ids
    }


def a_programme(*audits, records=(), statuses=None, contracts=CONTRACTS, **changes):
    """The programme of the second quarter of 2026-27, seen early in October.

    `statuses` are what staff wrote of a recommendation in the ledger, by its reference.
    """
    known = records if isinstance(records, dict) else {each.audit_id: each for each in records}
    sound = {
        "contracts": contracts,
        "cases": (),
        "data_date": date(2026, 9, 30),
        "period": QUARTER,
        "today": TODAY,
        "settings": Settings(),
        "followed": tuple(_followed(audits, known, contracts, statuses or {})),
    }
    return Programme(audits=audits, records=known, **(sound | changes))


def _followed(audits, records, contracts, statuses):
    for audit in audits:
        record = records.get(audit.audit_id)
        if audit.is_home and record and audit.type in contracts:
            yield Followed(
                audit=audit,
                contract=contracts[audit.type],
                record=record,
                recommendations=tuple(
                    tracked(each, statuses.get(each.reference, {}))
                    for each in record.recommendations
                ),
            )


def counted(*audits, **changes):
    """The figures of a programme."""
    return figures(a_programme(*audits, **changes))


def a_paper(*audits, unprinted=frozenset(), **changes):
    """The report of a programme; `unprinted` are the words that no text of it may hold."""
    programme = a_programme(*audits, **changes)
    return smg_report(
        Paper(
            figures=figures(programme),
            settings=programme.settings,
            contracts=programme.contracts,
            period=programme.period,
            today=programme.today,
            data_date=programme.data_date,
            unprinted=unprinted,
        )
    )


def days(count):
    """So many days."""
    return timedelta(days=count)


def chapter(report, heading):
    """The chapter of that heading."""
    return next(each for each in report.chapters if each.heading == heading)


def tables(report):
    """The report's tables by caption."""
    blocks = (block for each in report.chapters for block in each.blocks)
    return {block.caption: block for block in blocks if isinstance(block, TableBlock)}


def charts(report):
    """The report's charts by caption."""
    blocks = (block for each in report.chapters for block in each.blocks)
    return {block.caption: block for block in blocks if isinstance(block, ChartBlock)}


def rows(table):
    """A table's rows by their heading, each by column heading."""
    return {row[0]: dict(zip(table.headings[1:], row[1:], strict=True)) for row in table.rows}


def paragraphs(chapter):
    """The texts of a chapter's paragraphs."""
    return [block.text for block in chapter.blocks if isinstance(block, Paragraph)]


def words(value):
    """Every text that stands anywhere in a report, its numbers as text among them."""
    if isinstance(value, str | int | float) or value is None:
        return [str(value)]
    parts = value if isinstance(value, tuple) else [getattr(value, n) for n in value.__slots__]
    return [word for part in parts for word in words(part)]


@st.composite
def histories(draw):
    """Audits of all types with their records: out, withdrawn and home, about the quarter."""
    audits = tuple(
        _an_audit_of_any_kind(draw, serial) for serial in range(draw(st.integers(0, 12)))
    )
    return audits, {audit.audit_id: _its_record(draw, audit) for audit in audits if audit.is_home}


def _an_audit_of_any_kind(draw, serial):
    contract = draw(st.sampled_from([*CONTRACTS.values()]))
    issued = date(2026, 5, 1) + days(draw(st.integers(0, 170)))
    status = draw(st.sampled_from(["accepted", "accepted", "agreed", "issued", "withdrawn"]))
    back = status in ("accepted", "agreed")
    grade = draw(st.sampled_from(GRADES)) if back and contract.overall else ""
    return an_audit(
        f"{contract.prefix}-2026-07-{serial:04d}",
        type=contract.key,
        child_id=CHILD,
        worker=WORKER,
        auditor=AUDITOR,
        team=draw(st.sampled_from(["North", "South", ""])),
        auditor_team=draw(st.sampled_from(["North", "West", ""])),
        issued=issued,
        due=issued + days(28),
        status=status,
        returned=issued + days(draw(st.integers(0, 60))) if back else None,
        grade_auditor=grade,
        grade_final=grade,
        header={
            "child_id": CHILD,
            "child_initials": "ZQ",
            "allocated_worker": WORKER,
            "auditor": AUDITOR,
            "case_types": draw(st.sampled_from(["CIN", "CP and LAC", ""])),
            "age": draw(st.sampled_from(["Unborn", "0", "17", ""])),
        },
    )


def _its_record(draw, audit):
    items = CONTRACTS[audit.type].items
    codes = {"grade": GRADES, "yn": ("yes", "no"), "facet": ("yes", "no", "na", "not_due")}
    keys = [(key, item.kind) for item in items for key in item.keys]
    return a_record(
        audit.audit_id,
        {key: draw(st.sampled_from(codes[kind])) for key, kind in keys},
        auditor=AUDITOR,
        comments={item.id: f"{WORKER} told {CHILD}" for item in items},
        safe=draw(st.booleans()),
        recommendations=tuple(
            a_recommendation(
                audit.audit_id,
                number,
                recommendation=f"{WORKER} to see {CHILD}",
                owner_name=WORKER,
                need_type=draw(st.sampled_from(["none", "individual", "team"])),
            )
            for number in range(draw(st.integers(0, 2)))
        ),
    )
