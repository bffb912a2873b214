"""A returned Quality form read, gate and all; the floor unzips it and parses its parts."""

import zipfile
from io import BytesIO

from lxml import etree

from auditdocs.documents.forms.read import document, form
from auditdocs.documents.package import package
from tests.benchmarks.measure import Benchmark
from tests.makers.awkward_forms import an_awkward_form
from tests.makers.forms import the_contract

TIMES = 300


def made(folder):
    """One form with every question answered."""
    (folder / "form.docx").write_bytes(an_awkward_form(the_contract("quality")))


def read(folder):
    """The form read so many times."""
    data, contract = (folder / "form.docx").read_bytes(), the_contract("quality")
    for _ in range(TIMES):
        found = form(document(package(data)), contract)
    assert len(found.answers) > len(contract.items)


def parsed(folder):
    """The same form unzipped and its parts parsed as many times."""
    data = (folder / "form.docx").read_bytes()
    for _ in range(TIMES):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                part = archive.read(name)
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(part)


BENCHMARK = Benchmark(
    name="form read",
    what=f"read a filled Quality form {TIMES} times, gate included",
    setup=made,
    ours=read,
    floor=parsed,
    floor_is="unzip it and parse its parts",
    of_floor=2.5,
)
