"""Quality forms filled; docxtpl renders and saves the same template with the same values."""

import zipfile
from io import BytesIO

from docxtpl import DocxTemplate

from auditdocs.documents.forms.build import form_template
from auditdocs.documents.forms.fill import prepared
from auditdocs.model.settings import Settings
from auditdocs.rules.forms.prefill import form_values
from tests.benchmarks.measure import Benchmark
from tests.makers.cases import a_case
from tests.makers.forms import DATA_DATE, an_issued_audit, the_contract

TIMES, SHARE = 2_000, 100


def made(folder):
    """The template, and a form filled from it."""
    template = form_template(the_contract("quality"))
    (folder / "template.docx").write_bytes(template)
    (folder / "form.docx").write_bytes(prepared(template, the_contract("quality")).filled(values()))


def values():
    """What the template is filled with."""
    contract, case = the_contract("quality"), a_case()
    audit = an_issued_audit(contract, case)
    return form_values(contract, audit, case, Settings(), data_date=DATA_DATE)


def filled(folder):
    """The template prepared once and filled so many times."""
    ready = prepared((folder / "template.docx").read_bytes(), the_contract("quality"))
    said = values()
    for _ in range(TIMES):
        form = ready.filled(said)
    assert form == (folder / "form.docx").read_bytes()


def by_docxtpl(folder):
    """The same template rendered and saved by docxtpl, one part of the times."""
    said = values()
    for _ in range(TIMES // SHARE):
        template = DocxTemplate(folder / "template.docx")
        template.render(said, autoescape=True)
        template.save(BytesIO())


def written(folder):
    """The parts of a filled form written as a zip so many times."""
    with zipfile.ZipFile(folder / "form.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(TIMES):
        with zipfile.ZipFile(BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in parts.items():
                archive.writestr(name, part)


BENCHMARK = Benchmark(
    name="form fill",
    what=f"fill {TIMES:,} Quality forms from one template",
    setup=made,
    ours=filled,
    peer=by_docxtpl,
    peer_is=f"docxtpl renders and saves it, one in {SHARE} times",
    share=SHARE,
    faster=100,
    floor=written,
    floor_is="write the zip of such a form",
    of_floor=2,
)
