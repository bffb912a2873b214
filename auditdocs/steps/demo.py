"""A made-up council's quarter, through the same steps as the real commands.

Extract in, forms out, forms answered and returned (good, faulty, late, twice, corrected, and the
things people drop by mistake), the ledger, reports, pack. Nothing here is known to other steps.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from auditdocs.documents.extracts.build import annex_a_workbook, staff_csv
from auditdocs.documents.forms.answer import answered
from auditdocs.errors import UsageFault
from auditdocs.model.audit import Audit
from auditdocs.places.disk import is_taken, put, whole
from auditdocs.places.workspace import SETTINGS
from auditdocs.rules.made_up.answers import made_up_answers
from auditdocs.rules.made_up.council import made_up_council
from auditdocs.rules.plural import number_of
from auditdocs.steps.collect import Collected, collected
from auditdocs.steps.demo_accuracy import checked_lists, signed_agreements
from auditdocs.steps.demo_discussions import decisions, discussions
from auditdocs.steps.issue import blanks, issued
from auditdocs.steps.office import Clock, Office, opened
from auditdocs.steps.start import started
from auditdocs.steps.turns import at_work
from auditdocs.steps.wish import Wish

START = date(2026, 7, 1)
SECOND_ROUND = date(2026, 9, 1)
END = date(2026, 10, 5)
QUARTER = "2026-27-Q2"
CHILDREN = 120
THEME = "Looked after children: is permanence on time?"
POOL = "'LAC' in case_types"
ROUTINE = (Wish(type="completeness"), Wish(type="quality"))
THEMED = (*ROUTINE, Wish(type="head-of-service", theme=THEME, expression=POOL))

_SETTINGS = """# Settings of the demonstration council; see templates for a commented file.
[service]
name = "{name}"

[inbox]
settled = 0
"""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Where to look, what was counted on the way."""

    root: Path
    places: Mapping[str, str]
    day: date
    """The last day of it."""
    counts: Mapping[str, int] = field(default_factory=dict)


def demonstrated(folder: Path, *, clock: Clock, tell: Callable[[str], None]) -> Demonstration:
    """The quarter, run in that folder. Raises UsageFault when something is in it already."""
    if is_taken(folder):
        raise UsageFault(
            f"There is something in {folder} already.",
            hint="Name a new one: auditdocs demo FOLDER.",
        )
    scene = _Scene(started(folder).workspace.root, clock, tell)
    scene.set_up()
    scene.drop_all(START, signed_agreements)
    first = scene.forms_go_out(START, THEMED)
    scene.forms_come_home(first)
    scene.checks(START + timedelta(days=19))
    scene.talks(START + timedelta(days=23))
    second = scene.forms_go_out(SECOND_ROUND, ROUTINE)
    scene.late_and_corrected(first, second)
    scene.checks(SECOND_ROUND + timedelta(days=20))
    written = {"The report": scene.report(), "Accuracy": scene.accuracy_report()}
    written["The pack"] = scene.pack()
    return Demonstration(scene.root, {**_PLACES, **written}, END, dict(scene.counts))


_PLACES = {
    "The forms": "outbox/forms",
    "The check lists": "outbox/check-lists",
    "Letters": "outbox/letters",
    "The ledger": "ledger.xlsx",
    "Set aside": "outbox/set-aside",
    "The archive": "archive",
    "How it stands": "outbox/status.html",
}


