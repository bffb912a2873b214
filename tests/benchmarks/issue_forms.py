"""A thousand Completeness forms issued, all of it; docxtpl renders as many and no more."""

import pickle
from dataclasses import replace
from functools import partial

from auditdocs.places.templates import form_template
from auditdocs.rules.forms.prefill import form_values, header
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import issued
from auditdocs.steps.office import service
from auditdocs.steps.wish import Wish
from tests.benchmarks.measure import Benchmark
from tests.makers.cases import an_audit
from tests.makers.offices import DATA_DATE, Office

FORMS, CHILDREN, SHARE = 1_000, 17_500, 50
TYPE = "completeness"


def made(folder):
    """A council with a worker for each form, its extract taken; and what the peer is to render."""
    office = Office.made(folder / "office")
    office.drops_council(children=CHILDREN)
    office.work(collected)
    office.work(partial(for_the_peer, folder))


def for_the_peer(folder, office):
    """The template and one case's values; nothing of it is kept in the journal."""
    contract, now = office.contract(TYPE), service(office)
    case = next(case for case in now.caseload.cases if case.is_open and case.worker)
    audit = an_audit("C-2026-09-9999", child_id=case.child_id, worker=case.worker)
    filled = header(case, audit, contract, now.staff, office.settings)
    audit = replace(audit, header=filled, printed=tuple(item.id for item in contract.items))
    values = form_values(contract, audit, case, office.settings, data_date=DATA_DATE, note="")
    (folder / "values.pickle").write_bytes(pickle.dumps(dict(values)))
    (folder / "template.docx").write_bytes(form_template(office.workspace.templates, contract))


def ours(folder):
    """The round's forms chosen, recorded and put in the outbox."""
    done = Office(folder / "office").work(issued, Wish(type=TYPE))
    assert len(done.audits) >= FORMS, len(done.audits)


def peer(folder):
    """docxtpl renders the same template with values of the same kind, and saves it."""
    from docxtpl import DocxTemplate

    values = pickle.loads((folder / "values.pickle").read_bytes())
    for number in range(FORMS // SHARE):
        document = DocxTemplate(folder / "template.docx")
        document.render(values)
        document.save(folder / f"{number}.docx")


BENCHMARK = Benchmark(
    name="issue_forms",
    what=f"{FORMS} Completeness forms chosen, recorded and put in the outbox",
    setup=made,
    ours=ours,
    peer=peer,
    peer_is=f"docxtpl: renders and saves {FORMS} (one in {SHARE}, and {SHARE} times that)",
    share=SHARE,
    faster=10,
)
