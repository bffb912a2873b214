"""The SMG pack compiled: reports, figures and the themed audits' forms in one folder and one zip.

A document that its author has written in since it was put there is kept, and goes into the zip as
it stands. Everything else is made anew: the same journal on the same day gives the same bytes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from zipfile import BadZipFile

from auditdocs.documents.accessibility import faults
from auditdocs.documents.package import zipped
from auditdocs.documents.reports.manifest import manifest_file
from auditdocs.errors import FormFault
from auditdocs.model.audit import Audit
from auditdocs.model.pack import PackFile
from auditdocs.model.report import Report
from auditdocs.places.archive import is_sound
from auditdocs.places.disk import is_there, put, removed, sha256, whole
from auditdocs.places.journal.packed import keep_packed, packed_before
from auditdocs.places.outbox import pack_place, pack_zip_place
from auditdocs.rules.calendar.periods import Period
from auditdocs.rules.findings.compliance import standards_type
from auditdocs.rules.findings.delivery import returned
from auditdocs.rules.findings.programme import Programme
from auditdocs.rules.papers.pack import SENSITIVE, front_sheet, manifest, themed_audits
from auditdocs.steps.accuracy_counts import accuracy_in, disagreements_in, home_of
from auditdocs.steps.gather.caseloads import Caseloads
from auditdocs.steps.gather.programme import programme_of
from auditdocs.steps.office import Office
from auditdocs.steps.pack_pdf import one_pdf
from auditdocs.steps.post import read_back
from auditdocs.steps.report import Draft, reported_period, smg_draft
from auditdocs.steps.report_accuracy import accuracy_draft
from auditdocs.steps.report_compliance import compliance_draft
from auditdocs.steps.typeset import typeset

FRONT, MANIFEST = "Front sheet.docx", "manifest.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A pack: its files and figures, what is wrong, and what was kept as its author has it."""

    files: tuple[str, ...]
    """The zip first, then its files in the order in which they are read."""
    figures: Mapping[str, Any]
    accessibility: tuple[str, ...]
    kept: tuple[str, ...]
    """Files that somebody has written in since; they are in the zip as they stand."""
    missing: tuple[str, ...]
    """Audit ids of appendices whose form is not in the archive as it came."""
    unmade: tuple[str, ...] = ()
    """Why a PDF that was asked for is not there."""


def pack(
    office: Office,
    *,
    period: str = "",
    pdf: bool = False,
    beat: Callable[[], None] = lambda: None,
) -> Packed:
    """The pack of a period, in outbox/packs; without a period the last quarter that is over.

    With `pdf` all its papers are joined in one more file; `beat` is called as that goes on.
    """
    read_back(office)
    span = reported_period(office, period)
    then = Caseloads(office.journal)
    programme = programme_of(office, span, then)
    drafts = tuple(_drafts(office, programme, then))

    themed = themed_audits(programme.audits, office.contracts, span)
    missing = tuple(a.audit_id for a in themed if not _is_sound(office, a))
    appended = tuple(a for a in themed if a.audit_id not in missing)
    shelf = _Shelf(office, span.label, packed_before(office.journal, span.label))

    papers = (*_papers(shelf, drafts), *_appendices(shelf, appended), *_workbooks(shelf, drafts))
    asked = tuple(text for draft in drafts for text in draft.asked)
    front = typeset(office, _front(office, papers, appended, asked, span), kind="front-sheet")
    opened = shelf.placed(FRONT, "Front sheet", front, marking=_marking(office, appended))
    files = (opened, *papers)
    joined, unmade = _joined(files, span, beat) if pdf else (b"", ())
    if joined:
        name = f"SMG pack {span.label}"
        files += (shelf.placed(f"{name}.pdf", f"{name} (PDF)", joined, marking=opened.marking),)
    listed = manifest_file(manifest(files, _forms_behind(programme, drafts)))
    files += (shelf.placed(MANIFEST, "Manifest", listed, marking=opened.marking),)
    shelf.clear_all_but(files)
    return Packed(
        files=(_zip(office, span, files), *(shelf.relative(file.name) for file in files)),
        figures={draft.name: draft.figures for draft in drafts},
        accessibility=tuple(_faults(files)),
        kept=tuple(shelf.kept),
        missing=missing,
        unmade=unmade,
    )


def _drafts(office: Office, programme: Programme, then: Caseloads) -> Iterator[Draft]:
    """The reports of a pack, in the order in which they are read, from one gathering."""
    span, home = programme.period, tuple(home_of(programme))
    accuracy = accuracy_in(office, span, then, home) if office.of_teams else None
    yield smg_draft(office, programme, accuracy)
    if key := standards_type(office.contracts):
        asked = {key: office.contracts[key]}
        yield compliance_draft(office, programme, disagreements_in(asked, span, then, home))
    if accuracy:
        yield accuracy_draft(office, span, accuracy)