@dataclass(slots=True)
class _Scene:
    """The demonstration as it goes on."""

    root: Path
    clock: Clock
    tell: Callable[[str], None]
    counts: dict[str, int] = field(default_factory=dict)

    def set_up(self) -> None:
        """The council's extract and staff register are dropped in the inbox."""
        council = made_up_council(data_date=START, children=CHILDREN)
        put(self.root / SETTINGS, _SETTINGS.format(name=council.name).encode())
        self.drop("annex-a.xlsx", annex_a_workbook(council.sheets))
        self.drop("staff.csv", staff_csv(council.staff))
        self.collect(START, "the extract and the staff register are taken")

    def forms_go_out(self, day: date, wishes: tuple[Wish, ...]) -> list[Audit]:
        """A round of forms is issued."""
        with opened(self.root, today=day, clock=self.clock) as office, at_work(office):
            out = [audit for wish in wishes for audit in issued(office, wish).audits]
            blanks(office, ())
        self.counts["issued"] = self.counts.get("issued", 0) + len(out)
        self.tell(f"{day:%d/%m/%Y}: {number_of(len(out), 'form')} issued.")
        return out

    def forms_come_home(self, out: list[Audit]) -> None:
        """Most come back in time; one twice, one not filled in, and things that are no forms."""
        day = START + timedelta(days=16)
        first, second, third, last = out[0], out[1], out[2], out[-1]
        for audit in out[: len(out) * 2 // 3]:
            self.drop(Path(audit.file).name, self.answer(audit, day))
        self.drop(f"Copy of {Path(first.file).name}", self.answer(first, day))
        self.drop(Path(second.file).name, self.form(second))
        self.drop("minutes of the meeting.pdf", b"%PDF-1.7 not a form")
        torn = self.answer(third, day)
        self.drop("half a form.docx", torn[: len(torn) // 2])
        self.drop("still open.docx", self.answer(last, day))
        self.drop("~$still open.docx", b"\x04Anna")
        self.collect(day, "the first forms come home")

    def checks(self, day: date) -> None:
        """Check lists are put out, and come home filled in two days later."""
        self.drop_all(day, checked_lists)
        self.collect(day + timedelta(days=2), "check lists come home")

    def talks(self, day: date) -> None:
        """Discussions come home, one of them not agreed, and a week later its decision."""
        self.drop_all(day, discussions)
        self.collect(day, "discussions come home, and one is referred")
        self.drop_all(day + timedelta(days=7), decisions)
        self.collect(day + timedelta(days=7), "the Head of Service has decided")

    def drop_all(self, day: date, made: Callable[[Office], Mapping[str, bytes]]) -> None:
        """What people send back on a day is dropped in the inbox."""
        with opened(self.root, today=day, clock=self.clock) as office, at_work(office):
            back = made(office)
        for name, data in back.items():
            self.drop(name, data)

    def accuracy_report(self) -> str:
        """The quarter's Accuracy report; gives where it is."""
        from auditdocs.steps.report_accuracy import accuracy_reported

        with opened(self.root, today=END, clock=self.clock) as office, at_work(office):
            done = accuracy_reported(office, period=QUARTER)
        self.tell(f"{END:%d/%m/%Y}: the Accuracy report is written.")
        return done.files[0]

    def pack(self) -> str:
        """The quarter's papers for the group; gives where their zip is."""
        from auditdocs.steps.pack import pack

        with opened(self.root, today=END, clock=self.clock) as office, at_work(office):
            done = pack(office, period=QUARTER)
        self.tell(f"{END:%d/%m/%Y}: the pack for the group is compiled.")
        return done.files[0]

    def late_and_corrected(self, first: list[Audit], second: list[Audit]) -> None:
        """The rest come late, but for three; one is filled in at last, one sent again corrected."""
        day = SECOND_ROUND + timedelta(days=18)
        for audit in [first[1], *first[len(first) * 2 // 3 : -3], *second]:
            self.drop(Path(audit.file).name, self.answer(audit, day))
        corrected = self.answer(first[0], day, seed="corrected")
        self.drop(f"{Path(first[0].file).stem} v2.docx", corrected)
        self.collect(day, "late and corrected forms come home")

    def report(self) -> str:
        """The quarter's report; gives where it is."""
        from auditdocs.steps.report import reported
        from auditdocs.steps.status_page import put_status_page

        with opened(self.root, today=END, clock=self.clock) as office, at_work(office):
            done = reported(office, period=QUARTER)
            put_status_page(office)
        self.tell(f"{END:%d/%m/%Y}: the SMG report is written.")
        return done.files[0]

    def answer(self, audit: Audit, day: date, *, seed: str = "") -> bytes:
        """The audit's form as its auditor fills it in."""
        with opened(self.root, today=day, clock=self.clock) as office:
            said = made_up_answers(office.contract(audit.type), audit, audited=day, seed=seed)
        return answered(self.form(audit), said.answers, said.recommendations)

    def form(self, audit: Audit) -> bytes:
        """The audit's form as it was issued."""
        return whole(self.root / audit.file)

    def drop(self, name: str, data: bytes) -> None:
        """Somebody puts a file in the inbox."""
        put(self.root / "inbox" / name, data)

    def collect(self, day: date, what: str) -> None:
        """The inbox is taken in on that day, and what came of it counted."""
        with opened(self.root, today=day, clock=self.clock) as office, at_work(office):
            took = collected(office)
        for outcome, count in _counted(took).items():
            self.counts[outcome] = self.counts.get(outcome, 0) + count
        told = ", ".join(f"{count} {outcome}" for outcome, count in _counted(took).items())
        self.tell(f"{day:%d/%m/%Y}: {what}: {told}.")


def _counted(took: Collected) -> dict[str, int]:
    outcomes = ("accepted", "duplicate", "set-aside", "extract", "register")
    counts = {outcome: len(took.ended(outcome)) for outcome in outcomes}
    counts["superseded"] = len(took.superseded)
    return {outcome: count for outcome, count in counts.items() if count}
