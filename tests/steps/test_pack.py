"""The SMG pack: what is in it, that it comes out the same, and that an author's hand is kept."""

import csv
import hashlib
import zipfile
from datetime import date, timedelta
from io import BytesIO

import docx
import pytest

from auditdocs.places.journal.audits import audits
from auditdocs.places.libreoffice import program
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import issued
from auditdocs.steps.pack import pack
from auditdocs.steps.wish import Wish
from tests.makers.offices import DATA_DATE, Office

DAY = DATA_DATE + timedelta(days=10)
END = date(2026, 10, 5)
LABEL = "2026-27-Q2"
THEMED = Wish(
    type="head-of-service", theme="Is permanence on time?", expression="'LAC' in case_types"
)


@pytest.fixture(name="before", scope="module")
def before_(tmp_path_factory):
    """A quarter in which some themed audits and one of completeness came home."""
    office = Office.made(tmp_path_factory.mktemp("pack") / "office")
    office.drops_council(children=60)
    office.work(collected)
    themed = office.work(issued, THEMED).audits
    routine = office.work(issued, Wish(type="completeness")).audits
    for audit in (*themed, routine[0]):
        office.drops(f"{audit.audit_id}.docx", office.answers(audit, DAY))
    office.work(collected, today=DAY)
    assert themed
    return office, themed


@pytest.fixture(name="office")
def office_(before, tmp_path):
    """A copy of that quarter's workspace."""
    return before[0].copied(tmp_path / "office")


@pytest.fixture(name="quarter")
def quarter_(before):
    """The themed audits of that quarter."""
    return before[1]


@pytest.fixture(name="idle", scope="module")
def idle_(tmp_path_factory):
    """A workspace with a caseload, in which nothing was audited."""
    office = Office.made(tmp_path_factory.mktemp("idle") / "office")
    office.drops_council(children=30)
    office.work(collected)
    return office


def compiled(office):
    """The pack of the quarter, compiled after its end."""
    return office.work(pack, period=LABEL, today=END)


def folder(office):
    """Where the pack lies."""
    return office.root / "outbox" / "packs" / LABEL


def lying(office):
    """Every file of the packs' folder with its bytes."""
    root = office.root / "outbox" / "packs"
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def manifest(office):
    """The rows of the manifest."""
    text = (folder(office) / "manifest.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def words(path):
    """All that a Word document says, tables too."""
    document = docx.Document(path)
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def written_in(path):
    """An author adds a sentence to a Word document."""
    document = docx.Document(path)
    document.add_paragraph("The group should look at this first.")
    document.save(path)
    return path.read_bytes()


def test_the_zip_holds_what_the_folder_holds(office, quarter):
    done = compiled(office)
    assert (done.accessibility, done.kept, done.missing) == ((), (), ())
    with zipfile.ZipFile(office.root / done.files[0]) as archive:
        assert archive.testzip() is None
        zipped = {f"{LABEL}/{name}": archive.read(name) for name in archive.namelist()}
    assert zipped == {name: data for name, data in lying(office).items() if "/" in name}


def test_the_themed_forms_are_appended_as_they_came_and_in_order(office, quarter):
    compiled(office)
    with office.open(END) as opened:
        came = [a for a in audits(opened.journal) if a.type == "head-of-service"]
    forms = sorted((folder(office) / "Appendices").iterdir())
    assert [form.stem.split()[-1] for form in forms] == [audit.audit_id for audit in came]
    for form, audit in zip(forms, came, strict=True):
        assert form.read_bytes() == (office.root / audit.archived).read_bytes()


def test_the_manifest_has_the_hash_of_each_file_and_of_each_form_behind(office, quarter):
    compiled(office)
    rows = manifest(office)
    for row in rows:
        if row["File"]:
            data = (folder(office) / row["File"]).read_bytes()
            assert row["SHA-256"] == hashlib.sha256(data).hexdigest()
    with office.open(END) as opened:
        home = {a.audit_id: a.sha256 for a in audits(opened.journal) if a.is_home}
    behind = {row["Audit"]: row["SHA-256"] for row in rows if row["What"] == "Form behind"}
    assert behind == home
    assert len(behind) == len(quarter) + 1


def test_where_small_counts_are_hidden_they_cannot_be_counted_from_the_manifest(office, quarter):
    chosen = office.root / "auditdocs.toml"
    told = chosen.read_text(encoding="utf-8")
    chosen.write_text(told.replace("[reports]\n", "[reports]\nsuppress = 5\n"), encoding="utf-8")
    compiled(office)
    rows = manifest(office)
    assert [row for row in rows if row["File"].endswith("small numbers hidden.docx")]
    assert not [row for row in rows if row["What"] == "Form behind"]
    front = words(folder(office) / "Front sheet.docx")
    assert "left out: small counts could be had from it" in front
    assert "of every form behind" not in front


def test_the_manifest_has_the_forms_of_earlier_quarters_that_a_figure_counts(office, quarter):
    """What is covered within twelve months is counted from audits of any of its quarters."""
    office.work(pack, period="2026-27-Q3", today=date(2027, 1, 5))
    text = (office.root / "outbox/packs/2026-27-Q3/manifest.csv").read_bytes().decode("utf-8-sig")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["What"] == "Form behind"]
    assert len(rows) == len(quarter) + 1


