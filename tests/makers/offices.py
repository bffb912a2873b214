"""A workspace as its users see it, for tests of steps, of the command line and of the story."""

import shutil
import time
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from auditdocs.documents.extracts.build import annex_a_workbook, staff_csv
from auditdocs.documents.forms.answer import answered
from auditdocs.places.journal.audits import audit, audits
from auditdocs.rules.made_up.answers import made_up_answers
from auditdocs.rules.made_up.council import made_up_council
from auditdocs.steps.office import Clock, opened
from auditdocs.steps.start import started
from auditdocs.steps.turns import at_work

SETTLED_AT_ONCE = (
    "[service]\nname = 'Testshire'\n[inbox]\nsettled = 0\n[reports]\npage_numbers = false\n"
)
DATA_DATE = date(2026, 7, 1)


def a_clock():
    """The computer's clock, that never waits."""
    return Clock(now=datetime.now, pause=lambda seconds: None, seconds=time.time)


@dataclass
class HandClock:
    """A clock that stands still until somebody moves it, or waits."""

    time: float = datetime(2026, 7, 11, 9, 0).timestamp()

    def waits(self, seconds):
        """So many seconds pass."""
        self.time += seconds

    @property
    def clock(self):
        """The clock as steps want it."""
        return Clock(
            now=lambda: datetime.fromtimestamp(self.time),
            pause=self.waits,
            seconds=lambda: self.time,
        )


@dataclass
class Office:
    """A workspace on disk and the people round it."""

    root: Path

    @classmethod
    def made(cls, root, settings=SETTLED_AT_ONCE):
        """A new workspace."""
        root.mkdir(parents=True)
        (root / "auditdocs.toml").write_text(settings, encoding="utf-8")
        started(root)
        return cls(root)

    def copied(self, root):
        """The same workspace in another folder, as it stands: quicker than making it again."""
        shutil.copytree(self.root, root)
        return Office(root)

    @property
    def inbox(self):
        """Where things are dropped."""
        return self.root / "inbox"

    def open(self, today=DATA_DATE, **told):
        """The office open, as steps want it."""
        return opened(self.root, today=today, clock=a_clock(), **told)

    def work(self, step, *arguments, today=DATA_DATE, **options):
        """One step, with the office to ourselves; `progress` is told how it goes on."""
        told = {"progress": options.pop("progress")} if "progress" in options else {}
        with self.open(today, **told) as office, at_work(office):
            return step(office, *arguments, **options)

    def drops(self, name, data):
        """Somebody puts a file in the inbox."""
        place = self.inbox / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        return place

    def drops_council(self, children=60, data_date=DATA_DATE):
        """A made-up council's extract and staff register."""
        council = made_up_council(data_date=data_date, children=children)
        self.drops("staff.csv", staff_csv(council.staff))
        self.drops("annex a.xlsx", annex_a_workbook(council.sheets))
        return council

    def audits(self):
        """Every audit that the journal knows."""
        with self.open() as office:
            return audits(office.journal)

    def audit(self, audit_id):
        """One audit as the journal knows it."""
        with self.open() as office:
            return audit(office.journal, audit_id)

    def form(self, of):
        """The form as it was issued."""
        return (self.root / of.file).read_bytes()

    def answers(self, of, day, *, seed="", **changes):
        """The form as its auditor fills it in; `changes` are answers by tag ("." as "__")."""
        with self.open() as office:
            said = made_up_answers(office.contract(of.type), of, audited=day, seed=seed)
        named = {tag.replace("__", "."): text for tag, text in changes.items()}
        return answered(self.form(of), {**said.answers, **named}, said.recommendations)

    def tampers_with(self, archived, data=b"not what came"):
        """Somebody makes a file of the archive writable and writes in it."""
        place = self.root / archived
        place.chmod(0o644)
        place.write_bytes(data)

    def tree(self, folder, *, without=(".gitignore",)):
        """The files below a folder, by name, as a sorted list."""
        below = (self.root / folder).rglob("*")
        names = [
            path.relative_to(self.root / folder).as_posix() for path in below if path.is_file()
        ]
        return sorted(name for name in names if name.rpartition("/")[2] not in without)
