"""A thousand forms cost as much after fifty thousand audits as in the first week."""

import shutil
from dataclasses import replace
from datetime import timedelta
from functools import partial
from hashlib import sha256
from itertools import cycle, groupby, islice

from auditdocs.model.form import Answer, Return
from auditdocs.places.journal.audits import keep_audits
from auditdocs.places.journal.caseload import caseload
from auditdocs.places.journal.codec import encoded
from auditdocs.steps import follow_up
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import issued
from auditdocs.steps.post import post
from auditdocs.steps.wish import Wish
from tests.benchmarks import ledger_post
from tests.benchmarks.collect_forms import BACK, CHILDREN, FORMS, drop_round
from tests.benchmarks.measure import Benchmark
from tests.makers.offices import Office
from tests.makers.records import a_record

BEFORE = 50_000
DAYS = 3 * 365
VALUES = (*("yes",) * 9, "na", *("yes",) * 5, "no", "na")
"""Answers as they come: seventeen of them, so that no two audits in a row are alike."""


def made(folder):
    """Two councils with the same caseload and the same forms back, one of them with a history."""
    new = Office.made(folder / "new")
    new.drops_council(children=CHILDREN)
    new.work(collected)
    shutil.copytree(new.root, folder / "old")
    old = Office(folder / "old")
    old.work(history)
    old.work(post)
    for office in (new, old):
        drop_round(office, "2026-07", FORMS)


def history(office):
    """Three years of audits over the whole caseload, all of them home and closed."""
    contract = office.contract("completeness")
    cases = islice(cycle(caseload(office.journal).cases), BEFORE)
    audits = [audit(contract, number, case) for number, case in enumerate(cases)]
    for day, of_the_day in groupby(audits, key=lambda audit: audit.issued):
        keep_audits(office.journal, of_the_day, day=day, cause="made up")
    records = ((each.audit_id, str(n), encoded(said(contract, n))) for n, each in enumerate(audits))
    homecomings = ((*keys(each), encoded(homecoming(each))) for each in audits)
    with office.journal.transaction() as change:
        change.executemany("INSERT INTO records VALUES (?, 1, ?, ?)", records)
        change.executemany(
            "INSERT INTO returns (sha256, audit_id, outcome, finished, body) "
            "VALUES (?, ?, 'accepted', 1, ?)",
            homecomings,
        )
    (last,) = office.journal.asked("SELECT max(id) FROM returns")
    office.journal.remember(follow_up.SEEN, str(last[0]))  # their letters went out long ago


def keys(audit):
    """The hash of the returned file and the audit it answers."""
    return sha256(audit.audit_id.encode()).hexdigest(), audit.audit_id


def homecoming(audit):
    """How its form came back."""
    digest, audit_id = keys(audit)
    return Return(
        seen=audit.issued + timedelta(days=14),
        file=f"inbox/{audit_id}.docx",
        sha256=digest,
        outcome="accepted",
        audit_id=audit_id,
        version=1,
        stored=f"archive/{audit.issued.year}/forms/{audit_id} v1.docx",
    )


def audit(contract, number, case):
    """One of them, the earliest first."""
    day = BACK - timedelta(days=20 + DAYS - DAYS * number // BEFORE)
    return replace(
        ledger_post.audit(contract, number),
        audit_id=reference(number),
        child_id=case.child_id,
        team=case.team,
        worker=case.worker,
        auditor=case.worker,
        date_audited=day,
        issued=day,
        due=day + timedelta(days=28),
        returned=day + timedelta(days=14),
        status="closed",
    )


def reference(number):
    """The audit's id."""
    return f"C-2025-{number % 12 + 1:02d}-{number // 12 + 1:04d}"


def said(contract, number):
    """The audit's answers: most standards are met, and what is not has a comment."""
    asked = [(item.id, facet) for item in contract.items for facet in item.facets or ("",)]
    values = islice(cycle(VALUES), number % len(VALUES), None)
    answers = tuple(
        Answer(item_id=item, facet=facet, value=value)
        for (item, facet), value in zip(asked, values, strict=False)
    )
    return a_record(
        audit_id=reference(number),
        answers=answers,
        comments={
            each.item_id: f"{ledger_post.WORDS}{number}" for each in answers if each.value == "no"
        },
        recommendations=(),
        fields={"lookback_months": "12"},
    )


def ours(folder):
    """A round comes home and the next goes out, after all that came before."""
    a_month(Office(folder / "old"))


def floor(folder):
    """The same, where nothing came before."""
    a_month(Office(folder / "new"))


def a_month(office):
    """A round comes home and the next goes out."""
    done = office.work(collected, today=BACK)
    assert len(done.ended("accepted")) == FORMS, len(done.returns)
    assert done.posting.problem is None, done.posting
    out = office.work(partial(issued, wish=Wish(type="completeness", period="2026-08")), today=BACK)
    assert len(out.audits) >= FORMS, len(out.audits)


BENCHMARK = Benchmark(
    name="growth",
    what=f"{FORMS} forms taken in and as many issued, after {BEFORE} audits",
    setup=made,
    ours=ours,
    floor=floor,
    floor_is="the same after none",
    of_floor=1.5,
)