def test_the_front_sheet_names_the_papers_the_decisions_and_the_highest_marking(office, quarter):
    compiled(office)
    told = words(folder(office) / "Front sheet.docx")
    for row in manifest(office)[1 : 3 + len(quarter)]:
        assert row["What"] in told
    assert "To note the findings of the report." in told
    assert "OFFICIAL-SENSITIVE" in told
    assert "Is permanence on time?" in told


def test_compiling_twice_gives_the_same_bytes(office, quarter):
    compiled(office)
    first = lying(office)
    done = compiled(office)
    assert lying(office) == first
    assert done.kept == ()


@pytest.mark.parametrize("paper", ["SMG report", "Completeness report", "Accuracy report"])
def test_what_an_author_wrote_is_kept_told_and_in_the_zip(office, quarter, paper):
    compiled(office)
    report = folder(office) / f"{paper} {LABEL}.docx"
    theirs = written_in(report)
    done = compiled(office)
    assert report.read_bytes() == theirs
    assert done.kept == (f"outbox/packs/{LABEL}/{report.name}",)
    with zipfile.ZipFile(BytesIO((office.root / done.files[0]).read_bytes())) as archive:
        assert archive.read(report.name) == theirs
    hashes = {row["File"]: row["SHA-256"] for row in manifest(office)}
    assert hashes[report.name] == hashlib.sha256(theirs).hexdigest()


def test_a_new_day_makes_what_nobody_has_touched_anew(office, quarter):
    compiled(office)
    before = lying(office)
    done = office.work(pack, period=LABEL, today=END + timedelta(days=1))
    name = f"{LABEL}/SMG report {LABEL}.docx"
    assert done.kept == ()
    assert lying(office)[name] != before[name]


def test_what_a_later_pack_has_no_more_is_taken_out_unless_somebody_wrote_in_it(office, quarter):
    compiled(office)
    forms = sorted((folder(office) / "Appendices").iterdir())
    with office.open(END) as opened:
        gone = [a for a in audits(opened.journal) if a.type == "head-of-service"][:2]
    for audit in gone:
        office.tampers_with(audit.archived)
    theirs = written_in(forms[0])
    done = compiled(office)
    assert done.missing == tuple(audit.audit_id for audit in gone)
    assert forms[0].read_bytes() == theirs
    assert not forms[1].exists()


def test_a_document_that_cannot_be_opened_is_not_called_done(office, quarter):
    compiled(office)
    (folder(office) / f"SMG report {LABEL}.docx").write_bytes(b"half a document")
    done = compiled(office)
    assert any("cannot be opened" in fault for fault in done.accessibility)


def test_no_document_but_an_appendix_names_a_child_or_a_worker(office, quarter):
    compiled(office)
    with office.open(END) as opened:
        every = audits(opened.journal)
    names = {audit.child_id for audit in every}
    names |= {
        name for a in every for name in (a.worker, a.auditor, a.header.get("name", "")) if name
    }
    for file, data in lying(office).items():
        if "Appendices" not in file and file.endswith((".docx", ".xlsx", ".csv")):
            text = data.decode("utf-8", "replace") if file.endswith(".csv") else parts(data)
            assert not [name for name in names if name in text], file


def parts(data):
    """The text of every part of a package, the workbooks within it too."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return "\n".join(
            parts(part) if name.endswith(".xlsx") else part.decode("utf-8", "replace")
            for name, part in ((name, archive.read(name)) for name in archive.namelist())
        )


def test_a_quarter_without_themed_audits_has_a_pack_without_appendices(idle):
    done = compiled(idle)
    assert (done.accessibility, done.missing) == ((), ())
    assert not (folder(idle) / "Appendices").exists()
    assert "Nothing in the pack names a child" in words(folder(idle) / "Front sheet.docx")


def test_the_command_line_says_what_it_kept_and_where_the_zip_is(run, office, quarter):
    command = ("-w", office.root, "--today", END, "pack", "--period", LABEL)
    assert run(*command).lines[0] == f"outbox/packs/SMG pack {LABEL}.zip"
    written_in(folder(office) / "Front sheet.docx")
    assert any("kept" in line for line in run(*command).lines)
    told = run("-w", office.root, "--today", END, "--json", "pack", "--period", LABEL).data
    assert set(told) == {"files", "figures", "accessibility", "kept", "missing", "unmade"}


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_one_pdf_has_every_paper_in_order_and_comes_out_the_same(idle):
    pypdf = pytest.importorskip("pypdf")
    done = idle.work(pack, period=LABEL, pdf=True, today=END)
    assert done.unmade == ()
    path = folder(idle) / f"SMG pack {LABEL}.pdf"
    first = path.read_bytes()
    read = pypdf.PdfReader(BytesIO(first))
    reports = ("SMG", "Completeness", "Accuracy")
    wanted = ["Front sheet", *(f"{name} report {LABEL}" for name in reports)]
    assert [entry.title for entry in read.outline if not isinstance(entry, list)] == wanted
    assert "papers for the meeting" in read.pages[0].extract_text()
    idle.work(pack, period=LABEL, pdf=True, today=END)
    assert path.read_bytes() == first
    compiled(idle)
    assert not path.exists()


def test_without_libreoffice_the_pack_is_whole_but_for_its_pdf(idle, monkeypatch):
    monkeypatch.setenv("PATH", "")
    if program() is not None:
        pytest.skip("LibreOffice is installed where it always is")
    done = idle.work(pack, period=LABEL, pdf=True, today=END)
    assert any("LibreOffice" in why for why in done.unmade)
    assert (idle.root / done.files[0]).is_file()
