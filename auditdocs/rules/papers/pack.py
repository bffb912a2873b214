"""The front sheet and the manifest of a pack: what is in it, what is asked, and every hash.

Source: domain.md D1; quality.md (privacy, documents people open); cli.md (pack).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract
from auditdocs.model.pack import PackFile
from auditdocs.model.report import Chapter, Paragraph, Report, TableBlock
from auditdocs.model.settings import Settings
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.calendar.periods import Period
from auditdocs.rules.findings.delivery import returned

SENSITIVE = "OFFICIAL-SENSITIVE"
"""The marking of whatever shows whose case it is (quality.md, privacy)."""

SHORT = 12
"""How many letters of a hash are shown on paper; the manifest has all of them."""

_HANDLING = {
    True: "The appendices are forms that name children: for the meeting, and no further",
    False: "Nothing in the pack names a child or a worker",
}
_HEADINGS = ("What", "File", "Audit", "Marking", "SHA-256")


def themed_audits(
    audits: Iterable[Audit], contracts: Mapping[str, Contract], period: Period
) -> tuple[Audit, ...]:
    """The audits with a theme that came back in the period, by audit id: the appendices."""
    themed = [a for a in audits if a.type in contracts and contracts[a.type].names_theme]
    return tuple(sorted(returned(themed, period), key=lambda audit: audit.audit_id))


def front_sheet(
    files: Sequence[PackFile],
    *,
    themes: Sequence[str],
    asked: Iterable[str],
    settings: Settings,
    period: Period,
    today: date,
) -> Report:
    """The first page: for the agenda, what is asked, a sentence each, and what is in the pack."""
    group = settings.post("smg")
    decisions = tuple(Paragraph(text=text, style="bullet") for text in asked)
    chapters = (
        Chapter(heading=f"Decisions asked of the {group}", blocks=decisions, numbered=False),
        Chapter(
            heading="What is in the pack", blocks=(_contents(files, settings),), numbered=False
        ),
    )
    return Report(
        title="Case audits: papers for the meeting",
        subtitle=f"{period.label}: {period.words}",
        service=settings.service_name,
        marking=_highest(files, settings),
        facts=tuple(_facts(files, themes, settings, period, today)),
        chapters=chapters,
        footer=f"PACK-{period.label}",
        keywords=("case audit", "SMG", "pack", period.label),
        brief=True,
    )


def manifest(files: Iterable[PackFile], behind: Iterable[Audit]) -> Iterator[tuple[str, ...]]:
    """The rows of the manifest, headings first: every file, then every form behind the figures.

    A form behind is told by its audit id alone: the name of its file may hold a child's.
    """
    yield _HEADINGS
    for file in files:
        yield file.title, file.name, file.audit_id, file.marking, file.sha256
    for audit in behind:
        yield "Form behind", "", audit.audit_id, SENSITIVE, audit.sha256


def _highest(files: Iterable[PackFile], settings: Settings) -> str:
    """A pack is marked as the most sensitive paper in it."""
    return SENSITIVE if any(file.audit_id for file in files) else settings.marking


def _facts(
    files: Sequence[PackFile],
    themes: Sequence[str],
    settings: Settings,
    period: Period,
    today: date,
) -> Iterator[tuple[str, str]]:
    yield "For", settings.post("smg")
    yield "From", settings.post("hos_qap")
    yield "Period", period.words
    yield "Compiled on", uk_date(today)
    for theme in themes:
        yield "Theme", theme
    names = any(file.audit_id for file in files)
    yield "Handling", _HANDLING[names]


def _contents(files: Sequence[PackFile], settings: Settings) -> TableBlock:
    forms = ", and of every form behind the figures."
    if settings.suppress:
        forms = ". The list of the forms is left out: small counts could be had from it."
    return TableBlock(
        caption="The papers in the order in which they are read",
        headings=("Paper", "Marking", "Fingerprint begins"),
        rows=tuple((file.title, file.marking, file.sha256[:SHORT]) for file in files),
        note="A fingerprint (SHA-256) shows whether a file is still the one it was. The file "
        f"manifest.csv has the whole one of each paper{forms}",
        widths=(6, 3, 2),
    )