@dataclass(slots=True)
class _Shelf:
    """The pack's folder: what is put there, and what stays as somebody has left it."""

    office: Office
    pack: str
    before: Mapping[str, frozenset[str]]
    kept: list[str] = field(default_factory=list)

    def placed(
        self, name: str, title: str, data: bytes, *, marking: str, audit_id: str = ""
    ) -> PackFile:
        """The file as it now stands in the folder: ours, or what its author made of it."""
        place = pack_place(self.office.workspace.outbox, self.pack, name)
        there = whole(place) if is_there(place) else None
        if there is not None and there != data and not self._is_ours(name, there):
            self.kept.append(self.relative(name))
            data = there
        else:
            keep_packed(self.office.journal, self.pack, file=name, sha256=sha256(data))
            put(place, data)
        return PackFile(
            name=name,
            title=title,
            data=data,
            sha256=sha256(data),
            marking=marking,
            audit_id=audit_id,
        )

    def clear_all_but(self, files: Iterable[PackFile]) -> None:
        """Take away what an earlier pack of the period had and this one has not.

        Only what is as we wrote it: a file that somebody has written in stays.
        """
        for name in self.before.keys() - {file.name for file in files}:
            place = pack_place(self.office.workspace.outbox, self.pack, name)
            if is_there(place) and self._is_ours(name, there := whole(place)):
                removed(place, there)

    def relative(self, name: str) -> str:
        """A file's place as people and JSON see it."""
        workspace = self.office.workspace
        return workspace.relative(pack_place(workspace.outbox, self.pack, name))

    def _is_ours(self, name: str, there: bytes) -> bool:
        return sha256(there) in self.before.get(name, ())


def _papers(shelf: _Shelf, drafts: Sequence[Draft]) -> Iterator[PackFile]:
    for draft in drafts:
        marking = shelf.office.settings.marking
        yield shelf.placed(f"{draft.name}.docx", draft.name, draft.document, marking=marking)


def _workbooks(shelf: _Shelf, drafts: Sequence[Draft]) -> Iterator[PackFile]:
    for draft in drafts:
        name = f"{draft.name} figures"
        yield shelf.placed(f"{name}.xlsx", name, draft.data, marking=shelf.office.settings.marking)


def _appendices(shelf: _Shelf, themed: Sequence[Audit]) -> Iterator[PackFile]:
    """The themed audits' forms as they came, numbered; a name tells the reference alone."""
    for number, audit in enumerate(themed, start=1):
        title = f"Appendix {number:02} {audit.audit_id}"
        came = shelf.office.workspace.absolute(audit.archived)
        name = f"Appendices/{title}{PurePosixPath(audit.archived).suffix}"
        yield shelf.placed(name, title, whole(came), marking=SENSITIVE, audit_id=audit.audit_id)


def _is_sound(office: Office, audit: Audit) -> bool:
    return is_sound(office.workspace.absolute(audit.archived), audit.sha256)


def _forms_behind(programme: Programme, drafts: Iterable[Draft]) -> Iterator[Audit]:
    """The audits of the period, and those of earlier ones that a figure was counted from too.

    None where small counts are hidden: they could be counted from the list.
    """
    if programme.settings.suppress:
        return iter(())
    now = {audit.audit_id for audit in returned(programme.audits, programme.period)}
    behind = now.union(*(draft.behind for draft in drafts))
    return (a for a in programme.audits if a.is_home and a.audit_id in behind)


def _front(
    office: Office,
    papers: Sequence[PackFile],
    themed: Sequence[Audit],
    asked: Sequence[str],
    span: Period,
) -> Report:
    return front_sheet(
        papers,
        themes=tuple(dict.fromkeys(audit.theme for audit in themed if audit.theme)),
        asked=asked,
        settings=office.settings,
        period=span,
        today=office.today,
    )


def _marking(office: Office, themed: Sequence[Audit]) -> str:
    return SENSITIVE if themed else office.settings.marking


def _joined(
    files: Sequence[PackFile], span: Period, beat: Callable[[], None]
) -> tuple[bytes, tuple[str, ...]]:
    return one_pdf(files, title=f"SMG pack {span.label}", beat=beat)


def _zip(office: Office, span: Period, files: Sequence[PackFile]) -> str:
    place = pack_zip_place(office.workspace.outbox, span.label)
    put(place, zipped({file.name: file.data for file in files}))
    return office.workspace.relative(place)


def _faults(files: Iterable[PackFile]) -> Iterator[str]:
    """What is wrong with the Word documents of our own making; the forms are their authors'."""
    for file in files:
        if file.name.endswith(".docx") and not file.audit_id:
            yield from (f"{file.name}: {fault}" for fault in _faults_of(file.data))


def _faults_of(document: bytes) -> tuple[str, ...]:
    try:
        return faults(document)
    except (BadZipFile, KeyError, FormFault):
        return ("It cannot be opened as a Word document.",)
